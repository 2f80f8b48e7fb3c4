"""Calls of a library as they are written, where the evaluation has no reason to go."""

import ast
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from readiness import Place, Program, Project, Search
from readiness.checkers.parts import parts_of
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.trees import dotted, imported, tree_of

_CONDITIONS = (ast.If, ast.IfExp, ast.Match, ast.Try, ast.While, ast.For)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Written(Struct, frozen=True):
    """A call with its keywords; ``certain`` tells that it runs as soon as its module is loaded."""

    call: ast.Call
    at: Place
    certain: bool

    def is_false(self, name: str) -> bool | None:
        """Whether a keyword is given and counts as false; None where the text does not tell."""
        given = {one.arg: one.value for one in self.call.keywords}
        if name not in given:
            return None if None in given else False
        value = given[name]
        return not value.value if isinstance(value, ast.Constant) else None


def written(
    program: Program, project: Project, environment: str, names: Sequence[str], search: Search
) -> Iterator[Written]:
    """The calls of these functions, by their full names, that the evaluation may have missed.

    The ``search`` is what `calling` makes of the same names.

    What a module that it ran does at its top, it knows: only functions are left there,
    unless it came to no end.
    """
    ran = frozenset(program.coverage.evaluated)
    ended = program.ended
    for path in filter(is_code, project.mentioning(search)):
        counts = is_for(path, environment) and path not in program.elsewhere
        tree = tree_of(project, path) if counts else None
        if tree is None:
            continue
        bound = dict(imported(tree))
        for call, certain, inside in _calls(tree, certain=True, inside=False):
            if dotted(call.func, bound) in names and (inside or path not in ran or path in ended):
                yield Written(call, Place(path, call.lineno, call.col_offset + 1),
                              certain and not inside and path not in ran)  # fmt: skip


def calling(names: Sequence[str]) -> Search:
    """What stands where one of these is called, or imported by another name.

    It is to be made when a module is loaded: all searches together take one pass.
    """
    last = b"|".join(sorted({re.escape(one.rpartition(".")[2]).encode() for one in names}))
    return Search(rb"\b(?:" + last + rb")(?:[\s\\)]*\(|[\s\\]+as\b)", among=is_code)


def _calls(node: ast.AST, *, certain: bool, inside: bool) -> Iterator[tuple[ast.Call, bool, bool]]:
    for child in parts_of(node):
        sure = certain and not isinstance(child, _CONDITIONS)
        if isinstance(child, ast.Call):
            yield child, sure, inside
        yield from _calls(child, certain=sure, inside=inside or isinstance(child, _FUNCTIONS))
