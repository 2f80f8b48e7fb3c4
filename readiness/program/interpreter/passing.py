"""Calls as they are written: the function, its arguments, and stars among them."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import (
    names,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.values import (
    Arguments,
    Choice,
    Dict,
    Super,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def called(machine: "Machine", node: ast.Call, frame: Frame) -> Value:
    """A call: its function, then its arguments, then what it gives."""
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(node, frame)
    function = machine.evaluate(node.func, frame)
    arguments = passed(machine, node, frame)
    if not isinstance(function, Choice):
        return machine.call(function, arguments)
    return machine.each(function, lambda value: machine.call(value, arguments))


def _super(node: ast.Call, frame: Frame) -> Value:
    method = names.method_of(frame)
    if method is None or method.owner is None or method.receiver is None:
        return Unknown("super() outside of a method", frame.at(node))
    return Super(method.owner, method.receiver)


def passed(machine: "Machine", node: ast.Call, frame: Frame) -> Arguments:
    """The arguments of a call, its stars unpacked."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    rest: Unknown | None = None
    more = False
    for argument in node.args:
        found: list[Value] | Unknown
        if isinstance(argument, ast.Starred):
            found = machine.iterate(machine.evaluate(argument.value, frame), frame.at(argument))
        else:
            found = [machine.evaluate(argument, frame)]
        if isinstance(found, Unknown):  # where those behind it go is not known either
            rest, more = found, True
        elif not more:
            positional += found
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        else:
            rest = _unpack(machine, value, keywords, frame, keyword) or rest
    return Arguments(tuple(positional), keywords, frame.at(node), rest, frame, more)


def _unpack(
    machine: "Machine", value: Value, into: dict[str, Value], frame: Frame, node: ast.keyword
) -> Unknown | None:
    value = machine.library.settled(machine, value)
    if isinstance(value, Dict):
        into.update({str(key): item for key, item in value.slots.values.items()})
        return value.rest
    pairs = machine.library.mapping_of(machine, value, frame.at(node.value))
    if pairs is not None:
        into.update(pairs)
        return None
    return Unknown(f"the arguments in **{ast.unparse(node.value)}", frame.at(node.value))
