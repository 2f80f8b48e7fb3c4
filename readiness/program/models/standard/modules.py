"""``sys.modules``, as the program reads and changes it."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Condition,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

# What runs tests or notebooks is not loaded where a program is deployed.
ABSENT = frozenset({"pytest", "_pytest", "nose", "IPython", "ipykernel", "behave"})
LOADED = External("sys._Modules")


def _view(machine: "Machine") -> Value:
    return Instance(LOADED)


def _name(arguments: Arguments) -> str | None:
    key = arguments.positional[0] if arguments.positional else NONE
    return key.known if isinstance(key, Text) else None


def _held(machine: "Machine", name: str) -> Value:
    """What stands under a name: a replacement, a module that ran, or `MISSING`."""
    replaced = machine.replaced.values.get(name, MISSING)
    return replaced if replaced is not MISSING else machine.modules.get(name, MISSING)


def _or(machine: "Machine", arguments: Arguments, name: str | None, default: Value) -> Value:
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)

    def present(one: Value) -> Value:
        if one is not MISSING:
            return one
        first = name.partition(".")[0]
        own = machine.sources.locate(first, "") is not None or first in machine.replaced.values
        if first in ABSENT or own:
            return default
        condition = Condition(("loaded", name), f"{name} is loaded", arguments.at)
        return machine.state.fork(condition, lambda: External(name), lambda: default)

    return machine.each(_held(machine, name), present)


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _name(arguments)
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)
    found = _held(machine, name)
    return machine.each(found, lambda one: External(name) if one is MISSING else one)


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _or(machine, arguments, _name(arguments), arguments.get("default", 1) or NONE)


def _contains(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _name(arguments)
    found = _or(machine, arguments, name, MISSING)
    if isinstance(found, Unknown):
        return found
    return machine.each(found, lambda one: boolean(value=one is not MISSING))


def _put(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _name(arguments)
    if name is not None and len(arguments.positional) > 1:
        machine.state.write(machine.replaced, name, arguments.positional[1])
    return NONE


def _setdefault(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _name(arguments)
    if name is not None and _held(machine, name) is MISSING:
        return _put(machine, receiver, arguments)
    return _item(machine, receiver, arguments)


def _remove(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    found = _item(machine, receiver, arguments)
    name = _name(arguments)
    if name is not None:
        machine.state.write(machine.replaced, name, MISSING)
    return found


TABLE = Table(
    classes={
        LOADED.name: LibraryClass(methods={
            "__getitem__": _item, "__setitem__": _put, "__delitem__": _remove,
            "__contains__": _contains, "get": _get, "pop": _remove, "setdefault": _setdefault}),
    },
    values={"sys.modules": _view},
)  # fmt: skip
