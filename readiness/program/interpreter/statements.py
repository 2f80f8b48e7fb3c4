"""Statements: which function executes each kind, and those that are short."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    branching,
    classes,
    functions,
    importing,
    item_changes,
    loops,
    managers,
    matching,
    operators,
    raising,
)
from readiness.program.interpreter.explaining import explain
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Broke, Continued, Raised, Returned
from readiness.program.provenance import BranchStep
from readiness.program.values import MISSING, NONE, Tuple, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _expression(machine: "Machine", node: ast.Expr, frame: Frame) -> None:
    machine.evaluate(node.value, frame)


def _assign(machine: "Machine", node: ast.Assign, frame: Frame) -> None:
    value = machine.evaluate(node.value, frame)
    for target in node.targets:
        machine.assign(target, value, frame)


def _annotated(machine: "Machine", node: ast.AnnAssign, frame: Frame) -> None:
    if node.value is not None:
        machine.assign(node.target, machine.evaluate(node.value, frame), frame)
    if frame.is_class and frame.owner is not None and isinstance(node.target, ast.Name):
        frame.owner.fields[node.target.id] = node.annotation


def _augmented(machine: "Machine", node: ast.AugAssign, frame: Frame) -> None:
    target = node.target
    if isinstance(target, ast.Name) or not any(
        isinstance(one, _MOVES) for one in ast.walk(target)
    ):
        _change(machine, node, target, frame)
        return
    kept = {"\0receiver": target.value}
    if isinstance(target, ast.Subscript):
        kept["\0key"] = target.slice
    for name, part in kept.items():
        machine.state.write(frame.slots, name, machine.evaluate(part, frame))
    _change(machine, node, _of_kept(target), frame)
    for name in kept:
        machine.state.write(frame.slots, name, MISSING)


# What may do something: the parts of a target are evaluated once, and then read and written.
_MOVES = (ast.Call, ast.NamedExpr, ast.Await)


def _of_kept(target: ast.Attribute | ast.Subscript) -> ast.Attribute | ast.Subscript:
    """The same target, of what was kept."""
    receiver = ast.copy_location(ast.Name("\0receiver", ast.Load()), target)
    made: ast.Attribute | ast.Subscript
    if isinstance(target, ast.Attribute):
        made = ast.Attribute(receiver, target.attr, ast.Store())
    else:
        key = ast.copy_location(ast.Name("\0key", ast.Load()), target.slice)
        made = ast.Subscript(receiver, key, ast.Store())
    return ast.copy_location(made, target)


def _change(
    machine: "Machine", node: ast.AugAssign, target: ast.Name | ast.Attribute | ast.Subscript,
    frame: Frame,
) -> None:  # fmt: skip
    load: ast.expr
    match target:
        case ast.Name():
            load = ast.copy_location(ast.Name(target.id, ast.Load()), target)
        case ast.Attribute():
            load = ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
        case _:
            load = ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)
    old = machine.evaluate(load, frame)
    change = machine.evaluate(node.value, frame)
    at = frame.at(node)
    machine.assign(target, _augmentation(machine, node.op, old, change, at), frame)


def _augmentation(
    machine: "Machine", operator: ast.operator, old: Value, change: Value, at: Place
) -> Value:
    """What the target of an augmented assignment becomes; each alternative by itself."""

    def one(value: Value) -> Value:
        kept = operators.extended_in_place(machine, value, operator, change, at)
        return kept or operators.binary(machine, operator, value, change, at)

    return machine.each(old, one)


def _if(machine: "Machine", node: ast.If, frame: Frame) -> None:
    kept = list(frame.branches)

    def side(body: list[ast.stmt], other: list[ast.stmt]) -> Callable[[BranchStep | None], Value]:
        def run(step: BranchStep | None) -> Value:
            machine.execute(body, frame)
            if step is not None:
                explain(machine, node, step, frame)
            if not _leaves(other):
                frame.branches[:] = kept
            return NONE

        return run

    branching.choose_branch(
        machine, node, frame, side(node.body, node.orelse), side(node.orelse, node.body)
    )


def _leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)


def _return(machine: "Machine", node: ast.Return, frame: Frame) -> None:
    raise Returned(machine.evaluate(node.value, frame) if node.value else NONE)


def _pass(machine: "Machine", node: ast.stmt, frame: Frame) -> None:
    """Nothing to do: pass, global and nonlocal (which `bindings_of` has seen)."""


def _break(machine: "Machine", node: ast.Break, frame: Frame) -> None:  # noqa: ARG001 - the parameters of its kind
    raise Broke


def _continue(machine: "Machine", node: ast.Continue, frame: Frame) -> None:  # noqa: ARG001 - the parameters of its kind
    raise Continued


def _delete(machine: "Machine", node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        at = frame.at(target)
        match target:
            case ast.Name():
                machine.state.write(frame.home(target.id), target.id, MISSING)
            case ast.Attribute():
                receiver = machine.evaluate(target.value, frame)
                machine.set_attribute(receiver, target.attr, MISSING, at)
            case ast.Subscript():
                receiver = machine.evaluate(target.value, frame)
                item_changes.remove(machine, receiver, machine.evaluate(target.slice, frame), at)


def _assert(machine: "Machine", node: ast.Assert, frame: Frame) -> None:
    def fails() -> Value:
        made = machine.exception("AssertionError", "", frame.at(node), machine.here)
        words = () if node.msg is None else (machine.evaluate(node.msg, frame),)
        made.slots.values["args"] = Tuple(words, machine.here)
        raise Raised(made)

    branching.choose_branch(machine, node, frame, lambda _: NONE, lambda _: fails())


def _function(
    machine: "Machine", node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame
) -> None:
    decorators = [machine.evaluate(item, frame) for item in node.decorator_list]
    value: Value = functions.make(machine, node, frame, node.name)
    for decorator in reversed(decorators):
        value = classes.decorated(machine, decorator, value, frame.at(node), frame)
    machine.state.write(frame.home(node.name), node.name, value)


def _with(machine: "Machine", node: ast.With | ast.AsyncWith, frame: Frame) -> None:
    managers.with_items(machine, node, 0, frame)


TABLE: dict[type[ast.AST], Callable[..., None]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.If: _if,
    ast.For: loops.for_loop,
    ast.AsyncFor: loops.for_loop,
    ast.While: loops.while_loop,
    ast.Return: _return,
    ast.Pass: _pass,
    ast.Global: _pass,
    ast.Nonlocal: _pass,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Delete: _delete,
    ast.Assert: _assert,
    ast.Raise: raising.raise_statement,
    ast.Try: raising.try_statement,
    ast.TryStar: raising.try_statement,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: matching.match_statement,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: classes.define,
    ast.Import: importing.import_statement,
    ast.ImportFrom: importing.import_from,
}
