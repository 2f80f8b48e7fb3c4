"""In which containers of the program a function or class stands, and by which names they go."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from readiness.program.interpreter.consulting import DEPTH, Thing, held_by, identity, things_in
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.machine import Machine
from readiness.program.values import (
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Function,
    Instance,
    List,
    Slots,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

_HOLLOW = frozenset({Constant, External, Text, Unknown})
"""Kinds of values that are no function or class of the code, and hold none."""
_Name = tuple[Frame | None, str]
"""A name, and the call in which only the functions made there see it, if it is one's own."""


class KeptIn(Struct):
    """The containers that hold a thing, and the names that lead to any of them.

    ``inside`` are those that only the functions see which were made in a call.
    """

    holders: list[object] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    inside: dict[Frame, set[str]] = field(default_factory=dict)
    made: dict[Frame, set[_Name]] = field(default_factory=dict)
    """Of a function, the names that lead to each that calls of another one made."""

    @property
    def every_name(self) -> set[str]:
        """The names that lead to it, wherever they are seen."""
        return self.names.union(*self.inside.values())

    def add(self, names: Iterable[_Name]) -> None:
        """Take note of names that lead to it."""
        for around, name in names:
            if around is None:
                self.names.add(name)
            else:
                self.inside.setdefault(around, set()).add(name)


def kept_in(machine: Machine) -> dict[Thing, KeptIn]:
    """For each function and class what holds it beside the names that it is defined by."""
    found: dict[Thing, KeptIn] = {}
    for slots, around in _scopes(machine):
        for name, value in list(slots.values.items()):
            if type(value) in _HOLLOW:
                continue
            if isinstance(value, Function):
                _note(found, value, [(around, str(name))])
            if isinstance(value, Function | Class) and name != value.name:
                itself: Thing = value if isinstance(value, Class) else value.node
                found.setdefault(itself, KeptIn()).add([(around, str(name))])
            for holder, thing, names, one in _inside(
                value, frozenset({(around, str(name))}), DEPTH
            ):
                kept = found.setdefault(thing, KeptIn())
                kept.holders.append(holder)
                kept.add(names)
                if isinstance(one, Function):
                    _note(found, one, names)
    return found


def _note(found: dict[Thing, KeptIn], value: Function, names: Iterable[_Name]) -> None:
    found.setdefault(value.node, KeptIn()).made.setdefault(value.closure, set()).update(names)


def _scopes(machine: Machine) -> Iterator[tuple[Slots, Frame | None]]:
    """The names of modules, and those of functions that functions made in them still see."""
    yield from ((one.slots, None) for one in machine.by_path.values() if not one.stands_in)
    frames = {id(one.closure): one.closure for one in machine.records.functions
              if isinstance(one, Function) and one.closure.function is not None}  # fmt: skip
    yield from ((one.slots, one) for one in frames.values())


def _inside(
    value: Value, names: frozenset[_Name], depth: int
) -> Iterator[tuple[object, Thing, frozenset[_Name], Value]]:
    """Each thing in a value, with what holds it, the names that lead there, and its value."""
    if not depth or getattr(value, "names", False) is True:
        return
    if depth < DEPTH and isinstance(value, Function | Class):
        return
    around = value.closure if isinstance(value, Function) else None
    for name, one in _parts(value):
        if type(one) in _HOLLOW:
            continue
        below = names | {(around, name)} if name else names
        for thing in _held(value, name, one):
            yield identity(value), thing, below, one
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
