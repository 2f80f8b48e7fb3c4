"""Decorators that are not known: those that keep what a function gives, and those that may not."""

import ast
import re
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.models.python.keeping import keeps, names_another
from readiness.program.values import (
    Bound,
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Instance,
    List,
    Text,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_INJECTS = re.compile(r"inject|autowire|\bprovide|resolve_dep").search
"""What a decorator is called that passes arguments which the caller leaves out."""
_FILLS = "\0fills parameters"
_REPLACES = "\0may replace results"


def given_back(machine: "Machine", decorator: Value, value: Value, at: Place) -> Value:
    """What a decorator makes of what it decorates.

    A function that only says yes or no has its answer from the decorator, if it has one.
    """
    name = decorator.name if isinstance(decorator, External) else getattr(decorator, "reason", "")
    called = value.slots.values.get("__init__") if isinstance(value, Class) else value
    if isinstance(called, Function) and _INJECTS(name):
        machine.state.write(called.attributes, _FILLS, Constant(value=True))
    if isinstance(value, Function) and _only_answers(value.node):
        return Unknown(f"what {name} makes of {value.qualified}()", at)
    inner = value.function if isinstance(value, Wrapped | Bound) else value
    if keeps(name, machine.library.keeps) and not _has_another(machine, decorator):
        return value
    by = f"the decorator ({name})" if " " in name else name
    if isinstance(inner, Class):
        inner.traits[_REPLACES] = Unknown(f"what {by} makes of {inner.name}", at)
    elif isinstance(inner, Function):
        instead = Unknown(f"what {by} makes of {inner.qualified}()", at)
        machine.state.write(inner.attributes, _REPLACES, instead)
    return value


def _has_another(machine: "Machine", decorator: Value) -> bool:
    """Whether the call that made a decorator names what stands in for a function's result."""
    made = machine.records.results.get(getattr(decorator, "number", -1))
    told = made.arguments.items() if made is not None else ()
    return names_another(name for name, one in told if not isinstance(one, Constant | Text))


def handed_on(called: Function | Class, made: Value) -> Value:
    """What a call gives: what the function gives, or what a decorator puts in its place."""
    held = called.traits if isinstance(called, Class) else called.attributes.values
    instead: Value | None = held.get(_REPLACES)
    return made if instead is None else _either(instead, made)


def _either(instead: Value, made: Value) -> Value:
    if isinstance(instead, Choice):
        then, otherwise = _either(instead.then, made), _either(instead.otherwise, made)
        return choose(instead.condition, then, otherwise)
    if not isinstance(instead, Unknown) or _stays(made):
        return made
    if isinstance(made, Instance) and made.cls == External("types.CoroutineType"):
        run = made.data
        made.data = lambda: _either(instead, run())
        return made
    condition = Condition(("made of", instead.at, instead.reason), instead.reason, instead.at,
                          instead)  # fmt: skip
    return choose(condition, instead, made)


def _stays(made: Value) -> bool:
    """Whether it is nothing, or is walked through: then what is in it is what counts."""
    if isinstance(made, List):
        return made.kind == "generator"
    return isinstance(made, Constant) and made.value is None


def filled_in(function: Function, name: str, default: Value) -> Value:
    """The value of a parameter that is left out: its default, or what a decorator passes."""
    if _FILLS not in function.attributes.values:
        return default
    at = Place(function.path, getattr(function.node, "lineno", None))
    passed = Unknown(f"what a decorator passes to {function.qualified}() as {name}", at)
    condition = Condition(("filled in", at, name), f"a decorator passes {name}", at, passed)
    return Choice(condition, passed, default)


def _only_answers(node: ast.AST) -> bool:
    body = getattr(node, "body", [])
    if not isinstance(body, list):
        return False
    last = [one for one in body if not isinstance(one, ast.Expr)]
    match last:
        case [ast.Return(value=ast.Constant(value=bool()))]:
            return True
    return False
