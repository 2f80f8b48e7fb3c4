"""The code of generators that can stand still: each statement as steps, by a generator of ours.

Whatever holds no ``yield`` is executed as everywhere. Where nothing decides which way such
code goes the steps end with `Unclear`: who stands still in two places at once stands nowhere.
"""

import ast
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from readiness.program.interpreter import branching, raising, stepping
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.lifted import pieces, yields
from readiness.program.interpreter.outcomes import Abrupt, Broke, Continued, Raised, Returned
from readiness.program.interpreter.reasons import reason
from readiness.program.interpreter.steps_of_values import (
    Steps,
    each,
    keep,
    truth_of,
    value_of,
)
from readiness.program.values import MISSING, NONE, Choice, Constant, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LEFT = (Raised, Returned, Broke, Continued)
"""How a piece of code is left."""


def run(machine: "Machine", body: list[ast.stmt], frame: Frame) -> Steps:
    """The steps of some statements."""
    for statement in body:
        if yields(statement):
            yield from _TABLE[type(statement)](machine, statement, frame)
        else:
            machine.execute([statement], frame)
    return NONE


def _expression(machine: "Machine", node: ast.Expr, frame: Frame) -> Steps:
    return (yield from value_of(machine, node.value, frame))


def _assign(machine: "Machine", node: ast.Assign, frame: Frame) -> Steps:
    value = yield from value_of(machine, node.value, frame)
    for target in node.targets:
        machine.assign(target, value, frame)
    return NONE


def _augmented(machine: "Machine", node: ast.AugAssign, frame: Frame) -> Steps:
    kept, last = pieces(node.value)
    yield from keep(machine, kept, frame)
    changed = ast.copy_location(ast.AugAssign(node.target, node.op, last), node)
    machine.execute([changed], frame)
    return NONE


def _return(machine: "Machine", node: ast.Return, frame: Frame) -> Steps:
    assert node.value is not None  # noqa: S101 - it yields
    raise Returned((yield from value_of(machine, node.value, frame)))


def _if(machine: "Machine", node: ast.If, frame: Frame) -> Steps:
    value = yield from value_of(machine, node.test, frame)
    truth = truth_of(machine, value, node.test, frame)
    branching.note_branch(frame, reason(machine, value), node, truth=truth, decided=True)
    return (yield from run(machine, node.body if truth else node.orelse, frame))


def _while(machine: "Machine", node: ast.While, frame: Frame) -> Steps:
    while True:
        value = yield from value_of(machine, node.test, frame)
        if not truth_of(machine, value, node.test, frame):
            break
        machine.limits.step()
        if (yield from _broken(machine, node.body, frame)):
            return NONE
    return (yield from run(machine, node.orelse, frame))


def _for(machine: "Machine", node: ast.For | ast.AsyncFor, frame: Frame) -> Steps:
    iterable, slot = (yield from value_of(machine, node.iter, frame)), f"\0loop {node.lineno}"
    machine.state.write(frame.slots, slot, iterable)
    for item in each(machine, iterable, frame, node.iter):
        machine.limits.step()
        machine.assign(node.target, item, frame)
        if (yield from _broken(machine, node.body, frame)):
            machine.state.write(frame.slots, slot, MISSING)
            return NONE
    machine.state.write(frame.slots, slot, MISSING)
    return (yield from run(machine, node.orelse, frame))


def _broken(
    machine: "Machine", body: list[ast.stmt], frame: Frame
) -> Generator[Value, Value, bool]:
    """One round of a loop; whether it is the last."""
    try:
        yield from run(machine, body, frame)
    except Continued:
        return False
    except Broke:
        return True
    return False


def _try(machine: "Machine", node: ast.Try, frame: Frame) -> Steps:
    if not node.finalbody:
        return (yield from _tried(machine, node, frame))
    left: Abrupt | None = None
    frame.guarded += 1
    try:
        yield from _tried(machine, node, frame)
    except LEFT as one:
        left = one
    frame.guarded -= 1
    before = frame.handling
    if isinstance(left, Raised):
        frame.handling = left.value
    yield from run(machine, node.finalbody, frame)
    frame.handling = before
    if left is not None:
        raise left
    return NONE


def _tried(machine: "Machine", node: ast.Try, frame: Frame) -> Steps:
    try:
        yield from _watched(machine, node, run(machine, node.body, frame))
    except Raised as raised:
        return (yield from _handled(machine, node, raised.value, frame))
    return (yield from run(machine, node.orelse, frame))


def _watched(machine: "Machine", node: ast.Try, inner: Steps) -> Steps:
    """The steps inside of a ``try``, which is around them while they run, and only then."""
    thrown: Raised | None = None
    sent = None
    while True:
        machine.handlers.append(node)
        try:
            item = inner.send(sent) if thrown is None else inner.throw(thrown)  # type: ignore[arg-type]
        except StopIteration:
            return NONE
        finally:
            machine.handlers.pop()
        thrown = None
        try:
            sent = yield item
        except Raised as raised:
            thrown = raised


def _handled(machine: "Machine", node: ast.Try, error: Value, frame: Frame) -> Steps:
    for handler in node.handlers:
        guard = raising.matches(machine, handler, error, frame)
        guard = restrict(guard, machine.state.assumed)
        if not isinstance(guard, Constant):
            raise stepping.Unclear
        if guard.value:
            before, frame.handling = frame.handling, error
            if handler.name:
                machine.state.write(frame.home(handler.name), handler.name, error)
            yield from run(machine, handler.body, frame)
            frame.handling = before
            raising.forget(machine, handler, frame)
            return NONE
    raise Raised(error)


def _with(
    machine: "Machine", node: ast.With | ast.AsyncWith, frame: Frame, index: int = 0
) -> Steps:
    """Enter a manager, take the steps inside of it, and leave it however these end."""
    if index == len(node.items):
        return (yield from run(machine, node.body, frame))
    item, slot = node.items[index], f"\0manager {node.lineno} {index}"
    at, library = frame.at(item.context_expr), machine.library
    manager = restrict(machine.evaluate(item.context_expr, frame), machine.state.assumed)
    if isinstance(manager, Choice):
        raise stepping.Unclear
    machine.state.write(frame.slots, slot, manager)
    entered = library.enter(machine, manager, at)
    if item.optional_vars is not None:
        machine.assign(item.optional_vars, entered, frame)
    frame.guarded += 1
    try:
        yield from _with(machine, node, frame, index + 1)
    except LEFT as left:
        frame.guarded -= 1
        error = left.value if isinstance(left, Raised) else NONE
        if isinstance(error, Choice):
            raise stepping.Unclear from None
        truth, raised = library.leave(machine, manager, error, at), isinstance(left, Raised)
        if not raised or not truth_of(machine, truth, item.context_expr, frame):
            raise
    else:
        frame.guarded -= 1
        library.leave(machine, manager, NONE, at)
    machine.state.write(frame.slots, slot, MISSING)
    return NONE


_TABLE: dict[type[ast.AST], Callable[..., Steps]] = {
    ast.Expr: _expression, ast.Assign: _assign, ast.AugAssign: _augmented,
    ast.Return: _return, ast.If: _if, ast.While: _while, ast.For: _for, ast.Try: _try,
    ast.AsyncFor: _for, ast.With: _with, ast.AsyncWith: _with,
}  # fmt: skip
