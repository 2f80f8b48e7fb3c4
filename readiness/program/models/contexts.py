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
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _make(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    instance.slots.values["callbacks"] = List()


def _callbacks(receiver: Value) -> List:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    found = receiver.slots.values["callbacks"]
    assert isinstance(found, List)  # noqa: S101 - as above
    return found


def _later(machine: "Machine", receiver: Value, callback: Value, arguments: Arguments) -> None:
    append = machine.attribute(_callbacks(receiver), "append", arguments.at)
    machine.invoke(append, arguments.at, callback)


def _enter(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    def one(manager: Value) -> Value:
        entered = machine.library.enter(machine, manager, arguments.at)
        leave = Host("leave", lambda m, a: m.library.leave(m, manager, NONE, a.at))
        _later(machine, receiver, leave, arguments)
        return entered

    return machine.each(arg(arguments, 0), one)


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    function, rest = arg(arguments, 0), arguments.after(1)
    _later(machine, receiver, Host("callback", lambda m, _: m.call(function, rest)), arguments)
    return function


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return receiver


def _first(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return arg(arguments, 0)


def _leave(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Run what was put aside, the last first."""
    content = machine.content(_callbacks(receiver), arguments.at)

    def one(held: Value) -> Value:
        for callback in reversed(held.items) if isinstance(held, Tuple) else ():
            machine.invoke(callback, arguments.at)
        return FALSE

    return machine.each(content, one)


_STACK = LibraryClass(("__never__",), build=_make, methods={
    "enter_context": _enter, "enter_async_context": _enter, "push": _first,
    "callback": _callback, "push_async_exit": _first, "push_async_callback": _callback,
    "pop_all": _itself, "close": _leave, "aclose": _leave, "__enter__": _itself,
    "__aenter__": _itself, "__exit__": _leave, "__aexit__": _leave,
})  # fmt: skip
TABLE = Table(
    classes={"contextlib.ExitStack": _STACK},
    aliases={"contextlib.AsyncExitStack": "contextlib.ExitStack"},
)
