"""An accepted risk."""

from datetime import date

from msgspec import Struct

from readiness.model.place import Place


class Waiver(Struct, frozen=True):
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
