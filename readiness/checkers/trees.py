"""Parsed files: the names that their imports bind, and the parts that are come to."""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from readiness import Project, Unreadable

_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue)
LEAVES = (ast.Name, ast.Constant, ast.alias, ast.expr_context, ast.operator, ast.cmpop)
"""Nodes without parts that anybody asks for."""
_KEPT = 2
"""How many parsed files are kept for the next question about the same ones."""
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
"""The fields of a statement that hold statements, in their order."""


def source(project: Project, path: str) -> str:
    """The text of a file; nothing where it is none."""
    try:
        return project.text(path)
    except Unreadable:
        return ""


# What was parsed last; gone with the project.
_parsed: "WeakKeyDictionary[Project, dict[str, ast.Module | None]]" = WeakKeyDictionary()


def tree_of(project: Project, path: str) -> ast.Module | None:
    """The module that a file holds; None where it is not read or does not parse."""
    known = _parsed.setdefault(project, {})
    if path not in known:
        while len(known) >= _KEPT:
            del known[next(iter(known))]
        known[path] = _parsed_file(project, path)
    return known[path]


def _parsed_file(project: Project, path: str) -> ast.Module | None:
    try:
        return parsed(project.text(path))
    except Unreadable:
        return None


def parsed(text: str) -> ast.Module | None:
    """The module that a text is; None where it does not parse."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def lines_with(project: Project, path: str, pattern: re.Pattern[str]) -> list[int] | None:
    """The lines of a file in which a name is found; None where its text need not show it.

    Letters may stand for others, and lines may end in another way.
    """
    text, shown = source(project, path), project.searchable(path)
    if shown is None or shown != project.read(path) or "\r" in text:
        return None
    return [n for n, line in enumerate(text.split("\n"), 1) if pattern.search(line)]


def may_have(node: ast.AST, lines: list[int] | None) -> bool:
    """Whether one of the lines is one of a node's; decorators stand before what they decorate."""
    if lines is None or not isinstance(node, ast.stmt) or getattr(node, "decorator_list", None):
        return True
    at = bisect_left(lines, node.lineno)
    return at < len(lines) and lines[at] <= (node.end_lineno or node.lineno)


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that imports bind, each with its full dotted name."""
    for node in _statements(tree):
        match node:
            case ast.Import(names=names):
                for one in names:
                    yield (
                        one.asname or one.name.partition(".")[0],
                        (one.name if one.asname else one.name.partition(".")[0]),
                    )
            case ast.ImportFrom(module=str() as module, names=names):
                for one in names:
                    yield one.asname or one.name, f"{module}.{one.name}"


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The statements of a module in the order of `ast.walk`, which goes through all else too."""
    pending: list[ast.AST] = [tree]
    for node in pending:
        yield node
        for name in _BLOCKS:
            pending += getattr(node, name, ())


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    """The full dotted name that an expression spells; nothing where it is no name."""
    match node:
        case ast.Name(id=name):
            return names.get(name, name)
        case ast.Attribute(value=value, attr=attribute):
            return f"{dotted(value, names)}.{attribute}"
        case _:
            return ""


def reached(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node; of its statements only those before a return, raise, break."""
    return (part for part, live in parts(node) if live)


def parts(node: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """The parts of a node, and whether none before it in its block leaves that."""
    for name in node._fields:
        part = getattr(node, name, None)
        if isinstance(part, ast.AST):
            yield part, True
        elif type(part) is list:
            live = True
            for child in part:
                if isinstance(child, ast.AST):
                    yield child, live
                    live = live and not isinstance(child, _LEAVING)
