"""Comprehensions and generator expressions."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.program.interpreter import (
    generators,
    item_changes,
    iterables,
    presence,
    stepping,
    steps_of_values,
)
from readiness.program.interpreter.bindings import Bindings
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.keys import Distinct
from readiness.program.interpreter.limits import LONGEST_GROWN
from readiness.program.interpreter.truths import some_rounds
from readiness.program.interpreter.wording import shown
from readiness.program.values import NONE, Dict, List, Slots, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def evaluate(machine: "Machine", node: Comprehension, frame: Frame) -> Value:
    """The list, set, dictionary or (already run) generator of a comprehension."""
    inner = Frame(
        frame.module, Slots(), frame, Bindings(frozenset(), frozenset(), frozenset()),
        owner=frame.owner, receiver=frame.receiver, comprehends=True,
    )  # fmt: skip
    inner.on_yield = frame.on_yield
    first = machine.evaluate(node.generators[0].iter, frame)
    if isinstance(node, ast.GeneratorExp):
        made_later = generators.deferred(
            lambda consume: _walked(machine, node, inner, first, consume)
        )
        made_later.stepper = stepping.Stepper(
            node, inner, lambda: _steps(machine, node, 0, inner, first), pushes=False
        )
        return made_later
    made: Value = Dict() if isinstance(node, ast.DictComp) else List((), (), _kind(node))
    machine.each(first, lambda one: _clause(machine, node, 0, inner, made, one))
    return made


def _walked(
    machine: "Machine", node: ast.GeneratorExp, frame: Frame, first: Value,
    consume: Callable[[Value], Value],
) -> Value:  # fmt: skip
    """Run a generator expression, each item handed on."""
    frame.on_yield = consume
    return machine.each(first, lambda one: _clause(machine, node, 0, frame, None, one))


def _steps(
    machine: "Machine", node: ast.GeneratorExp, depth: int, frame: Frame, value: Value
) -> "steps_of_values.Steps":
    """A generator expression item by item."""
    clause = node.generators[depth]
    for item in steps_of_values.each(machine, value, frame, clause.iter):
        machine.limits.step()
        machine.assign(clause.target, item, frame)
        if not all(steps_of_values.decided(machine, test, frame) for test in clause.ifs):
            continue
        if depth + 1 == len(node.generators):
            yield machine.evaluate(node.elt, frame)
        else:
            inner = machine.evaluate(node.generators[depth + 1].iter, frame)
            yield from _steps(machine, node, depth + 1, frame, inner)
    return NONE


def _kind(node: Comprehension) -> str:
    return "set" if isinstance(node, ast.SetComp) else "list"


def _run(
    machine: "Machine", node: Comprehension, depth: int, frame: Frame, made: Value | None
) -> Value:
    if depth == len(node.generators):
        _add(machine, node, frame, made)
        return NONE
    value = machine.evaluate(node.generators[depth].iter, frame)
    return machine.each(value, lambda one: _clause(machine, node, depth, frame, made, one))


def _clause(  # noqa: PLR0917 - one clause over what it walks through
    machine: "Machine", node: Comprehension, depth: int, frame: Frame, made: Value | None,
    value: Value,
) -> Value:  # fmt: skip
    if isinstance(value, List) and value.start is not None:
        return generators.walk(
            machine, value, lambda item: _round(machine, node, depth, frame, made, item)
        )
    if iterables.unordered(value) and isinstance(made, List) and made.kind != "set":
        made.kind = "unordered"
    found = machine.iterate(value, frame.at(node.generators[depth].iter))
    some = presence.perhaps(value) if isinstance(found, Unknown) else None
    if some is not None:
        for guard, item in some:
            machine.branch(guard, lambda: _round(machine, node, depth, frame, made, item),  # noqa: B023 - called at once
                           lambda: NONE)  # fmt: skip
        return NONE
    if isinstance(found, Unknown):
        _unknown_items(machine, node, depth, frame, made, found)
        return NONE
    for item in found:
        machine.limits.step()
        _round(machine, node, depth, frame, made, item)
    return NONE


def _round(  # noqa: PLR0917 - one round of one clause
    machine: "Machine",
    node: Comprehension,
    depth: int,
    frame: Frame,
    made: Value | None,
    item: Value,
) -> Value:
    clause = node.generators[depth]
    machine.assign(clause.target, item, frame)
    return _filtered(machine, node, depth, 0, frame, made)


def _filtered(  # noqa: PLR0917 - as _round
    machine: "Machine",
    node: Comprehension,
    depth: int,
    index: int,
    frame: Frame,
    made: Value | None,
) -> Value:
    tests = node.generators[depth].ifs
    if index == len(tests):
        return _run(machine, node, depth + 1, frame, made)
    value = machine.evaluate(tests[index], frame)
    return machine.decide(
        value,
        frame.at(tests[index]),
        shown(tests[index]),
        lambda: _filtered(machine, node, depth, index + 1, frame, made),
        lambda: NONE,
    )


def _unknown_items(  # noqa: PLR0917 - as _round
    machine: "Machine",
    node: Comprehension,
    depth: int,
    frame: Frame,
    made: Value | None,
    found: Unknown,
) -> None:
    """Evaluate once for any item, so that what is built there is seen."""
    item = Unknown(f"an item of {found.reason}", found.at)

    def once() -> Value:
        return machine.for_each(lambda: _round(machine, node, depth, frame, made, item))

    if isinstance(made, Dict):
        over = node.generators[depth].iter
        condition = some_rounds(found, shown(over), frame.at(over))
        machine.state.fork(condition, once, lambda: NONE)
    else:
        once()
    if made is None:
        machine.several += 1
    if isinstance(made, Dict):
        made.rest = found
    elif made is not None:
        assert isinstance(made, List)  # noqa: S101 - for the type checker
        machine.state.write(made.slots, "items", found)


def _add(machine: "Machine", node: Comprehension, frame: Frame, made: Value | None) -> None:
    if isinstance(node, ast.DictComp):
        assert isinstance(made, Dict)  # noqa: S101 - for the type checker
        key = machine.evaluate(node.key, frame)
        value = machine.evaluate(node.value, frame)
        at = frame.at(node.key)
        machine.each(key, lambda one: item_changes.put(machine, made, one, value, at))
        return
    value = machine.evaluate(node.elt, frame)
    if made is None:
        assert frame.on_yield is not None  # noqa: S101 - for the type checker
        frame.on_yield(value)
        return
    assert isinstance(made, List)  # noqa: S101 - for the type checker
    grown = mapped(
        made.slots.values["items"], lambda one: _grown(machine, node, frame, one, value)
    )
    machine.state.write(made.slots, "items", grown)


def _grown(
    machine: "Machine", node: Comprehension, frame: Frame, content: Value, value: Value
) -> Value:
    """What a list or set holds with one item more."""
    if not isinstance(content, Tuple):
        return content
    if len(content.items) >= LONGEST_GROWN:
        return Unknown(f"a list of more than {LONGEST_GROWN} items", frame.at(node))
    if isinstance(node, ast.SetComp):
        return _distinct(machine, frame, content, value)
    return Tuple((*content.items, value))


def _distinct(machine: "Machine", frame: Frame, before: Tuple, value: Value) -> Tuple:
    """A set with one item more, unless it has it; what the last one held is remembered."""
    last, kept = frame.gathered or (None, None)
    if not isinstance(kept, Distinct) or last is not before:
        kept = Distinct(machine)
        for one in before.items:
            kept.add(one)
    found = Tuple((*before.items, value)) if kept.add(value) else before
    frame.gathered = found, kept
    return found
