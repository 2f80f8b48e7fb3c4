"""Tuples, lists and dictionaries."""

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.unknown import Unknown
from readiness.program.values.value import Mutable, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.stepping import Stepper


class Tuple(Value, Struct, frozen=True, eq=False):
    """An immutable sequence; also the contents of a list."""

    items: tuple[Value, ...]
    trace: Trace = ()


MORE = "more"
"""The slot where a list says what it may hold behind its items, if code asks for it."""


class List(Mutable):
    """A list; its slot ``items`` holds a tuple.

    ``start`` runs the code of a generator that has not begun, as its slot ``start`` tells;
    ``stepper`` runs it item by item, where that can be.
    """

    __slots__ = ("kind", "start", "stepper")

    def __init__(
        self, items: tuple[Value, ...] = (), trace: Trace = (), kind: str = "list"
    ) -> None:
        super().__init__({"items": Tuple(items)}, trace)
        self.kind = kind
        self.start: Callable[[Callable[[Value], Value]], Value] | None = None
        self.stepper: Stepper | None = None


class Dict(Mutable):
    """A dictionary; ``rest`` is set where unknown keys may be in it too.

    ``process`` tells that all variables of the process were copied into it. ``default``
    makes the entry of a missing key (`defaultdict`); ``kind`` is the name of its class;
    ``names`` tells that it shows the names of a module, a function or an object.
    """

    __slots__ = ("at", "default", "keys", "kind", "names", "process", "rest")

    def __init__(
        self,
        entries: "Mapping[Any, Value] | None" = None,
        keys: "Mapping[Any, Value] | None" = None,
        trace: Trace = (),
        rest: "Unknown | None" = None,
    ) -> None:
        super().__init__(dict(entries or {}), trace)
        self.slots.ordered = True
        self.keys: dict[Hashable, Value] = dict(keys or {})
        self.rest = rest
        self.at: Place | None = None
        self.process = False
        self.names = False
        self.default: Value | None = None
        self.kind = "dict"
