"""Calls in code that was given up: what they would have built is not known, and not nothing."""

import ast
from collections.abc import Container, Iterator

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.machine import Machine
from readiness.program.nodes import walk
from readiness.program.values import External


class Lost(Struct, frozen=True):
    """A call of a library's function or class that was not reached, and why."""

    name: str
    at: Place
    reason: str


def lost(machine: Machine, names: Container[str]) -> Iterator[Lost]:
    """The calls of these names in statements and functions that were not understood."""
    pieces = [(path, piece, why) for (path, piece), why in machine.gaps.items()]
    pieces += [(at.path, piece, f"the evaluation of {at} failed") for at in machine.broken_at
               for piece in _around(machine, at)]  # fmt: skip
    pieces += [(at.path, piece, why) for at, why in machine.stopped_at.items()
               for piece in _around(machine, at)]  # fmt: skip
    for path, piece, why in pieces:
        frame = machine.frames.get(path)
        if frame is None:
            continue
        imported = _imported(machine, piece)
        for node in walk(piece):
            if isinstance(node, ast.Call):
                name = _library_name(machine, node.func, frame, imported)
                if name in names:
                    yield Lost(name, frame.at(node), why)


def _around(machine: Machine, at: Place) -> list[ast.AST]:
    """The functions that a place stands in."""
    tree = machine.sources.tree(at.path) if machine.sources.has(at.path) else None
    line = at.line or 0
    return [
        node
        for node in (walk(tree) if tree is not None else ())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]


def _imported(machine: Machine, piece: ast.AST) -> dict[str, str]:
    """The names that a piece of code imports for itself, by what they mean."""
    found: dict[str, str] = {}
    for node in walk(piece):
        if isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
    return {name: machine.library.canonical(full) for name, full in found.items()}


def _library_name(machine: Machine, node: ast.expr, frame: Frame, imported: dict[str, str]) -> str:
    """The full name of a library's thing that an expression names directly."""
    if isinstance(node, ast.Attribute):
        owner = _library_name(machine, node.value, frame, imported)
        return machine.library.canonical(f"{owner}.{node.attr}")
    if not isinstance(node, ast.Name):
        return ""
    if node.id in imported:
        return imported[node.id]
    value = frame.find(node.id)
    return machine.library.canonical(value.name) if isinstance(value, External) else ""
