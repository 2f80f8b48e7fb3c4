"""Decorators that are not known: most call what they decorate and no more, but not all."""

import ast
import re
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.values import (
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_INJECTS = re.compile(r"inject|autowire|\bprovide|resolve_dep").search
"""What a decorator is called that passes arguments which the caller leaves out."""
_FILLS = "\0fills parameters"


def given_back(machine: "Machine", decorator: Value, value: Value, at: Place) -> Value:
    """What a decorator makes of what it decorates.

    A function that only says yes or no has its answer from the decorator, if it has one.
    """
    name = decorator.name if isinstance(decorator, External) else getattr(decorator, "reason", "")
    called = value.slots.values.get("__init__") if isinstance(value, Class) else value
    if isinstance(called, Function) and _INJECTS(name):
        machine.state.write(called.attributes, _FILLS, Constant(value=True))
    if not isinstance(value, Function):
        return value
    if _only_answers(value.node):
        return Unknown(f"what {name} makes of {value.qualified}()", at)
    return value


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
