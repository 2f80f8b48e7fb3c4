"""The releases of PostgreSQL, dated: until when each major is supported, its newest minor."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct


class Major(Struct, frozen=True):
    """One major version: the day its support ends, and the newest minor of it."""

    supported_until: date
    minor: int


class Releases(Struct, frozen=True):
    """What was known of the releases on a day; it goes stale, for minors come quarterly."""

    as_of: date
    majors: Mapping[int, Major]

    def is_stale(self, today: date, days: int) -> bool:
        """Tell whether the table is older than ``days``."""
        return today > self.as_of + timedelta(days=days)


RELEASES = Releases(
    as_of=date(2026, 11, 23),
    majors={
        10: Major(date(2022, 11, 10), 23),
        11: Major(date(2023, 11, 9), 22),
        12: Major(date(2024, 11, 21), 22),
        13: Major(date(2025, 11, 13), 23),
        14: Major(date(2026, 11, 12), 25),
        15: Major(date(2027, 11, 11), 20),
        16: Major(date(2028, 11, 9), 16),
        17: Major(date(2029, 11, 8), 12),
        18: Major(date(2030, 11, 14), 6),
    },
)
"""Supported until: endoflife.date for 10 to 16, the rule of the second Thursday of
November for 17 and 18. Minors: of the quarterly release of November 2026."""
