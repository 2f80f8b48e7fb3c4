"""Assignment to names, attributes, items and patterns of them."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes, iterables
from readiness.program.interpreter.frame import Frame
from readiness.program.values import NONE, List, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def assign(machine: "Machine", target: ast.expr, value: Value, frame: Frame) -> None:
    """Assign a value to a target."""
    match target:
        case ast.Name():
            machine.state.write(frame.home(target.id), target.id, value)
        case ast.Attribute():
            _attribute(machine, target, value, frame)
        case ast.Subscript():
            _item(machine, target, value, frame)
        case ast.Tuple() | ast.List():
            _unpack(machine, target, value, frame)
        case ast.Starred():
            assign(machine, target.value, value, frame)


def _attribute(machine: "Machine", target: ast.Attribute, value: Value, frame: Frame) -> None:
    receiver = machine.evaluate(target.value, frame)

    def put(one: Value) -> Value:
        machine.set_attribute(one, target.attr, value, frame.at(target))
        return NONE

    machine.each(receiver, put)


def _item(machine: "Machine", target: ast.Subscript, value: Value, frame: Frame) -> None:
    receiver = machine.evaluate(target.value, frame)
    key = machine.evaluate(target.slice, frame)

    def put(one: Value) -> Value:
        return machine.each(
            key, lambda k: item_changes.put(machine, one, k, value, frame.at(target))
        )

    machine.each(receiver, put)


def _unpack(machine: "Machine", target: ast.Tuple | ast.List, value: Value, frame: Frame) -> None:
    def spread(one: Value) -> Value:
        found = machine.iterate(one, frame.at(target))
        if iterables.unordered(one):
            found = Unknown(iterables.NO_ORDER, frame.at(target))
        if isinstance(found, Unknown):
            for inner in target.elts:
                assign(machine, inner, Unknown(f"a part of {found.reason}", found.at), frame)
        else:
            _distribute(machine, target, found, frame)
        return NONE

    machine.each(value, spread)


def _distribute(
    machine: "Machine", target: ast.Tuple | ast.List, found: list[Value], frame: Frame
) -> None:
    star = next((i for i, t in enumerate(target.elts) if isinstance(t, ast.Starred)), None)
    wanted = len(target.elts)
    if (star is None and len(found) != wanted) or (star is not None and len(found) < wanted - 1):
        message = f"{len(found)} values to unpack, {wanted} expected"
        raise machine.error("ValueError", message, frame.at(target))
    if star is not None:
        end = len(found) - (wanted - star - 1)
        found = [*found[:star], List(tuple(found[star:end])), *found[end:]]
    for inner, item in zip(target.elts, found, strict=True):
        assign(machine, inner, item, frame)
