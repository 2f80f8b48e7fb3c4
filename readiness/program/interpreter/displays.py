"""Tuples, lists, sets and dictionaries as they are written."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes, keys, merging
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.values import NONE, Choice, Dict, List, Tuple, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def tuple_display(machine: "Machine", node: ast.Tuple, frame: Frame) -> Value:
    """``(a, b)``."""
    found = elements(machine, node.elts, frame)
    return found if isinstance(found, Unknown) else Tuple(found)


def list_display(machine: "Machine", node: ast.List, frame: Frame) -> Value:
    """``[a, *b]``."""
    return _sequence(elements(machine, node.elts, frame), "list")


def set_display(machine: "Machine", node: ast.Set, frame: Frame) -> Value:
    """``{a, b}``, each item once."""
    found = elements(machine, node.elts, frame)
    if not isinstance(found, Unknown):
        found = tuple(keys.distinct(machine, found))
    return _sequence(found, "set")


def _sequence(found: "tuple[Value, ...] | Unknown", kind: str) -> Value:
    if not isinstance(found, Unknown):
        return List(found, (), kind)
    made = List((), (), kind)
    made.slots.values["items"] = found
    return made


def elements(
    machine: "Machine", nodes: list[ast.expr], frame: Frame
) -> "tuple[Value, ...] | Unknown":
    """The items of a display, its stars unpacked; unknown where one star is."""
    made: list[Value] = []
    for node in nodes:
        if not isinstance(node, ast.Starred):
            made.append(machine.evaluate(node, frame))
            continue
        found = machine.iterate(machine.evaluate(node.value, frame), frame.at(node))
        if isinstance(found, Unknown):
            return found
        made += found
    return tuple(made)


def dict_display(machine: "Machine", node: ast.Dict, frame: Frame) -> Value:
    """``{key: value, **others}``."""
    made = Dict()
    made.at = frame.at(node)
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if key_node is None:
            _merge(machine, made, machine.evaluate(value_node, frame), frame, value_node)
            continue
        key = machine.evaluate(key_node, frame)
        value = machine.evaluate(value_node, frame)
        at = frame.at(key_node)
        machine.each(key, lambda one: item_changes.put(machine, made, one, value, at))  # noqa: B023 - called at once
    return made


def _merge(machine: "Machine", made: Dict, value: Value, frame: Frame, node: ast.expr) -> None:
    value = machine.library.settled(machine, value)
    if isinstance(value, Dict):
        merging.merge(machine, made, value)
        inherited(machine, made, reason(machine, value), frame.at(node))
        return
    if isinstance(value, Choice):
        machine.each(value, lambda one: _merged(machine, made, one, frame, node))
        return
    pairs = machine.library.mapping_of(machine, value, frame.at(node))
    if pairs is None:
        rest = Unknown(f"what **{ast.unparse(node)} holds", frame.at(node))
        merging.cover(machine, made, rest)
        return
    for name, item in pairs.items():
        machine.state.write(made.slots, name, item)
        made.keys[name] = text(name)


def _merged(machine: "Machine", made: Dict, value: Value, frame: Frame, node: ast.expr) -> Value:
    _merge(machine, made, value, frame, node)
    return NONE
