"""Reads of variables: with a default, or without one, so that start-up may end there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.handlers import catches
from readiness.program.interpreter.outcomes import LimitReached, Raised
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.variable_values import injected
from readiness.program.interpreter.variable_words import default_words
from readiness.program.interpreter.variables import Restart, Variables
from readiness.program.provenance import DefaultStep
from readiness.program.values import MISSING, Choice, Text, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def optional(  # noqa: PLR0917 - what there is to know of a read
    machine: "Machine", name: str, at: Place, default: Value, default_at: Place | None,
    convert: Callable[[Value], Value] = lambda value: value,
) -> Value:  # fmt: skip
    """A read with a default; what the variable itself says is converted, the default is not."""
    variables = machine.variables
    variables.note(name, at, required=False, default=default, default_at=default_at)
    found = variables.find(name, at)
    if found is MISSING or name in variables.opened:
        variables.missed.add(name)
    return machine.each(
        found,
        lambda one: defaulted(variables, name, at, default) if one is MISSING else convert(one),
    )


def defaulted(variables: Variables, name: str, at: Place, default: Value) -> Value:
    """The default of a variable that nothing sets."""
    place = default.parts[0].at if isinstance(default, Text) and default.parts else None
    shown = default_words(default, name)
    steps = () if shown is None else (DefaultStep("default", shown, place or at, name),)
    return with_trace(default, (variables.absent(name, at), *steps))


def require(machine: "Machine", name: str, at: Place, error: str = "KeyError") -> Value:
    """A read without a default: where it fails and nothing catches that, start-up ends."""
    variables, guarded = machine.variables, catches(machine, error)
    found = restrict(variables.find(name, at), machine.state.assumed)
    perhaps = isinstance(found, Choice) and found.otherwise is MISSING
    given = name in variables.opened and not perhaps
    variables.note(name, at, required=not (guarded or given))

    def one(found: Value) -> Value:
        return _without(machine, name, at, error, guarded=guarded) if found is MISSING else found

    if perhaps and name in variables.opened and not guarded:
        return one(MISSING)  # what the platform must supply, the file sets
    return machine.each(found, one)


def demand(machine: "Machine", name: str, at: Place) -> Value:
    """As `require`, of a copy of all variables that was found not to have this one."""
    guarded = catches(machine, "KeyError")
    machine.variables.note(name, at, required=not guarded)
    return _without(machine, name, at, "KeyError", guarded=guarded)


def _without(machine: "Machine", name: str, at: Place, error: str, *, guarded: bool) -> Value:
    """A variable that nothing sets: an error, or what the platform must supply."""
    if guarded or machine.variables.is_unset(name):
        raise _absent_error(machine, name, error, at)
    return _supply(machine, name, at)


def _absent_error(machine: "Machine", name: str, error: str, at: Place) -> Raised | LimitReached:
    trace = (machine.variables.absent(name, at),)
    if error == "KeyError":
        return machine.missing_key(text(name), at, trace)
    return machine.error(error, f"'{name}'", at, trace)


def _supply(machine: "Machine", name: str, at: Place) -> Value:
    """What start-up cannot do without, the platform supplies; earlier reads begin anew."""
    variables = machine.variables
    variables.supplied.add(name)
    if machine.starting and not machine.state.path:
        variables.proved.add(name)
        if (name in variables.missed or variables.enumerated) and variables.learning:
            raise Restart
        variables.slots.values[name] = injected(name, None)
    return injected(name, at)
