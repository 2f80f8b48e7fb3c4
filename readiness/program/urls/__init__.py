"""Connection URLs over texts that are known in part."""

from readiness.program.urls.objects import LOST, MORE, TEXT, dialect_of, kind_of, parse
from readiness.program.urls.pieces import from_pieces, in_text, password_of, piece_of, unknown_url

__all__ = ["LOST", "MORE", "TEXT", "dialect_of", "from_pieces", "in_text", "kind_of", "parse",
           "password_of", "piece_of", "unknown_url"]  # fmt: skip
