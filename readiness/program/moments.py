"""When something is built: at the start, by each request; by the source alone."""

import ast
from collections.abc import Iterable, Iterator
from typing import Literal

from readiness.model.place import Place
from readiness.program.interpreter.machine import Machine
from readiness.program.nodes import walk
from readiness.program.words import INJECTING

Moment = Literal["start", "request", "unseen"]

ROUTES = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "websocket",
                    "route", "api_route", "websocket_route"})  # fmt: skip
"""Decorators of frameworks for what each request calls."""
CACHES = frozenset({"lru_cache", "cache", "cached", "alru_cache", "cached_property", "singleton",
                    "cache_resource"})  # fmt: skip
"""Decorators of what is made once."""
ONCE = frozenset({"on_event", "asynccontextmanager", "contextmanager", "command", "callback",
                  "listener", "on_startup", "before_server_start"})  # fmt: skip
"""Decorators of what runs when a process starts."""
INJECTS = frozenset({"Depends", "Security"})

_Functions = ast.FunctionDef | ast.AsyncFunctionDef
_Spot = tuple[int, int]


def dependencies(machine: Machine) -> frozenset[str]:
    """The names of the functions that a framework calls for each request: ``Depends(get_db)``."""
    found: set[str] = set()
    speaking = machine.evaluated.intersection(machine.sources.project.mentioning(INJECTING))
    for path in speaking:
        for node in _nodes(machine, Place(path)):
            if isinstance(node, ast.Call) and _last_name(node.func) in INJECTS:
                given = [*node.args, *(one.value for one in node.keywords)]
                found |= {name for one in given if (name := _last_name(one))}
    return frozenset(found)


def is_decorated(node: ast.AST | None, names: frozenset[str]) -> bool:
    """Whether a function has a decorator of one of these names."""
    for one in getattr(node, "decorator_list", ()):
        inner = one.func if isinstance(one, ast.Call) else one
        if _last_name(inner) in names:
            return True
    return False


def is_kept(machine: Machine, at: Place) -> bool:
    """Whether what is made at a place is made only where it is not there yet, and kept."""
    spot = _spot(at)
    around = (node for node in _nodes(machine, at)
              if isinstance(node, _Functions) and _holds(node, spot))  # fmt: skip
    return any(_keeps(function, spot) for function in around)


def _keeps(function: _Functions, spot: _Spot) -> bool:
    """``if kept is None: kept = …``, or ``if kept is not None: return kept`` before it."""
    lasting = {name for node in walk(function) if isinstance(node, ast.Global | ast.Nonlocal)
               for name in node.names}  # fmt: skip
    for node in walk(function):
        if not isinstance(node, ast.If):
            continue
        asked = {ast.unparse(one) for one in ast.walk(node.test)
                 if isinstance(one, ast.Name | ast.Attribute)}  # fmt: skip
        lasts = {name for name in asked if "." in name or name in lasting}
        if any(_holds(one, spot) for one in node.body):
            if asked & set(_assigned(node.body, lasting)):
                return True
        elif node.end_lineno is not None and node.end_lineno < spot[0] and _returns(node, lasts):
            return True
    return False


def _assigned(body: list[ast.stmt], lasting: set[str]) -> Iterator[str]:
    """What outlives the call among the targets of assignments: globals, attributes, entries."""
    for statement in body:
        for node in ast.walk(statement):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Subscript):
                    yield ast.unparse(target.value)
                elif isinstance(target, ast.Attribute) or ast.unparse(target) in lasting:
                    yield ast.unparse(target)


def _returns(node: ast.If, names: Iterable[str]) -> bool:
    last = node.body[-1]
    given = ast.unparse(last.value) if isinstance(last, ast.Return) and last.value else ""
    return any(given.startswith(name) for name in names)


def _holds(piece: ast.stmt | ast.expr, spot: _Spot) -> bool:
    end = (piece.end_lineno or piece.lineno, piece.end_col_offset or 0)
    return (piece.lineno, piece.col_offset) <= spot < end


def _spot(at: Place) -> _Spot:
    return at.line or 0, (at.column or 1) - 1


def _last_name(node: ast.expr) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _nodes(machine: Machine, at: Place) -> Iterator[ast.AST]:
    tree = machine.sources.tree(at.path) if machine.sources.has(at.path) else None
    yield from walk(tree) if tree is not None else ()
