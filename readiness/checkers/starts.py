"""Where the code starts a monitoring tool, by its text: for what no evaluation reached."""

import ast
import re
from collections.abc import Iterator
from functools import partial
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from readiness import Note, Place, Project, Reading, Search, Unreadable
from readiness.checkers.monitors import BY_ARGUMENT, CALLS, IMPORTS
from readiness.checkers.scope import is_code

_PARTS = tuple(frozenset(name.split(".")) for name in (*CALLS, *IMPORTS))
_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.expr_context, ast.operator, ast.cmpop)
_KEPT = 2
"""How many parsed files are kept for the next question about the same ones."""
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
"""The fields of a statement that hold statements, in their order."""


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


class Use(Struct, frozen=True):
    """A place that names a function: a call, or a hand-over as in ``lifespan=start``.

    ``runs`` says that the module itself calls it, when it is imported.
    """

    at: Place
    guarded: bool
    runs: bool = False


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
    if not any(all(part in text for part in parts) for parts in _PARTS):
        return 0
    tree = parsed(text)
    return -1 if tree is None else sum(1 for _ in _starts_in(tree, path))


def uses(project: Project, function: str) -> Iterator[Use]:
    """Every place in the code that counts which names a function, its definition apart."""
    word = function.encode()
    edge = rb"\b" if word.isascii() else b""
    found = project.matching(edge + re.escape(word) + edge, (word,))
    notes = project.noted_now(b"uses of " + word, [*filter(is_code, found)],
                              partial(_uses_in, function))  # fmt: skip
    for path, uses in notes.items():
        for line, column, guarded, runs in uses if isinstance(uses, list) else ():
            yield Use(Place(path, line, column), bool(guarded), bool(runs))


def _uses_in(function: str, project: Project, path: str) -> Note:
    """Where a file names the function, in numbers; -1 where it cannot be parsed."""
    text = project.text_if_any(path)
    tree = tree_of(project, path)
    if text is None or tree is None:
        return -1
    found = _named(tree, path, function, guarded=False)
    return [[one.at.line, one.at.column, int(one.guarded), int(one.runs)] for one in found]


def source(project: Project, path: str) -> str:
    """The text of a file; nothing where it is none."""
    try:
        return project.text(path)
    except Unreadable:
        return ""


# What was parsed last; gone with the project.
_parsed: "WeakKeyDictionary[Project, dict[str, ast.Module | None]]" = WeakKeyDictionary()


def tree_of(project: Project, path: str) -> ast.Module | None:
    """The module that a file holds; None where it does not parse."""
    known = _parsed.setdefault(project, {})
    if path not in known:
        while len(known) >= _KEPT:
            del known[next(iter(known))]
        known[path] = parsed(source(project, path))
    return known[path]


def parsed(text: str) -> ast.Module | None:
    """The module that a text is; None where it does not parse."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


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


def _below(node: ast.AST, path: str, names: dict[str, str], around: Start) -> Iterator[Start]:
    behind = set(_behind_an_exit(node))
    for child, live in _parts(node):
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
        if not isinstance(child, _LEAVES):
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


def reached(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node; of its statements only those before a return, raise, break."""
    return (part for part, live in _parts(node) if live)


def _parts(node: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
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


def _named(
    node: ast.AST, path: str, function: str, *, guarded: bool, outside: bool = True
) -> Iterator[Use]:
    called = node.func if isinstance(node, ast.Call) else None
    for child in reached(node):
        inner = guarded or isinstance(child, ast.If | ast.IfExp | ast.Match)
        match child:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name) if name == function:
                at = Place(path, child.lineno, child.col_offset + 1)
                yield Use(at, inner, runs=outside and child is called)
        if not isinstance(child, _LEAVES):
            within = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _named(child, path, function, guarded=inner, outside=outside and not within)


_STARTS = Reading(
    b"starts of monitoring",
    Search(
        rb"\b(?:"
        + b"|".join(sorted({name.partition(".")[0].encode() for name in CALLS}))
        + rb")\b"
    ),
    is_code,
    _number_of_starts,
)
