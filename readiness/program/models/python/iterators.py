"""Iterators: made, and asked for one item after the other."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import (
    drawing,
    generators,
    iterables,
    stepping,
)
from readiness.program.interpreter.equalities import equality
from readiness.program.models.lifting import arg
from readiness.program.models.python.constructors import sequence
from readiness.program.models.python.reflection import with_fallback
from readiness.program.models.table import Table
from readiness.program.values import (
    Arguments,
    Class,
    Constant,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


MOST_UNTIL = 1_000


def _until(machine: "Machine", arguments: Arguments) -> Value:
    """``iter(function, sentinel)``: what the function gives up to the sentinel."""
    found: list[Value] = []
    while len(found) < MOST_UNTIL:
        one = machine.invoke(arg(arguments, 0), arguments.at)
        over = equality(machine, one, arg(arguments, 1), arguments.at, "it is the sentinel")
        if not isinstance(over, Constant):
            break
        if over.value:
            return List(tuple(found), kind="generator")
        found.append(one)
    return Unknown("the items up to a sentinel", arguments.at)


def _iter(machine: "Machine", arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        return _until(machine, arguments)
    value = arg(arguments, 0)
    if isinstance(value, List) and value.kind in generators.ONCE:
        return value
    method = machine.library.find_method(machine, value, "__iter__", arguments.at)
    if method is not None and getattr(value, "cls", None).__class__ is Class:
        return machine.invoke(method, arguments.at)
    return sequence("generator")(machine, arguments)


def _next(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if not isinstance(value, List):
        method = machine.library.find_method(machine, value, "__next__", arguments.at)
        if method is not None:
            return _or_default(machine, method, arguments)
        return Unknown("what next() gives", arguments.at)
    if iterables.unordered(value):
        return Unknown(iterables.NO_ORDER, arguments.at)
    step = stepping.advance(machine, value, arguments.at) if value.stepper is not None else None
    if step is not None:
        return _stepped(machine, step, arguments)
    drawing.fill(machine, value, stepwise=True)

    def one(content: Value) -> Value:
        if not isinstance(content, Tuple):
            return content
        if content.items:
            machine.state.write(value.slots, "items", Tuple(content.items[1:]))
            return content.items[0]
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        returned = value.slots.values.get("returned")
        raise machine.stopped(returned, arguments.at)

    return machine.each(value.slots.values["items"], one)


def _next_awaited(machine: "Machine", arguments: Arguments) -> Value:
    """``anext``, whose end is another error."""
    value = arg(arguments, 0)
    method = None if isinstance(value, List) else machine.library.find_method(
        machine, value, "__anext__", arguments.at)  # fmt: skip

    def find() -> Value:
        if method is None:
            return _next(machine, arguments)
        return machine.library.awaited(machine, machine.invoke(method, arguments.at), arguments.at)

    def over() -> Value:
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        raise machine.error("StopAsyncIteration", "", arguments.at)

    ends = "StopIteration" if method is None else "StopAsyncIteration"
    return with_fallback(machine, ends, find, over)


def _stepped(machine: "Machine", step: stepping.Step, arguments: Arguments) -> Value:
    """What ``next`` makes of a step of a generator."""
    if not step.over:
        return step.value
    if len(arguments.positional) > 1:
        return arguments.positional[1]
    none = isinstance(step.value, Constant) and step.value.value is None
    raise machine.stopped(None if none else step.value, arguments.at)


def _or_default(machine: "Machine", method: Value, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:  # noqa: PLR2004 - the iterator and a default
        return machine.invoke(method, arguments.at)
    return with_fallback(machine, "StopIteration", lambda: machine.invoke(method, arguments.at),
                         lambda: arguments.positional[1])  # fmt: skip


TABLE = Table(functions={
    "builtins.iter": _iter, "builtins.next": _next, "builtins.anext": _next_awaited,
})  # fmt: skip
