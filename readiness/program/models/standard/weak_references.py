"""``weakref``: what holds an object without keeping it alive.

An object is certainly there while a name of the program leads to it; else nobody knows.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.frame import Frame
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.nodes import walk
from readiness.program.stand_ins import HEAD
from readiness.program.values import (
    NONE,
    TRUE,
    Arguments,
    Bound,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Module,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

REFERENCE = "weakref.ref"
_TO = "\0to"
_MOST = 20_000
"""How many values are looked at for one that leads to an object."""


def is_alive(machine: "Machine", value: Value) -> bool:
    """Whether a name of the program certainly leads to an object."""
    if isinstance(value, Bound):
        return is_alive(machine, value.receiver)
    if isinstance(value, (Module, External, Host)):
        return True
    pending, seen = list(_roots(machine)), set[int]()
    while pending and len(seen) < _MOST:
        one = pending.pop()
        if one is value:
            return True
        if id(one) not in seen:
            seen.add(id(one))
            pending += _within(one)
    machine.limits.walk(len(seen))
    return False


def _roots(machine: "Machine") -> Iterator[Value]:
    for module in (*machine.modules.values(), *machine.by_path.values()):
        if not module.stands_in:
            yield from module.slots.values.values()
    yield from machine.replaced.values.values()
    for frame in machine.stack:
        if frame.module.stands_in:
            continue
        yield from frame.slots.values.values()
        if frame.receiver is not None:
            yield frame.receiver


def _within(value: Value) -> list[Value]:  # noqa: C901, PLR0911 - one answer for each kind of value
    """What a value keeps alive on every way."""
    match value:
        case Instance(cls=External(name=name)) if name == REFERENCE:
            return []
        case Instance(cls=Class(module=name)) if name == f"{HEAD}weakref":
            return []
        case Instance():
            held = value.data if isinstance(value.data, Value) else NONE
            return [value.cls, held, *value.slots.values.values()]
        case Dict():
            return [*value.keys.values(), *value.slots.values.values()]
        case List():
            return list(value.slots.values.values())
        case Tuple():
            return list(value.items)
        case Class():
            return [*value.order, *value.slots.values.values()]
        case Bound():
            return [value.function, value.receiver]
        case Wrapped():
            return [value.function]
        case Host():
            return list(value.attributes.values())
        case Function():
            return [*value.defaults, *value.attributes.values.values(), *_closed_over(value)]
    return []


def _closed_over(function: Function) -> list[Value]:
    """What a function sees of the functions around it, by the names in its code."""
    frame: Frame | None = function.closure
    inner = []
    while frame is not None and frame.slots is not frame.module.slots:
        inner.append(frame.slots.values)
        frame = frame.parent
    if not inner:
        return []
    names = {getattr(one, "id", None) for one in walk(function.node)}
    return [held[name] for held in inner for name in names if name in held]


def _make(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    machine.state.write(instance.slots, _TO, arguments.get("object", 0) or NONE)
    if "callback" in arguments.keywords:
        machine.library.escape(machine, arguments, "weakref.ref")


def _taken(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = receiver.slots.values.get(_TO, NONE) if isinstance(receiver, Instance) else NONE
    return machine.each(held, lambda one: _found(machine, one, arguments.at))


def _found(machine: "Machine", value: Value, at: Place) -> Value:
    if is_alive(machine, value):
        return value
    return Unknown("an object that nothing but weak references may hold", at)


def _proxy(machine: "Machine", arguments: Arguments) -> Value:
    return machine.each(arg(arguments, 0), lambda one: _found(machine, one, arguments.at))


def _alive(machine: "Machine", arguments: Arguments) -> Value:
    """For the stand-in: whether an object is there."""
    if is_alive(machine, arg(arguments, 0)):
        return TRUE
    return Unknown("whether anything but weak references holds an object", arguments.at)


_REFERENCES = LibraryClass(("object", "callback"), build=_make, methods={"__call__": _taken})
TABLE = Table(
    functions={"weakref.proxy": _proxy, "__readiness__.alive": _alive},
    classes={REFERENCE: _REFERENCES},
    aliases={"weakref.ReferenceType": REFERENCE, "weakref.WeakMethod": REFERENCE},
)
