"""What every value has, and what those that change share."""

from collections.abc import Hashable
from itertools import count

from readiness.model.trace import Trace

_births = count(1)


class Value:
    """Anything that a name of the evaluated code can stand for."""

    __slots__ = ()
    trace: Trace = ()


class Slots:
    """The mutable part of an object: names or keys and their values, with identity.

    ``ordered`` tells that code may ask for the order of the keys, as in a dictionary;
    ``shuffled`` that conditions decide about it, and is never taken back.
    """

    __slots__ = ("born", "ordered", "shuffled", "values")

    def __init__(self, values: "dict[Hashable, Value] | None" = None) -> None:
        self.values: dict[Hashable, Value] = {} if values is None else values
        self.born = next(_births)
        self.ordered = False
        self.shuffled = False


def birth() -> int:
    """A number that everything made from now on exceeds."""
    return next(_births)


class Mutable(Value):
    """What has identity, and slots of its own."""

    __slots__ = ("slots", "trace")

    def __init__(self, slots: "dict[Hashable, Value] | None" = None, trace: Trace = ()) -> None:
        self.slots = Slots(slots)
        self.trace = trace


class _Missing(Value):
    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
