"""Subclasses of the language's own containers: what they hold, and its methods."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance, item_changes, operators
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.membership import contains
from readiness.program.interpreter.operators import binary
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg
from readiness.program.models.python.dictionaries import DICTIONARY, ORDERED
from readiness.program.models.python.lists import LISTS
from readiness.program.models.python.sets import METHODS
from readiness.program.models.table import Initialiser, LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_FIRST = "\0first"


def held_by(value: Value, kind: str) -> Value:
    """The container that an object of a subclass is."""
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    if not isinstance(value.data, (List, Dict)):
        value.data = Dict() if kind == "dict" else List((), (), kind)
    held: Value = value.data
    return held


_PLAIN = ("str", "int", "float", "bytes")


def prepare(machine: "Machine", made: Instance, arguments: Arguments) -> None:
    """The text or number that an object of a subclass is."""
    order = made.cls.order if isinstance(made.cls, Class) else ()
    for kind in _PLAIN:
        if External(f"builtins.{kind}") in order and made.data is None:
            found = machine.invoke(External(f"builtins.{kind}"), arguments.at,
                                   *arguments.positional[:1])  # fmt: skip
            made.data = found if isinstance(found, (Text, Constant)) else None


def _build(kind: str) -> Initialiser:
    def run(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
        given = dict(arguments.keywords)
        first = (given.pop(_FIRST),) if _FIRST in given else ()
        whole = Arguments(first, given, arguments.at, arguments.open)
        instance.data = _known(machine.call(External(f"builtins.{kind}"), whole), kind)

    return run


def _known(value: Value, kind: str) -> Value:
    """A container for one that is not known: it holds something, whatever that is."""
    if isinstance(value, (List, Dict)):
        return value
    rest = value if isinstance(value, Unknown) else Unknown(f"what a {kind} is made of")
    if kind == "dict":
        return Dict(None, None, (), rest)
    made = List((), (), kind)
    made.slots.values["items"] = rest
    return made


def delegated(kind: str, name: str) -> MethodModel:
    """A method of the container itself."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        inner = machine.attribute(held_by(receiver, kind), name, arguments.at)
        return machine.call(inner, arguments)

    return run


def special(name: str, kind: str) -> MethodModel:  # noqa: C901 - one answer for each method
    """A special method of the container, by what the language does with it."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:  # noqa: C901, PLR0911 - one answer for each method
        held, at, first = held_by(receiver, kind), arguments.at, arg(arguments, 0)
        match name:
            case "__len__":
                return machine.invoke(External("builtins.len"), at, held)
            case "__iter__":
                return machine.invoke(External("builtins.iter"), at, held)
            case "__contains__":
                return contains(machine, held, first, at, "it is in it")
            case "__add__":
                other = first.data if isinstance(first, Instance) else first
                return binary(machine, ast.Add(), held, other or NONE, at)
            case "__iadd__":
                operators.extended_in_place(machine, held, ast.Add(), first, at)
                return receiver
            case "__bool__":
                return guard(machine, held, at, "it")
            case "__eq__":
                other = first.data if isinstance(first, Instance) else first
                return equality(machine, held, other or NONE, at, "they are equal")
            case "__or__" | "__ror__" | "__ior__":
                return _united(machine, name, receiver, first, at)
            case "__setitem__":
                return item_changes.put(machine, held, first, arg(arguments, 1), at)
            case "__delitem__":
                item_changes.remove(machine, held, first, at)
                return NONE
        return _item(machine, receiver, held, arguments)

    return run


def _united(machine: "Machine", name: str, receiver: Value, other: Value, at: Place) -> Value:
    """``one | other`` of dictionaries and sets, which is no object of the subclass."""
    held = receiver.data if isinstance(receiver, Instance) else receiver
    more = machine.library.settled(machine, other)
    if name == "__ior__":
        operators.extended_in_place(machine, held, ast.BitOr(), more, at)
        return receiver
    left, right = (more, held) if name == "__ror__" else (held, more)
    return binary(machine, ast.BitOr(), left, right, at)


def _item(machine: "Machine", receiver: Value, held: Value, arguments: Arguments) -> Value:
    """``self[key]``, and what ``__missing__`` makes of a key that is not there."""
    key, at = arg(arguments, 0), arguments.at
    cls = receiver.cls if isinstance(receiver, Instance) else None
    own = inheritance.find(cls, "__missing__") if isinstance(cls, Class) else None
    if not isinstance(held, Dict) or own is None or not isinstance(own[1], Class):
        return machine.item(held, key, at)
    there = contains(machine, held, key, at, "it is in it")
    return machine.decide(there, at, "it is in it", lambda: machine.item(held, key, at),
                          lambda: machine.invoke(Bound(own[0], receiver), at, key))  # fmt: skip


def _lacks(kind: str) -> MethodModel:
    """A name that the container does not have either."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        name = str(getattr(arg(arguments, 0), "known", ""))
        if hasattr(_TYPES[kind], name):
            return Unknown(f"the attribute {name} of a {kind}", arguments.at)
        raise machine.error("AttributeError", f"no attribute '{name}'", arguments.at)

    return run


_TYPES = {"list": list, "dict": dict, "set": set}
_SPECIAL = ("__len__", "__iter__", "__contains__", "__bool__", "__eq__", "__setitem__",
            "__delitem__", "__getitem__")  # fmt: skip
_ADDED = ("__add__", "__iadd__")
_UNITED = ("__or__", "__ror__", "__ior__")


def _class(kind: str, names: tuple[str, ...]) -> LibraryClass:
    methods = {name: delegated(kind, name) for name in names}
    others = _ADDED if kind == "list" else _UNITED
    methods |= {name: special(name, kind) for name in (*_SPECIAL, *others)}
    methods["__getattr__"] = _lacks(kind)
    return LibraryClass((_FIRST,), build=_build(kind), methods=methods)


TABLE = Table(classes={
    "builtins.list": _class("list", tuple(LISTS)),
    "builtins.dict": _class("dict", (*DICTIONARY, *ORDERED)),
    "builtins.set": _class("set", tuple(METHODS)),
})  # fmt: skip
