"""Where the code starts a monitoring tool, by its text: for what no evaluation reached."""

import ast
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from readiness import Place, Project, Reading, Search
from readiness.checkers.monitors import BY_ARGUMENT, CALLS, IMPORTS
from readiness.checkers.scope import is_code
from readiness.checkers.trees import LEAVES, dotted, imported, parsed, parts, tree_of

_WORDS = tuple(frozenset(name.split(".")) for name in (*CALLS, *IMPORTS))


class Start(Struct, frozen=True):
    """A call that starts a tool; ``function`` holds it, ``guarded`` by a condition in there.

    ``registered`` tells that a decorator hands the function to somebody, or that an import
    does it; ``dead`` that a return or raise stands before it.
    """

    tool: str
    at: Place
    function: str | None
    guarded: bool
    registered: bool
    dead: bool = False


def starts(project: Project) -> Iterator[Start]:
    """Every call of a monitoring tool in the code that counts."""
    for path, number in project.noted(_STARTS).items():
        tree = tree_of(project, path) if number else None
        if tree is not None:
            yield from _starts_in(tree, path)


def _starts_in(tree: ast.Module, path: str) -> Iterator[Start]:
    names = dict(imported(tree))
    yield from _below(tree, path, names, Start("", Place(path), None, False, False))  # noqa: FBT003 - nothing around yet


def _number_of_starts(project: Project, path: str) -> int:
    """How many such calls a file has; -1 where it cannot be parsed."""
    text = project.text_if_any(path)
    if text is None:
        return -1
    if not any(all(word in text for word in words) for words in _WORDS):
        return 0
    tree = parsed(text)
    return -1 if tree is None else sum(1 for _ in _starts_in(tree, path))


def _below(node: ast.AST, path: str, names: dict[str, str], around: Start) -> Iterator[Start]:
    behind = set(_behind_an_exit(node))
    for child, live in parts(node):
        inner = _inside(child, around)
        if child in behind:
            inner = replace(inner, guarded=True)
        dead = around.dead or not live
        if inner.dead != dead:
            inner = replace(inner, dead=dead)
        for module in _modules(child):
            if tool := IMPORTS.get(module):
                yield replace(inner, tool=tool, at=_place(path, child), registered=True)
        called = dotted(child.func, names) if isinstance(child, ast.Call) else ""
        if called not in BY_ARGUMENT and (tool := CALLS.get(called)):
            yield replace(inner, tool=tool, at=_place(path, child))
        if not isinstance(child, LEAVES):
            yield from _below(child, path, names, inner)


def _place(path: str, node: ast.AST) -> Place:
    return Place(path, getattr(node, "lineno", 0), getattr(node, "col_offset", 0) + 1)


def _modules(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    match node:
        case ast.Import(names=names):
            return [one.name for one in names]
        case ast.ImportFrom(module=str() as module, names=names):
            return [module, *(f"{module}.{one.name}" for one in names)]
        case _:
            return []


def _behind_an_exit(node: ast.AST) -> Iterator[ast.AST]:
    """The statements behind one that may end the function: ``if …: return``."""
    for _, part in ast.iter_fields(node):
        left = False
        for child in part if isinstance(part, list) else []:
            if left:
                yield child
            left = left or (isinstance(child, ast.If | ast.Match | ast.Try) and _may_exit(child))


def _may_exit(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Return | ast.Raise) for one in ast.walk(node))


def _inside(node: ast.AST, around: Start) -> Start:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            registered = any(
                isinstance(one, ast.Call | ast.Attribute) for one in node.decorator_list
            )
            return Start("", around.at, name, False, registered)  # noqa: FBT003 - what is inside it stands open
        case ast.If() | ast.IfExp() | ast.Match() | ast.While() | ast.For():
            return Start("", around.at, around.function, True, around.registered)  # noqa: FBT003 - as it says
        case _:
            return around


_STARTS = Reading(
    b"starts of monitoring",
    Search(
        rb"\b(?:"
        + b"|".join(sorted({name.partition(".")[0].encode() for name in CALLS}))
        + rb")\b",
        among=is_code,
    ),
    is_code,
    _number_of_starts,
)
