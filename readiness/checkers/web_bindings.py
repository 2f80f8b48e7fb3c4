"""The ways in which a module may bind a name anew behind the line that gives it a value."""

import ast
from collections.abc import Iterator, Mapping

_EVERY = "*"
# What code can bind any name with.
_DYNAMIC = frozenset({"globals", "locals", "vars", "setattr", "exec"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def bound_anew(tree: ast.Module, given: Mapping[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """The values that stand last for a name, and yet may not be those that it has in the end.

    A handler, a loop or a case may follow, an import of the same name, or a function with
    ``global``: then only who runs the code can tell.
    """
    bindings = list(_bindings(tree.body))
    for name, values in given.items():
        last = values[-1]
        written = (last.lineno, last.col_offset)
        if any(one in {name, _EVERY} and at > written for one, at in bindings):
            yield last


def _bindings(body: list[ast.stmt]) -> Iterator[tuple[str, tuple[float, float]]]:
    """The names that statements may bind, each with its place; what functions bind comes last."""
    for statement in body:
        is_function = isinstance(statement, _FUNCTIONS)
        if isinstance(statement, ast.ClassDef):
            continue
        for one in ast.walk(statement):
            if isinstance(one, ast.stmt | ast.expr):
                at = (float("inf"), 0) if is_function else (one.lineno, one.col_offset)
                yield from ((name, at) for name in _changed_by(one))
                if not is_function:
                    yield from ((name, at) for name in _bound_by(one))


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.ImportFrom(names=names) | ast.Import(names=names):
            yield from ((one.asname or one.name).partition(".")[0] for one in names)


def _changed_by(node: ast.AST) -> Iterator[str]:
    """The names of the module that code may change, wherever it stands."""
    match node:
        case ast.Name(id=name) if name in _DYNAMIC:
            yield _EVERY
        case ast.Global(names=names):
            yield from names
        case (
            ast.Attribute(value=ast.Name(id=name))
            | ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del())
        ):
            yield name
