"""Calls: what each kind of value does when it is called."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter import classes, functions
from readiness.program.interpreter.plain import NotPlain
from readiness.program.interpreter.reasons import Heard, inherited, of_arguments, reason
from readiness.program.interpreter.sameness import hashed
from readiness.program.values import (
    MISSING,
    Arguments,
    Bound,
    Choice,
    Class,
    External,
    Function,
    Host,
    Instance,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def call(machine: "Machine", function: Value, arguments: Arguments) -> Value:
    """Call a value with arguments."""
    machine.limits.step()
    value = _call(machine, function, arguments)
    machine.limits.hold(value)
    if value.trace and isinstance(function, Function):
        machine.heard.hear(value, len(machine.stack))
    if machine.records.chosen and not isinstance(function, Choice):
        value = inherited(machine, value, reason(machine, function), arguments.at)
    return value


def _call(machine: "Machine", function: Value, arguments: Arguments) -> Value:  # noqa: C901, PLR0911 - one case for each kind of value
    match function:
        case Function():
            made = functions.run(machine, function, arguments)
            return (
                machine.library.handed_on(function, made) if function.attributes.values else made
            )
        case Bound():
            return call(machine, function.function, _with_receiver(function.receiver, arguments))
        case Class():
            return machine.library.handed_on(
                function, classes.construct(machine, function, arguments)
            )
        case Host():
            return _of_library(machine, function.run, arguments)
        case External():
            return _of_library(machine, partial(_external, function), arguments)
        case Choice():
            return machine.each(function, lambda one: call(machine, one, arguments))
        case Wrapped(kind="cached"):
            return _cached(machine, function, arguments)
        case Wrapped(kind="contextmanager"):
            return _manager(machine, function, arguments)
        case Wrapped():
            return call(machine, function.function, arguments)
        case Instance():
            return _instance(machine, function, arguments)
        case Unknown():
            return _unknown(machine, function, arguments)
    raise machine.error("TypeError", "the value is not callable", arguments.at)


def _external(function: External, machine: "Machine", arguments: Arguments) -> Value:
    return machine.library.call(machine, function, arguments)


def _of_library(
    machine: "Machine", run: "Callable[[Machine, Arguments], Value]", arguments: Arguments
) -> Value:
    """What a library gives: its arguments decide that, and what those that it calls back say."""
    before, machine.heard = machine.heard, Heard(len(machine.stack))
    try:
        made = run(machine, arguments)
        heard = machine.heard.trace
    finally:
        machine.heard = before
    return of_arguments(machine, made, arguments, heard)


def _manager(machine: "Machine", function: Wrapped, arguments: Arguments) -> Value:
    """The manager that a ``contextmanager`` gives; as a decorator it is made anew each time."""
    again = Host("_recreate_cm", lambda m, given: _manager(
        m, function, replace(arguments, at=given.at)))  # fmt: skip
    slots = {"_recreate_cm": again, "func": function.function}
    made = Instance(External("contextlib._GeneratorContextManager"), slots, arguments.at)
    made.data = call(machine, function.function, arguments)
    return made


def _with_receiver(receiver: Value, arguments: Arguments) -> Arguments:
    return replace(arguments, positional=(receiver, *arguments.positional))


def _instance(machine: "Machine", value: Instance, arguments: Arguments) -> Value:
    method = machine.attribute(value, "__call__", arguments.at)
    return machine.each(method, lambda one: call(machine, one, arguments))


def _unknown(machine: "Machine", function: Unknown, arguments: Arguments) -> Value:
    """What is not known may do anything; what it is given may be called back."""
    machine.library.escape(machine, arguments, function.reason)
    machine.may_fail(f"a call ({function.reason})", arguments.at)
    reason = function.reason
    return Unknown(reason, function.at or arguments.at, function.trace, function.free)


def _cached(machine: "Machine", function: Wrapped, arguments: Arguments) -> Value:
    """A function with ``lru_cache``: the same arguments give the same object."""
    key = ("cached", *map(_key, arguments.positional), *(
        (name, _key(value)) for name, value in sorted(arguments.keywords.items())))  # fmt: skip
    slots = machine.library.cache_of(function)

    def first(held: Value) -> Value:
        if held is not MISSING:
            return held
        value = call(machine, function.function, arguments)
        machine.state.write(slots, key, value)
        return value

    return machine.each(slots.values.get(key, MISSING), first)


def _key(value: Value) -> Hashable:
    try:
        key: Hashable = hashed(value)
    except NotPlain:
        return value
    return key
