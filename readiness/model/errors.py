"""Errors that are sentences."""

from collections.abc import Sequence

from msgspec import Struct

from readiness.model.outcome import Exit
from readiness.model.place import Place


class ReadinessError(Exception):
    """Something that the user can mend; the edge prints it as a sentence and a hint."""

    exit = Exit.WRONG_USE

    def __init__(self, message: str, *, hint: str | None = None, at: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.at = at


class Fault(Struct, frozen=True):
    """One thing that is wrong in a text that somebody wrote."""

    at: Place
    found: str
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        column = f":{self.at.column}" if self.at.column else ""
        meant = f" (did you mean {self.nearest}?)" if self.nearest else ""
        return f"{self.at}{column}: {self.found}; {self.expected}{meant}"


class FaultsError(ReadinessError):
    """A text that cannot be used, with everything that is wrong in it at once."""

    def __init__(self, faults: Sequence[Fault], *, hint: str | None = None) -> None:
        super().__init__("\n".join(map(str, faults)), hint=hint)
        self.faults = tuple(faults)


class ChecklistError(FaultsError):
    """A checklist that cannot be used."""


class SettingsError(FaultsError):
    """Settings that cannot be used."""


class PluginError(ReadinessError):
    """A plug-in that does not load, or that takes a name which is taken."""


class InternalError(ReadinessError):
    """A fault of this program: the verdict cannot be trusted."""

    exit = Exit.UNVERIFIED
