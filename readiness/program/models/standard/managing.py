"""``contextlib``, but for its stack: functions as managers, and managers that do little."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import generators
from readiness.program.interpreter.raising import either, is_a
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.values import (
    FALSE,
    Arguments,
    Constant,
    External,
    Instance,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _suppress(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External("contextlib.suppress"), None, arguments.at)
    made.data = arguments.positional
    return made


def _suppressing(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The ``__exit__`` of ``contextlib.suppress``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    error = arg(arguments, 1)
    if isinstance(error, Constant):
        return FALSE
    result: Value = FALSE
    for kind in receiver.data:
        result = either(is_a(machine, error, kind, arguments.at), result)
    return result


def _manager(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("contextmanager", arg(arguments, 0))


def _null_context(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    return generators.deferred(lambda consume: consume(value))


def _closing(name: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        made = Instance(External(name), None, arguments.at)
        made.data = arg(arguments, 0)
        return made

    return run


def _opened(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    found: Value = receiver.data
    return found


def _closed(name: str) -> MethodModel:
    """``__exit__``: what the manager was given is closed, however the body ends."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        thing = _opened(machine, receiver, arguments)
        method = machine.attribute(thing, name, arguments.at)
        machine.library.awaited(machine, machine.invoke(method, arguments.at), arguments.at)
        return FALSE

    return run


def _decorate(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@tagged("x")``: each call of the function runs in a manager of its own."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    waits = isinstance(getattr(held["func"], "node", None), ast.AsyncFunctionDef)
    name = "_decorated_async" if waits else "_decorated"
    decorated = machine.attribute(External("contextlib"), name, arguments.at)
    return machine.invoke(decorated, arguments.at, held["_recreate_cm"], arg(arguments, 0))


def _entered(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``manager.__enter__()``, as the code itself calls it."""
    if machine.library.managing(machine, receiver, arguments.at) is None:
        machine.may_fail("entering a context", arguments.at)
        return Unknown("what a manager gives", arguments.at)
    return machine.library.enter(machine, receiver, arguments.at)


def _left(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``manager.__exit__(kind, error, trace)``."""
    if machine.library.managing(machine, receiver, arguments.at) is None:
        return Unknown("whether a manager swallows an error", arguments.at)
    return machine.library.leave(machine, receiver, arg(arguments, 1), arguments.at)


TABLE = Table(
    functions={
        "contextlib.suppress": _suppress, "contextlib.contextmanager": _manager,
        "contextlib.asynccontextmanager": _manager, "contextlib.nullcontext": _null_context,
        "contextlib.closing": _closing("contextlib.closing"),
        "contextlib.aclosing": _closing("contextlib.aclosing"), "asyncio.timeout": _null_context,
    },
    classes={
        "contextlib._GeneratorContextManager": LibraryClass(methods={
            "__call__": _decorate, **dict.fromkeys(("__enter__", "__aenter__"), _entered),
            **dict.fromkeys(("__exit__", "__aexit__"), _left)}),
        "contextlib.suppress": LibraryClass(methods={"__exit__": _suppressing}),
        "contextlib.closing": LibraryClass(methods={
            "__enter__": _opened, "__exit__": _closed("close")}),
        "contextlib.aclosing": LibraryClass(methods={
            "__aenter__": _opened, "__aexit__": _closed("aclose")}),
    },
)  # fmt: skip
