"""``except*``: groups of exceptions, each handler taking those of its kind."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Raised
from readiness.program.values import (
    NONE,
    Condition,
    Constant,
    External,
    Instance,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Matches = Callable[[ast.ExceptHandler, Value], Value]
Run = Callable[[ast.ExceptHandler, Value], Value]
GROUPS = frozenset({"builtins.ExceptionGroup", "builtins.BaseExceptionGroup"})


def _is_group(value: Value) -> bool:
    return isinstance(value, Instance) and getattr(value.cls, "name", "") in GROUPS


def dispatch(  # noqa: PLR0917 - what was raised, and what to do with it
    machine: "Machine", node: ast.TryStar, error: Value, frame: Frame, matches: Matches, run: Run
) -> Value:
    """Run each handler with the exceptions of its kind; raise what is left."""
    left = _members(error)
    if left is None:
        return _give_up(machine, node, error, frame)
    whole = len(left)
    for handler in node.handlers:
        found = [(one, matches(handler, one)) for one in left]
        if not all(isinstance(answer, Constant) for _, answer in found):
            return _give_up(machine, node, error, frame)
        taken = [one for one, answer in found if getattr(answer, "value", False)]
        left = [one for one, answer in found if not getattr(answer, "value", False)]
        if taken:
            run(handler, _group(error, taken))
    if not left:
        return NONE
    raise Raised(error if len(left) == whole else _group(error, left))


def _members(error: Value) -> list[Value] | None:
    """The exceptions in a group; None where they are not known one by one."""
    if not isinstance(error, Instance):
        return None
    held = error.slots.values.get("exceptions")
    if not _is_group(error):
        return [error] if held is None else None
    if not isinstance(held, Tuple) or any(_is_group(one) for one in held.items):
        return None
    return list(held.items)


def _group(error: Value, members: list[Value]) -> Value:
    """A group of these, with the words of the one that they were in."""
    assert isinstance(error, Instance)  # noqa: S101 - as `_members` says
    words = error.slots.values.get("message", text(""))
    held = Tuple(tuple(members))
    slots = {"message": words, "exceptions": held, "args": Tuple((words, held))}
    return Instance(External("builtins.ExceptionGroup"), slots, error.at, error.trace)


def _give_up(machine: "Machine", node: ast.TryStar, error: Value, frame: Frame) -> Value:
    """Any handler may have run, and any part of the error may go on."""
    why = "a group of exceptions that is not known"
    abandon(machine, list(node.handlers), frame, why)
    for handler in node.handlers:
        bound = bindings_of(handler)
        for name in bound.local | bound.globals | bound.nonlocals:
            machine.state.write(frame.home(name), name, Unknown(why, frame.at(handler)))
    condition = Condition(("left", error), f"{why} is handled", frame.at(node))

    def goes_on() -> Value:
        raise Raised(Unknown(why, frame.at(node)))

    return machine.state.fork(condition, lambda: NONE, goes_on)
