"""Expressions."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    comparisons,
    comprehensions,
    formatting,
    functions,
    generators,
    items,
    names,
    operators,
    traces,
    truths,
)
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.plain import TOO_LARGE, NotPlain, hashed, is_large
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import MOST_BRANCHES, BranchStep, VariableStep, joined
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Constant,
    Dict,
    External,
    List,
    Part,
    Super,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

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
        lambda: machine.each(receiver, lambda value: machine.attribute(value, node.attr, at)),
    )  # fmt: skip


def _subscript(machine: "Machine", node: ast.Subscript, frame: Frame) -> Value:
    receiver = machine.evaluate(node.value, frame)
    key = machine.evaluate(node.slice, frame)
    at = frame.at(node)

    def find() -> Value:
        return machine.each(
            receiver, lambda value: machine.each(key, lambda item: machine.item(value, item, at))
        )

    return names.set_by_then(machine, "an item", at, find)


def _slice(machine: "Machine", node: ast.Slice, frame: Frame) -> Value:
    ends = [machine.evaluate(end, frame) if end else NONE
            for end in (node.lower, node.upper, node.step)]  # fmt: skip
    return machine.invoke(External("builtins.slice"), frame.at(node), *ends)


def _call(machine: "Machine", node: ast.Call, frame: Frame) -> Value:
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(machine, node, frame)
    function = machine.evaluate(node.func, frame)
    arguments = passed(machine, node, frame)
    return machine.each(function, lambda value: machine.call(value, arguments))


def _super(machine: "Machine", node: ast.Call, frame: Frame) -> Value:
    method = names.method_of(frame)
    if method is None or method.owner is None or method.receiver is None:
        return Unknown("super() outside of a method", frame.at(node))
    _ = machine
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


def _if_expression(machine: "Machine", node: ast.IfExp, frame: Frame) -> Value:
    def side(piece: ast.expr) -> Callable[[BranchStep | None], Value]:
        def run(step: BranchStep | None) -> Value:
            value = machine.evaluate(piece, frame)
            return value if step is None else machine.chosen(value, (step,), step.at)

        return run

    return choose_branch(machine, node, frame, side(node.body), side(node.orelse))


Side = Callable[["BranchStep | None"], Value]
Test = ast.If | ast.IfExp | ast.Assert


def choose_branch(
    machine: "Machine", node: Test, frame: Frame, then: Side, otherwise: Side
) -> Value:
    """Evaluate a condition and go on with one side or both, the branch noted for traces."""
    value = machine.evaluate(node.test, frame)
    words = shown(node.test)
    guard = truths.guard(machine, value, frame.at(node.test), words)
    decided = isinstance(guard, Constant)
    before = frame.told

    def side(action: Side, *, truth: bool) -> Callable[[], Value]:
        def run() -> Value:
            frame.told = before
            return action(note_branch(frame, value, node, truth=truth, decided=decided))

        return run

    return machine.branch(guard, side(then, truth=True), side(otherwise, truth=False))


def note_branch(
    frame: Frame, value: Value, node: Test, *, truth: bool, decided: bool
) -> BranchStep | None:
    """Remember a branch that hangs on variables."""
    if not any(isinstance(step, VariableStep) or step.kind != "call" for step in value.trace):
        return None
    what = f"{shown(node.test)} is {'true' if truth else 'false'}"
    step = BranchStep("branch", what, frame.at(node.test), value.trace, node, truth, decided)
    frame.branches[:] = joined(tuple(frame.branches), value.trace, (step,))
    frame.told = (*frame.told, step)[-MOST_BRANCHES:]
    return step


def _bool_op(machine: "Machine", node: ast.BoolOp, frame: Frame) -> Value:
    return _chain(machine, node, 0, frame)


def _chain(machine: "Machine", node: ast.BoolOp, index: int, frame: Frame) -> Value:
    operand = node.values[index]
    value = machine.evaluate(operand, frame)
    if index == len(node.values) - 1:
        return value
    is_and = isinstance(node.op, ast.And)

    def decided(one: Value) -> Value:
        def onwards() -> Value:
            rest = _chain(machine, node, index + 1, frame)
            return traces.with_trace(rest, one.trace)

        def stop() -> Value:
            return one

        then, otherwise = (onwards, stop) if is_and else (stop, onwards)
        return machine.decide(one, frame.at(operand), shown(operand), then, otherwise)

    return machine.each(value, decided)


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
    if index == len(node.ops) - 1:
        return link
    return machine.decide(link, at, shown(node),
                          lambda: _link(machine, node, index + 1, right, frame),
                          lambda: link)  # fmt: skip


def _tuple(machine: "Machine", node: ast.Tuple, frame: Frame) -> Value:
    found = elements(machine, node.elts, frame)
    return found if isinstance(found, Unknown) else Tuple(found)


def _list(machine: "Machine", node: ast.List, frame: Frame) -> Value:
    return _sequence(elements(machine, node.elts, frame), "list")


def _set(machine: "Machine", node: ast.Set, frame: Frame) -> Value:
    found = elements(machine, node.elts, frame)
    if not isinstance(found, Unknown):
        found = tuple(items.distinct(machine, found))
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


def _dict(machine: "Machine", node: ast.Dict, frame: Frame) -> Value:
    made = Dict()
    made.at = frame.at(node)
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if key_node is None:
            _merge(machine, made, machine.evaluate(value_node, frame), frame, value_node)
            continue
        key = machine.evaluate(key_node, frame)
        value = machine.evaluate(value_node, frame)
        items.refuse_unhashable(machine, key, frame.at(node))
        try:
            name = hashed(key)
        except NotPlain as unclear:
            made.rest = Unknown("a key that is not known", frame.at(key_node), unclear.value.trace)
            continue
        machine.state.write(made.slots, name, value)
        made.keys[name] = key
    return made


def _merge(machine: "Machine", made: Dict, value: Value, frame: Frame, node: ast.expr) -> None:
    value = machine.library.settled(machine, value)
    if isinstance(value, Dict):
        items.merge(machine, made, value)
        return
    if isinstance(value, Choice):
        machine.each(value, lambda one: _merged(machine, made, one, frame, node))
        return
    pairs = machine.library.mapping_of(machine, value, frame.at(node))
    if pairs is None:
        rest = Unknown(f"what **{ast.unparse(node)} holds", frame.at(node))
        items.cover(machine, made, rest)
        return
    for name, item in pairs.items():
        machine.state.write(made.slots, name, item)
        made.keys[name] = text(name)


def _merged(machine: "Machine", made: Dict, value: Value, frame: Frame, node: ast.expr) -> Value:
    _merge(machine, made, value, frame, node)
    return NONE


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
    machine.assign(node.target, value, frame)
    return value


def _await(machine: "Machine", node: ast.Await, frame: Frame) -> Value:
    return machine.library.awaited(machine, machine.evaluate(node.value, frame), frame.at(node))


def _yield(machine: "Machine", node: ast.Yield, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame) if node.value else NONE
    if frame.on_yield is not None:
        return frame.on_yield(value)
    return Unknown("what is sent into a generator", frame.at(node))


def _yield_from(machine: "Machine", node: ast.YieldFrom, frame: Frame) -> Value:
    value, consume = machine.evaluate(node.value, frame), frame.on_yield
    if consume is None:
        return NONE
    return machine.each(value, lambda one: _delegated(machine, one, consume, frame.at(node)))


def _delegated(
    machine: "Machine", value: Value, consume: Callable[[Value], Value], at: Place
) -> Value:
    """``yield from``: hand on each item; the value is what the inner generator returns."""
    if isinstance(value, List) and value.start is not None:
        return generators.delegated(machine, value, consume)
    found = machine.iterate(value, at)
    if isinstance(found, Unknown):
        consume(Unknown(f"an item of {found.reason}", at))
        return Unknown("what a generator returns", at)
    for item in found:
        consume(item)
    return NONE


def _starred(machine: "Machine", node: ast.Starred, frame: Frame) -> Value:
    return machine.evaluate(node.value, frame)


TABLE: dict[type[ast.AST], Callable[..., Value]] = {
    ast.Constant: _constant,
    ast.Name: names.found,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.IfExp: _if_expression,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.JoinedStr: _joined_text,
    ast.FormattedValue: _formatted,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.Starred: _starred,
    ast.ListComp: comprehensions.evaluate,
    ast.SetComp: comprehensions.evaluate,
    ast.GeneratorExp: comprehensions.evaluate,
    ast.DictComp: comprehensions.evaluate,
}

__all__ = ["TABLE", "Choice", "choose_branch", "elements", "note_branch", "passed"]
