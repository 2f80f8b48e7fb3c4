"""What a branch leaves behind tells of the branch, whichever of its sides was taken."""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.records import chosen_key
from readiness.program.nodes import children
from readiness.program.provenance import BranchStep
from readiness.program.values import (
    MISSING,
    Class,
    Constant,
    Dict,
    Instance,
    Module,
    Slots,
    Text,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_Target = ast.Name | ast.Attribute | ast.Subscript


def explain(machine: "Machine", node: ast.AST, step: BranchStep, frame: Frame) -> None:
    """Let what the sides of a branch bind tell of it."""
    for target, at in _bound_in(node):
        _explain(machine, target, at, step, frame)


def _explain(
    machine: "Machine", target: _Target, at: ast.AST, step: BranchStep, frame: Frame
) -> None:
    found = _slot(target, frame)
    if found is None:
        return
    slots, name = found
    value = slots.values.get(name, MISSING)
    plain = isinstance(value, (Constant, Text))
    if not plain and (not step.decided or chosen_key(value) is None):
        return
    if not step.decided and frame.function is not None:
        return
    told = machine.chosen(value, frame.steps_of(step), frame.at(at))
    if told is not value:
        machine.state.write(slots, name, told)


def _slot(target: _Target, frame: Frame) -> "tuple[Slots, str] | None":
    """Where what a target names is held, if that is plain to see."""
    if isinstance(target, ast.Name):
        return frame.home(target.id), target.id
    holder: Value | None = (
        frame.find(target.value.id) if isinstance(target.value, ast.Name) else None
    )
    if isinstance(target, ast.Attribute):
        return (
            (holder.slots, target.attr) if isinstance(holder, Instance | Class | Module) else None
        )
    key = target.slice.value if isinstance(target.slice, ast.Constant) else None
    return (holder.slots, key) if isinstance(holder, Dict) and isinstance(key, str) else None


@lru_cache(maxsize=4096)
def _bound_in(node: ast.AST) -> Sequence[tuple[_Target, ast.AST]]:
    """What a statement binds inside, but for the functions and classes that it defines."""
    return tuple(_bindings(node))


def _bindings(node: ast.AST) -> Iterator[tuple[_Target, ast.AST]]:
    pending: list[ast.AST] = [node]
    while pending:
        one = pending.pop()
        match one:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield ast.Name(one.name), one
                continue
            case ast.Lambda():
                continue
            case ast.Import() | ast.ImportFrom():
                for alias in one.names:
                    yield ast.Name((alias.asname or alias.name).partition(".")[0]), one
            case ast.Name() | ast.Attribute() | ast.Subscript() if isinstance(one.ctx, ast.Store):
                yield one, one
        pending += children(one)
