"""In which containers of the program a function or class stands, and by which names they go."""

from collections.abc import Iterator

from msgspec import Struct, field

from readiness.program.interpreter.consulting import DEPTH, Thing, held_by, identity, things_in
from readiness.program.interpreter.machine import Machine
from readiness.program.values import (
    Choice,
    Class,
    Dict,
    Function,
    Instance,
    List,
    Slots,
    Tuple,
    Value,
    Wrapped,
)


class KeptIn(Struct):
    """The containers that hold a thing, and the names that lead to any of them."""

    holders: list[object] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def kept_in(machine: Machine) -> dict[Thing, KeptIn]:
    """For each function and class what holds it beside the names that it is defined by."""
    found: dict[Thing, KeptIn] = {}
    for slots in _scopes(machine):
        for name, value in list(slots.values.items()):
            if isinstance(value, Function | Class) and name != value.name:
                itself: Thing = value if isinstance(value, Class) else value.node
                found.setdefault(itself, KeptIn()).names.add(str(name))
            for holder, thing, names in _inside(value, frozenset({str(name)}), DEPTH):
                kept = found.setdefault(thing, KeptIn())
                kept.holders.append(holder)
                kept.names |= names
    return found


def _scopes(machine: Machine) -> Iterator[Slots]:
    """The names of modules, and those of functions that functions made in them still see."""
    yield from (one.slots for one in machine.by_path.values() if not one.stands_in)
    frames = {id(one.closure): one.closure for one in machine.records.functions
              if isinstance(one, Function) and one.closure.function is not None}  # fmt: skip
    yield from (frame.slots for frame in frames.values())


def _inside(
    value: Value, names: frozenset[str], depth: int
) -> Iterator[tuple[object, Thing, frozenset[str]]]:
    """Each thing in a value, with what holds it directly and the names that lead there."""
    if not depth or getattr(value, "names", False) is True:
        return
    if depth < DEPTH and isinstance(value, Function | Class):
        return
    for name, one in _parts(value):
        below = names | {name} if name else names
        for thing in _held(value, name, one):
            yield identity(value), thing, below
        yield from _inside(one, below, depth - 1)


def _parts(value: Value) -> Iterator[tuple[str, Value]]:
    """What a value holds, by the name that leads to it from there."""
    match value:
        case Tuple() | List() | Dict() | Choice():
            yield from (("", one) for one in held_by(value))
        case Instance() | Class():
            yield from ((str(name), one) for name, one in list(value.slots.values.items()))
            if isinstance(value, Instance) and value.data is not None:
                yield "", value.data
        case Function() if value.closure.function is not None:
            held = value.closure.slots.values
            yield from ((str(name), one) for name, one in list(held.items()))


def _held(holder: Value, name: str, value: Value) -> Iterator[Thing]:
    """What a part of something is itself, or what it is an object of."""
    if isinstance(holder, Function) or (
        isinstance(holder, Class) and _is_own(holder, name, value)
    ):
        return
    yield from (thing for thing, _ in things_in(value, 0))
    if not isinstance(holder, Instance) and isinstance(value, Instance) and isinstance(
            value.cls, Class):  # fmt: skip
        yield value.cls


def _is_own(holder: Class, name: str, value: Value) -> bool:
    """Whether a class defines this part itself, rather than to hold what stands elsewhere."""
    while isinstance(value, Wrapped):
        value = value.function
    if isinstance(value, Function):
        return value.owner is holder
    return not isinstance(value, Class) or value.name == name
