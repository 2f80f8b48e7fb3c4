"""Python's own functions without effects, applied to known values."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.plain import NotPlain, trace_of
from readiness.program.models.table import FunctionModel
from readiness.program.values import NONE, Arguments, Choice, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


# What raises ValueError where it is given a text of another kind.
_FAILING = (int, float, complex)
_QUICK = frozenset({"len", "bool", "type", "not_", "truth"})
_TIMES = {"literal_eval": 10}
"""How often what goes through a text does so; once where it is not named here."""


def lift(function: Callable[..., Any]) -> FunctionModel:
    """A model that applies a Python function without effects to known values."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        for index, value in enumerate(arguments.positional):
            if isinstance(value, Choice):
                return machine.each(
                    value,
                    lambda one: run(machine, replaced(arguments, index, one)),  # noqa: B023 - called before the next round
                )
        if function.__name__ not in _QUICK:
            machine.limits.hand(*arguments.positional * _TIMES.get(function.__name__, 1))
        try:
            return pure(function, *arguments.positional, **arguments.keywords)
        except NotPlain as unclear:
            if function in _FAILING:
                machine.may_fail(f"{function.__name__}()", arguments.at, machine.exception(
                    "ValueError", "a text of another kind", arguments.at))  # fmt: skip
            reason = unclear.value.reason if isinstance(unclear.value, Unknown) else named(unclear)
            free = isinstance(unclear.value, Unknown) and unclear.value.free
            return Unknown(reason, arguments.at, trace_of(*arguments.positional), free)
        except Exception as error:  # noqa: BLE001 - as the code would see it
            trace = trace_of(*arguments.positional)
            raise machine.raised(error, arguments.at, trace) from None

    return run


def named(unclear: NotPlain) -> str:
    """Why a value is not plain, by the variables in it."""
    parts = unclear.value.parts if isinstance(unclear.value, Text) else ()
    names = sorted({part.variable for part in parts if part.variable})
    return f"{', '.join(names)} is set by the platform" if names else "a value that is not known"


def replaced(arguments: Arguments, index: int, value: Value) -> Arguments:
    """The same arguments with one of the positional ones replaced."""
    positional = (*arguments.positional[:index], value, *arguments.positional[index + 1 :])
    return Arguments(
        positional, arguments.keywords, arguments.at, arguments.open, arguments.caller
    )


def given(arguments: Arguments, index: int) -> Value:
    """The positional argument at this index; not known where a call does not show it."""
    if index < len(arguments.positional):
        return arguments.positional[index]
    return arguments.open or Unknown("an argument that is not passed", arguments.at)


def arg(arguments: Arguments, index: int, default: Value = NONE) -> Value:
    """The positional argument at this index, or what stands for it."""
    return arguments.positional[index] if index < len(arguments.positional) else default
