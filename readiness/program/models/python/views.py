"""Views of dictionaries: live, so that they show what the dictionary holds when asked."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import items, iterables
from readiness.program.interpreter.consulting import consult
from readiness.program.interpreter.membership import contains
from readiness.program.models.lifting import given
from readiness.program.models.python.lists import Method
from readiness.program.models.python.sets import METHODS
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    Arguments,
    Dict,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

KINDS = ("keys", "values", "items")
_VIEWS = frozenset(External(f"builtins.dict_{kind}") for kind in KINDS)


def view(kind: str) -> Method:
    """The method that gives a view of this kind."""

    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        made = Instance(External(f"builtins.dict_{kind}"), None, arguments.at)
        made.data = value
        return made

    return run


def in_any_order(machine: "Machine", value: Value, at: Place) -> Value:
    """The same for what does not ask for an order: keys that conditions order are as in a set."""
    is_view = isinstance(value, Instance) and value.cls in _VIEWS
    held = value.data if is_view and isinstance(value, Instance) else value
    if not isinstance(held, Dict) or not held.slots.shuffled:
        return value
    found = iterables.keys_in_any_order(held)
    if is_view and not isinstance(found, Unknown):
        found = _shown(machine, value, found, at)
    return found if isinstance(found, Unknown) else List(tuple(found), (), "unordered")


def content_of(machine: "Machine", value: Value, arguments: Arguments) -> "list[Value] | Unknown":
    """What a view shows now."""
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    found = iterables.keys_of(value.data)
    return found if isinstance(found, Unknown) else _shown(machine, value, found, arguments.at)


def _shown(machine: "Machine", value: Value, found: list[Value], at: Place) -> list[Value]:
    """What a view has for each of these keys."""
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    assert isinstance(value.cls, External)  # noqa: S101 - as above
    held: Dict = value.data
    if value.cls.name.endswith("keys"):
        return found
    values = [items.entry(machine, held, key, at) for key in found]
    if not held.names:
        consult(machine, held, values, classes=False)
    if value.cls.name.endswith("values"):
        return values
    return [Tuple(pair) for pair in zip(found, values, strict=True)]


def _items(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    found = content_of(machine, value, arguments)
    return found if isinstance(found, Unknown) else Tuple(tuple(found))


def _length(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    return machine.invoke(External("builtins.len"), arguments.at, value.data)


def _contains(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    assert isinstance(value.cls, External)  # noqa: S101 - as above
    holder = value.data
    if not value.cls.name.endswith("keys"):
        holder = _items(machine, value, arguments)
        if isinstance(holder, Unknown):
            return Unknown(f"whether it is among {holder.reason}", arguments.at)
    return contains(machine, holder, given(arguments, 0), arguments.at, "it is in a view")


def _as_set(name: str) -> Method:
    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        found = content_of(machine, value, arguments)
        if isinstance(found, Unknown):
            return found
        return METHODS[name](machine, List(tuple(found), (), "set"), arguments)

    return run


def _reversed(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    found = content_of(machine, value, arguments)
    return found if isinstance(found, Unknown) else Tuple(tuple(reversed(found)))


_METHODS: dict[str, Method] = {
    "__iter__": _items, "__len__": _length, "__contains__": _contains,
    "__reversed__": _reversed, "__and__": _as_set("intersection"), "__or__": _as_set("union"),
    "__sub__": _as_set("difference"), "__xor__": _as_set("symmetric_difference"),
    "isdisjoint": _as_set("isdisjoint"),
}  # fmt: skip
TABLE = Table(classes={f"builtins.dict_{kind}": LibraryClass(methods=_METHODS) for kind in KINDS})
