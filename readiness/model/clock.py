"""Time, from outside."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from msgspec import Struct


def _system() -> datetime:
    return datetime.now(UTC)


def _nobody() -> None:
    """Note nothing."""


class Clock(Struct, frozen=True):
    """The one source of the current time, so that dated verdicts can be tested.

    ``tick`` counts seconds from anywhere, to measure how long something took, and ``work``
    those that this thread computed, for limits that no other process may change. ``noted``
    is told where the moment is asked for, and not only the day.
    """

    read: Callable[[], datetime] = _system
    tick: Callable[[], float] = time.perf_counter
    work: Callable[[], float] = time.thread_time
    noted: Callable[[], None] = _nobody

    @classmethod
    def fixed(cls, moment: datetime) -> "Clock":
        """Give a clock that stands still at ``moment`` (with a time zone)."""
        return cls(lambda: moment, lambda: 0.0, lambda: 0.0)

    def now(self) -> datetime:
        """The moment, in UTC."""
        self.noted()
        return self.read().astimezone(UTC)

    def today(self) -> date:
        """The day, in UTC."""
        return self.read().astimezone(UTC).date()
