"""Whether a value is an object of a class, or a class below another."""

import builtins
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attributes, inheritance
from readiness.program.interpreter.choices import both, literal, mapped
from readiness.program.interpreter.traces import describe
from readiness.program.interpreter.truths import guard, plainly
from readiness.program.models.lifting import arg, replaced
from readiness.program.models.python.kinds import PROTOCOL, type_of
from readiness.program.models.table import Table
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    Condition,
    External,
    Instance,
    Tuple,
    Typed,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _isinstance(machine: "Machine", arguments: Arguments) -> Value:
    value, kind = arg(arguments, 0), arg(arguments, 1)
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _isinstance(machine, replaced(arguments, 0, one)))
    value = plainly(machine, value)
    cls = type_of(value)
    own = _asked(machine, value, cls, kind, arguments.at)
    if own is not None:
        return own
    if isinstance(value, Unknown) and not isinstance(value, Typed):
        return undecided(value, kind, arguments)
    verdict = machine.library.is_kind(machine, cls, kind)
    if verdict is None and isinstance(value, Instance) and value.data is not None:
        verdict = machine.library.is_kind(machine, type_of(value.data), kind) or None
    if verdict is None and isinstance(value, Instance) and isinstance(kind, Class):
        shape = _shaped(value, kind)
        if shape is not None:
            return shape
    if verdict is None and isinstance(cls, External) and cls.name.startswith("builtins."):
        verdict = _by_builtin(cls.name, kind)
    if verdict is None:
        return undecided(Unknown("an object of a class that is not known"), kind, arguments)
    return boolean(value=verdict, trace=value.trace)


def _shaped(value: Instance, kind: Class) -> Value | None:
    """Whether an object has what a protocol asks for; None where more than that says it."""
    cls = value.cls
    if PROTOCOL not in kind.bases or not isinstance(cls, Class):
        return None
    libraries = [one for one in cls.order if isinstance(one, External)]
    plain = all(one.name in inheritance.TRANSPARENT for one in libraries)
    if not plain or inheritance.find(cls, "__getattr__") is not None:
        return None
    names = (*(str(name) for name in kind.slots.values), *kind.fields)
    result: Value = TRUE
    for name in {name for name in names if not name.startswith("__")}:
        held = value.slots.values.get(name, MISSING)
        there = inheritance.find(cls, name) is not None
        found = TRUE if there else mapped(held, lambda one: FALSE if one is MISSING else TRUE)
        result = both(found, result)
    return result


def _asked(machine: "Machine", value: Value, cls: Value, kind: Value, at: Place) -> Value | None:
    """The answer of a class that says itself what is one of its objects; None of all others."""
    if isinstance(kind, Tuple):
        asked = any(_hook(one) is not None for one in kind.items)
        return Unknown("an object of one of several classes", at) if asked else None
    hook = _hook(kind)
    if hook is None:
        return None
    name, function = hook
    given = value if name == "__instancecheck__" else cls
    method = function if isinstance(function, Bound) else Bound(function, kind)
    found = machine.invoke(method, at, given)
    return None if found == External("builtins.NotImplemented") else guard(
        machine, found, at, "it is an object of the class")  # fmt: skip


def _hook(kind: Value) -> tuple[str, Value] | None:
    if not isinstance(kind, Class):
        return None
    checks = attributes.of_metaclass(kind, "__instancecheck__")
    if checks is not None:
        return "__instancecheck__", checks[0]
    found = inheritance.find(kind, "__subclasshook__")
    if found is None or not isinstance(found[1], Class):
        return None
    return "__subclasshook__", getattr(found[0], "function", found[0])


def _by_builtin(name: str, kind: Value) -> bool | None:
    kinds = kind.items if isinstance(kind, Tuple) else (kind,)
    own = getattr(builtins, name.removeprefix("builtins."), None)
    answers: list[bool | None] = []
    for one in kinds:
        other = getattr(builtins, getattr(one, "name", "").removeprefix("builtins."), None)
        both = isinstance(own, type) and isinstance(other, type)
        answers.append(issubclass(own, other) if both else None)  # type: ignore[arg-type]
    return True if True in answers else (False if None not in answers else None)


def undecided(value: Unknown, kind: Value, arguments: Arguments) -> Value:
    """The guard that an unknown value is of a kind."""
    name = getattr(kind, "name", "one of several classes")
    shown = describe(f"it is a {str(name).rpartition('.')[2]}", value)
    condition = Condition(("isinstance", value, *_kinds(kind)), shown, arguments.at, value)
    return literal(condition, truth=True)


def _kinds(kind: Value) -> tuple[Value, ...]:
    """The classes that are asked for: others are another question."""
    if not isinstance(kind, Tuple):
        return (kind,)
    return tuple(each for one in kind.items for each in _kinds(one))


def _issubclass(machine: "Machine", arguments: Arguments) -> Value:
    verdict = machine.library.is_kind(machine, arg(arguments, 0), arg(arguments, 1))
    if verdict is None:
        return Unknown("whether a class is a subclass", arguments.at)
    return boolean(value=verdict)


TABLE = Table(functions={
    "builtins.isinstance": _isinstance, "builtins.issubclass": _issubclass,
})  # fmt: skip
