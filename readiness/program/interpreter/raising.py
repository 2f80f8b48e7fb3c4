"""Exceptions: how they are raised, and which handler they reach."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import groups
from readiness.program.interpreter.choices import choose, literal
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.explaining import explain
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Kind, Raised, abrupt
from readiness.program.interpreter.reasons import reason
from readiness.program.provenance import BranchStep, joined
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Instance,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def raise_statement(machine: "Machine", node: ast.Raise, frame: Frame) -> None:
    """``raise``, with or without an exception."""
    at = frame.at(node)
    if node.exc is None:
        raise Raised(frame.handling or Unknown("the exception that is handled", at))
    value = machine.evaluate(node.exc, frame)
    given = machine.evaluate(node.cause, frame) if node.cause is not None else None
    machine.each(value, lambda one: _throw(machine, one, frame.handling, given, at))


def _throw(
    machine: "Machine", value: Value, cause: Value | None, given: Value | None, at: Place
) -> Value:
    if isinstance(value, (Class, External)):
        value = machine.call(value, Arguments((), {}, at))
    if isinstance(value, Instance):
        if given is not None:
            machine.state.write(value.slots, "__cause__", given)
        if cause is not None and cause is not value:
            machine.state.write(value.slots, "__context__", cause)
        trace = cause.trace if cause is not None else ()
        value.trace = joined(value.trace, machine.here, trace)
    machine.meant.append(value)
    raise Raised(value)


def try_statement(machine: "Machine", node: ast.Try, frame: Frame) -> None:
    """``try`` with its handlers, its else and its finally."""
    if node.finalbody:
        _with_finally(machine, node, frame)
    else:
        _handle(machine, node, frame)


def _handle(machine: "Machine", node: ast.Try, frame: Frame) -> Value:
    if not node.handlers:
        machine.execute(node.body, frame)
        return machine.execute(node.orelse, frame)
    state = machine.state
    machine.handlers.append(node)

    def body() -> Value:
        try:
            return machine.execute(node.body, frame)
        finally:
            machine.handlers.pop()

    def finish(ending: Ending) -> Ending:
        if ending.kind == "normal" and node.orelse:
            return state.onwards(ending, lambda: machine.execute(node.orelse, frame))
        if ending.kind != "raise":
            return ending
        error = ending.value
        return state.onwards(ending, lambda: _dispatch(machine, node, error, frame))

    return machine.state.enclose_apart(body, ("raise",), finish)


def _dispatch(machine: "Machine", node: ast.Try, error: Value, frame: Frame) -> Value:
    if isinstance(node, ast.TryStar):
        return machine.each(error, lambda one: groups.dispatch(
            machine, node, one, frame, lambda handler, it: matches(machine, handler, it, frame),
            lambda handler, it: _run_handler(machine, handler, it, frame)))  # fmt: skip
    return machine.each(error, lambda one: _handlers(machine, node, 0, one, frame))


def _handlers(machine: "Machine", node: ast.Try, index: int, error: Value, frame: Frame) -> Value:
    if index == len(node.handlers):
        raise Raised(error)
    handler = node.handlers[index]
    return machine.branch(
        matches(machine, handler, error, frame),
        lambda: _run_handler(machine, handler, error, frame),
        lambda: _handlers(machine, node, index + 1, error, frame),
    )


def _run_handler(
    machine: "Machine", handler: ast.ExceptHandler, error: Value, frame: Frame
) -> Value:
    before, frame.handling = frame.handling, error
    caught, frame.caught = frame.caught, _caught(machine, handler, error, frame)
    if handler.name:
        machine.state.write(frame.home(handler.name), handler.name, error)
    try:
        machine.execute(handler.body, frame)
        if frame.caught is not None and frame.caught.because:
            explain(machine, handler, frame.caught, frame)
    finally:
        frame.handling, frame.caught = before, caught
        forget(machine, handler, frame)
    return NONE


def forget(machine: "Machine", handler: ast.ExceptHandler, frame: Frame) -> None:
    """The name of an error is gone behind its handler."""
    if handler.name:
        machine.state.write(frame.home(handler.name), handler.name, MISSING)


def _caught(
    machine: "Machine", handler: ast.ExceptHandler, error: Value, frame: Frame
) -> BranchStep:
    """The step that says which error led into a handler."""
    if isinstance(error, Instance):
        name = getattr(error.cls, "name", "an error").rpartition(".")[2]
        where = f" of {error.at}" if error.at else ""
        words = f"the {name}{where} is caught"
    else:
        words = f"{getattr(error, 'reason', 'an error')} is caught"
    at, known = frame.at(handler), isinstance(error, Instance)
    return BranchStep("branch", words, at, reason(machine, error), handler, True, known)  # noqa: FBT003 - it is so


def matches(machine: "Machine", handler: ast.ExceptHandler, error: Value, frame: Frame) -> Value:
    """The guard that a handler is one for an error."""
    if handler.type is None:
        return TRUE
    wanted = machine.evaluate(handler.type, frame)
    kinds = wanted.items if isinstance(wanted, Tuple) else (wanted,)
    result: Value = FALSE
    for kind in kinds:
        result = either(is_a(machine, error, kind, frame.at(handler)), result)
    return result


def either(one: Value, other: Value) -> Value:
    """The guard that holds where one of two does."""
    if isinstance(one, Choice):
        return choose(one.condition, either(one.then, other), either(one.otherwise, other))
    return one if isinstance(one, Constant) and one.value else other


BROAD = ("builtins.Exception", "builtins.BaseException")


def is_a(machine: "Machine", error: Value, kind: Value, at: Place) -> Value:
    """The guard that an error is of this class."""
    if isinstance(kind, External) and kind.name == BROAD[1]:
        return TRUE
    if isinstance(error, Instance):
        verdict = machine.library.is_kind(machine, error.cls, kind)
        if verdict is not None:
            return TRUE if verdict else FALSE
    elif isinstance(kind, External) and kind.name == BROAD[0]:
        return TRUE
    name = getattr(kind, "name", "an unknown class")
    reason = f" ({error.reason})" if isinstance(error, Unknown) else ""
    condition = Condition(("kind", error, name), f"the error is a {name}{reason}", at)
    return literal(condition, truth=True)


def _with_finally(machine: "Machine", node: ast.Try, frame: Frame) -> Value:
    state = machine.state

    def finish(ending: Ending) -> Ending:
        def last() -> Value:
            before = frame.handling
            if ending.kind == "raise":
                frame.handling = ending.value
            try:
                machine.execute(node.finalbody, frame)
            finally:
                frame.handling = before
            if ending.kind == "normal":
                return ending.value
            raise abrupt(ending.kind, ending.value)

        return state.onwards(ending, last)

    kinds: tuple[Kind, ...] = ("raise", "return", "break", "continue")
    return state.enclose_apart(lambda: _handle(machine, node, frame), kinds, finish)
