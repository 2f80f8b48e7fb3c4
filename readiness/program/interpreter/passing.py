"""Calls as they are written: the function, its arguments, and stars among them."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.program.interpreter import (
    names,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.values import (
    Arguments,
    Choice,
    Dict,
    List,
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
    given = [machine.evaluate(_written(one), frame) for one in _parts(node)]
    return _with_each(machine, node, given, frame, lambda arguments: machine.each(
        function, lambda value: machine.call(value, arguments)))  # fmt: skip


def _parts(node: ast.Call) -> list[ast.expr | ast.keyword]:
    return [*node.args, *node.keywords]


def _written(part: ast.expr | ast.keyword) -> ast.expr:
    """What stands there, without its star or name."""
    return part.value if isinstance(part, ast.Starred | ast.keyword) else part


def _is_star(part: ast.expr | ast.keyword) -> bool:
    return isinstance(part, ast.Starred) or (isinstance(part, ast.keyword) and part.arg is None)


def _with_each(
    machine: "Machine", node: ast.Call, given: list[Value], frame: Frame,
    call: Callable[[Arguments], Value],
) -> Value:  # fmt: skip
    """Call with what was evaluated; where nothing decides what a star brings, with each."""
    for index, part in enumerate(_parts(node)):
        held = given[index]
        if isinstance(held, List) and held.kind == "list":
            held = held.slots.values["items"]
        if _is_star(part) and isinstance(held, Choice) and held.leaves <= MOST_SPREAD:
            return machine.each(held, lambda one: _with_each(
                machine, node, [*given[:index], one, *given[index + 1 :]], frame, call))  # noqa: B023 - called at once  # fmt: skip
    return call(_passed(machine, node, given, frame))


def _super(node: ast.Call, frame: Frame) -> Value:
    method = names.method_of(frame)
    if method is None or method.owner is None or method.receiver is None:
        return Unknown("super() outside of a method", frame.at(node))
    return Super(method.owner, method.receiver)


MOST_SPREAD = 8


def _passed(machine: "Machine", node: ast.Call, given: list[Value], frame: Frame) -> Arguments:
    """The arguments of a call, its stars unpacked."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    rest: Unknown | None = None
    more = False
    for argument, value in zip(node.args, given, strict=False):
        found: list[Value] | Unknown = [value]
        if isinstance(argument, ast.Starred):
            found = machine.iterate(value, frame.at(argument))
        if isinstance(found, Unknown):  # where those behind it go is not known either
            rest, more = found, True
        elif not more:
            positional += found
    for keyword, value in zip(node.keywords, given[len(node.args) :], strict=True):
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
