"""Where the code names a function: whether anything calls it, by the text."""

import ast
import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from readiness import Note, Place, Project
from readiness.checkers.scope import is_code
from readiness.checkers.trees import LEAVES, lines_with, may_have, reached, tree_of


class Use(Struct, frozen=True):
    """A place that names a function: a call, or a hand-over as in ``lifespan=start``.

    ``runs`` says that the module itself calls it, when it is imported.
    """

    at: Place
    guarded: bool
    runs: bool = False


def uses(project: Project, function: str) -> Iterator[Use]:
    """Every place in the code that counts which names a function, its definition apart."""
    word = function.encode()
    edge = rb"\b" if word.isascii() else b""
    found = project.matching(edge + re.escape(word) + edge, (word,), is_code)
    notes = project.noted_now(b"uses of " + word, found, partial(_uses_in, function))
    for path, uses in notes.items():
        for line, column, guarded, runs in uses if isinstance(uses, list) else ():
            yield Use(Place(path, line, column), bool(guarded), bool(runs))


def _uses_in(function: str, project: Project, path: str) -> Note:
    """Where a file names the function, in numbers; -1 where it cannot be parsed."""
    text = project.text_if_any(path)
    tree = tree_of(project, path)
    if text is None or tree is None:
        return -1
    lines = lines_with(project, path, re.compile(re.escape(function)))
    found = _named(tree, path, function, lines, guarded=False)
    return [[one.at.line, one.at.column, int(one.guarded), int(one.runs)] for one in found]


def _named(
    node: ast.AST, path: str, function: str, lines: list[int] | None, *, guarded: bool,
    outside: bool = True,
) -> Iterator[Use]:  # fmt: skip
    """The uses in a node; where ``lines`` are known, they are in one of these."""
    called = node.func if isinstance(node, ast.Call) else None
    for child in reached(node):
        inner = guarded or isinstance(child, ast.If | ast.IfExp | ast.Match)
        match child:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name) if name == function:
                at = Place(path, child.lineno, child.col_offset + 1)
                yield Use(at, inner, runs=outside and child is called)
        if not isinstance(child, LEAVES) and may_have(child, lines):
            within = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _named(
                child, path, function, lines, guarded=inner, outside=outside and not within
            )
