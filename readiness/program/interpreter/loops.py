"""Loops over known and unknown items."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import generators, iterables, presence
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Dead
from readiness.program.interpreter.truths import guard, some_rounds
from readiness.program.interpreter.wording import shown
from readiness.program.values import (
    NONE,
    Choice,
    Dict,
    Instance,
    List,
    Open,
    Slots,
    Tuple,
    Unknown,
    Value,
    birth,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def for_loop(machine: "Machine", node: ast.For | ast.AsyncFor, frame: Frame) -> None:
    """``for target in items``; an unknown iterable runs the body not at all, or once."""
    iterable = machine.evaluate(node.iter, frame)
    machine.each(iterable, lambda value: _for(machine, node, value, frame))


def _for(machine: "Machine", node: ast.For | ast.AsyncFor, iterable: Value, frame: Frame) -> Value:
    if isinstance(iterable, List) and iterable.start is not None:
        return _walk(machine, node, iterable, frame)
    found = machine.iterate(iterable, frame.at(node.iter))
    some = presence.perhaps(iterable) if isinstance(found, Unknown) else None
    if some is not None:
        return _some_rounds(machine, node, some, frame)
    if isinstance(found, Unknown):
        return _unknown_rounds(machine, node, found, frame)

    def rounds() -> Value:
        for count, item in enumerate(found):
            machine.limits.step()
            if count >= machine.limits.rounds:
                forget_assigned(machine, node, frame, "a loop with too many rounds")
                break
            _round(machine, node, item, frame)
        return machine.execute(node.orelse, frame)

    done = machine.state.enclose(rounds, ("break",), _after_break)
    if iterables.unordered(iterable):
        forget_assigned(machine, node, frame, iterables.NO_ORDER, calls=False)
    return done


def _walk(
    machine: "Machine", node: ast.For | ast.AsyncFor, generator: List, frame: Frame
) -> Value:
    """The rounds over a generator, each where its item is yielded."""

    def rounds() -> Value:
        generators.walk(machine, generator, lambda item: _round(machine, node, item, frame))
        return machine.execute(node.orelse, frame)

    return machine.state.enclose(rounds, ("break",), _after_break)


def _round(machine: "Machine", node: ast.For | ast.AsyncFor, item: Value, frame: Frame) -> Value:
    machine.assign(node.target, item, frame)
    return machine.state.enclose(
        lambda: machine.execute(node.body, frame), ("continue",), _after_continue
    )


def _some_rounds(
    machine: "Machine", node: ast.For | ast.AsyncFor, some: list[presence.Present], frame: Frame
) -> Value:
    """The rounds over items of which each is there under its own conditions."""

    def rounds() -> Value:
        for guarded, item in some:
            machine.limits.step()
            machine.branch(guarded, lambda: _round(machine, node, item, frame), lambda: NONE)  # noqa: B023 - called at once
        return machine.execute(node.orelse, frame)

    return machine.state.enclose(rounds, ("break",), _after_break)


def _unknown_rounds(
    machine: "Machine", node: ast.For | ast.AsyncFor, found: Unknown, frame: Frame
) -> Value:
    condition = some_rounds(found, shown(node.iter), frame.at(node.iter))

    if any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node)):
        machine.several += 1

    def some() -> Value:
        _forget_sums(machine, node, frame)
        item = Unknown(f"an item of {found.reason}", found.at, found.trace, found.free)
        before, position = birth(), machine.state.mark().position
        done = machine.for_each(lambda: _round(machine, node, item, frame))
        longer = {_adds_to(inner) for inner in ast.walk(node)}
        _open_lists(machine, before, position, longer, frame.at(node.iter))
        return done

    def rounds() -> Value:
        for item in found.items if isinstance(found, Open) else ():
            _round(machine, node, item, frame)
        machine.state.fork(condition, some, lambda: NONE)
        return machine.execute(node.orelse, frame)

    return machine.state.enclose(rounds, ("break",), _after_break)


def while_loop(machine: "Machine", node: ast.While, frame: Frame) -> None:
    """``while test``; where nothing decides the test, it is left after a few rounds."""
    machine.state.enclose(
        lambda: _while(machine, node, frame, machine.limits.undecided_rounds, 0),
        ("break",),
        _after_break,
    )


def _while(machine: "Machine", node: ast.While, frame: Frame, undecided: int, count: int) -> Value:
    """Run rounds one by one; nothing nests as long as the test is decided."""
    words = shown(node.test)
    rounds = count
    while True:
        machine.limits.step()
        conditions = len(machine.state.assumed)
        truth = guard(machine, machine.evaluate(node.test, frame), frame.at(node.test), words)
        if isinstance(truth, Choice):
            return _undecided(machine, node, frame, undecided, truth)
        if not getattr(truth, "value", False):
            return machine.execute(node.orelse, frame)
        if rounds >= machine.limits.rounds:
            forget_assigned(machine, node, frame, "a loop with too many rounds")
            return NONE
        _while_round(machine, node, frame)
        rounds += 1
        if isinstance(node.test, ast.Constant) and len(machine.state.assumed) > conditions:
            undecided -= 1
        if undecided < 0:  # it tries again for as long as something fails
            raise Dead


def _while_round(machine: "Machine", node: ast.While, frame: Frame) -> Value:
    return machine.state.enclose(
        lambda: machine.execute(node.body, frame), ("continue",), _after_continue
    )


def _undecided(
    machine: "Machine", node: ast.While, frame: Frame, undecided: int, truth: Value
) -> Value:
    if undecided <= 0:
        forget_assigned(machine, node, frame, "a loop that may go on", calls=False)
        return machine.execute(node.orelse, frame)

    def again() -> Value:
        _while_round(machine, node, frame)
        return _while(machine, node, frame, undecided - 1, 0)

    return machine.branch(truth, again, lambda: machine.execute(node.orelse, frame))


def forget_assigned(
    machine: "Machine", node: ast.AST, frame: Frame, why: str, *, calls: bool = True
) -> None:
    """Make every name that a piece of code assigns unknown."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            unknown = Unknown(why, frame.at(node))
            machine.state.write(frame.home(inner.id), inner.id, unknown)
    abandon(machine, [node], frame, why, calls=calls)


