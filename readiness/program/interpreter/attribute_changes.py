"""Attributes set and deleted."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.interpreter.descriptors import on_class, special_method
from readiness.program.values import (
    MISSING,
    Arguments,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Module,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def put(machine: "Machine", value: Value, name: str, new: Value, at: Place) -> None:
    """Set (or with `MISSING` delete) the attribute of a value."""
    match value:
        case Instance():
            _put_on_instance(machine, value, name, new, at)
        case Class() | Module():
            machine.state.write(value.slots, name, new)
        case Function():
            machine.state.write(value.attributes, name, new)
        case Host(name="partial"):
            machine.state.write(value.shown, name, new)
        case Unknown():
            value.member(name, at)  # else a path that does not set it would have none
            machine.state.write(value.shown, name, new)
            machine.library.escape(machine, Arguments((), {name: new}, at), value.reason)
        case External():
            machine.library.set_member(machine, value, name, new)


def _put_on_instance(
    machine: "Machine", value: Instance, name: str, new: Value, at: Place
) -> None:
    if name == "__dict__":
        _put_all(machine, value, new, at)
        return
    if name == "__class__":
        _put_class(machine, value, new, at)
        return
    if isinstance(value.cls, Class) and value.cls.traits.get("frozen"):
        raise machine.error("dataclasses.FrozenInstanceError", "it cannot be changed", at)
    setter = setter_of(value) if new is not MISSING else None
    if setter is not None:
        machine.each(setter, lambda one: machine.invoke(one, at, value, text(name), new))
        return
    put_directly(machine, value, name, new, at)


def setter_of(value: Instance) -> Value | None:
    """The ``__setattr__`` that a class of the code defines."""
    if not isinstance(value.cls, Class):
        return None
    found = inheritance.find(value.cls, "__setattr__")
    return found[0] if found is not None and isinstance(found[1], Class) else None


def put_directly(machine: "Machine", value: Instance, name: str, new: Value, at: Place) -> None:
    """Set an attribute as ``object.__setattr__`` does."""
    found = on_class(value, name)
    if isinstance(found, Wrapped) and found.kind == "property":
        given = () if new is MISSING else (new,)
        change = found.deleter if new is MISSING else found.setter
        if change is None:
            raise machine.error("AttributeError", f"property '{name}' cannot be changed", at)
        machine.invoke(change, at, value, *given)
        return
    setter = special_method(found or MISSING, "__set__")
    if setter is not None:
        machine.invoke(setter, at, value, new)
        return
    if new is MISSING and name not in value.slots.values:
        raise machine.error("AttributeError", f"no attribute '{name}'", at)
    if new is not MISSING and not inheritance.takes(value.cls, name):
        raise machine.error("AttributeError", f"no slot for '{name}'", at)
    if new is not MISSING and not (machine.stack and machine.stack[-1].receiver is value):
        machine.records.put[id(value.slots), name] = (at, value.slots, "")
    machine.state.write(value.slots, name, new)


def _put_class(machine: "Machine", value: Instance, new: Value, at: Place) -> None:
    """``obj.__class__ = Other``: nothing is known of its class where that is undecided."""
    new = machine.library.settled(machine, new)
    if isinstance(new, (Class, External)) and value.slots.born > machine.state.assumed_since:
        value.cls = new
        return
    value.cls = Class("a class", (Unknown("an object whose class may have changed", at),), "", at)
    value.cls.order = inheritance.linearised(value.cls)


def _put_all(machine: "Machine", value: Instance, new: Value, at: Place) -> None:
    """``obj.__dict__ = new``: from now on the two are one, as far as nothing is undecided."""
    new = machine.library.settled(machine, new)
    if isinstance(new, Dict) and value.slots.born > machine.state.assumed_since:
        value.slots = new.slots
        return
    held = new.slots.values if isinstance(new, Dict) else {}
    for name in {*value.slots.values, *held}:
        unknown = Unknown("an attribute of an object whose __dict__ was replaced", at)
        machine.state.write(value.slots, name, held.get(name, unknown))
