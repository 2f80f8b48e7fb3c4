"""Values that depend on questions which neither the code nor the environment answers."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.value import Value

ROUNDS = "rounds"


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A question that neither the code nor the environment answers; equal by its key.

    What a key is about stands in it itself, not by its ``id``: that of something which is
    gone may soon be that of something else, and two questions would be taken for one.
    """

    key: Hashable
    text: str
    at: Place | None = None
    subject: "Value | None" = field(default=None, repr=False)
    number: int = field(init=False, repr=False)
    """The hash of the key: conditions are looked up far more often than they are made."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", hash(self.key))

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        same = isinstance(other, Condition) and self.number == other.number
        return same and self.key == getattr(other, "key", None)

    @property
    def counts_rounds(self) -> bool:
        """Whether it asks only if a loop goes round at all, as it is written to do."""
        return isinstance(self.key, tuple) and self.key[:1] == (ROUNDS,)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Value):
    """One of two values, and the undecided condition that chooses."""

    condition: Condition
    then: Value
    otherwise: Value

    @property
    def trace(self) -> Trace:  # type: ignore[override]
        """The steps of the first alternative that has any."""
        return self.then.trace or self.otherwise.trace


def alternatives(value: Value) -> list[Value]:
    """The values that a value may turn out to be, each once."""
    if not isinstance(value, Choice):
        return [value]
    found: list[Value] = []
    for side in (value.then, value.otherwise):
        found += [item for item in alternatives(side) if not any(item is old for old in found)]
    return found
