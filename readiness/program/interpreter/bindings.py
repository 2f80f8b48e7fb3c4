"""The names that a piece of code binds itself, and those that it declares outside."""

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct, field

from readiness.program.nodes import children, walk


class Bindings(Struct, frozen=True):
    """The names that a function or class binds itself, and those it declares outside."""

    local: frozenset[str]
    globals: frozenset[str]
    nonlocals: frozenset[str]


class _Found(Struct):
    local: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)


@lru_cache(maxsize=8192)
def bindings_of(node: ast.AST) -> Bindings:
    """Find what a function, lambda or class binds; computed once for every run of it."""
    found = _Found()
    arguments = getattr(node, "args", None)
    if isinstance(arguments, ast.arguments):
        found.local.update(_parameters(arguments))
    body = getattr(node, "body", [])
    pending: list[ast.AST] = list(body) if isinstance(body, list) else [body]
    while pending:
        node = pending.pop()
        take = _TAKEN.get(type(node))
        if take is not None:
            take(node, found)
        if type(node) not in _CLOSED:
            pending += children(node)
    outside = found.globals | found.nonlocals
    return Bindings(
        frozenset(found.local - outside), frozenset(found.globals), frozenset(found.nonlocals)
    )


def _parameters(node: ast.arguments) -> Iterator[str]:
    every = [*node.posonlyargs, *node.args, *node.kwonlyargs, node.vararg, node.kwarg]
    return (one.arg for one in every if one is not None)


def _name(node: ast.Name, found: _Found) -> None:
    if not isinstance(node.ctx, ast.Load):
        found.local.add(node.id)


def _named(node: ast.AST, found: _Found) -> None:
    name = getattr(node, "name", None)
    if name:
        found.local.add(name)


def _rest(node: ast.MatchMapping, found: _Found) -> None:
    if node.rest:
        found.local.add(node.rest)


def _imported(node: ast.Import, found: _Found) -> None:
    found.local.update(one.asname or one.name.partition(".")[0] for one in node.names)


def _imported_from(node: ast.ImportFrom, found: _Found) -> None:
    found.local.update(one.asname or one.name for one in node.names)


def _declared(node: ast.Global, found: _Found) -> None:
    found.globals.update(node.names)


def _declared_outside(node: ast.Nonlocal, found: _Found) -> None:
    found.nonlocals.update(node.names)


def _comprehension(node: ast.AST, found: _Found) -> None:
    """Of a comprehension only ``:=`` binds anything around it."""
    for target in _walrus(node):
        _name(target, found)


def _walrus(node: ast.AST) -> Iterator[ast.Name]:
    return (one.target for one in walk(node) if isinstance(one, ast.NamedExpr))


_TAKEN: Mapping[type[ast.AST], Callable[..., None]] = {
    ast.Name: _name, ast.Global: _declared, ast.Nonlocal: _declared_outside,
    ast.FunctionDef: _named, ast.AsyncFunctionDef: _named, ast.ClassDef: _named,
    ast.ExceptHandler: _named, ast.MatchAs: _named, ast.MatchStar: _named, ast.MatchMapping: _rest,
    ast.Import: _imported, ast.ImportFrom: _imported_from, ast.ListComp: _comprehension,
    ast.SetComp: _comprehension, ast.DictComp: _comprehension, ast.GeneratorExp: _comprehension,
}  # fmt: skip
_CLOSED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Import,
                     ast.ImportFrom, ast.ListComp, ast.SetComp, ast.DictComp,
                     ast.GeneratorExp, ast.MatchStar})  # fmt: skip
"""What is not looked into: it binds names of its own."""
