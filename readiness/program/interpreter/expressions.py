"""Expressions: which function evaluates each kind, and those that are short."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    branching,
    comparisons,
    comprehensions,
    displays,
    formatting,
    functions,
    names,
    operators,
    passing,
    yielding,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.plain import TOO_LARGE, is_large
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import joined
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Class,
    Constant,
    External,
    Instance,
    Module,
    Part,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_OBJECTS = (Instance, Class, Module)
_SINGLE = {None: NONE, True: TRUE, False: FALSE}


def _constant(_: "Machine", node: ast.Constant, frame: Frame) -> Value:
    if isinstance(node.value, str):
        return Text((Part(node.value, frame.at(node), literal=True),))
    if node.value is None or isinstance(node.value, bool):
        return _SINGLE[node.value]
    return Unknown(TOO_LARGE, frame.at(node)) if is_large(node.value) else Constant(node.value)


def _attribute(machine: "Machine", node: ast.Attribute, frame: Frame) -> Value:
    receiver = machine.evaluate(node.value, frame)
    at = frame.at(node)
    return names.set_by_then(
        machine, f"the attribute {node.attr}", at,
        lambda: machine.each(receiver, lambda value: _taken(machine, value, node.attr, at)),
    )  # fmt: skip


def _taken(machine: "Machine", value: Value, name: str, at: Place) -> Value:
    """An attribute, of what steps chose by the same steps."""
    found = machine.attribute(value, name, at)
    if not isinstance(value, _OBJECTS):
        return found
    return inherited(machine, found, reason(machine, value), at)


def _subscript(machine: "Machine", node: ast.Subscript, frame: Frame) -> Value:
    receiver = machine.evaluate(node.value, frame)
    key = machine.evaluate(node.slice, frame)
    at = frame.at(node)

    def find() -> Value:
        return machine.each(
            receiver, lambda value: machine.each(key, lambda item: _item(machine, value, item, at))
        )

    return names.set_by_then(machine, "an item", at, find)


def _item(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    """An item; of an object that has its own way to give them, by what chose it and the key."""
    found = machine.item(value, key, at)
    if not isinstance(value, Instance):
        return found
    return inherited(machine, found, joined(reason(machine, key), reason(machine, value)), at)


def _slice(machine: "Machine", node: ast.Slice, frame: Frame) -> Value:
    ends = [machine.evaluate(end, frame) if end else NONE
            for end in (node.lower, node.upper, node.step)]  # fmt: skip
    return machine.invoke(External("builtins.slice"), frame.at(node), *ends)


def _unary(machine: "Machine", node: ast.UnaryOp, frame: Frame) -> Value:
    value = machine.evaluate(node.operand, frame)
    return operators.unary(machine, node, value, frame)


def _binary(machine: "Machine", node: ast.BinOp, frame: Frame) -> Value:
    left = machine.evaluate(node.left, frame)
    right = machine.evaluate(node.right, frame)
    return operators.binary(machine, node.op, left, right, frame.at(node))


def _compare(machine: "Machine", node: ast.Compare, frame: Frame) -> Value:
    return _link(machine, node, 0, machine.evaluate(node.left, frame), frame)


def _link(machine: "Machine", node: ast.Compare, index: int, left: Value, frame: Frame) -> Value:
    """One link of a comparison, and those behind it where it holds."""
    right, at = machine.evaluate(node.comparators[index], frame), frame.at(node)
    link = comparisons.compare(machine, node.ops[index], left, right, at, shown(node))
    if not link.trace and machine.records.chosen:
        link = with_trace(link, joined(reason(machine, left), reason(machine, right)))
    if index == len(node.ops) - 1:
        return link
    return machine.decide(link, at, shown(node),
                          lambda: _link(machine, node, index + 1, right, frame),
                          lambda: link)  # fmt: skip


def _joined_text(machine: "Machine", node: ast.JoinedStr, frame: Frame) -> Value:
    pieces = [machine.evaluate(value, frame) for value in node.values]
    return formatting.concatenated(machine, pieces, frame.at(node))


def _formatted(machine: "Machine", node: ast.FormattedValue, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    spec = machine.evaluate(node.format_spec, frame) if node.format_spec else None
    return formatting.formatted(machine, value, spec, node.conversion, frame.at(node))


def _lambda(machine: "Machine", node: ast.Lambda, frame: Frame) -> Value:
    return functions.make(machine, node, frame, "<lambda>")


def _named(machine: "Machine", node: ast.NamedExpr, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    around = frame
    while around.comprehends and around.parent is not None:
        around = around.parent
    machine.assign(node.target, value, around)
    return value


def _starred(machine: "Machine", node: ast.Starred, frame: Frame) -> Value:
    return machine.evaluate(node.value, frame)


TABLE: dict[type[ast.AST], Callable[..., Value]] = {
    ast.Constant: _constant,
    ast.Name: names.found,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: passing.called,
    ast.IfExp: branching.if_expression,
    ast.BoolOp: branching.bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.Tuple: displays.tuple_display,
    ast.List: displays.list_display,
    ast.Set: displays.set_display,
    ast.Dict: displays.dict_display,
    ast.JoinedStr: _joined_text,
    ast.FormattedValue: _formatted,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.Await: yielding.awaited,
    ast.Yield: yielding.yielded,
    ast.YieldFrom: yielding.delegated,
    ast.Starred: _starred,
    ast.ListComp: comprehensions.evaluate,
    ast.SetComp: comprehensions.evaluate,
    ast.GeneratorExp: comprehensions.evaluate,
    ast.DictComp: comprehensions.evaluate,
}
