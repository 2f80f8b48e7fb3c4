"""The with statement: managers are entered, and left however the body ends."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import generators
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Raised, abrupt
from readiness.program.values import NONE, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def with_items(
    machine: "Machine", node: ast.With | ast.AsyncWith, index: int, frame: Frame
) -> Value:
    """``with``: enter each manager, run the body, leave them again."""
    if index == len(node.items):
        return machine.execute(node.body, frame)
    item = node.items[index]
    at = frame.at(item.context_expr)
    manager = machine.evaluate(item.context_expr, frame)
    return machine.each(
        manager,
        lambda one: _managed(machine, one, item, at, frame,
                             lambda: with_items(machine, node, index + 1, frame)),
    )  # fmt: skip


def _managed(  # noqa: PLR0917 - a manager, where it is used, and what runs in it
    machine: "Machine", manager: Value, item: ast.withitem, at: Place, frame: Frame,
    body: Callable[[], Value],
) -> Value:  # fmt: skip

    def inside(entered: Value) -> Value:
        if item.optional_vars is not None:
            machine.assign(item.optional_vars, entered, frame)
        return body()

    generator = machine.library.managing(machine, manager, at)
    if generator is not None:
        return generators.managed(machine, generator, inside, at)
    machine.held.append(manager)
    try:
        entered = machine.library.enter(machine, manager, at)
        return _left(machine, manager, at, lambda: inside(entered))
    finally:
        machine.held.pop()


def _left(machine: "Machine", manager: Value, at: Place, action: Callable[[], Value]) -> Value:
    """Run the body, and leave the manager however it ends; the manager may swallow errors."""
    state = machine.state

    def finish(ending: Ending) -> Ending:
        return state.onwards(ending, lambda: leave(ending))

    def leave(ending: Ending) -> Value:
        if ending.kind == "raise":
            return machine.each(ending.value, failed)
        machine.library.leave(machine, manager, NONE, at)
        if ending.kind == "normal":
            return NONE
        raise abrupt(ending.kind, ending.value)

    def failed(error: Value) -> Value:
        def again() -> Value:
            raise Raised(error)

        swallowed = machine.library.leave(machine, manager, error, at)
        return machine.decide(swallowed, at, "the error is swallowed", lambda: NONE, again)

    return state.enclose_apart(action, ("raise", "return", "break", "continue"), finish)
