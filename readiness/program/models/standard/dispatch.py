"""``functools.singledispatch``: a function for each class of the first argument."""

import ast
from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.python.kinds import type_of
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    Arguments,
    External,
    Function,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NAME = "functools._SingleDispatch"


def _make(machine: "Machine", arguments: Arguments) -> Value:
    slots = {"default": arg(arguments, 0), "registered": List()}
    return Instance(External(NAME), slots, arguments.at)


def _register(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@show.register``, ``@show.register(int)`` and ``show.register(int, function)``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker

    def keep(kind: Value, function: Value) -> Value:
        append = machine.attribute(receiver.slots.values["registered"], "append", arguments.at)
        machine.invoke(append, arguments.at, Tuple((kind, function)))
        return function

    first = arg(arguments, 0)
    if isinstance(first, Function):
        return keep(_annotated(machine, first), first)
    if len(arguments.positional) > 1:
        return keep(first, arguments.positional[1])
    return Host("register", lambda m, a: keep(first, arg(a, 0)))


def _annotated(machine: "Machine", function: Function) -> Value:
    parameters = [*function.node.args.posonlyargs, *function.node.args.args]
    annotation = parameters[0].annotation if parameters else None
    if annotation is None or isinstance(annotation, ast.Constant):
        return Unknown("the class that a function is registered for")
    return machine.evaluate(annotation, function.closure)


def _call(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return machine.each(arg(arguments, 0), lambda one: _chosen(machine, receiver, one, arguments))


def _chosen(machine: "Machine", receiver: Value, given: Value, arguments: Arguments) -> Value:
    """The last of the registered classes that is the nearest one."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    registered = receiver.slots.values["registered"]
    content = machine.content(registered, arguments.at)
    whole = Arguments((given, *arguments.positional[1:]), arguments.keywords, arguments.at)
    if not isinstance(content, Tuple) or isinstance(given, Unknown):
        return Unknown("what a function of its own for each class gives", arguments.at)
    best: tuple[Value, Value] | None = None
    for pair in content.items:
        assert isinstance(pair, Tuple)  # noqa: S101 - as `_register` made it
        kind, function = pair.items
        fits = machine.library.is_kind(machine, type_of(given), kind)
        if fits is None:
            return Unknown("what a function of its own for each class gives", arguments.at)
        if fits and (best is None or machine.library.is_kind(machine, kind, best[0])):
            best = (kind, function)
    return machine.call(best[1] if best else receiver.slots.values["default"], whole)


TABLE = Table(
    functions={"functools.singledispatch": _make},
    classes={NAME: LibraryClass(methods={"register": _register, "__call__": _call})},
)
