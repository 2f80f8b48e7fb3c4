"""Modules that code takes by a text, and whether it hands them on to others."""

import ast
from collections.abc import Iterator

from msgspec import Struct

from readiness.program.nodes import children, walk

WORDS = frozenset({"import_module", "__import__", "load_module", "module_from_spec", "modules",
                   "load_source", "getmodule", "find_module", "import_string",
                   "resolve_name", "import_object", "load_object", "entry_points",
                   "iter_entry_points"})  # fmt: skip
"""What code says that takes a module as a value."""
_ASKING = frozenset({"getattr", "hasattr", "setattr", "isinstance", "callable", "dir", "vars"})
"""Functions of Python's own that keep nothing of what they are asked about."""


class Loads(Struct, frozen=True):
    """Whether code takes modules by texts, and hands one on."""

    any: bool
    hands_on: bool


def loads_of(tree: ast.Module) -> Loads:
    """How a file takes modules by texts."""
    taken = list(_taken(tree))
    return Loads(bool(taken), _hands_on(tree, taken))


def _taken(tree: ast.AST) -> Iterator[ast.AST]:
    """Each piece of code that gives such a module."""
    for node in walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in WORDS:
                yield node
            case ast.Subscript(value=one) if _is_modules(one):
                yield node
            case ast.Call(func=ast.Attribute(value=one)) if _is_modules(one):
                yield node


def _is_modules(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
            return True
    return False


def _hands_on(tree: ast.Module, taken: list[ast.AST]) -> bool:
    """Whether one of these values goes anywhere but into names that are only looked into."""
    kept = set[ast.AST](taken)
    names: set[str] = set()
    for node in walk(tree) if taken else ():
        if isinstance(node, ast.Assign) and node.value in kept:
            targets = [one.id if isinstance(one, ast.Name) else "" for one in node.targets]
            names.update(targets)
            kept.discard(node.value)
    kept |= {node for node in walk(tree) if isinstance(node, ast.Name) and node.id in names
             and isinstance(node.ctx, ast.Load)} if names else set()  # fmt: skip
    return "" in names or not kept <= set(_looked_into(tree))


def _looked_into(tree: ast.AST) -> Iterator[ast.AST]:
    """What code only takes a part of, compares, or leaves."""
    for node in walk(tree):
        match node:
            case ast.Attribute(value=one) | ast.Expr(value=one):
                yield one
            case ast.Call(func=ast.Name(id=name), args=[one, *_]) if name in _ASKING:
                yield one
            case ast.Compare():
                yield from children(node)
            case ast.If(test=one) | ast.Assert(test=one):
                yield one
