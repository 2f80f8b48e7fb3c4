"""What an object of a library was told: its options, each with every value that it may have."""

from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.trace import Trace

if TYPE_CHECKING:
    from readiness.program.built import Built

CaseKind = Literal["absent", "plain", "text", "object", "several", "code", "unknown"]


class Case(Partial, frozen=True):
    """One value that an option may have.

    ``plain`` is None, a truth value or a number; ``text`` a string, None where the platform
    supplies it. ``names`` are the library classes that an object is, its own first, and
    ``built`` tells how it was made. ``items`` are those of a list, which may hold ``more``.
    ``reason`` says why it is not known; ``literal`` that all of it stands in the code.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"built", "trace"})

    kind: CaseKind
    plain: bool | float | None = None
    text: Secret | None = None
    names: tuple[str, ...] = ()
    built: "Built | None" = None
    items: tuple["Option", ...] = ()
    more: bool = False
    reason: str = ""
    at: Place | None = None
    literal: bool = False
    variables: tuple[str, ...] = ()
    trace: Trace = ()

    @property
    def truth(self) -> bool | None:
        """Whether it counts as true; None where nobody can tell."""
        match self.kind:
            case "absent":
                return False
            case "plain":
                return bool(self.plain)
            case "text":
                return None if self.text is None else bool(self.text.reveal())
            case "several":
                return True if self.items else (None if self.more else False)
            case "unknown":
                return None
            case _:
                return True

    @property
    def known_text(self) -> str | None:
        """The string, where it is one and known; it may be a secret."""
        return self.text.reveal() if self.text is not None else None

    def is_a(self, *names: str) -> bool:
        """Whether it is an object of one of these library classes, by their last names."""
        return any(one.rpartition(".")[2] in names for one in self.names)


ABSENT = Case("absent")


class Option(Struct, frozen=True):
    """An option of an object: more than one case where ``under``, decided by nothing, chooses.

    ``free`` tells that every request chooses anew, so that each case occurs.
    """

    cases: tuple[Case, ...] = (ABSENT,)
    under: str = ""
    free: bool = False

    @property
    def is_given(self) -> bool | None:
        """Whether the code, or the platform, says anything; None where nobody can tell."""
        given = {one.kind != "absent" for one in self.cases if one.kind != "unknown"}
        return given.pop() if len(given) == 1 and not self.reason else None

    @property
    def truth(self) -> bool | None:
        """Whether it counts as true in every case, or in none; None where nobody can tell."""
        found = {one.truth for one in self.cases}
        return found.pop() if len(found) == 1 else None

    @property
    def trace(self) -> Trace:
        """How its values came about, each step once."""
        return tuple(dict.fromkeys(step for one in self.cases for step in one.trace))

    @property
    def why(self) -> str:
        """Why its value is not known, where the platform supplies it as well."""
        supplied = next((one for one in self.cases if one.kind == "text" and one.text is None),
                        None)  # fmt: skip
        if self.reason or supplied is None:
            return self.reason or "it is not known here"
        names = " and ".join(dict.fromkeys(supplied.variables))
        return f"{names} is set by the platform" if names else supplied.reason

    @property
    def reason(self) -> str:
        """Why it is not known; nothing where it is."""
        unknown = next((one.reason for one in self.cases if one.kind == "unknown"), "")
        return unknown or (f"it hangs on: {self.under}" if len(self.cases) > 1 else "")
