"""``contextvars``: what a variable holds is what the way here has set."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import MISSING, NONE, Arguments, External, Instance, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    default = arguments.positional[0] if arguments.positional else (
        receiver.slots.values.get("default"))  # fmt: skip

    def one(held: Value) -> Value:
        if held is not MISSING:
            return held
        if default is None and not machine.starting:  # who would have called it would have set it
            return Unknown("a context variable that its callers set", arguments.at)
        if default is None:
            raise machine.error("LookupError", "the context variable is not set", arguments.at)
        return default

    return machine.each(receiver.slots.values.get("value", MISSING), one)


def _set(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    old = receiver.slots.values.get("value", MISSING)
    machine.state.write(receiver.slots, "value", arg(arguments, 0))
    token = Instance(External("contextvars.Token"), None, arguments.at)
    token.data = old
    return token


def _reset(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    token = arg(arguments, 0)
    old = token.data if isinstance(token, Instance) else Unknown("what a variable held before")
    machine.state.write(receiver.slots, "value", old)
    return NONE


TABLE = Table(classes={
    "contextvars.ContextVar": LibraryClass(
        ("name", "default"),
        methods={"get": _get, "set": _set, "reset": _reset}),
})  # fmt: skip
