"""The methods that the language gives its own types."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter import (
    item_changes,
)
from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import arg, lift, replaced
from readiness.program.models.python import sets
from readiness.program.models.python.changing_methods import changing
from readiness.program.models.python.counters import COUNTER
from readiness.program.models.python.dates import BY_CLOCK
from readiness.program.models.python.dictionaries import DICTIONARY, ORDERED
from readiness.program.models.python.generating import GENERATOR
from readiness.program.models.python.kinds import type_of
from readiness.program.models.python.lists import LISTS, TUPLES
from readiness.program.models.python.texts import TEXTS, bytes_method
from readiness.program.models.table import FunctionModel
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Constant,
    Dict,
    External,
    Host,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


Method = Callable[["Machine", Value, Arguments], Value]


_NATIVE: dict[type[Value], type] = {Text: str, List: list, Tuple: tuple, Dict: dict}


def _methods_of(value: Value) -> dict[str, Method]:  # noqa: PLR0911 - one answer for each kind of value
    """The methods of one of the language's own containers and texts."""
    match value:
        case Text():
            return TEXTS
        case Tuple():
            return TUPLES
        case List(kind=kind) if kind in sets.SETS:
            return sets.METHODS
        case List(kind="list" | "deque"):
            return LISTS
        case List():
            return _generator_methods(value)
        case Dict(kind="OrderedDict"):
            return {**DICTIONARY, **ORDERED}
        case Dict(kind="Counter"):
            return {**DICTIONARY, **COUNTER}
        case Dict():
            return DICTIONARY
    return {}


# What is found, or done, by its first argument, in lists, sets and dictionaries.
_KEYED = frozenset({"pop", "remove", "discard", "insert", "setdefault", "move_to_end", "rotate"})


def _by_each_key(method: Method, value: Value) -> FunctionModel:
    """A method of a container; where the key is not decided, by each that it may be."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        key = arg(arguments, 0)
        at = item_changes.undecided_part(key)
        if at is not None:
            return item_changes.each_part(
                machine, key, at, lambda one: run(machine, replaced(arguments, 0, one))
            )
        return machine.each(key, lambda one: method(machine, value, replaced(
            arguments, 0, one) if arguments.positional else arguments))  # fmt: skip

    return run


def method_of_type(machine: "Machine", value: Value, name: str, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """A method of a text, list, tuple, set, dictionary or constant."""
    methods = _methods_of(value)
    if name in methods:
        method = methods[name]
        run = _by_each_key(method, value) if name in _KEYED else (
            lambda m, a: method(m, value, a))  # fmt: skip
        return Host(name, run, (), {"__self__": value})
    if isinstance(value, Constant) and isinstance(value.value, bytes) and hasattr(bytes, name):
        return Host(name, lambda m, a: bytes_method(m, value, name, a))
    if name == "__class__":
        return type_of(value)
    if name in _SHOWING:
        return Host(name, lambda m, a: m.invoke(External(_SHOWING[name]), a.at, value))
    if isinstance(value, Constant):
        if value.value is not None and hasattr(value.value, name):
            return _of_constant(value, name)
        kind = type(value.value).__name__
        message = f"'{kind}' object has no attribute '{name}'"
        raise machine.error("AttributeError", message, at, value.trace)
    if isinstance(value, Bound):
        return machine.attribute(value.function, name, at)
    if isinstance(value, (Text, List, Tuple, Dict)):
        message = f"'{type(value).__name__}' has no attribute '{name}'"
        native = _NATIVE[type(value)] if getattr(value, "kind", "list") != "set" else set
        if not hasattr(native, name) and _is_plain_kind(value):
            raise machine.error("AttributeError", message, at, value.trace)
    return _of_anything(value, name, at)


_SHOWING = {"__str__": "builtins.str", "__repr__": "builtins.repr", "__len__": "builtins.len",
            "__bool__": "builtins.bool"}  # fmt: skip


def _is_plain_kind(value: Value) -> bool:
    return getattr(value, "kind", "list") in {"list", "dict", *sets.SETS}


def _of_constant(value: Constant, name: str) -> Value:
    """An attribute of a number, a date or the like, or a method of it."""
    if name in BY_CLOCK:
        return Unknown(f"what {name}() gives")
    found = getattr(value.value, name)
    if not callable(found):
        return lifted(found, value.trace)
    return Host(name, lift(found))


def _generator_methods(value: Value) -> dict[str, Method]:
    """What a generator has besides."""
    if not isinstance(value, List) or value.kind != "generator":
        return {}
    return GENERATOR


def _changed_property(value: Wrapped, name: str) -> Value:
    """``@name.setter`` and the like: the same property with one function more."""

    def change(_: "Machine", given: Arguments) -> Value:
        function = given.positional[0]
        if name == "setter":
            return replace(value, setter=function)
        if name == "deleter":
            return replace(value, deleter=function)
        return replace(value, function=function)

    return Host(name, change)


_OF_PROPERTIES = {"fget": "function", "fset": "setter", "fdel": "deleter"}


def _of_anything(value: Value, name: str, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    if (model := changing(value, name)) is not None:
        return Host(name, model, (), {"__self__": value})
    if isinstance(value, Host) and name in value.attributes:
        return value.attributes[name]
    if isinstance(value, List) and name == "maxlen":
        return value.slots.values.get(name, NONE)
    if isinstance(value, Wrapped) and name in {"setter", "getter", "deleter"}:
        return _changed_property(value, name)
    if isinstance(value, Wrapped) and name == "cache_clear":
        return Host(name, lambda m, a: m.library.forget_cache(m, value))
    if isinstance(value, Wrapped) and value.kind == "property" and name in _OF_PROPERTIES:
        part: Value | None = getattr(value, _OF_PROPERTIES[name])
        return NONE if part is None else part
    if name == "__wrapped__" and hasattr(value, "function"):
        wrapped: Value = value.function
        return wrapped
    return Unknown(f"the attribute {name}", at, value.trace)
