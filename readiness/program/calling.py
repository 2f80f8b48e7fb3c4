"""Running one function of the program by itself, as a framework does that calls it."""

import ast
from collections.abc import Callable

from readiness.model.place import Place
from readiness.program import lifespans
from readiness.program.interest import BUILDERS
from readiness.program.interpreter import functions
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.consulting import note
from readiness.program.interpreter.loading import note_left
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.variables import Restart
from readiness.program.modules import describe
from readiness.program.nodes import walk
from readiness.program.receivers import unknown_arguments
from readiness.program.values import Arguments, Function, List, Value


def call(
    machine: Machine, function: Function, given: Arguments | None = None,
    receiver: Value | None = None,
) -> None:  # fmt: skip
    """Call a function by itself; with what nobody knows, where nothing is ``given``.

    A method is called on its ``receiver``, or on an object of its own.
    """

    def run() -> Value:
        arguments = given or unknown_arguments(machine, function, receiver)
        made = _whole(machine, functions.run(machine, function, arguments), function)
        note(machine.records.unsure, (made,))  # whoever asked may call what it is given
        return made

    took_too_long = attempt(machine, function, run)
    if took_too_long and not machine.limits.exhausted and _builds_itself(function.node):
        _by_itself(machine, function, run)


def _by_itself(machine: Machine, function: Function, run: Callable[[], Value]) -> None:
    """Run a function that took too long once more, without the code that it calls.

    What it builds itself is seen then; that it was given up stays told, and what it may have
    changed is not known since.
    """
    gaps, mark = dict(machine.gaps), machine.state.mark()
    machine.limits.shallow = True
    try:
        attempt(machine, function, run)
    finally:
        machine.limits.shallow = False
        machine.state.take_back(mark)
        machine.gaps.clear()
        machine.gaps.update(gaps)


def _builds_itself(node: ast.AST) -> bool:
    """Whether a function names what builds something of interest."""
    names = (getattr(one, "id", getattr(one, "attr", "")) for one in walk(node))
    return not BUILDERS.isdisjoint(names)


def attempt(machine: Machine, function: Function, run: Callable[[], Value]) -> bool:
    """Run a function by itself; whatever ends it costs no more than this one.

    True where it took too long.
    """
    machine.limits.refill(entered=True)
    built = len(machine.records.events)
    try:
        machine.state.guarded_run(run)
    except lifespans.Waiting as waiting:
        machine.handlers.clear()
        machine.stack.clear()
        if not waiting.is_clear(machine):
            reason = "it is not known which way its start-up goes"
            _given_up(machine, function, reason, built)
    except Raised as raised:
        machine.handlers.clear()
        machine.stack.clear()
        if not machine.is_meant(raised.value):
            note_left(machine, raised.value, describe(raised.value))
            _given_up(machine, function, describe(raised.value), built)
    except Abrupt:
        pass
    except (LimitReached, RecursionError) as limit:
        reason = getattr(limit, "reason", "its code nests too deeply")
        _given_up(machine, function, reason, built)
        return True
    except Restart:
        raise
    except Exception as fault:  # noqa: BLE001 - a fault of ours costs one function, not all
        name = type(fault).__name__
        _given_up(machine, function, f"the evaluation failed with {name}", built)
    return False


def _given_up(machine: Machine, function: Function, reason: str, built: int) -> None:
    """A function that was not run to its end: the rest may have changed what is known."""
    machine.gaps[function.path, function.node] = reason
    machine.handlers.clear()
    machine.stack.clear()
    abandon(machine, [function.node], function.closure, reason, built)


def _whole(machine: Machine, made: Value, function: Function) -> Value:
    """What a function gives; a coroutine and a generator are run, so that all of it is seen."""
    made = machine.library.awaited(machine, made, Place(function.path))
    if isinstance(made, List) and made.start is not None:
        items = machine.iterate(made, Place(function.path))
        note(machine.records.unsure, items if isinstance(items, list) else ())
    return made
