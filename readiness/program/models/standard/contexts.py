"""``contextlib.ExitStack``: managers that are entered one by one, and left in reverse."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Host,
    Instance,
    List,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _make(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    instance.slots.values["callbacks"] = List()


def _callbacks(receiver: Value) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    return receiver.slots.values["callbacks"]


def _later(machine: "Machine", receiver: Value, callback: Value, arguments: Arguments) -> None:
    machine.each(_callbacks(receiver), lambda one: machine.invoke(
        machine.attribute(one, "append", arguments.at), arguments.at, callback))  # fmt: skip


def _enter(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    def one(manager: Value) -> Value:
        machine.held.append(manager)
        try:
            entered = machine.library.enter(machine, manager, arguments.at)
            _later(machine, receiver, _leaving(manager), arguments)
        finally:
            machine.held.pop()
        return entered

    return machine.each(arg(arguments, 0), one)


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    function, rest = arg(arguments, 0), arguments.after(1)

    def run(machine: "Machine", _: Arguments) -> Value:
        machine.library.awaited(machine, machine.call(function, rest), arguments.at)
        return FALSE

    _later(machine, receiver, Host("callback", run), arguments)
    return function


def _leaving(manager: Value) -> Host:
    """What leaves a manager, and holds it until then."""
    return Host("leave", lambda m, a: m.library.leave(m, manager, arg(a, 0), a.at), (),
                {"__self__": manager})  # fmt: skip


def _moved(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``pop_all``: what was put aside belongs to another stack."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    made = Instance(receiver.cls, {"callbacks": _callbacks(receiver)}, arguments.at)
    machine.state.write(receiver.slots, "callbacks", List())
    return made


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return receiver


def _first(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return arg(arguments, 0)


def _leave(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Run what was put aside, the last first, each with the error that is left by then."""
    error, at = arg(arguments, 1), arguments.at

    def unwound(waiting: tuple[Value, ...], left: Value) -> Value:
        if not waiting:
            return boolean(value=left is not error)
        swallowed = machine.invoke(waiting[-1], at, left)
        if left is NONE:
            return unwound(waiting[:-1], NONE)
        return machine.decide(swallowed, at, "the error is swallowed",
                              lambda: unwound(waiting[:-1], NONE),
                              lambda: unwound(waiting[:-1], left))  # fmt: skip

    def one(held: Value) -> Value:
        return unwound(held.items if isinstance(held, Tuple) else (), error)

    return machine.each(machine.content(_callbacks(receiver), at), one)


_STACK = LibraryClass(("__never__",), build=_make, methods={
    "enter_context": _enter, "enter_async_context": _enter, "push": _first,
    "callback": _callback, "push_async_exit": _first, "push_async_callback": _callback,
    "pop_all": _moved, "close": _leave, "aclose": _leave, "__enter__": _itself,
    "__aenter__": _itself, "__exit__": _leave, "__aexit__": _leave,
})  # fmt: skip
TABLE = Table(
    classes={"contextlib.ExitStack": _STACK},
    aliases={"contextlib.AsyncExitStack": "contextlib.ExitStack"},
)
