"""Functions: making them, binding arguments to parameters, running their bodies."""

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter import (
    binding,
    dropping,
    generators,
    hopeless,
    reasons,
    standing,
    stepping,
    steps,
)
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.lifted import yields
from readiness.program.interpreter.outcomes import LimitReached, Raised
from readiness.program.nodes import Definition
from readiness.program.provenance import MOST_BRANCHES, BranchStep, joined
from readiness.program.values import (
    NONE,
    Arguments,
    Function,
    Instance,
    Slots,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

GIVING_UP = 200
MOST_LEFT = 10_000
"""The functions that errors left of which it is remembered."""
Node = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def make(machine: "Machine", node: Node, frame: Frame, name: str) -> Function:
    """A function value; its defaults are evaluated now, as the language does."""
    defaults = tuple(machine.evaluate(value, frame) for value in node.args.defaults)
    keyword_defaults = {
        argument.arg: machine.evaluate(value, frame)
        for argument, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if value is not None
    }
    function = Function(name, node, frame, defaults, keyword_defaults)
    function.owner = frame.owner if frame.is_class else None
    function.qualified = f"{function.owner.name}.{name}" if function.owner else name
    machine.records.functions.append(function)
    return function


def run(machine: "Machine", function: Function, arguments: Arguments) -> Value:
    """Call a function of the code."""
    slots = Slots()
    frame = Frame(
        function.closure.module, slots, function.closure, bindings_of(function.node),
        owner=function.owner, function=function, called_at=arguments.at,
    )  # fmt: skip
    binding.bind(machine, function, arguments, slots, arguments.at)
    parameters = [*function.node.args.posonlyargs, *function.node.args.args]
    frame.receiver = slots.values.get(parameters[0].arg) if parameters else None
    if is_generator(function.node):
        return _generator(machine, function, frame, arguments.at)
    if isinstance(function.node, ast.AsyncFunctionDef):
        return machine.library.coroutine(
            lambda: _entered(machine, function, frame, arguments.at), arguments.at
        )
    return _entered(machine, function, frame, arguments.at)


def _generator(machine: "Machine", function: Function, frame: Frame, at: Place) -> Value:
    """The generator of a call; its code runs when somebody asks for items."""

    def start(consume: Callable[[Value], Value]) -> Value:
        frame.on_yield = consume
        returned = _entered(machine, function, frame, at)
        _tell_on(frame, machine.stack[-1] if machine.stack else None)
        return returned

    made = generators.deferred(start)
    body = function.node.body
    if isinstance(body, list) and _can_stand_still(function.node):
        made.stepper = stepping.Stepper(
            function.node, frame, lambda: steps.run(machine, body, frame), pushes=True,
            handles=standing.handles(body),
        )  # fmt: skip
    return made


def _tell_on(frame: Frame, around: Frame | None) -> None:
    """Let a generator that hands on another one's items tell what that one left out, and why."""
    if frame.told and around is not None and around.on_yield is not None:
        left = [one for one in frame.told if one.decided and one.node and yields(one.node)]
        around.told = (*around.told, *left)[-MOST_BRANCHES:]


@lru_cache(maxsize=1024)
def _can_stand_still(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a generator's code can go step by step, found once."""
    return standing.possible(node.body)


def _entered(machine: "Machine", function: Function, frame: Frame, at: Place) -> Value:
    try:
        if why := hopeless.hopeless(machine, frame):
            raise LimitReached(why)  # noqa: TRY301 - as a call that nests too deeply
        machine.spend(frame)
    except LimitReached as limit:
        _given_up(machine, function, frame, limit.reason)
        return Unknown(f"{function.qualified}(): {limit.reason}", at)
    machine.records.called.add(function.node)
    value: Value = NONE
    before, assumed, built = machine.limits.taken, machine.state.depth, len(machine.records.events)
    try:
        value = _body(machine, function, frame)
        return value  # noqa: TRY300 - it is looked at below
    except Raised as raised:
        if len(machine.left) < MOST_LEFT:
            machine.left.append((raised.value, function.path, function.node))
        raise
    except LimitReached as limit:
        # What would have come behind is not seen, and may have built something; of what
        # stands in for a library the code that called it is to be named.
        if not function.closure.module.stands_in:
            machine.gaps.setdefault((function.path, function.node), limit.reason)
        if not hopeless.alone(machine, function, frame, limit.reason, before):
            raise
        machine.state.forget(assumed)
        abandon(machine, [function.node], frame, limit.reason, built)
        return Unknown(f"{function.qualified}(): {limit.reason}", at)
    finally:
        machine.stack.pop()
        if machine.standing:
            dropping.look(machine, value, *(() if frame.receiver is None else (frame.receiver,)))


def _given_up(machine: "Machine", function: Function, frame: Frame, reason: str) -> None:
    """A call that was not made: what it would have built and changed is not known."""
    machine.limits.step(GIVING_UP)
    machine.gaps.setdefault((function.path, function.node), reason)
    abandon(machine, [function.node], frame, reason)


def _body(machine: "Machine", function: Function, frame: Frame) -> Value:
    node = function.node
    if isinstance(node, ast.Lambda):
        return machine.evaluate(node.body, frame)
    body = node.body
    value = machine.state.enclose(lambda: machine.execute(body, frame), ("return",), _finished)
    if not frame.told or _tells_itself(machine, value, frame):
        return value
    return reasons.inherited(machine, value, _ways(frame), frame.called_at)


def _tells_itself(machine: "Machine", value: Value, frame: Frame) -> bool:
    """Whether an object was built in a call: then the way to it is known."""
    if not isinstance(value, Instance) or value.slots.born < frame.slots.born:
        return False
    return machine.records.birth(value) is not None


def _ways(frame: Frame) -> Trace:
    """The branches that led to where a function returns."""
    taken = [
        frame.steps_of(step)
        for step in frame.branches
        if isinstance(step, BranchStep) and step.decided and not isinstance(step.node, ast.IfExp)
    ]
    return joined((), *taken) if taken else ()


def _finished(ending: Ending) -> Ending:
    if ending.kind == "return":
        return ending.finished("normal", ending.value)
    if ending.kind == "normal":
        return ending.finished("normal", NONE)
    return ending


@lru_cache(maxsize=8192)
def is_generator(node: Node) -> bool:
    """Whether a function yields, found once."""
    body = node.body if isinstance(node.body, list) else [node.body]
    return any(yields(one) for one in body
               if not isinstance(one, Definition | ast.Lambda))  # fmt: skip
