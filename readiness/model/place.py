"""Where a thing stands in the project."""

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """A file of the project, and the line and column in it where they are known.

    ``path`` is POSIX and relative to the project; ``line`` and ``column`` count from 1.
    """

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.path
        return f"{self.path}:{self.line}"
