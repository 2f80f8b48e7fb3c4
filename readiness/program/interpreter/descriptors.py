"""What an attribute of a class gives when it is looked up: methods, properties, descriptors."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.values import Bound, Class, External, Function, Instance, Value, Wrapped

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


_METHODS = ("builtins.dict.", "builtins.list.", "builtins.str.", "builtins.object.")
"""Where a name stands that is a method of the language, which binds like one of the code."""


def bind(machine: "Machine", found: Value, receiver: Value, name: str, at: Place) -> Value:  # noqa: C901, PLR0911 - one answer for each kind of value
    """What a class attribute gives when it is looked up on an instance."""
    match found:
        case Function():
            return Bound(found, receiver)
        case Wrapped(kind="property"):
            return machine.invoke(found.function, at, receiver)
        case Wrapped(kind="cached_property"):
            value = machine.invoke(found.function, at, receiver)
            if isinstance(receiver, Instance):
                machine.state.write(receiver.slots, name, value)
            return value
        case Wrapped(kind="classmethod"):
            owner = receiver.cls if isinstance(receiver, Instance) else receiver
            return Bound(found.function, owner)
        case Wrapped(kind="staticmethod"):
            return found.function
        case Wrapped(kind="cached" | "contextmanager"):
            return Bound(found, receiver)
        case Wrapped(kind="method"):
            return Bound(found.function, receiver)
        case External(name=full) if full.startswith(_METHODS) and isinstance(receiver, Instance):
            return Bound(found, receiver)
        case Instance():
            owner = receiver.cls if isinstance(receiver, Instance) else receiver
            return described(machine, found, receiver, owner, at)
    return found


def described(
    machine: "Machine", found: Instance, receiver: Value, owner: Value, at: Place
) -> Value:
    """What a class attribute gives: of an object with ``__get__`` what that returns."""
    getter = special_method(found, "__get__")
    return found if getter is None else machine.invoke(getter, at, receiver, owner)


def on_class(value: Instance, name: str) -> Value | None:
    """What the class of an object holds under a name; nothing where a library's may."""
    found = inheritance.find(value.cls, name) if isinstance(value.cls, Class) else None
    return found[0] if found is not None and isinstance(found[1], Class) else None


def special_method(found: Value, name: str) -> Value | None:
    """A special method that the class of an object defines in the code."""
    if not isinstance(found, Instance) or not isinstance(found.cls, Class):
        return None
    method = inheritance.find(found.cls, name)
    if method is None or not isinstance(method[1], Class):
        return None
    return Bound(method[0], found)
