# ruff: noqa: ARG001 - all models of a kind take the same arguments
"""``contextlib.ExitStack``: managers that are entered one by one."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import NONE, Arguments, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _enter(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    manager = arguments.positional[0] if arguments.positional else NONE
    return machine.each(manager, lambda one: machine.library.enter(machine, one, arguments.at))


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return receiver


def _first(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else NONE


def _nothing(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return NONE


_STACK = LibraryClass(methods={
    "enter_context": _enter, "enter_async_context": _enter, "push": _first, "callback": _first,
    "push_async_exit": _first, "push_async_callback": _first, "pop_all": _itself,
    "close": _nothing, "aclose": _nothing, "__enter__": _itself, "__aenter__": _itself,
    "__exit__": _nothing, "__aexit__": _nothing,
})  # fmt: skip
TABLE = Table(
    classes={"contextlib.ExitStack": _STACK},
    aliases={"contextlib.AsyncExitStack": "contextlib.ExitStack"},
)
