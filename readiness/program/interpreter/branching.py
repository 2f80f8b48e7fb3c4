"""Ways that code goes: conditions, and what they hang on for traces."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.trace import Trace
from readiness.program.interpreter import (
    truths,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.presence_checks import note_needed
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import MOST_BRANCHES, BranchStep, VariableStep, joined
from readiness.program.values import (
    Constant,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def if_expression(machine: "Machine", node: ast.IfExp, frame: Frame) -> Value:
    """``one if test else other``."""

    def side(piece: ast.expr) -> Callable[[BranchStep | None], Value]:
        def run(step: BranchStep | None) -> Value:
            value = machine.evaluate(piece, frame)
            return value if step is None else machine.chosen(value, frame.steps_of(step), step.at)

        return run

    return choose_branch(machine, node, frame, side(node.body), side(node.orelse))


Side = Callable[["BranchStep | None"], Value]
Test = ast.If | ast.IfExp | ast.Assert


def choose_branch(
    machine: "Machine", node: Test, frame: Frame, then: Side, otherwise: Side
) -> Value:
    """Evaluate a condition and go on with one side or both, the branch noted for traces."""
    value = machine.evaluate(node.test, frame)
    words = shown(node.test)
    guard = truths.guard(machine, value, frame.at(node.test), words)
    decided = isinstance(guard, Constant)
    _note_ways(machine, node, guard)
    before, why = frame.told, reason(machine, value)
    note_needed(machine, node, guard, why)

    def side(action: Side, *, truth: bool) -> Callable[[], Value]:
        def run() -> Value:
            frame.told = before
            return action(note_branch(frame, why, node, truth=truth, decided=decided))

        return run

    return machine.branch(guard, side(then, truth=True), side(otherwise, truth=False))


def asks_for_main(test: ast.expr) -> bool:
    """``__name__ == "__main__"``, which another way to start the program answers otherwise."""
    sides = (test.left, *test.comparators) if isinstance(test, ast.Compare) else ()
    return any(isinstance(one, ast.Name) and one.id == "__name__" for one in sides)


def _note_ways(machine: "Machine", node: Test, guard: Value) -> None:
    """Remember which side of a branch something decided not to run."""
    if isinstance(node, ast.Assert) or asks_for_main(node.test):
        return
    sides = [one if isinstance(one, list) else [one] for one in (node.body, node.orelse)]
    if isinstance(guard, Constant):
        taken, passed = sides if guard.value else reversed(sides)
        machine.records.passed.update(passed)
        machine.records.ran.update(taken)
    else:
        machine.records.open.add(node)
        machine.records.ran.update(*sides)


def note_branch(
    frame: Frame, why: Trace, node: Test, *, truth: bool, decided: bool
) -> BranchStep | None:
    """Remember a branch that hangs on variables."""
    if not any(isinstance(step, VariableStep) or step.kind != "call" for step in why):
        return None
    what = f"{shown(node.test)} is {'true' if truth else 'false'}"
    step = BranchStep("branch", what, frame.at(node.test), why, node, truth, decided)
    frame.branches[:] = joined(tuple(frame.branches), why, (step,))
    frame.told = (*frame.told, step)[-MOST_BRANCHES:]
    return step


def bool_op(machine: "Machine", node: ast.BoolOp, frame: Frame) -> Value:
    """``and`` and ``or``, operand by operand."""
    return _chain(machine, node, 0, frame)


def _chain(machine: "Machine", node: ast.BoolOp, index: int, frame: Frame) -> Value:
    operand = node.values[index]
    value = machine.evaluate(operand, frame)
    if index == len(node.values) - 1:
        return value
    is_and = isinstance(node.op, ast.And)

    def decided(one: Value) -> Value:
        def onwards() -> Value:
            machine.records.ran.add(node.values[index + 1])
            rest = _chain(machine, node, index + 1, frame)
            return inherited(machine, rest, reason(machine, one), frame.at(node))

        def stop() -> Value:
            machine.records.passed.add(node.values[index + 1])
            return one

        then, otherwise = (onwards, stop) if is_and else (stop, onwards)
        return machine.decide(one, frame.at(operand), shown(operand), then, otherwise)

    return machine.each(value, decided)
