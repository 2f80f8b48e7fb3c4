"""Where code stands still: ``yield``, ``yield from`` and ``await``."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    generators,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.values import (
    NONE,
    List,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def awaited(machine: "Machine", node: ast.Await, frame: Frame) -> Value:
    """``await value``."""
    return machine.library.awaited(machine, machine.evaluate(node.value, frame), frame.at(node))


def yielded(machine: "Machine", node: ast.Yield, frame: Frame) -> Value:
    """``yield value``: who walks through the generator has it handled."""
    value = machine.evaluate(node.value, frame) if node.value else NONE
    if frame.on_yield is not None:
        return frame.on_yield(value)
    return Unknown("what is sent into a generator", frame.at(node))


def delegated(machine: "Machine", node: ast.YieldFrom, frame: Frame) -> Value:
    """``yield from``."""
    value, consume = machine.evaluate(node.value, frame), frame.on_yield
    if consume is None:
        return NONE
    return machine.each(value, lambda one: _handed_on(machine, one, consume, frame.at(node)))


def _handed_on(
    machine: "Machine", value: Value, consume: Callable[[Value], Value], at: Place
) -> Value:
    """``yield from``: hand on each item; the value is what the inner generator returns."""
    if isinstance(value, List) and value.start is not None:
        return generators.delegated(machine, value, consume)
    found = machine.iterate(value, at)
    if isinstance(found, Unknown):
        machine.several += 1
        consume(Unknown(f"an item of {found.reason}", at))
        return Unknown("what a generator returns", at)
    for item in found:
        consume(item)
    return NONE
