"""Going through code: the parts of a piece, and all that is in it."""

import ast
from bisect import bisect_right
from collections.abc import Iterator

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_PLAIN = frozenset({
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level",
    "module", "op", "ops", "rest", "simple", "type_comment", "type_ignores",
})  # fmt: skip
"""Fields that never hold a part: names, numbers, and operators, which say nothing more."""
_WITHOUT_PARTS = (ast.Constant, ast.Global, ast.MatchSingleton, ast.Nonlocal)


class _Parts(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each kind of node that hold its parts."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        plain = kind._fields if issubclass(kind, _WITHOUT_PARTS) else _PLAIN
        self[kind] = tuple(name for name in kind._fields if name not in plain)
        return self[kind]


_PARTS = _Parts()


def children(node: ast.AST) -> list[ast.AST]:
    """The parts of a node, operators left out; much faster than `ast.iter_child_nodes`."""
    found: list[ast.AST] = []
    for name in _PARTS[type(node)]:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [one for one in value if one is not None] if None in value else value
        elif value is not None and type(value) is not str:
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all that is in it, outer ones first."""
    pending = [node]
    for one in pending:
        yield one
        pending += children(one)


def walk_to(tree: ast.AST, line: int) -> Iterator[ast.AST]:
    """What `walk` gives, without the statements that do not reach over a line."""
    pending = [tree]
    for one in pending:
        if not isinstance(one, ast.stmt) or _first_line(one) <= line <= (one.end_lineno or line):
            yield one
            pending += _around(one, line) if isinstance(one, ast.Module) else children(one)


def _around(module: ast.Module, line: int) -> list[ast.stmt]:
    """The statements of a module that reach over a line."""
    end = bisect_right(module.body, line, key=_first_line)
    begin = end
    while begin and (module.body[begin - 1].end_lineno or line) >= line:
        begin -= 1
    return module.body[begin:end]


def _first_line(node: ast.stmt) -> int:
    """Where a statement begins, decorators and all."""
    decorators = node.decorator_list if isinstance(node, Definition) else ()
    return min(node.lineno, *(one.lineno for one in decorators)) if decorators else node.lineno
