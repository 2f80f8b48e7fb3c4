"""The times that tools write."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any


def parse_time(text: Any) -> datetime | None:
    """Read an ISO 8601 time, UTC where it names no zone, or seconds since 1970."""
    try:
        if isinstance(text, int | float) and not isinstance(text, bool):
            return datetime.fromtimestamp(text, UTC)
        read = datetime.fromisoformat(text)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def earliest(times: Iterable[datetime | None]) -> datetime | None:
    """The earliest of several times; None where one of them is not known, or there is none."""
    known: list[datetime] = []
    for time in times:
        if time is None:
            return None
        known.append(time)
    return min(known, default=None)
