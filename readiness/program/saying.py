"""How code mentions names: alone or of something, to call it or to hand it on."""

import ast
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from readiness.program.nodes import children


class How(Enum):
    """What code does with a name that it mentions."""

    CALLED = "called, or looked into"
    VALUE = "handed on"
    SET = "set"
    HINT = "a hint about a type"


class Mention(NamedTuple):
    """A name in a region of a file: alone, or after ``of`` and a dot.

    ``of`` is None where that is no row of names.
    """

    region: int
    of: str | None
    how: How


def said_in(node: ast.AST, region: int, name: str) -> Iterator[Mention]:
    """The mentions of a name in a statement, without those in the statements inside."""
    pending: list[tuple[ast.AST, How]] = [(node, How.VALUE)]
    while pending:
        one, how = pending.pop()
        if isinstance(one, ast.Name | ast.Attribute):
            if not isinstance(one.ctx, ast.Load):
                how = How.SET
            if isinstance(one, ast.Attribute):
                pending.append((one.value, How.HINT if how is How.HINT else How.CALLED))
            if name == (one.attr if isinstance(one, ast.Attribute) else one.id):
                yield Mention(
                    region, row(one.value) if isinstance(one, ast.Attribute) else "", how
                )
        else:
            pending += _parts(one, How.HINT if how is How.HINT else How.VALUE)


def _parts(node: ast.AST, how: How) -> Iterable[tuple[ast.AST, How]]:
    """What is in a piece of code, and what it is there for."""
    if type(node) in _SAYING:
        return _said_parts(node, how)
    return [(one, how) for one in children(node) if not isinstance(one, ast.stmt)]


_SAYING = frozenset({ast.Call, ast.arg, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef})
"""Code whose parts are there for several things."""


def _said_parts(node: ast.AST, how: How) -> Iterator[tuple[ast.AST, How]]:
    hints: tuple[ast.AST | None, ...] = ()
    match node:
        case ast.Call(func=func):
            yield func, How.CALLED
            told = func.id if isinstance(func, ast.Name) else ""
            hints = (func, *(node.args[1:] if told in {"isinstance", "issubclass"} else ()))
            how = How.VALUE
        case ast.arg(annotation=hint) | ast.AnnAssign(annotation=hint):
            hints = (hint,)
        case ast.FunctionDef(returns=hint) | ast.AsyncFunctionDef(returns=hint):
            hints = (hint,)
    yield from ((one, How.HINT) for one in hints if one is not None
                and not (isinstance(node, ast.Call) and one is node.func))  # fmt: skip
    yield from ((one, how) for one in children(node)
                if not isinstance(one, ast.stmt) and one not in hints)  # fmt: skip


def row(node: ast.AST) -> str | None:
    """``a.b.c`` as it is written; None for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(names))) if isinstance(node, ast.Name) else None
