"""``value[key]`` of objects, classes and what libraries bring."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attributes, inheritance
from readiness.program.interpreter.plain import is_data
from readiness.program.interpreter.sameness import equal
from readiness.program.interpreter.traces import with_trace
from readiness.program.models.python.object_members import ANNOTATED
from readiness.program.values import OWN, Class, External, Instance, Text, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def subscript(machine: "Machine", value: Value, key: Value, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """``value[key]`` for objects and classes."""
    if isinstance(value, Instance):
        method = machine.library.find_method(machine, value, "__getitem__", at)
        if method is not None:
            return machine.invoke(method, at, key)
        if is_data(value):
            return machine.item(value.data, key, at)
        if isinstance(value.cls, Class) and not machine.library.names_of(value.cls):
            raise machine.error("TypeError", "the object is not subscriptable", at)
        return Unknown("an item of an object", at)
    if isinstance(value, Class):
        return _of_class(machine, value, key, at)
    if value == External(ANNOTATED) and isinstance(key, Tuple):
        return _of_parts(ANNOTATED, key.items, at)
    if value == External(LITERAL):
        return _of_parts(LITERAL, key.items if isinstance(key, Tuple) else (key,), at)
    return _of_library(machine, value, key, at)


def _of_parts(name: str, parts: tuple[Value, ...], at: Place) -> Instance:
    """A type that tells its parts: ``Annotated[…]`` and ``Literal[…]``."""
    made = Instance(External(name), None, at)
    made.data = tuple(each for one in parts for each in _unfolded(name, one))
    return made


def _unfolded(name: str, part: Value) -> tuple[Value, ...]:
    """A literal of literals has their parts."""
    inner = isinstance(part, Instance) and part.cls == External(name) == External(LITERAL)
    found: tuple[Value, ...] = part.data if inner and isinstance(part, Instance) else (part,)
    return found


LITERAL = "typing.Literal"


def _of_library(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    """A class with its parameters; or, by a plain key, what a library keeps under it."""
    if not isinstance(value, External):
        return Unknown("an item", at)
    known = getattr(key, "known", getattr(key, "value", None))
    if value.name.partition(".")[0] in OWN or known is None or machine.library.knows(value.name):
        return value
    name = f"{value.name}[{known!r}]"
    return machine.singletons.setdefault(name, Unknown(name, at))


def _of_class(machine: "Machine", value: Class, key: Value, at: Place) -> Value:
    """``Stage["NAME"]``, or what a class or its metaclass makes of brackets."""
    if "members" in value.traits:
        return _named_member(machine, value, key, at)
    own = inheritance.find(value, "__class_getitem__")
    if own is not None and isinstance(own[1], Class):
        inner = getattr(own[0], "function", own[0])
        return machine.invoke(inner, at, value, key)
    meta = attributes.of_metaclass(value, "__getitem__")
    return value if meta is None else machine.invoke(meta[0], at, key)


def _named_member(machine: "Machine", value: Class, key: Value, at: Place) -> Value:
    for member in value.traits["members"]:
        if equal(member.slots.values["name"], key):
            return with_trace(member, key.trace)
    if isinstance(key, Text) and key.known is not None:
        same = value.slots.values.get(key.known)  # another name of a member
        if same is not None and any(one is same for one in value.traits["members"]):
            return with_trace(same, key.trace)
        raise machine.error("KeyError", "no such member", at, key.trace)
    return Unknown(f"a member of {value.name}", at, key.trace)
