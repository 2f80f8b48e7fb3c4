"""What every object and every class has, besides its own."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    attribute_changes,
    attributes,
    classes,
    inheritance,
    metaclasses,
)
from readiness.program.models.python.kinds import type_of
from readiness.program.models.python.members import method_of_type
from readiness.program.models.python.signatures import annotations, own_annotations
from readiness.program.models.python.texts import TEXTS
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


ANNOTATED = "typing.Annotated"


def special_of_object(value: Instance, name: str) -> Value:
    """``__class__`` and ``__dict__``."""
    if name == "__class__":
        return value.cls
    view = Dict(None, {key: text(str(key)) for key in value.slots.values})
    view.slots = value.slots
    return view


def special(machine: "Machine", value: Instance, name: str, at: Place) -> Value | None:
    """What every object has, and members of enumerations besides."""
    if name in {"__class__", "__dict__"}:
        return special_of_object(value, name)
    if name in {"__annotations__", "__orig_bases__"} and isinstance(value.cls, Class):
        return class_member(machine, value.cls, name, at)
    if isinstance(value.data, (Text, Constant)) and isinstance(value.cls, Class):
        if name == "_value_":
            return value.data
        if isinstance(value.data, Text) and name in TEXTS:
            return method_of_type(machine, value.data, name, at)
    if isinstance(value.cls, Class) and name.startswith("__") and name.endswith("__"):
        return object_method(machine, value, name, at) if name in _OBJECT else None
    return None


_OBJECT = frozenset({"__init__", "__post_init__", "__init_subclass__", "__setattr__",
                     "__enter__", "__exit__"}) - {"__enter__", "__exit__", "__post_init__"}  # fmt: skip  # noqa: E501 - a table


def object_method(machine: "Machine", receiver: Value, name: str, at: Place) -> Value:
    """A method of ``object``."""
    if name == "__new__":
        return Host(name, new_object)
    if name == "__call__" and isinstance(receiver, Class):
        return Host(name, lambda m, a: classes.construct(m, receiver, a))
    if name == "__setattr__":
        return Host(name, lambda m, a: _set_directly(m, receiver, a))
    if name == "__getattribute__":
        return Host(name, lambda m, a: _directly(m, receiver, a))
    if name == "__class_getitem__":
        return Host(name, lambda m, a: receiver)
    if name in {"__init__", "__init_subclass__", "__post_init__", "__exit__", "__del__"}:
        return Host(name, lambda m, a: NONE)
    raise machine.error("AttributeError", f"'super' object has no attribute '{name}'", at)


def _directly(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _known(arguments, 0)
    if isinstance(receiver, Instance) and name:
        return attributes.directly(machine, receiver, name, arguments.at)
    return machine.attribute(receiver, name, arguments.at)


def _known(arguments: Arguments, index: int) -> str:
    value = arguments.positional[index] if len(arguments.positional) > index else NONE
    return getattr(value, "known", None) or ""


def new_object(machine: "Machine", arguments: Arguments) -> Value:
    """``object.__new__(cls)``."""
    cls = arguments.positional[0] if arguments.positional else NONE
    if metaclasses.is_metaclass(cls):
        return metaclasses.make(machine, arguments)
    if isinstance(cls, (Class, External)):
        made = Instance(cls, None, arguments.at)
        if len(arguments.positional) > 1:
            machine.library.prepare(machine, made, arguments.after(1))
        return made
    return Unknown("an object of an unknown class", arguments.at)


def _set_directly(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _known(arguments, 0)
    if name and isinstance(receiver, Instance) and len(arguments.positional) > 1:
        attribute_changes.put_directly(
            machine, receiver, name, arguments.positional[1], arguments.at
        )
    return NONE


ABSTRACT = External("abc.ABC")
_TYPED = External("typing.TypedDict")


def _registered(machine: "Machine", cls: Class, arguments: Arguments) -> Value:
    """``Abstract.register(cls)``: objects of the other class count as its own."""
    if arguments.positional:
        sure = not machine.state.path
        cls.traits.setdefault("registered", []).append((arguments.positional[0], sure))
    return arguments.positional[0] if arguments.positional else NONE


def class_member(machine: "Machine", value: Class, name: str, at: Place) -> Value | None:  # noqa: C901, PLR0911, PLR0912 - one answer for each name
    """What every class has, and what enumerations add."""
    match name:
        case "__name__" | "__qualname__":
            return text(value.name)
        case "__module__":
            return text(value.module)
        case "__doc__":
            return value.slots.values.get(name, NONE)
        case "__class__":
            return type_of(value)
        case "__dict__":
            return machine.invoke(External("builtins.vars"), at, value)
        case "__annotations__":
            owner = next(
                (one for one in value.order if isinstance(one, Class) and one.fields), value
            )
            if _TYPED in value.order:  # which has those of its bases too
                return annotations(machine, value)
            found = own_annotations(machine, owner)
            return Dict(found, {key: text(key) for key in found})
        case "register" if ABSTRACT in value.order and inheritance.find(value, name) is None:
            return Host(name, lambda m, a: _registered(m, value, a))
        case "__bases__":
            return Tuple(value.bases or (External("builtins.object"),))
        case "__orig_bases__":
            return classes.original_bases(machine, value)
        case "__mro__":
            return Tuple((*value.order, External("builtins.object")))
        case "__members__" if "members" in value.traits:
            kept = {key: one for key, one in value.slots.values.items()
                    if any(one is member for member in value.traits["members"])}  # fmt: skip
            return Dict(dict(kept), {key: text(str(key)) for key in kept})
        case "__match_args__" if (names := machine.library.match_arguments(value)) is not None:
            return Tuple(tuple(map(text, names)))
        case "__new__" if inheritance.find(value, "__new__") is None:
            return Host(name, new_object)
        case "__subclasses__":
            return Host(name, lambda m, a: List(tuple(value.traits.get("subclasses", ()))))
    return None
