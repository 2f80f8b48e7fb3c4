"""The values of expressions in code that can stand still, and what its loops walk through."""

import ast
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from readiness.program.interpreter import iterables, stepping, truths
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.lifted import pieces, yields
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.wording import shown
from readiness.program.nodes import children
from readiness.program.values import MISSING, NONE, Constant, List, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Steps = Generator[Value, Value, Value]


def value_of(machine: "Machine", node: ast.expr, frame: Frame) -> Steps:
    """The value of an expression that stands still on the way to it."""
    if isinstance(node, ast.Yield | ast.YieldFrom) and not any(map(yields, children(node))):
        return (yield from _still(machine, node, frame))
    kept, last = pieces(node)
    yield from keep(machine, kept, frame)
    return machine.evaluate(last, frame)


def keep(machine: "Machine", kept: list[tuple[str, ast.expr]], frame: Frame) -> Steps:
    """Keep the values of the parts that come before an expression's last one."""
    for name, one in kept:
        still = isinstance(one, ast.Yield | ast.YieldFrom)
        value = (yield from _still(machine, one, frame)) if still else (
            machine.evaluate(one, frame))  # fmt: skip
        machine.state.write(frame.slots, name, value)
    return NONE


def _still(machine: "Machine", node: ast.expr, frame: Frame) -> Steps:
    """Stand still, and go on with what is sent; or with what another generator returns."""
    machine.limits.step()
    inner = getattr(node, "value", None)
    value = machine.evaluate(inner, frame) if isinstance(inner, ast.expr) else NONE
    if isinstance(node, ast.YieldFrom):
        return (yield from _delegated(machine, value, frame, node))
    return (yield value)


def _delegated(machine: "Machine", value: Value, frame: Frame, node: ast.YieldFrom) -> Steps:
    if not isinstance(value, List) or value.stepper is None:
        if isinstance(value, List) and value.start is not None:
            raise stepping.Unclear
        for item in each(machine, value, frame, node):  # noqa: UP028 - what is sent is not for it
            yield item
        return NONE
    sent: Value = NONE
    thrown: Raised | None = None
    slot = f"\0inner {node.lineno} {node.col_offset}"
    machine.state.write(frame.slots, slot, value)
    while True:
        found = stepping.advance(machine, value, frame.at(node), sent, thrown)
        if found is None or found.unclear:
            raise stepping.Unclear
        if found.over:
            machine.state.write(frame.slots, slot, MISSING)
            return found.value
        sent, thrown = NONE, None
        try:
            sent = yield found.value
        except Raised as raised:
            thrown = raised


def decided(machine: "Machine", test: ast.expr, frame: Frame) -> bool:
    """Whether a condition holds, where something decides that."""
    return truth_of(machine, machine.evaluate(test, frame), test, frame)


def truth_of(machine: "Machine", value: Value, test: ast.expr, frame: Frame) -> bool:
    """Whether a value is true, where something decides that."""
    guard = truths.guard(machine, value, frame.at(test), shown(test))
    guard = restrict(guard, machine.state.assumed)
    if not isinstance(guard, Constant):
        raise stepping.Unclear
    return bool(guard.value)


def each(machine: "Machine", value: Value, frame: Frame, node: ast.AST) -> Iterable[Value]:
    """What a loop walks through; another generator step by step."""
    if isinstance(value, List) and value.stepper is not None:
        return _stepwise(machine, value, frame, node)
    found = machine.iterate(value, frame.at(node))
    if isinstance(found, Unknown) or iterables.unordered(value):
        raise stepping.Unclear
    return found


def _stepwise(machine: "Machine", value: List, frame: Frame, node: ast.AST) -> Iterable[Value]:
    while True:
        found = stepping.advance(machine, value, frame.at(node))
        if found is None or found.unclear:
            raise stepping.Unclear
        if found.over:
            return
        yield found.value
