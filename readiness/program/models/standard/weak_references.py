"""``weakref``: what holds an object without keeping it alive.

An object is certainly there while a name of the program leads to it; else nobody knows.
"""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.reaching import WEAK, way_to
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    TRUE,
    Arguments,
    Bound,
    External,
    Host,
    Instance,
    Module,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_TO = "\0to"


def is_alive(machine: "Machine", value: Value) -> bool:
    """Whether a name of the program certainly leads to an object."""
    if isinstance(value, Bound):
        return is_alive(machine, value.receiver)
    if isinstance(value, (Module, External, Host)):
        return True
    return way_to(machine, value) is not None


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
    classes={WEAK: _REFERENCES},
    aliases={"weakref.ReferenceType": WEAK, "weakref.WeakMethod": WEAK},
)
