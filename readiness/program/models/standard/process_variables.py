"""``os.environ`` and ``os.getenv``: the variables of the process, read and changed."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import merging, reads
from readiness.program.interpreter.choices import mapped
from readiness.program.models.lifting import given, replaced
from readiness.program.models.table import LibraryClass, MethodModel
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Constant,
    Dict,
    External,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def name_of(value: Value | None) -> str | None:
    """The known text of an argument."""
    return value.known if isinstance(value, Text) else None


def literal_at(value: Value | None) -> Place | None:
    """Where a default stands, if it is a text of the code."""
    return value.parts[0].at if isinstance(value, Text) and value.parts else None


def _unknown_name(arguments: Arguments) -> Value:
    return Unknown("a variable whose name is not known", arguments.at)


def getenv(machine: "Machine", arguments: Arguments) -> Value:
    """``os.getenv`` and ``os.environ.get``."""
    key = arguments.get("key", 0)
    if isinstance(key, Choice):
        rest = arguments.after(1)
        return machine.each(key, lambda one: getenv(
            machine, Arguments((one, *rest.positional), rest.keywords, arguments.at)))  # fmt: skip
    name = name_of(key)
    if name is None:
        return _unknown_name(arguments)
    default = arguments.get("default", 1) or NONE
    return reads.optional(machine, name, arguments.at, default, literal_at(default))


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:

    def one(key: Value) -> Value:
        name = name_of(key)
        if name is None:
            return _unknown_name(arguments)
        return reads.require(machine, name, arguments.at)

    return machine.each(given(arguments, 0), one)


def _set_item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name, value = name_of(given(arguments, 0)), given(arguments, 1)
    if name is None:
        machine.variables.write_unknown("a variable whose name is not known", arguments.at)
    elif isinstance(value, (Constant, List, Tuple, Dict)):
        raise machine.error("TypeError", "str expected", arguments.at)
    else:
        machine.variables.write(name, value)
    return NONE


def delete(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``del os.environ[…]``."""
    name = name_of(given(arguments, 0))
    if name is None:
        machine.variables.write_unknown("a variable that may be removed", arguments.at)
        return NONE
    reads.require(machine, name, arguments.at)
    machine.variables.write(name, MISSING)
    return NONE


def _present(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = name_of(given(arguments, 0))
    if name is None:
        return Unknown("whether a variable is set", arguments.at)
    marker = reads.optional(machine, name, arguments.at, FALSE, None)
    return mapped(marker, lambda one: _truth(machine, one, arguments.at))


def _truth(machine: "Machine", value: Value, at: Place) -> Value:
    if isinstance(value, Unknown) and machine.variables.is_doubted(value):
        return Unknown(f"whether a variable is set ({value.reason})", at)
    return value if isinstance(value, Constant) else Constant(value=True, trace=value.trace)


def _setdefault(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = name_of(given(arguments, 0))
    if name is None:
        return _unknown_name(arguments)
    default = arguments.get("value", 1) or NONE
    value = reads.optional(machine, name, arguments.at, default, literal_at(default))
    machine.variables.write(name, value)
    return value


def _pop(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = name_of(given(arguments, 0))
    if name is None:
        machine.variables.write_unknown("a variable that may be removed", arguments.at)
        return _unknown_name(arguments)
    if len(arguments.positional) > 1:
        value = getenv(machine, arguments)
    else:
        value = reads.require(machine, name, arguments.at)
    machine.variables.write(name, MISSING)
    return value


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    for one in arguments.positional:
        other = machine.call(External("builtins.dict"), Arguments((one,), {}, arguments.at))
        if not isinstance(other, Dict) or other.rest is not None:
            machine.variables.write_unknown("what os.environ was updated with", arguments.at)
        if isinstance(other, Dict):
            for key, value in other.slots.values.items():
                if isinstance(key, str):
                    old = machine.variables.held(key)
                    machine.variables.write(key, merging.over(value, old))
    for key, value in arguments.keywords.items():
        machine.variables.write(key, value)
    return NONE


def _merge(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``os.environ |= other``."""
    _update(machine, receiver, arguments)
    return receiver


def _copy(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return machine.variables.copied()


def _either(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``os.environ | other``."""
    made = _copy(machine, receiver, arguments)
    update = machine.attribute(made, "update", arguments.at)
    machine.invoke(update, arguments.at, *arguments.positional)
    return made


def _values(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "values", arguments.at), arguments.at)


def _count(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return Unknown("the number of variables", arguments.at)


def _names(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "keys", arguments.at), arguments.at)


def _pairs(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "items", arguments.at), arguments.at)


def _clear(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    machine.variables.clear()
    return NONE


def _pop_any(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    machine.variables.write_unknown("a variable that may be removed", arguments.at)
    return Unknown("any variable and its value", arguments.at)


def put(machine: "Machine", arguments: Arguments) -> Value:
    """``os.putenv``: Python's own code does not see it, a library in C such as libpq does."""
    return _set_item(machine, NONE, arguments) if _is_of_libpq(arguments) else NONE


def unset(machine: "Machine", arguments: Arguments) -> Value:
    """``os.unsetenv``, as `put`."""
    name = name_of(given(arguments, 0))
    if name is not None and _is_of_libpq(arguments):
        machine.variables.write(name, MISSING)
    return NONE


def _is_of_libpq(arguments: Arguments) -> bool:
    return (name_of(given(arguments, 0)) or "").startswith("PG")


def _by_each_name(method: MethodModel) -> MethodModel:
    """Where nothing decides which variable is meant, with each that it may be."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        return machine.each(given(arguments, 0), lambda one: method(
            machine, receiver, replaced(arguments, 0, one)))  # fmt: skip

    return run


MAPPING = LibraryClass(methods={
    "__getitem__": _item, "__setitem__": _by_each_name(_set_item),
    "__delitem__": _by_each_name(delete), "__contains__": _by_each_name(_present),
    "get": lambda m, r, a: getenv(m, a), "setdefault": _by_each_name(_setdefault),
    "pop": _by_each_name(_pop), "popitem": _pop_any, "clear": _clear,
    "update": _update, "copy": _copy,
    "items": _pairs, "values": _values, "__or__": _either, "__ior__": _merge, "__len__": _count,
    "__bool__": lambda m, r, a: TRUE,
    "keys": _names,
    "__iter__": _names,
})  # fmt: skip
