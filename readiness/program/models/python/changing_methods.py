"""What changes a container by a name: that of a piece of syntax, or a method without a model."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes, operators
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel
from readiness.program.values import NONE, Arguments, Dict, List, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

IN_PLACE: dict[str, ast.operator] = {
    "add": ast.Add(), "concat": ast.Add(), "sub": ast.Sub(), "mul": ast.Mult(),
    "truediv": ast.Div(), "floordiv": ast.FloorDiv(), "mod": ast.Mod(), "pow": ast.Pow(),
    "and": ast.BitAnd(), "or": ast.BitOr(), "xor": ast.BitXor(), "lshift": ast.LShift(),
    "rshift": ast.RShift(),
}  # fmt: skip
"""Operators that may change their left side, by the name that `operator` has with an ``i``."""


def set_item(machine: "Machine", arguments: Arguments) -> Value:
    """``operator.setitem(holder, key, value)``."""
    new, at = arg(arguments, 2), arguments.at
    return _of_each(
        machine, arguments, lambda one, key: item_changes.put(machine, one, key, new, at)
    )


def delete_item(machine: "Machine", arguments: Arguments) -> Value:
    """``operator.delitem(holder, key)``."""

    def remove(one: Value, key: Value) -> Value:
        item_changes.remove(machine, one, key, arguments.at)
        return NONE

    return _of_each(machine, arguments, remove)


def _of_each(
    machine: "Machine", arguments: Arguments, action: Callable[[Value, Value], Value]
) -> Value:
    return machine.each(
        arg(arguments, 0),
        lambda one: machine.each(arg(arguments, 1), lambda key: action(one, key)),
    )


def in_place(operator: ast.operator) -> FunctionModel:
    """``operator.iadd(left, right)`` and the like: the left side changes itself if it can."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        right, at = arg(arguments, 1), arguments.at

        def one(left: Value) -> Value:
            kept = operators.extended_in_place(machine, left, operator, right, at)
            if kept is None and isinstance(left, List | Dict) and left.kind != "frozenset":
                return lose(machine, left, "what an operator in place leaves", arguments)
            return kept or operators.binary(machine, operator, left, right, at)

        return machine.each(arg(arguments, 0), one)

    return run


_BY_SYNTAX: dict[str, FunctionModel] = {
    "__setitem__": set_item, "__delitem__": delete_item,
    **{f"__i{name}__": in_place(one) for name, one in IN_PLACE.items()},
}  # fmt: skip


def changing(value: Value, name: str) -> FunctionModel | None:
    """The method of this name that changes a list, a set or a dictionary."""
    if not isinstance(value, List | Dict):
        return None
    model = _BY_SYNTAX.get(name)
    if model is not None:
        return lambda m, a: model(
            m, Arguments((value, *a.positional), a.keywords, a.at, a.open, a.caller)
        )
    if name.startswith("__") or not hasattr(_NATIVE.get(value.kind, object), name):
        return None
    return lambda m, a: lose(m, value, f"what {name}() leaves", a)


_NATIVE: dict[str, type] = {"list": list, "set": set, "dict": dict}


def lose(machine: "Machine", value: List | Dict, what: str, arguments: Arguments) -> Value:
    """Know no more what is in a container."""
    unknown = Unknown(what, arguments.at)
    for name in value.slots.values if isinstance(value, Dict) else ("items",):
        machine.state.write(value.slots, name, unknown)
    if isinstance(value, Dict):
        value.rest = unknown
    return unknown