def _open_lists(
    machine: "Machine", before: int, position: int, longer: set[str | None], at: Place
) -> None:
    """A list that grew in one round may have grown in others."""
    for (slots, key), value in machine.state.written_since(position).items():
        if key == "items" and slots.born < before:
            _open(machine, slots, at)
        elif isinstance(value, List) and value.slots.born > before and key in longer:
            _open(machine, value.slots, at)


def _open(machine: "Machine", slots: Slots, at: Place) -> None:
    why = "what an unknown number of rounds have put there"

    def longer(content: Value) -> Value:
        return Open(why, at, items=content.items) if isinstance(content, Tuple) else content

    machine.state.write(slots, "items", mapped(slots.values["items"], longer))


def _forget_sums(machine: "Machine", node: ast.AST, frame: Frame) -> None:
    """What a loop adds up is not known when the number of its rounds is not."""
    for inner in ast.walk(node):
        unknown = Unknown("a sum over an unknown number of items", frame.at(inner))
        name = _adds_to(inner)
        if name is not None:
            held = frame.home(name).values.get(name)
            if not isinstance(held, (List, Dict)):
                machine.state.write(frame.home(name), name, unknown)
        elif isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Attribute):
            _forget_attribute(machine, inner.target, frame, unknown)


def _adds_to(node: ast.AST) -> str | None:
    """The name that a statement makes of itself: ``n += 1``, ``n = n + 1``."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp):
        return None
    if not isinstance(node.targets[0], ast.Name):
        return None
    name = node.targets[0].id
    reads = (one.id for one in ast.walk(node.value) if isinstance(one, ast.Name))
    return name if name in reads else None


def _forget_attribute(
    machine: "Machine", node: ast.Attribute, frame: Frame, unknown: Unknown
) -> None:
    """What ``self.count += 1`` adds up."""
    if isinstance(node.value, ast.Name):
        owner = frame.home(node.value.id).values.get(node.value.id)
        held = owner.slots.values.get(node.attr) if isinstance(owner, Instance) else None
        if isinstance(owner, Instance) and not isinstance(held, (List, Dict)):
            machine.state.write(owner.slots, node.attr, unknown)


def _after_break(ending: Ending) -> Ending:
    return _normal(ending) if ending.kind == "break" else ending


def _after_continue(ending: Ending) -> Ending:
    return _normal(ending) if ending.kind == "continue" else ending


def _normal(ending: Ending) -> Ending:
    return ending.finished("normal", NONE)
