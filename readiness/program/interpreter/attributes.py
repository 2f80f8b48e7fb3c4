"""Attributes looked up: of objects, classes, modules and what `super()` gives."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import function_attributes, inheritance
from readiness.program.interpreter.descriptors import bind, described, on_class, special_method
from readiness.program.interpreter.module_names import own_name
from readiness.program.stand_ins import HEAD
from readiness.program.values import (
    MISSING,
    NONE,
    Bound,
    Choice,
    Class,
    External,
    Function,
    Host,
    Instance,
    Module,
    Super,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def get(machine: "Machine", value: Value, name: str, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """The attribute of a value; raises the AttributeError that the code would see."""
    match value:
        case Choice():
            return machine.each(value, lambda one: get(machine, one, name, at))
        case Instance():
            return _of_instance(machine, value, name, at)
        case Class():
            found = _of_class(machine, value, name, at)
            return found if name.startswith("__") else machine.library.handed_on(value, found)
        case Module():
            return _of_module(machine, value, name, at)
        case Super():
            return _of_super(machine, value, name, at)
        case External():
            return machine.library.member(machine, value, name, at)
        case Function():
            return function_attributes.get(machine, value, name, at)
        case Unknown():
            return value.member(name, at)
        case Host(name="partial"):
            return _of_partial(machine, value, name, at)
    return machine.library.method(machine, value, name, at)


def _of_partial(machine: "Machine", value: Host, name: str, at: Place) -> Value:
    """An attribute of a ``functools.partial``, which may be given more of them."""

    def beyond() -> Value:
        if name.startswith("__") and name.endswith("__"):
            return Unknown(f"the attribute {name}", at)
        message = f"'functools.partial' object has no attribute '{name}'"
        raise machine.error("AttributeError", message, at)

    return _present(machine, value.attributes.get(name, MISSING), beyond)


def _present(machine: "Machine", value: Value, otherwise: Callable[[], Value]) -> Value:
    """What a slot holds; where on some paths it holds nothing, the search goes on there."""
    return machine.each(value, lambda found: otherwise() if found is MISSING else found)


def _of_instance(machine: "Machine", value: Instance, name: str, at: Place) -> Value:
    """By the class's own ``__getattribute__``, where it has one."""
    if isinstance(value.cls, Class) and not name.startswith("__"):
        own = inheritance.find(value.cls, "__getattribute__")
        if own is not None and isinstance(own[0], Function):
            return machine.invoke(Bound(own[0], value), at, text(name))
    return directly(machine, value, name, at)


def directly(machine: "Machine", value: Instance, name: str, at: Place) -> Value:
    """An attribute as ``object.__getattribute__`` finds it."""
    found = on_class(value, name)
    if (isinstance(found, Wrapped) and found.kind == "property") or (
        special_method(found or MISSING, "__set__") is not None
    ):
        assert found is not None  # noqa: S101 - for the type checker
        return bind(machine, found, value, name, at)
    held = value.slots.values.get(name, MISSING)
    return _present(machine, held, lambda: _inherited(machine, value, found, name, at))


def _inherited(
    machine: "Machine", value: Instance, found: Value | None, name: str, at: Place
) -> Value:
    if found is None:
        return _beyond(machine, value, name, at)

    def one(item: Value) -> Value:
        if item is MISSING:
            return _beyond(machine, value, name, at)
        return bind(machine, item, value, name, at)

    return machine.each(found, one)


def _beyond(machine: "Machine", value: Instance, name: str, at: Place) -> Value:
    """An attribute that neither the object nor a class of the code has."""
    special = machine.library.special(machine, value, name, at)
    if special is not None:
        return special
    if isinstance(value.cls, Class):
        modelled = machine.library.modelled_method(value, name)
        if modelled is not None:
            return modelled
        fallback = inheritance.find(value.cls, "__getattr__")
        if fallback is not None and isinstance(fallback[1], Class):
            return machine.invoke(bind(machine, fallback[0], value, name, at), at, text(name))
        for owner in value.cls.order:
            transparent = isinstance(owner, External) and owner.name in inheritance.TRANSPARENT
            if isinstance(owner, Class) or (transparent and not _plainly_has(owner, name)):
                continue
            outer = owner.name if isinstance(owner, External) and not transparent else None
            return (Unknown(f"the attribute {name} of {value.cls.name}", at) if outer is None
                    else machine.library.inherited(machine, outer, value, name, at))  # fmt: skip
        message = f"'{value.cls.name}' object has no attribute '{name}'"
        return _lacking(machine, value.cls, name, message, at)
    return machine.library.inherited(machine, value.cls.name, value, name, at)


