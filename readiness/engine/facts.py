"""The facts of a run, by type: what was read, and why the rest is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a fact is not there.

    ``left-out`` by the user on purpose, ``nothing`` of the kind exists, or it is
    ``unread`` although a rule wants it.
    """

    reason: str
    hint: str | None = None
    why: Literal["left-out", "nothing", "unread"] = "unread"


class Facts:
    """Facts by type, each made when a rule first asks for it, and only once."""

    def __init__(self, makers: Mapping[type, Callable[[], Any]]) -> None:
        self._makers = dict(makers)
        self._made: dict[type, Any] = {}

    @classmethod
    def of(cls, *facts: Any, missing: Mapping[type, Missing] | None = None) -> "Facts":
        """Facts that are already there, as tests have them."""
        made = cls({})
        made._made = {type(fact): fact for fact in facts} | dict(missing or {})
        return made

    def get(self, kind: type[F]) -> F | Missing:
        """The fact of a type, or why it is missing."""
        if kind not in self._made:
            maker = self._makers.get(kind)
            self._made[kind] = maker() if maker else _nobody(kind)
        found: F | Missing = self._made[kind]
        return found

    def made(self, kind: type[F]) -> F | None:
        """The fact of a type if some rule asked for it and it was there."""
        found = self._made.get(kind)
        return found if isinstance(found, kind) else None

    def missing(self) -> dict[type, Missing]:
        """What was asked for and was missing."""
        return {kind: fact for kind, fact in self._made.items() if isinstance(fact, Missing)}


def _nobody(kind: type) -> Missing:
    return Missing(f"there is no {kind.__name__.lower()} to look at", why="nothing")
