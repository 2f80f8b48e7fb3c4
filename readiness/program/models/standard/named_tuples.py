"""Named tuples: classes whose objects are tuples with names."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import comparisons, equalities, membership
from readiness.program.interpreter.inheritance import linearised
from readiness.program.models.lifting import arg
from readiness.program.models.python.record_fields import fields_of
from readiness.program.models.standard.records import initialise, positional
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

BASE = External("typing.NamedTuple")


def _finish(machine: "Machine", cls: Class) -> None:
    """``class Point(NamedTuple)``."""
    cls.traits["generated"] = initialise
    cls.traits["match"] = positional
    names = fields_of(cls)
    machine.state.write(cls.slots, "_fields", Tuple(tuple(map(text, names))))
    held = {name: cls.slots.values[name] for name in names if name in cls.slots.values}
    _describe(machine, cls, held)


def _functional(machine: "Machine", arguments: Arguments) -> Value:
    """``collections.namedtuple("Point", "x y", defaults=[0])``."""
    names = _names(machine, arguments)
    known = getattr(arg(arguments, 0), "known", None)
    if names is None or known is None:
        return Unknown("a named tuple whose fields are not known", arguments.at)
    cls = Class(known, (BASE,), "", arguments.at)
    cls.order = linearised(cls)
    cls.traits["names"] = names
    given = arguments.keywords.get("defaults")
    found = machine.iterate(given, arguments.at) if given is not None else []
    defaults = found if isinstance(found, list) else []
    pairs = list(zip(reversed(names), reversed(defaults), strict=False))
    for name, value in pairs:
        machine.state.write(cls.slots, name, value)
    _describe(machine, cls, dict(reversed(pairs)))
    cls.traits["generated"] = _initialise
    machine.state.write(cls.slots, "_fields", Tuple(tuple(map(text, names))))
    return cls


def _describe(machine: "Machine", cls: Class, held: dict[str, Value]) -> None:
    shown = Dict(held, {name: text(name) for name in held})
    machine.state.write(cls.slots, "_field_defaults", shown)
    machine.state.write(cls.slots, "_make", Wrapped("classmethod", Host("_make", _of_items)))


def _of_items(machine: "Machine", arguments: Arguments) -> Value:
    """``Point._make(items)``."""
    found = machine.iterate(arg(arguments, 1), arguments.at)
    if isinstance(found, Unknown):
        return Unknown(f"a tuple of {found.reason}", arguments.at)
    return machine.call(arg(arguments, 0), Arguments(tuple(found), {}, arguments.at))


def _names(machine: "Machine", arguments: Arguments) -> list[str] | None:
    fields = arguments.get("field_names", 1) or arguments.get("fields", 1) or NONE
    if isinstance(fields, Text):
        return None if fields.known is None else fields.known.replace(",", " ").split()
    found = machine.iterate(fields, arguments.at)
    if isinstance(found, Unknown):
        return None
    named = [one.items[0] if isinstance(one, Tuple) else one for one in found]
    known = [one.known for one in named if isinstance(one, Text) and one.known is not None]
    return known if len(known) == len(named) else None


def _initialise(
    machine: "Machine", owner: Class, instance: Instance, arguments: Arguments
) -> None:
    names: list[str] = owner.traits["names"]
    if len(arguments.positional) > len(names) or set(arguments.keywords) - set(names):
        raise machine.error("TypeError", "the wrong arguments of a named tuple", arguments.at)
    given = dict(zip(names, arguments.positional, strict=False)) | arguments.keywords
    for name in names:
        value = given.get(name, owner.slots.values.get(name, arguments.open))
        if value is None:
            raise machine.error("TypeError", f"misses the argument '{name}'", arguments.at)
        machine.state.write(instance.slots, name, value)


def _fields(value: Value) -> dict[str, Value]:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    return {str(name): one for name, one in value.slots.values.items()}


def _items(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return Tuple(tuple(_fields(value).values()))


def _item(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return machine.item(_items(machine, value, arguments), arg(arguments, 0), arguments.at)


def _length(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return Constant(len(_fields(value)))


def _equal(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    other = arg(arguments, 0)
    if isinstance(other, Instance) and machine.library.is_kind(machine, other.cls, BASE):
        other = _items(machine, other, arguments)
    mine = _items(machine, value, arguments)
    return equalities.equality(machine, mine, other, arguments.at, "named tuples are equal")


def _contains(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    mine = _items(machine, value, arguments)
    return membership.contains(machine, mine, arg(arguments, 0), arguments.at, "it is in it")


def _replace(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    return Instance(value.cls, {**_fields(value), **arguments.keywords}, arguments.at)


def _dictionary(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    held = _fields(value)
    return Dict(dict(held), {name: text(name) for name in held})


def _text(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return Unknown("the text of a named tuple", arguments.at)


def _ordered(node: ast.cmpop) -> MethodModel:
    """As the tuples of their items."""

    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        other = arg(arguments, 0)
        if isinstance(other, Instance) and machine.library.is_kind(machine, other.cls, BASE):
            other = _items(machine, other, arguments)
        mine = _items(machine, value, arguments)
        return comparisons.compare(machine, node, mine, other, arguments.at, "the order of tuples")

    return run


TABLE = Table(
    functions={"collections.namedtuple": _functional},
    classes={BASE.name: LibraryClass(subclassed=_finish, methods={
        "__iter__": _items, "__getitem__": _item, "__len__": _length, "__eq__": _equal,
        "__contains__": _contains, "_replace": _replace, "_asdict": _dictionary,
        "__lt__": _ordered(ast.Lt()), "__le__": _ordered(ast.LtE()),
        "__gt__": _ordered(ast.Gt()), "__ge__": _ordered(ast.GtE()), "__repr__": _text})},
)  # fmt: skip
