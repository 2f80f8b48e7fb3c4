"""What a checker says of one thing."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.model.waiver import Waiver

Source = Literal["code", "config", "database", "wire", "endpoint", "command", "evidence"]


class Verdict(StrEnum):
    """What a finding says of the thing that it looked at."""

    OK = "ok"
    PROBLEM = "problem"
    UNDECIDED = "undecided"


class Finding(Struct, frozen=True):
    """One thing that was looked at, with its verdict, place and evidence.

    ``data`` holds the values judged, for machines: JSON values only, and no secret.
    ``source`` may be left out: it follows from the place and from the checker's facts.
    ``tries`` are values for variables (or ``NAME=value``) that may settle it: those that
    do are told, no report shows the others. ``fingerprint`` and ``waiver`` are the
    engine's to fill.
    """

    verdict: Verdict
    message: str
    at: Place | None = None
    hint: str | None = None
    source: Source | None = None
    trace: Trace = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    waiver: Waiver | None = None
    tries: tuple[str, ...] = ()


def ok(
    message: str,
    *,
    at: Place | None = None,
    hint: str | None = None,
    source: Source | None = None,
    trace: Trace = (),
    data: Mapping[str, Any] | None = None,
) -> Finding:
    """Say that a thing meets the rule."""
    return Finding(Verdict.OK, message, at, hint, source, trace, data or {})


def problem(
    message: str,
    *,
    at: Place | None = None,
    hint: str | None = None,
    source: Source | None = None,
    trace: Trace = (),
    data: Mapping[str, Any] | None = None,
    tries: Iterable[str] = (),
) -> Finding:
    """Say that a thing does not meet the rule; ``hint`` is the next step."""
    return Finding(
        Verdict.PROBLEM, message, at, hint, source, trace, data or {}, tries=tuple(tries)
    )


def undecided(
    message: str,
    *,
    at: Place | None = None,
    hint: str | None = None,
    source: Source | None = None,
    trace: Trace = (),
    data: Mapping[str, Any] | None = None,
    tries: Iterable[str] = (),
) -> Finding:
    """Say that nobody can tell from what was seen; ``hint`` says what would settle it."""
    return Finding(
        Verdict.UNDECIDED, message, at, hint, source, trace, data or {}, tries=tuple(tries)
    )


class NotApplicable(Exception):  # noqa: N818 - it is an answer, not an error
    """Raised by a checker: the rule has nothing to judge here, for the reason given."""


class Undecidable(Exception):  # noqa: N818 - it is an answer, not an error
    """Raised by a checker or a fact: what the rule needs could not be read."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
