"""Values that depend on questions which neither the code nor the environment answers."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import force_setattr

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.scalars import Constant
from readiness.program.values.value import Value

ROUNDS = "rounds"


class Condition(Struct, frozen=True, eq=False):
    """A question that neither the code nor the environment answers; equal by its key.

    What a key is about stands in it itself, not by its ``id``: that of something which is
    gone may soon be that of something else, and two questions would be taken for one.
    """

    key: Hashable
    text: str
    at: Place | None = None
    subject: "Value | None" = None
    number: int = 0
    """The hash of the key: conditions are looked up far more often than they are made."""
    bit: int = 0
    """One of a few bits, the same for equal conditions."""

    def __post_init__(self) -> None:
        force_setattr(self, "number", hash(self.key))
        force_setattr(self, "bit", 1 << (self.number % 61))

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        same = isinstance(other, Condition) and self.number == other.number
        return same and self.key == getattr(other, "key", None)

    @property
    def is_free(self) -> bool:
        """Whether each request chooses anew, so that both answers occur."""
        return bool(getattr(self.subject, "free", False))

    @property
    def counts_rounds(self) -> bool:
        """Whether it asks only if a loop goes round at all, as it is written to do."""
        return isinstance(self.key, tuple) and self.key[:1] == (ROUNDS,)


class Choice(Value, Struct, frozen=True, eq=False):
    """One of two values, and the undecided condition that chooses."""

    condition: Condition
    then: Value
    otherwise: Value
    leaves: int = 0
    """How many values it may be, each counted as often as it stands there."""
    asks: int = 0
    """A bit for each condition in it; several may share one."""
    is_truth: bool = False
    """Whether all of them are truth values."""

    def __post_init__(self) -> None:
        leaves, asks, is_truth = 0, self.condition.bit, True
        for one in (self.then, self.otherwise):
            if isinstance(one, Choice):
                leaves, asks = leaves + one.leaves, asks | one.asks
                is_truth = is_truth and one.is_truth
            else:
                leaves += 1
                is_truth = is_truth and isinstance(one, Constant) and isinstance(one.value, bool)
        force_setattr(self, "leaves", leaves)
        force_setattr(self, "asks", asks)
        force_setattr(self, "is_truth", is_truth)

    @property
    def trace(self) -> Trace:  # type: ignore[override]
        """The steps of the first alternative that has any."""
        return self.then.trace or self.otherwise.trace


def alternatives(value: Value) -> list[Value]:
    """The values that a value may turn out to be, each once."""
    found: dict[int, Value] = {}
    seen: set[int] = set()
    pending = [value]
    while pending:
        one = pending.pop()
        if not isinstance(one, Choice):
            found.setdefault(id(one), one)
        elif id(one) not in seen:
            # many ways may lead to one choice: it is looked into once
            seen.add(id(one))
            pending += (one.otherwise, one.then)
    return list(found.values())
