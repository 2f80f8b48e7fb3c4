"""What a function sets that others find after it has returned, read from its code alone."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from readiness.program.nodes import Definition, walk

MOST = 200
"""How many functions are followed from one."""
_CHANGING = frozenset({"update", "setdefault", "append", "insert", "pop", "clear", "setattr",
                       "__setattr__", "__setitem__", "add", "extend", "delattr"})  # fmt: skip
Known = Mapping[str, Iterable[ast.AST]]


def outliving(node: ast.AST, known: Known) -> frozenset[str]:
    """The names, attributes and containers that a function sets, or that what it calls does."""
    found: set[str] = set()
    pending, seen = [node], {node}
    for one in pending:
        sets, calls = _of(one)
        found |= sets
        new = [other for name in calls for other in known.get(name, ()) if other not in seen]
        if len(seen) + len(new) > MOST:
            break
        seen.update(new)
        pending += new
    return frozenset(found)


def mentioned(nodes: Iterable[ast.AST], known: Known) -> frozenset[str]:
    """The names that functions read, or that what they name does."""
    found: set[str] = set()
    pending = [*nodes]
    seen = set(pending)
    for one in pending:
        new = _of(one)[1] - found
        found |= new
        more = [other for name in new for other in known.get(name, ()) if other not in seen]
        seen.update(more)
        pending += more
    return frozenset(found)


@lru_cache(maxsize=8192)
def _of(node: ast.AST) -> tuple[frozenset[str], frozenset[str]]:
    """What one function sets by itself, and the names of what it calls or hands on."""
    every = [one for one in walk(node) if type(one) in _TELLING]
    outside = {name for one in every if isinstance(one, ast.Global | ast.Nonlocal)
               for name in one.names}  # fmt: skip
    local = _own(node, every)
    sets = {name for one in every for name in _set_by(one, outside, local)}
    said = {name for one in every for name in _said(one)}
    return frozenset(sets), frozenset(said)


_TELLING = frozenset({
    ast.Global, ast.Nonlocal, ast.Name, ast.arg, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.ClassDef, ast.alias, ast.Attribute, ast.Subscript, ast.Call,
})  # fmt: skip
"""The code that tells what a function sets, or what it calls."""


def _own(node: ast.AST, every: Iterable[ast.AST]) -> set[str]:
    """The names that a function binds for itself; its object is nobody's alone."""
    made = {one.id for one in every
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}  # fmt: skip
    parameters = {one.arg for one in every if isinstance(one, ast.arg)}
    own = set() if getattr(node, "name", "") == "__init__" else {"self", "cls"}
    return (made | parameters) - own


def _set_by(one: ast.AST, outside: set[str], local: set[str]) -> Iterator[str]:
    match one:
        case ast.Name(id=name, ctx=ast.Store()) if name in outside:
            yield name
        case (
            ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name)
        ):
            yield from (name,) if name in outside else ()
        case ast.alias(name=name, asname=asname) if (asname or name) in outside:
            yield asname or name
        case ast.Attribute(value=held, attr=name, ctx=ast.Store()) if _lasts(held, local):
            yield name
        case ast.Subscript(value=held, ctx=ast.Store()) if _lasts(held, local):
            yield _last(held)
        case ast.Call(func=ast.Attribute(value=held, attr=name)) if name in _CHANGING:
            if _lasts(held, local):
                yield _last(held)
        case ast.Call(func=ast.Name(id="setattr"), args=[held, name, *_]):
            if _lasts(held, local):
                yield str(getattr(name, "value", _last(held)))


def _lasts(held: ast.expr, local: set[str]) -> bool:
    """Whether what an expression gives is there after the function, as its words tell."""
    while isinstance(held, ast.Attribute | ast.Subscript | ast.Call):
        held = held.func if isinstance(held, ast.Call) else held.value
    return isinstance(held, ast.Name) and held.id not in local


def _last(held: ast.expr) -> str:
    while isinstance(held, ast.Subscript | ast.Call):
        held = held.func if isinstance(held, ast.Call) else held.value
    return str(getattr(held, "attr", getattr(held, "id", "")))


def _said(one: ast.AST) -> Iterator[str]:
    """Names that lead to functions: loaded, or an attribute."""
    if isinstance(one, ast.Name | ast.Attribute) and isinstance(one.ctx, ast.Load):
        yield one.id if isinstance(one, ast.Name) else one.attr


def definitions(nodes: Iterable[ast.AST]) -> dict[str, list[ast.AST]]:
    """Functions by their names."""
    found: dict[str, list[ast.AST]] = {}
    for node in nodes:
        if isinstance(node, Definition):
            found.setdefault(node.name, []).append(node)
    return found
