"""Values that are not known."""

from typing import Any

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.value import Slots, Value, birth

_DEEP = 3
"""How many attributes of attributes the words of a reason tell."""


class Unknown(Value, Struct, eq=False):
    """A value that is not known, and why.

    ``free`` tells what is chosen anew for each request, so that each of its values occurs.
    """

    reason: str
    at: Place | None = None
    trace: Trace = ()
    free: bool = False
    memo: dict[str, Value] = field(default_factory=dict)
    number: int = field(default_factory=birth)
    _shown: Slots | None = None

    def member(self, name: str, at: Place | None) -> Value:
        """One of its attributes: the same one each time."""
        if name not in self.memo:
            reason = (
                self.reason if self.reason.count(".") > _DEEP else f"{self.reason}, its {name}"
            )
            self.memo[name] = Unknown(reason, self.at or at, self.trace, self.free)
        return self.memo[name]

    @property
    def shown(self) -> Slots:
        """Its attributes as far as anybody asked for them or set them."""
        if self._shown is None:
            self._shown = Slots(self.memo)  # type: ignore[arg-type]
            self._shown.born = self.number
        return self._shown

    def __str__(self) -> str:
        return self.reason


class Open(Unknown, eq=False):
    """What a list holds after a number of rounds that nobody knows: ``items``, perhaps more."""

    items: tuple[Value, ...] = ()


class Typed(Unknown, eq=False):
    """What no two runs share, though its class is known: what a clock says, or chance.

    ``kind`` is the full name of the class; it is not below ``least``, and as long as ``width``
    if these are known; ``parts`` are attributes of which as much is known.
    """

    kind: str = ""
    least: Any = None
    width: int | None = None
    parts: dict[str, tuple[str, int | None]] = field(default_factory=dict)

    def member(self, name: str, at: Place | None) -> Value:
        """One of its attributes."""
        if name in self.parts and name not in self.memo:
            kind, width = self.parts[name]
            reason = f"{self.reason}, its {name}"
            self.memo[name] = Typed(reason, self.at or at, kind=kind, width=width)
        return super().member(name, at)

    @property
    def is_true(self) -> bool:
        """Whether it counts as true whatever it is."""
        if self.width is not None:
            return self.width > 0
        return bool(self.least) or self.kind in _ALWAYS


_ALWAYS = frozenset({"datetime.date", "datetime.datetime", "uuid.UUID"})
"""Classes whose objects all count as true."""
