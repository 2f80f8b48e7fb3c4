"""Whether the code of a generator can stand still at each ``yield``."""

import ast

from readiness.program.interpreter.lifted import Whole, pieces, yields


def possible(body: list[ast.stmt]) -> bool:
    """Whether the ``yield`` of some statements all stand where these steps can stand still."""
    return all(_possible(one) for one in body if yields(one))


def _possible(node: ast.stmt) -> bool:  # noqa: PLR0911 - one answer for each kind of statement
    match node:
        case ast.Assign(value=value, targets=targets):
            return not any(map(yields, targets)) and _is_apart(value)
        case ast.AugAssign(value=value, target=target):
            return isinstance(target, ast.Name) and _is_apart(value)
        case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            return _is_apart(value)
        case ast.Try() if type(node) is ast.Try:
            handlers = [one for handler in node.handlers for one in handler.body]
            return possible([*node.body, *node.orelse, *handlers, *node.finalbody])
        case ast.With() | ast.AsyncWith():
            return not any(map(yields, node.items)) and possible(node.body)
        case (
            ast.If(test=head) | ast.While(test=head) | ast.For(iter=head) | ast.AsyncFor(iter=head)
        ):
            return _is_apart(head) and possible([*node.body, *node.orelse])
    return False


def _is_apart(node: ast.expr) -> bool:
    """Whether an expression can stand still wherever it yields."""
    try:
        pieces(node)
    except Whole:
        return False
    return True


def handles(body: list[ast.stmt]) -> bool:
    """Whether a statement of a generator is there to see what happens between its steps."""
    return any(isinstance(one, ast.Try | ast.With | ast.AsyncWith) and yields(one) for node in body
               for one in ast.walk(node))  # fmt: skip
