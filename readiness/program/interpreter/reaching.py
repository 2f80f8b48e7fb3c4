"""Whether a name of the program leads to an object, so that it is certainly still there."""

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.program.interpreter.frame import Frame
from readiness.program.nodes import walk
from readiness.program.stand_ins import HEAD
from readiness.program.values import (
    MISSING,
    Bound,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Slots,
    Tuple,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

WEAK = "weakref.ref"
_MOST = 5_000
"""How many values are looked at for one that leads to an object."""
Edge = tuple[Slots | None, Hashable, Value]


class Way(Struct, eq=False):
    """How names lead to an object: from a frame, through slots, or but for the moment."""

    frame: Frame | None
    edges: list[Edge]
    lasting: bool = True

    def holds(self, machine: "Machine") -> bool:
        """Whether it still leads there."""
        if not self.lasting or (self.frame is not None and self.frame not in machine.stack):
            return False
        return all(slots is None or slots.values.get(key) is value
                   for slots, key, value in self.edges)  # fmt: skip


class _Found(Struct, eq=False):
    """A value, and the one that it was found in."""

    edge: Edge
    before: "_Found | None"
    frame: Frame | None
    lasting: bool = True


def way_to(machine: "Machine", wanted: Value, *, beside: tuple[Value, ...] = ()) -> Way | None:
    """How something leads to an object; None where it does not, or only perhaps.

    ``beside`` is what no name leads to and that is there for the moment.
    """
    pending = [*_roots(machine), *(_Found((None, None, one), None, None, lasting=False)
                                   for one in (*machine.held, *beside))]  # fmt: skip
    seen = set[int]()
    while pending and len(seen) < _MOST:
        found = pending.pop()
        value = found.edge[2]
        if value is wanted:
            return _way(found)
        if id(value) not in seen:
            seen.add(id(value))
            pending += [_Found(edge, found, found.frame, found.lasting) for edge in _within(value)]
    machine.limits.walk(len(seen))
    return None


def _way(found: _Found) -> Way:
    edges, one = [found.edge], found.before
    while one is not None:
        edges.append(one.edge)
        one = one.before
    return Way(found.frame, edges, found.lasting)


def _roots(machine: "Machine") -> Iterator[_Found]:
    for module in {id(one): one for one in (*machine.modules.values(), *machine.by_path.values())
                   }.values():  # fmt: skip
        if not module.stands_in:
            yield from (_Found(edge, None, None) for edge in _of_slots(module.slots))
    yield from (_Found(edge, None, None) for edge in _of_slots(machine.replaced))
    for frame in machine.stack:
        if not frame.module.stands_in:
            yield from (_Found(edge, None, frame) for edge in _of_frame(frame))


def _of_frame(frame: Frame) -> Iterator[Edge]:
    yield from _of_slots(frame.slots)
    if frame.receiver is not None:
        yield None, None, frame.receiver


def _of_slots(slots: Slots) -> Iterator[Edge]:
    return ((slots, key, value) for key, value in slots.values.items() if value is not MISSING)


def _each(*values: Value) -> Iterator[Edge]:
    return ((None, None, value) for value in values)


def _within(value: Value) -> Iterator[Edge]:  # noqa: C901 - one case for each kind of value
    """What a value keeps alive on every way."""
    match value:
        case Instance(cls=External(name=name)) if name == WEAK:
            return
        case Instance(cls=Class(module=name)) if name == f"{HEAD}weakref":
            return
        case Instance():
            held = value.data if isinstance(value.data, Value) else MISSING
            yield from _each(value.cls, held)
            yield from _of_slots(value.slots)
        case Dict():
            yield from _each(*value.keys.values())
            yield from _of_slots(value.slots)
        case List():
            yield from _of_slots(value.slots)
            if value.stepper is not None:
                yield from _of_frame(value.stepper.frame)
        case Tuple():
            yield from _each(*value.items)
        case Class():
            yield from _each(*value.order)
            yield from _of_slots(value.slots)
        case Bound():
            yield from _each(value.function, value.receiver)
        case Wrapped():
            yield from _each(value.function)
        case Host():
            yield from _each(*value.attributes.values())
        case Function():
            yield from _each(*value.defaults, *value.keyword_defaults.values())
            yield from _of_slots(value.attributes)
            yield from _closed_over(value)


def _closed_over(function: Function) -> Iterator[Edge]:
    """What a function sees of the functions around it, by the names in its code."""
    frame: Frame | None = function.closure
    inner = []
    while frame is not None and frame.slots is not frame.module.slots:
        inner.append(frame.slots)
        frame = frame.parent
    if inner:
        names = {getattr(one, "id", None) for one in walk(function.node)}
        for slots in inner:
            yield from (edge for edge in _of_slots(slots) if edge[1] in names)
