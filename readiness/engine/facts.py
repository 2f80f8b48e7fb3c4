"""The facts of a run, by type: what was read, and why the rest is missing."""

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from msgspec import Struct

from readiness.model.errors import ReadinessError

_PACKAGE = Path(__file__).resolve().parent.parent

F = TypeVar("F")


class Missing(Struct, frozen=True):
    """Why a fact is not there.

    ``left-out`` by the user on purpose, ``nothing`` of the kind exists, or it is
    ``unread`` although a rule wants it.
    """

    reason: str
    hint: str | None = None
    why: Literal["left-out", "nothing", "unread"] = "unread"


class Facts:
    """Facts by type, each made when a rule first asks for it, and only once."""

    def __init__(self, makers: Mapping[type, Callable[[], Any]], *, debug: bool = False) -> None:
        self._makers = dict(makers)
        self.debug = debug
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
            self._made[kind] = self._make(kind)
        found: F | Missing = self._made[kind]
        return found

    def _make(self, kind: type) -> Any:
        """Make a fact; a room that crashes takes the rules that need it along, not the run."""
        maker = self._makers.get(kind)
        if maker is None:
            return Missing(f"there is no {kind.__name__.lower()} to look at", why="nothing")
        try:
            return maker()
        except ReadinessError:
            raise
        except Exception as error:
            if self.debug:
                raise
            return Missing(
                f"reading the {kind.__name__.lower()} ended with {type(error).__name__} at "
                f"{where(error)}: this is a fault of readiness",
                hint="--debug shows more; please report it",
            )

    def instead(self, *facts: Any) -> "Facts":
        """The same facts, some of them replaced by others of their type."""
        makers = {kind: lambda kind=kind: self.get(kind) for kind in self._makers | self._made}
        made = Facts(makers, debug=self.debug)
        made._made = {type(fact): fact for fact in facts}
        return made

    def made(self, kind: type[F]) -> F | None:
        """The fact of a type if some rule asked for it and it was there."""
        found = self._made.get(kind)
        return found if isinstance(found, kind) else None

    def missing(self) -> dict[type, Missing]:
        """What was asked for and was missing."""
        return {kind: fact for kind, fact in self._made.items() if isinstance(fact, Missing)}


def where(error: BaseException) -> str:
    """The file and line that an error came from; never its message, which may hold a value."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    file = Path(frame.filename)
    shown = file.relative_to(_PACKAGE.parent) if file.is_relative_to(_PACKAGE) else file.name
    return f"{shown}:{frame.lineno}"
