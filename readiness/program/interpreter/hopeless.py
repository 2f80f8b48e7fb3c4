"""Calls that are not made, since what came of others tells that these lead nowhere."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.values import Function, Unknown, Value, alternatives

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TRIES = 2
"""How often a function may use up what its caller was allowed."""


def hopeless(machine: "Machine", frame: Frame) -> str | None:
    """Why a call is not made; None where it is."""
    function = frame.function
    if function is None:
        return None
    why, times = machine.exhausting.get(function.node, ("", 0))
    if times >= TRIES:
        return why
    if not _knows_nothing(function, frame):
        return None
    around = (one for one in machine.stack
              if one.function is not None and one.function.node is function.node)  # fmt: skip
    if any(_knows_nothing(function, one) for one in around):
        return "it calls itself with nothing that is known, as it was called"
    return None


def blame(machine: "Machine", function: Function, limit: LimitReached, before: int) -> None:
    """Remember the innermost function that took most of the steps that were allowed."""
    limits = machine.limits
    if limit.blamed or limits.over is not None or limits.used - before < limits.allowed // 2:
        return
    limit.blamed = True
    _, times = machine.exhausting.get(function.node, ("", 0))
    machine.exhausting[function.node] = (limit.reason, times + 1)


def _knows_nothing(function: Function, frame: Frame) -> bool:
    """Whether nothing that a function is given is known, but for its own object."""
    spec = function.node.args
    names = [one.arg for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    given = [frame.slots.values.get(name) for name in names[function.owner is not None :]]
    return bool(given) and all(one is not None and _is_unknown(one) for one in given)


def _is_unknown(value: Value) -> bool:
    return all(isinstance(one, Unknown) for one in alternatives(value))
