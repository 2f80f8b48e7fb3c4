"""Calls that are not made, since what came of others tells that these lead nowhere."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.frame import Frame
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


def alone(machine: "Machine", function: Function, frame: Frame, why: str, before: int) -> bool:
    """Whether a function took most of what was allowed, so that only its caller goes on.

    The caller gets its steps back. One that nobody in the code calls, that yields to who
    called it, or that stands in for a library is not given up by itself.
    """
    limits = machine.limits
    taken = limits.taken - before
    yields, called = frame.on_yield is not None, len(machine.stack) > 1
    if limits.exhausted or yields or not called or frame.module.stands_in:
        return False
    if taken < limits.allowed // 2:
        return False
    _, times = machine.exhausting.get(function.node, ("", 0))
    machine.exhausting[function.node] = (why, times + 1)
    limits.give_back(taken)
    return True


def _knows_nothing(function: Function, frame: Frame) -> bool:
    """Whether nothing that a function is given is known, but for its own object."""
    spec = function.node.args
    names = [one.arg for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    given = [frame.slots.values.get(name) for name in names[function.owner is not None :]]
    return bool(given) and all(one is not None and _is_unknown(one) for one in given)


def _is_unknown(value: Value) -> bool:
    return all(isinstance(one, Unknown) for one in alternatives(value))
