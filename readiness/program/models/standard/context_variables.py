"""``contextvars``: what a variable holds is what the way here has set."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.outcomes import abrupt
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    External,
    Instance,
    Slots,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    default = arguments.positional[0] if arguments.positional else (
        receiver.slots.values.get("default"))  # fmt: skip

    value = receiver.slots.values.get("value", MISSING)

    def one(held: Value) -> Value:
        if held is not MISSING:
            return held
        if default is None and not machine.starting and value is MISSING:
            # who would have called it would have set it
            return Unknown("a context variable that its callers set", arguments.at)
        if default is None:
            raise machine.error("LookupError", "the context variable is not set", arguments.at)
        return default

    return machine.each(value, one)


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


_ALL = "\0context variables"
CONTEXT = "contextvars.Context"


def _made(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    for name, value in arguments.keywords.items():
        machine.state.write(instance.slots, name, value)
    known = machine.singletons.setdefault(_ALL, Instance(External(CONTEXT)))
    assert isinstance(known, Instance)  # noqa: S101 - nothing else is put there
    known.data = (*(known.data or ()), instance)


def is_context_variable(machine: "Machine", slots: Slots) -> bool:
    """Whether these are what a context variable holds."""
    return any(one.slots is slots for one in _every(machine))


def _every(machine: "Machine") -> list[Instance]:
    known = machine.singletons.get(_ALL)
    return list(known.data or ()) if isinstance(known, Instance) else []


def _now(machine: "Machine") -> dict[Hashable, Value]:
    """What each variable holds, by its place among them."""
    every = enumerate(_every(machine))
    return {number: one.slots.values.get("value", MISSING) for number, one in every}


def _copied(machine: "Machine", arguments: Arguments) -> Value:
    """``copy_context``."""
    return Instance(External(CONTEXT), _now(machine), arguments.at)


def _run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``context.run(function, …)``: what it sets is set in the context only."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    before = _now(machine)
    _restore(machine, receiver.slots.values)

    def finish(ending: Ending) -> Ending:
        return machine.state.onwards(ending, lambda: over(ending))

    def over(ending: Ending) -> Value:
        for number, value in _now(machine).items():
            machine.state.write(receiver.slots, number, value)
        _restore(machine, before)
        if ending.kind == "normal":
            return ending.value
        raise abrupt(ending.kind, ending.value)

    return machine.state.enclose_apart(
        lambda: machine.call(arg(arguments, 0), arguments.after(1)), ("raise",), finish
    )


def _restore(machine: "Machine", held: Mapping[Hashable, Value]) -> None:
    for number, one in enumerate(_every(machine)):
        value = held.get(number, MISSING)
        if one.slots.values.get("value", MISSING) is not value:
            machine.state.write(one.slots, "value", value)


TABLE = Table(
    functions={"contextvars.copy_context": _copied},
    classes={
        "contextvars.ContextVar": LibraryClass(
            ("name", "default"), build=_made,
            methods={"get": _get, "set": _set, "reset": _reset}),
        CONTEXT: LibraryClass(methods={"run": _run}),
    },
)  # fmt: skip
