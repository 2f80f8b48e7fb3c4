"""``collections.UserDict``: a dictionary whose own methods go by what its class defines."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import merging
from readiness.program.interpreter.membership import contains
from readiness.program.models.lifting import arg
from readiness.program.models.python.dictionaries import DICTIONARY
from readiness.program.models.python.reflection import with_fallback
from readiness.program.models.python.subtypes import delegated, held_by, special
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.model.place import Place
    from readiness.program.interpreter.machine import Machine

NAME = "collections.UserDict"


def _build(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    instance.data = Dict()
    given = dict(arguments.keywords)
    first = given.pop("dict", None)
    if first is not None and first is not NONE:
        _take(machine, instance, first, arguments.at)
    _take(machine, instance, Dict(given, {name: text(name) for name in given}), arguments.at)


def _take(machine: "Machine", receiver: Value, other: Value, at: "Place") -> None:
    """Put each entry as the class puts one."""
    made = machine.invoke(External("builtins.dict"), at, other)
    held = held_by(receiver, "dict")
    if not isinstance(made, Dict) or made.rest is not None:
        rest = getattr(made, "rest", None) or Unknown("what a dictionary was updated with", at)
        assert isinstance(held, Dict)  # noqa: S101 - as asked for
        merging.cover(machine, held, rest)
        return
    if isinstance(held, Dict):
        held.slots.shuffled = held.slots.shuffled or made.slots.shuffled
    for name, value in made.slots.values.items():
        machine.library.put_subscript(machine, receiver, made.keys[name], value, at)


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    for other in arguments.positional:
        _take(machine, receiver, other, arguments.at)
    held = arguments.keywords
    _take(machine, receiver, Dict(held, {name: text(name) for name in held}), arguments.at)
    return NONE


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``get``: what brackets give, or the default where they raise KeyError."""
    default = arg(arguments, 1)
    return with_fallback(
        machine, "KeyError", lambda: machine.item(receiver, arg(arguments, 0), arguments.at),
        lambda: default,
    )  # fmt: skip


def _set_default(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    key, default, at = arg(arguments, 0), arg(arguments, 1), arguments.at

    def absent() -> Value:
        machine.library.put_subscript(machine, receiver, key, default, at)
        return default

    there = contains(machine, receiver, key, at, "it is in it")
    return machine.decide(
        there, at, "it is in it", lambda: machine.item(receiver, key, at), absent
    )


def _values(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    pairs = _items(machine, receiver, arguments)
    content = pairs.slots.values["items"] if isinstance(pairs, List) else pairs
    if not isinstance(content, Tuple):
        return content
    return List(tuple(pair.items[1] for pair in content.items if isinstance(pair, Tuple)))


def _items(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Each key, and what brackets give for it."""
    keys = machine.iterate(receiver, arguments.at)
    if isinstance(keys, Unknown):
        return keys
    return List(tuple(Tuple((key, machine.item(receiver, key, arguments.at))) for key in keys))


_SPECIAL = ("__len__", "__iter__", "__contains__", "__bool__", "__eq__", "__setitem__",
            "__delitem__", "__getitem__")  # fmt: skip
TABLE = Table(classes={
    NAME: LibraryClass(
        ("dict",), build=_build,
        methods={
            **{name: delegated("dict", name) for name in DICTIONARY},
            **{name: special(name, "dict") for name in _SPECIAL},
            "update": _update, "get": _get, "setdefault": _set_default, "items": _items,
            "values": _values,
        },
        attributes={"data": lambda machine, value, at: held_by(value, "dict")},
    ),
})  # fmt: skip
