"""Coroutines and tasks: their code runs when somebody waits for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.outcomes import Raised
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Choice,
    External,
    Instance,
    Tuple,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


RESULT = "\0result"
PENDING = "\0pending"
FAILED = "\0failed"


def coroutine(run: Callable[[], Value], at: Place) -> Value:
    """What calling an async function gives: code that runs when it is awaited."""
    made = Instance(External("types.CoroutineType"), {PENDING: TRUE}, at)
    made.data = run
    return made


def run_tasks(machine: "Machine", at: Place) -> None:
    """Let the tasks that wait for their turn run."""
    slots = machine.tasks.slots
    for one in _every(slots.values["items"]):
        held = slots.values["items"]  # one that waits lets those behind it run
        machine.state.write(slots, "items", mapped(held, partial(_without, one)))
        machine.branch(mapped(held, partial(_has, one)), partial(_run, machine, one, at),
                       lambda: NONE)  # fmt: skip


def _run(machine: "Machine", task: Value, at: Place) -> Value:
    """Run a task; what it raises is for those who wait for it, and nobody else."""
    depth = len(machine.stack)

    def kept(error: Value) -> Value:
        del machine.stack[depth:]
        if isinstance(task, Instance):
            machine.state.write(task.slots, FAILED, error)
        return NONE

    def finish(ending: Ending) -> Ending:
        if ending.kind != "raise":
            return ending
        return machine.state.onwards(ending, lambda: kept(ending.value))

    return machine.state.enclose_apart(lambda: awaited(machine, task, at), ("raise",), finish)


def _without(task: Value, tasks: Value) -> Value:
    return Tuple(tuple(one for one in _every(tasks) if one is not task))


def _every(tasks: Value) -> list[Value]:
    """The tasks that there are on any path, each once."""
    found: dict[int, Value] = {}
    for some in alternatives(tasks):
        for one in some.items if isinstance(some, Tuple) else ():
            found.setdefault(id(one), one)
    return list(found.values())


def _has(task: Value, tasks: Value) -> Value:
    return TRUE if any(one is task for one in _every(tasks)) else FALSE


def awaited(machine: "Machine", value: Value, at: Place) -> Value:
    """``await value``."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: awaited(machine, one, at))
    if isinstance(value, Instance):
        if value.cls == External("types.CoroutineType"):
            return _of_coroutine(machine, value, at)
        method = machine.library.find_method(machine, value, "__await__", at)
        if method is not None:
            return machine.invoke(method, at)
    if isinstance(value, Unknown):  # it stands still, and others go on
        run_tasks(machine, at)
    return value


def _of_coroutine(machine: "Machine", value: Instance, at: Place) -> Value:
    """Run a coroutine, once; before it the tasks that were made before it, if it is one."""
    if any(one is value for one in _every(machine.tasks.slots.values["items"])):
        run_tasks(machine, at)
    if PENDING in value.slots.values:
        machine.state.write(value.slots, PENDING, MISSING)
        machine.state.write(value.slots, RESULT, value.data())
    result = value.slots.values.get(RESULT, Unknown("what a coroutine gives", at))
    return machine.each(value.slots.values.get(FAILED, MISSING), partial(_given, result))


def _given(result: Value, error: Value) -> Value:
    if error is MISSING:
        return result
    raise Raised(error)
