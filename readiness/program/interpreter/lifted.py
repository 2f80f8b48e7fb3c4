"""Statements whose ``yield`` stands inside of a larger expression, taken apart.

``total = f(a) + (yield b)`` becomes three pieces: ``f(a)`` is kept, then the code stands still,
then the rest is put together from what was kept. What is kept has names that no code can have.
"""

import ast
from collections.abc import Iterator
from copy import copy
from functools import lru_cache

from readiness.program.nodes import Definition, children

Pieces = tuple[list[tuple[str, ast.expr]], ast.expr]


class Whole(Exception):  # noqa: N818 - an answer about an expression
    """An expression cannot be taken apart: whether it stands still hangs on a part of it."""


def yields(node: ast.AST) -> bool:
    """Whether a piece of a function's code yields."""
    pending = [node]
    while pending:
        one = pending.pop()
        if isinstance(one, ast.Yield | ast.YieldFrom):
            return True
        pending += [
            each for each in children(one) if not isinstance(each, Definition | ast.Lambda)
        ]
    return False


@lru_cache(maxsize=512)
def pieces(node: ast.expr) -> Pieces:
    """What is evaluated one by one, each under its name, and what is left; raises `Whole`."""
    lifting = _Lifting()
    last = lifting.lift(node)
    return lifting.kept, last


class _Lifting:
    """Takes one expression apart, in the order in which it is evaluated."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, ast.expr]] = []

    def lift(self, node: ast.expr) -> ast.expr:
        """The expression without its yields."""
        if not yields(node):
            return node
        made = copy(node)
        for name, index, part in self._parts(node):
            if index is None:
                setattr(made, name, part)
            else:
                several = list(getattr(made, name))
                several[index] = part
                setattr(made, name, several)
        return self.keep(made) if isinstance(node, ast.Yield | ast.YieldFrom) else made

    def keep(self, node: ast.expr) -> ast.expr:
        """A name for what is evaluated here."""
        name = f"\0kept {len(self.kept)}"
        self.kept.append((name, node))
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def _parts(self, node: ast.expr) -> Iterator[tuple[str, int | None, ast.AST]]:
        """The parts up to the last one that yields: that one lifted, those before it kept."""
        parts = list(_in_order(node))
        last = max((place for place, (*_, part) in enumerate(parts) if yields(part)), default=-1)
        if last > 0 and isinstance(node, ast.BoolOp | ast.IfExp):
            raise Whole
        for place, (name, index, part) in enumerate(parts[: last + 1]):
            yield name, index, self._part(part, whole=place < last)

    def _part(self, part: ast.AST, *, whole: bool) -> ast.AST:
        """A part of an expression, or of what only holds one."""
        if isinstance(part, ast.Starred | ast.keyword | ast.FormattedValue):
            if yields(getattr(part, "format_spec", None) or ast.Constant(None)):
                raise Whole
            made = copy(part)
            made.value = self._part(part.value, whole=whole)  # type: ignore[assignment]
            return made
        if not isinstance(part, ast.expr):
            raise Whole
        lifted = self.lift(part)
        return self.keep(lifted) if whole and not isinstance(part, ast.Constant) else lifted


def _in_order(node: ast.expr) -> Iterator[tuple[str, int | None, ast.AST]]:
    """The parts of an expression in the order of their evaluation, and where each is held."""
    if isinstance(node, _APART):
        raise Whole
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        raise Whole
    if isinstance(node, ast.Dict) and len(node.keys) > 1:
        raise Whole
    names = ("test", "body", "orelse") if isinstance(node, ast.IfExp) else node._fields
    for name in names:
        value = getattr(node, name, None)
        if isinstance(value, list):
            yield from ((name, index, one) for index, one in enumerate(value)
                        if isinstance(one, ast.AST) and not isinstance(one, _WORDS))  # fmt: skip
        elif isinstance(value, ast.AST) and not isinstance(value, _WORDS) and name != "target":
            yield name, None, value


_WORDS = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)
_APART = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