def _lacking(machine: "Machine", cls: Class, name: str, message: str, at: Place) -> Value:
    """The error of a class that lacks an attribute.

    One that stands in for a library's may well have more than was written again of it, for all
    that the code sees; the standard library's have all that code asks them for.
    """
    seen = not name.startswith("_") and not name.isupper() and not at.path.startswith(HEAD)
    if seen and any(map(_is_written_again, cls.order)):
        return Unknown(f"the attribute {name} of {cls.name}", at)
    raise machine.error("AttributeError", message, at)


def _is_written_again(cls: Value) -> bool:
    if not isinstance(cls, Class) or not cls.module.startswith(HEAD):
        return False
    return cls.module.removeprefix(HEAD).partition(".")[0] not in sys.stdlib_module_names


def _plainly_has(owner: Value, name: str) -> bool:
    """Whether a class is that of texts or numbers and has such a method."""
    kind = _PLAIN.get(owner.name) if isinstance(owner, External) else None
    return kind is not None and hasattr(kind, name)


_PLAIN = {f"builtins.{kind.__name__}": kind for kind in (str, int, float, bytes)}


def _of_class(machine: "Machine", value: Class, name: str, at: Place) -> Value:
    meta = of_metaclass(value, name)
    if meta is not None and isinstance(meta[0], Wrapped) and meta[0].kind == "property":
        return machine.invoke(meta[0].function, at, value)
    special = machine.library.class_member(machine, value, name, at)
    if special is not None:
        return special
    found = inheritance.find(value, name)
    if found is None and meta is not None:
        return bind(machine, meta[0], value, name, at)
    if found is None:
        getter = of_metaclass(value, "__getattr__")
        message = f"type object '{value.name}' has no attribute '{name}'"
        return (_lacking(machine, value, name, message, at) if getter is None
                else machine.invoke(getter[0], at, text(name)))  # fmt: skip
    if not isinstance(found[1], Class):
        return machine.library.inherited_on_class(found[1], value, name, at)

    return machine.each(found[0], lambda one: _on_the_class(machine, one, value, name, at))


def _on_the_class(machine: "Machine", one: Value, value: Class, name: str, at: Place) -> Value:
    """What a class attribute gives when it is looked up on the class."""
    if isinstance(one, Wrapped) and one.kind == "classmethod":
        return Bound(one.function, value)
    if isinstance(one, Wrapped) and one.kind == "staticmethod":
        return one.function
    if isinstance(one, Instance):
        return described(machine, one, NONE, value, at)
    if one is MISSING:
        raise machine.error("AttributeError", f"no attribute '{name}'", at)
    return one


def of_metaclass(value: Class, name: str) -> tuple[Value, Value] | None:
    """An attribute that the class of the class has."""
    for owner in value.order:
        metaclass = owner.keywords.get("metaclass") if isinstance(owner, Class) else None
        found = inheritance.find(metaclass, name) if isinstance(metaclass, Class) else None
        if found is not None and isinstance(found[1], Class):
            bound = Bound(found[0], value) if isinstance(found[0], Function) else found[0]
            return bound, found[1]
    return None


def _of_super(machine: "Machine", value: Super, name: str, at: Place) -> Value:
    receiver = value.receiver
    cls = receiver if isinstance(receiver, Class) else getattr(receiver, "cls", None)
    if not isinstance(cls, Class):
        return Unknown("super() of an unknown class", at)
    found = inheritance.find(cls, name, after=value.after)
    if found is None:
        return machine.library.object_method(machine, receiver, name, at)
    if isinstance(found[1], Class):
        if isinstance(receiver, Class):
            wrapped = found[0]
            inner = wrapped.function if isinstance(wrapped, Wrapped) else wrapped
            return Bound(inner, receiver)
        return bind(machine, found[0], receiver, name, at)
    return machine.library.super_method(machine, found[1], receiver, name, at)


def _of_module(machine: "Machine", value: Module, name: str, at: Place) -> Value:
    held = value.slots.values.get(name, MISSING)
    return _present(machine, held, lambda: _beyond_module(machine, value, name, at))


def _special_of_module(machine: "Machine", value: Module, name: str, at: Place) -> Value | None:
    if name == "__dict__":
        return machine.invoke(External("builtins.vars"), at, value)
    return own_name(machine, value, name)


def _beyond_module(machine: "Machine", value: Module, name: str, at: Place) -> Value:
    submodule = machine.modules.get(f"{value.name}.{name}")
    if submodule is not None:
        return submodule
    special = _special_of_module(machine, value, name, at)
    if special is not None:
        return special
    getter = value.slots.values.get("__getattr__")
    if getter is not None:
        return machine.invoke(getter, at, text(name))
    rest = value.slots.values.get("*")
    if isinstance(rest, Unknown):
        return Unknown(f"the name {name} of {value.name} ({rest.reason})", at)
    if value.is_folder:
        return machine.library.external(machine, f"{value.name}.{name}", at)
    message = f"module '{value.name}' has no attribute '{name}'"
    raise machine.error("AttributeError", message, at)
