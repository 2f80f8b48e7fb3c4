"""The words in what a Python file imports, found without parsing it."""

import re

from readiness.cache.store import digest

_IMPORTED = re.compile(rb"\n[ \t]*(?:from|import)[ \t]+([^\n#]+)")
WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


def imported_words(content: bytes) -> frozenset[bytes]:
    """Every word on the lines that import something."""
    return frozenset(WORD.findall(b" ".join(_IMPORTED.findall(b"\n" + content))))


def digest_of(words: frozenset[bytes]) -> str:
    """A short name for these words."""
    return digest(*sorted(words))
