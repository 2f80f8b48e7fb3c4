"""Branches that end start-up where a variable is not there: whoever deploys has to give it."""

import ast
from typing import TYPE_CHECKING

from readiness.model.trace import Trace
from readiness.program.provenance import variables_of
from readiness.program.values import Constant, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_EXITS = frozenset({"exit", "quit", "_exit", "abort"})


def note_needed(
    machine: "Machine", node: ast.If | ast.IfExp | ast.Assert, guard: Value, why: Trace
) -> None:
    """Remember the variables without which the side that was passed over ends start-up."""
    if not isinstance(guard, Constant) or isinstance(node, ast.IfExp) or not machine.starting:
        return
    ends = isinstance(node, ast.Assert) if guard.value else _ends(node)
    if ends and not machine.handlers and _asks(node.test, there=isinstance(node, ast.Assert)):
        machine.variables.lacked.update(variables_of(why))


def _ends(node: ast.If | ast.Assert) -> bool:
    """Whether the body ends with an error or leaves the process."""
    last = node.body[-1] if isinstance(node, ast.If) else None
    match last:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name in _EXITS
    return False


def _asks(test: ast.expr, *, there: bool) -> bool:  # noqa: PLR0911 - one answer for each shape
    """Whether a test asks no more than whether something is there, or is not."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return _asks(one, there=not there)
        case ast.Compare(ops=[ast.Is() | ast.Eq()], comparators=[ast.Constant(value=None | "")]):
            return not there
        case ast.Compare(ops=[ast.IsNot() | ast.NotEq()],
                         comparators=[ast.Constant(value=None | "")]):  # fmt: skip
            return there
        case ast.Compare(ops=[ast.NotIn()], comparators=[ast.Attribute(attr="environ")]):
            return not there
        case ast.Compare(ops=[ast.In()], comparators=[ast.Attribute(attr="environ")]):
            return there
        case ast.BoolOp(op=operator, values=values):
            wanted = ast.And if there else ast.Or
            return isinstance(operator, wanted) and all(_asks(one, there=there) for one in values)
        case ast.NamedExpr(value=one):
            return _asks(one, there=there)
        case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript():
            return there
    return False
