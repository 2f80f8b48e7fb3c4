"""What a rule asks of the live database, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Query:
    """A reading question in SQL: one SELECT, VALUES, TABLE or WITH, without parameters."""

    sql: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, or why there are none.

    ``rows`` holds the first hundred, each by column; ``truncated`` says that there were
    more. Values are JSON values; what JSON does not have is text. ``error`` is a
    sentence, with the server's own code where it gave one.
    """

    rows: tuple[Mapping[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    truncated: bool = False
    error: str | None = None
    code: str | None = None
