"""What is noted of single files, declared when a module is loaded: it can be begun early."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.cache.bits import Note
from readiness.project.search import Search

if TYPE_CHECKING:
    from readiness.project.project import Project

_every: list["Reading"] = []


class Reading(Struct, frozen=True):
    """A question to each Python file that counts and in which a search finds something.

    The answer is numbers, never a text, and depends on nothing but the file itself; less
    than nothing is an answer that is not kept.
    """

    name: bytes
    search: Search
    counts: Callable[[str], bool]
    note: "Callable[[Project, str], Note]"

    def __post_init__(self) -> None:
        _every.append(self)


def every() -> tuple[Reading, ...]:
    """All that was declared by now."""
    return tuple(_every)
