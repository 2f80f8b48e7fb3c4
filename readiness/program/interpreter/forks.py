"""Going the way that a value says, or both ways where nothing decides."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import literal, restrict
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.truths import condition_of, guard
from readiness.program.values import NONE, Choice, Condition, Constant, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Way = Callable[[], Value]
COST = 12
"""What trying two ways costs, in steps."""


def branch(machine: "Machine", by: Value, then: Way, otherwise: Way) -> Value:
    """Go the way that a guard says, or both."""
    by = restrict(by, machine.state.assumed)
    if isinstance(by, Unknown):
        by = literal(condition_of(by, by.at or Place(""), "it"), truth=True)
    if isinstance(by, Choice):
        machine.limits.step(COST)
        left, right = by.then, by.otherwise
        return machine.state.fork(
            by.condition,
            lambda: branch(machine, left, then, otherwise),
            lambda: branch(machine, right, then, otherwise),
        )
    return then() if getattr(by, "value", False) else otherwise()


def truth(machine: "Machine", value: Value, at: Place) -> bool | None:
    """Whether a value counts as true; None where that is not decided."""
    found = restrict(guard(machine, value, at, "it"), machine.state.assumed)
    return bool(found.value) if isinstance(found, Constant) else None


def each(machine: "Machine", value: Value, action: Callable[[Value], Value]) -> Value:
    """Do something with a value, and for a choice with each, in its own state."""
    if not isinstance(value, Choice):
        return action(value)
    machine.limits.step(COST)
    choice = restrict(value, machine.state.assumed)
    if not isinstance(choice, Choice):
        return each(machine, choice, action)
    return machine.state.fork(
        choice.condition,
        lambda: each(machine, choice.then, action),
        lambda: each(machine, choice.otherwise, action),
    )


def may_fail(machine: "Machine", what: str, at: Place, error: Value | None = None) -> None:
    """Let a call that reaches outside fail, where a handler is there to see it."""
    if not machine.state.catching():
        return
    raised = error or Unknown(f"the error of {what}", at)

    def fails() -> Value:
        raise Raised(raised)

    machine.failures += 1
    condition = Condition(("fails", at, machine.failures), f"{what} fails", at)
    machine.state.fork(condition, fails, lambda: NONE)
