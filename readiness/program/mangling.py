"""Private names of classes: what stands as ``__name`` in a class is ``_Class__name``."""

import ast
import re

from readiness.program.nodes import Definition, children

_PRIVATE = re.compile(rb"(?<![\w\"'])__(?!\w*__\b)\w")
_NAMED: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: ("id",), ast.Attribute: ("attr",), ast.arg: ("arg",), ast.alias: ("asname",),
    ast.ExceptHandler: ("name",), ast.MatchAs: ("name",), ast.MatchStar: ("name",),
    ast.MatchMapping: ("rest",), ast.FunctionDef: ("name",), ast.AsyncFunctionDef: ("name",),
    ast.ClassDef: ("name",), ast.Global: ("names",), ast.Nonlocal: ("names",),
}  # fmt: skip


def mangle(tree: ast.Module, content: bytes) -> ast.Module:
    """The same tree, the private names of its classes as they are looked up."""
    if not _PRIVATE.search(content):
        return tree
    pending: list[tuple[ast.AST, str]] = [(tree, "")]
    while pending:
        node, owner = pending.pop()
        inside = node.name.lstrip("_") if isinstance(node, ast.ClassDef) else owner
        outer = _outside(node) if isinstance(node, Definition) else []
        if owner:
            _rename(node, owner)
        within = [one for one in children(node) if one not in outer]
        pending += [(one, inside) for one in within] + [(one, owner) for one in outer]
    return tree


def _outside(node: ast.AST) -> list[ast.AST]:
    """What stands at a definition and is evaluated around it."""
    found: list[ast.AST] = list(getattr(node, "decorator_list", ()))
    if isinstance(node, ast.ClassDef):
        found += [*node.bases, *node.keywords]
    return found


def _rename(node: ast.AST, owner: str) -> None:
    for field in _NAMED.get(type(node), ()):
        held = getattr(node, field)
        if isinstance(held, str):
            setattr(node, field, mangled(held, owner))
        elif isinstance(held, list):
            setattr(node, field, [mangled(one, owner) for one in held])


def mangled(name: str, owner: str) -> str:
    """A name as it is looked up in a class."""
    private = name.startswith("__") and not name.endswith("__") and "." not in name
    return f"_{owner}{name}" if private and owner else name
