"""What code takes as a whole, so that it may use any function of it: a module, class or object."""

import ast

from readiness.program.interpreter.machine import Machine
from readiness.program.models.python.handing import note_members
from readiness.program.values import Class, Instance, Module

OWN = ""
"""What stands for the names of the module around."""


def taken_by(node: ast.AST, owner: str) -> str | None:  # noqa: PLR0911 - one answer for each way
    """The name of what a piece of code takes as a whole; ``owner`` is the class around it."""
    match node:
        case ast.Call(func=ast.Name(id="globals" | "vars"), args=[]):
            return OWN
        case ast.Subscript(value=ast.Attribute(attr="modules"), slice=ast.Name(id="__name__")):
            return OWN
        case ast.Attribute(attr="__dict__", value=ast.Name(id=name)):
            return _named(name, owner)
        case ast.Call(func=ast.Name(id="vars" | "dir"), args=[ast.Name(id=name)]):
            return _named(name, owner)
        case ast.Call(func=ast.Attribute(attr="getmembers"), args=[ast.Name(id=name), *_]):
            return _named(name, owner)
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=name), asked, *_]):
            return None if isinstance(asked, ast.Constant) else _named(name, owner)
    return None


def _named(name: str, owner: str) -> str:
    return owner if name in {"self", "cls"} and owner else name


def note_whole(machine: Machine, path: str, taken: str) -> None:
    """Remember that any function may be called of what a file knows by this name."""
    module = machine.by_path.get(path)
    if module is not None:
        value = module if taken == OWN else module.slots.values.get(taken)
        if isinstance(value, Module | Class | Instance):
            note_members(machine, value)
