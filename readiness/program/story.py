"""The way to something that the program built: the calls, the branches, what decided them.

It is composed when an answer is asked for: of what the evaluation noted on the way, only what
the thing hangs on is told.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

from readiness.model.place import Place
from readiness.model.trace import Step, Trace
from readiness.program.discreet import source
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event, chosen_key
from readiness.program.provenance import (
    BranchStep,
    CallStep,
    DefaultStep,
    VariableStep,
    every_step,
    joined,
)
from readiness.program.slices import Slice, node_at, otherwise, statement_of
from readiness.program.values import Instance, Value

MOST_STEPS = 40


def told(machine: Machine, event: Event, *more: Trace) -> Trace:
    """The steps that led to an event, and ``more`` that bears on what is judged, in words."""
    return worded(machine, joined((), raw(machine, event), *more))


def raw(machine: Machine, event: Event) -> Trace:
    """The calls and branches that led to an event, as the evaluation noted them."""
    steps: list[Step] = []
    for index, level in enumerate(event.levels):
        if isinstance(level.call, CallStep) and level.call.at is not None:
            steps += _called(machine, level.call, event, level.call.at)
            steps.append(level.call)
        following = event.levels[index + 1 : index + 2]
        goal = following[0].call.at if following and following[0].call else event.at
        steps += _branches(machine, level.branches, goal or event.at)
        if level.caught is not None:
            steps.append(level.caught)
    if event.instance is not None:
        steps += choice_of(machine, event.instance.cls, event, event.at)
    return tuple(steps)


def _called(machine: Machine, call: CallStep, event: Event, at: Place) -> Iterator[Step]:
    """By what a function, its object or the class of that was chosen."""
    receiver = call.receiver
    owner = receiver.cls if isinstance(receiver, Instance) else None
    for one in (owner, receiver, call.callee):
        yield from choice_of(machine, one, event, at) if one is not None else ()


def worded(machine: Machine, trace: Trace) -> Trace:
    """The steps in full, in the order in which they happened, each once, in plain words."""
    found: dict[Step, None] = {}
    for step in every_step(trace):
        for one in _in_words(machine, step):
            found.setdefault(one)
    return tuple(found)[:MOST_STEPS]


def built(machine: Machine, at: Place, *telling: str) -> Step:
    """The step of the construction itself, by its source; of a long one, what tells most."""
    return _built(_tree(machine, at), at, telling)


@lru_cache(maxsize=4096)
def _built(tree: ast.Module | None, at: Place, telling: tuple[str, ...]) -> Step:
    node = node_at(tree, at, ast.Call)
    if node is None:
        return Step("call", "it is built", at)
    around = statement_of(tree, node)
    return Step("call", source(around or node, telling), at)


def choice_of(machine: Machine, value: Value, event: Event, goal: Place) -> Trace:
    """By what a value was chosen among others, before it came to a place."""
    key = chosen_key(value)
    entries = machine.records.chosen.get(key, ()) if key is not None else ()
    position = machine.records.position(event)
    found = [one for one in entries if one.before <= position]
    return found[-1].trace if found and _leads_to(machine, found[-1].at, goal) else ()


def _leads_to(machine: Machine, at: Place | None, goal: Place) -> bool:
    """Whether what is chosen at a place can come to the goal, as far as one function shows."""
    if at is None or at.path != goal.path:
        return True
    made = Slice.to(_tree(machine, goal), goal)
    return made.uses(at) or not made.shares(at)


def given_at(machine: Machine, event: Event, name: str) -> Step | None:
    """Where an attribute of the object of an event was assigned after it was built."""
    assert event.instance is not None  # noqa: S101 - asked before
    put = machine.records.put.get((id(event.instance.slots), name))
    if put is None:
        return None
    at, _, told_so = put
    node = None if told_so else node_at(_tree(machine, at), at, ast.stmt)
    words = source(node) if node is not None else told_so or f"{name} is assigned"
    return Step("call", words, at)


def bearing(trace: Trace, variables: Iterable[str], places: Iterable[Place]) -> Trace:
    """Of a trace the steps of these variables, and of the defaults at these places."""
    names, spots = set(variables), set(places)
    names |= {s.of for s in trace if isinstance(s, DefaultStep) and s.at in spots}
    wanted: list[Step] = []
    for step in trace:
        if isinstance(step, VariableStep):
            keep = step.variable in names or step.at in spots
        elif isinstance(step, DefaultStep):
            keep = step.of in names
        else:
            keep = True
        if keep:
            wanted.append(step)
    return tuple(wanted)


def _branches(machine: Machine, taken: Iterable[BranchStep], goal: Place) -> Iterator[Step]:
    """The branches of one function that its goal hangs on."""
    taken = tuple(taken)
    if not taken:
        return
    slice_ = Slice.to(_tree(machine, goal), goal)
    for step in taken:
        elsewhere = step.at is not None and not slice_.shares(step.at)
        if step.node is None or elsewhere or slice_.needs(step.node):
            yield step


def _in_words(machine: Machine, step: Step) -> Iterator[Step]:
    match step:
        case VariableStep() if step.read is not None and step.read != step.at:
            yield VariableStep(step.kind, step.text, step.at, step.variable, step.missing)
            yield _read(machine, step.read, step.variable)
        case VariableStep():
            yield VariableStep(step.kind, step.text, step.at, step.variable, step.missing)
        case BranchStep():
            yield _branch(machine, step)
        case CallStep():
            where = Place(step.path, getattr(getattr(step.callee, "node", None), "lineno", None))
            if step.at is not None and (step.at.path, step.at.line) == (where.path, where.line):
                yield Step("call", f"{step.text} is called, by a request or by what is not seen "
                           "here", step.at)  # fmt: skip
            else:
                yield Step("call", f"{step.text}, defined at {where}", step.at)
        case _:
            yield Step(step.kind, step.text, step.at)


def _read(machine: Machine, at: Place, name: str) -> Step:
    node = node_at(_tree(machine, at), at, ast.expr)
    shown = source(node) if node is not None else ""
    words = f"{shown} reads {name}" if name in shown else f"{name} is read"
    return Step("variable", words, at)


def _branch(machine: Machine, step: BranchStep) -> Step:
    said = _condition(step)
    if not step.decided:
        return Step("branch", f"suppose {said}: nothing decides it", step.at)
    if step.node is None or step.at is None or isinstance(step.node, ast.ExceptHandler):
        return Step("branch", said, step.at)
    other = otherwise(_tree(machine, step.at), step.node, truth=step.truth)
    if other is None:
        return Step("branch", said, step.at)
    line = "" if other.line == step.at.line else f"line {other.line}: "
    return Step("branch", f"{said} (otherwise {line}{other.text})", step.at)


def _condition(step: BranchStep) -> str:
    if isinstance(step.node, ast.If | ast.IfExp | ast.Assert):
        return f"{source(step.node.test)} is {'true' if step.truth else 'false'}"
    return step.text


def _tree(machine: Machine, at: Place) -> ast.Module | None:
    return machine.sources.tree(at.path) if machine.sources.has(at.path) else None
