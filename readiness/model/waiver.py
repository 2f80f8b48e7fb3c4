"""An accepted risk."""

from dataclasses import dataclass
from datetime import date

from readiness.model.place import Place


@dataclass(frozen=True, slots=True)
class Waiver:
    """A problem that somebody accepts, by name and until a day (UTC, inclusive).

    It covers the findings of ``rule`` under ``paths`` (globs; none means all), or the
    one with ``fingerprint``.
    """

    rule: str
    reason: str
    owner: str
    expires: date
    paths: tuple[str, ...] = ()
    fingerprint: str | None = None
    at: Place | None = None
