"""What a rule asks of the live database, and what came back."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

MOST_ROWS = 100


class Query(Struct, frozen=True):
    """A reading question in SQL: one SELECT, VALUES, TABLE or WITH, without parameters."""

    sql: str


class Guess(Struct, frozen=True):
    """How a rule wants the roles' passwords compared, beside what is always tried.

    Only those of ``users`` are (of everybody where it is empty), with ``words`` too, for
    so many ``seconds``. The answer is the fact ``verifiers``.
    """

    users: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    seconds: float = 20.0

    def joined(self, other: "Guess") -> "Guess":
        """What serves two rules at once."""
        everybody = not (self.users and other.users)
        users = () if everybody else tuple(sorted({*self.users, *other.users}))
        words = tuple(dict.fromkeys((*self.words, *other.words)))
        return Guess(users, words, max(self.seconds, other.seconds))


class Answer(Struct, frozen=True):
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
