"""Values that are not known."""

from dataclasses import dataclass, field

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.value import Value, birth


@dataclass(slots=True, eq=False)
class Unknown(Value):
    """A value that is not known, and why.

    ``free`` tells what is chosen anew for each request, so that each of its values occurs.
    """

    reason: str
    at: Place | None = None
    trace: Trace = ()
    free: bool = False
    memo: dict[str, Value] = field(default_factory=dict)
    number: int = field(default_factory=birth)

    def __str__(self) -> str:
        return self.reason


@dataclass(slots=True, eq=False)
class Open(Unknown):
    """What a list holds after a number of rounds that nobody knows: ``items``, perhaps more."""

    items: tuple[Value, ...] = ()
