"""``operator`` and ``functools.reduce``: what they compute, compare and call."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import comparisons, operators
from readiness.program.models.lifting import arg
from readiness.program.models.python.changing_methods import (
    IN_PLACE,
    delete_item,
    in_place,
    set_item,
)
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    Arguments,
    Host,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _caller(machine: "Machine", arguments: Arguments) -> Value:
    """``operator.methodcaller``."""
    name, rest = getattr(arg(arguments, 0), "known", None), arguments.after(1)
    if name is None:
        return Unknown("a method whose name is not known", arguments.at)
    return Host("methodcaller", lambda m, a: m.call(m.attribute(arg(a, 0), name, a.at), rest))


def _reduce(machine: "Machine", arguments: Arguments) -> Value:
    """``functools.reduce``."""
    function, content = arg(arguments, 0), machine.content(arg(arguments, 1), arguments.at)

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            return held
        pending = list(held.items)
        if len(arguments.positional) > 2:  # noqa: PLR2004 - function, items, the first value
            total = arguments.positional[2]
        elif pending:
            total = pending.pop(0)
        else:
            raise machine.error("TypeError", "reduce() of empty iterable", arguments.at)
        for item in pending:
            total = machine.invoke(function, arguments.at, total, item)
        return total

    return machine.each(content, one)


def _compared(operator: ast.cmpop) -> FunctionModel:
    return lambda machine, arguments: comparisons.compare(
        machine, operator, arg(arguments, 0), arg(arguments, 1), arguments.at, "a comparison"
    )


def _contains(machine: "Machine", arguments: Arguments) -> Value:
    holder, item = arg(arguments, 0), arg(arguments, 1)
    return comparisons.compare(machine, ast.In(), item, holder, arguments.at, "it is in it")


def _computed(operator: ast.operator) -> FunctionModel:
    return lambda machine, arguments: operators.binary(
        machine, operator, arg(arguments, 0), arg(arguments, 1), arguments.at
    )


_COMPUTED: dict[str, ast.operator] = {
    "add": ast.Add(), "concat": ast.Add(), "sub": ast.Sub(), "mul": ast.Mult(),
    "truediv": ast.Div(), "floordiv": ast.FloorDiv(), "mod": ast.Mod(), "pow": ast.Pow(),
    "and_": ast.BitAnd(), "or_": ast.BitOr(), "xor": ast.BitXor(), "lshift": ast.LShift(),
    "rshift": ast.RShift(),
}  # fmt: skip
TABLE = Table(functions={
    "operator.methodcaller": _caller, "functools.reduce": _reduce,
    "operator.eq": _compared(ast.Eq()), "operator.ne": _compared(ast.NotEq()),
    "operator.lt": _compared(ast.Lt()), "operator.gt": _compared(ast.Gt()),
    "operator.le": _compared(ast.LtE()), "operator.ge": _compared(ast.GtE()),
    "operator.is_": _compared(ast.Is()), "operator.is_not": _compared(ast.IsNot()),
    **{f"operator.{name}": _computed(one) for name, one in _COMPUTED.items()},
    **{f"operator.i{name}": in_place(one) for name, one in IN_PLACE.items()},
    "operator.contains": _contains, "operator.setitem": set_item, "operator.delitem": delete_item,
    "operator.getitem": lambda m, a: m.item(arg(a, 0), arg(a, 1), a.at),
})  # fmt: skip
