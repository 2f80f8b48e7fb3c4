"""Numbers that are known only within bounds."""

import math

from msgspec import Struct


class Span(Struct, frozen=True):
    """A count from ``low`` to ``high``; a ``high`` of None has no known end."""

    low: int
    high: int | None

    @classmethod
    def exactly(cls, count: int) -> "Span":
        """A count that is known."""
        return cls(count, count)

    @property
    def is_exact(self) -> bool:
        """Tell whether there is one possible count."""
        return self.low == self.high

    def __add__(self, other: "Span") -> "Span":
        known = self.high is not None and other.high is not None
        return Span(self.low + other.low, (self.high or 0) + (other.high or 0) if known else None)

    def __mul__(self, other: "Span") -> "Span":
        if 0 in (self.high, other.high):
            return Span.exactly(0)
        known = self.high is not None and other.high is not None
        return Span(self.low * other.low, (self.high or 0) * (other.high or 0) if known else None)

    def scaled(self, factor: float) -> "Span":
        """The same count, ``factor`` times, rounded up."""
        high = None if self.high is None else math.ceil(self.high * factor)
        return Span(math.ceil(self.low * factor), high)

    def __str__(self) -> str:
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.is_exact else f"{self.low} to {self.high}"

    def of(self, noun: str) -> str:
        """The count with what it counts: `1 worker`, `2 to 3 workers`."""
        return f"{self} {noun}" if self == Span.exactly(1) else f"{self} {noun}s"
