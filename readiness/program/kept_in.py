"""In which containers of the program a function or class stands, and by which names they go."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from readiness.program.interpreter.consulting import DEPTH, Thing, held_by, identity, things_in
from readiness.program.interpreter.machine import Machine
from readiness.program.values import Class, Dict, Function, Instance, List, Tuple, Value


@dataclass(slots=True)
class KeptIn:
    """The containers that hold a thing, and the names that lead to any of them."""

    holders: list[object] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def kept_in(machine: Machine) -> dict[Thing, KeptIn]:
    """For each function and class what holds it beside the names that it is defined by."""
    found: dict[Thing, KeptIn] = {}
    for module in list(machine.by_path.values()):
        if module.stands_in:
            continue
        for name, value in module.slots.values.items():
            for holder, thing, names in _inside(value, frozenset({str(name)}), DEPTH):
                kept = found.setdefault(thing, KeptIn())
                kept.holders.append(holder)
                kept.names |= names
    return found


def _around(function: Function) -> Iterator[tuple[str, Value]]:
    """What a function made within another sees of that one."""
    frame = function.closure
    if frame.function is not None:
        yield from ((str(name), one) for name, one in list(frame.slots.values.items()))


def _inside(
    value: Value, names: frozenset[str], depth: int
) -> Iterator[tuple[object, Thing, frozenset[str]]]:
    """Each thing in a value, with what holds it directly and the names that lead there."""
    if not depth or getattr(value, "names", False) is True:
        return
    if depth < DEPTH and isinstance(value, Function | Class):
        return
    is_holder = isinstance(value, Tuple | List | Dict | Instance)
    for name, one in _parts(value):
        below = names | {name} if name else names
        for thing in _direct(one, objects=not isinstance(value, Instance)) if is_holder else ():
            yield identity(value), thing, below
        yield from _inside(one, below, depth - 1)


def _parts(value: Value) -> Iterator[tuple[str, Value]]:
    """What a value holds, by the name that leads to it from there."""
    match value:
        case Tuple() | List() | Dict():
            yield from (("", one) for one in held_by(value))
        case Instance() | Class():
            yield from ((str(name), one) for name, one in list(value.slots.values.items()))
        case Function() if value.closure.function is not None:
            held = value.closure.slots.values
            yield from ((str(name), one) for name, one in list(held.items()))


def _direct(value: Value, *, objects: bool) -> Iterator[Thing]:
    """What a value is itself, or what it is an object of."""
    yield from (thing for thing, _ in things_in(value, 0))
    if objects and isinstance(value, Instance) and isinstance(value.cls, Class):
        yield value.cls
