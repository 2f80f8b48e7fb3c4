"""The methods of generators."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import stepping
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.python.reflection import with_fallback
from readiness.program.models.table import MethodModel
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    External,
    Instance,
    List,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _next(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return machine.invoke(External("builtins.next"), arguments.at, receiver)


def _send(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``send``: a step with a value; where it cannot stand still that was taken for unknown."""
    sent = arguments.positional[0] if arguments.positional else NONE
    step = _advanced(machine, receiver, arguments, sent, None)
    return _next(machine, receiver, arguments) if step is None else _told(machine, step, arguments)


def _throw(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``throw``: an error where it stands."""
    error = arguments.positional[0] if arguments.positional else NONE
    if isinstance(error, (Class, External)):
        error = machine.invoke(error, arguments.at)
    raised = Raised(error)
    machine.meant.append(error)
    step = _advanced(machine, receiver, arguments, NONE, raised)
    if step is None:
        machine.may_fail("an error in a generator", arguments.at, error)
        return Unknown("what a generator makes of an error", arguments.at)
    return _told(machine, step, arguments)


def _close(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``close``: it ends where it stands."""
    stop = Instance(External("builtins.GeneratorExit"), None, arguments.at)
    if isinstance(receiver, List) and "start" in receiver.slots.values:
        stepping.end(machine, receiver)
    try:
        if isinstance(receiver, List) and stepping.has_begun(receiver):
            _advanced(machine, receiver, arguments, NONE, Raised(stop))
    except Raised as raised:
        if raised.value is not stop:
            raise
    return NONE


def _advanced(
    machine: "Machine", receiver: Value, arguments: Arguments, sent: Value, thrown: Raised | None
) -> stepping.Step | None:
    if not isinstance(receiver, List) or receiver.stepper is None:
        return None
    return stepping.advance(machine, receiver, arguments.at, sent, thrown)


def _told(machine: "Machine", step: stepping.Step, arguments: Arguments) -> Value:
    if not step.over:
        return step.value
    none = isinstance(step.value, Constant) and step.value.value is None
    raise machine.stopped(None if none else step.value, arguments.at)


def _awaited(method: MethodModel) -> MethodModel:
    """The same of an asynchronous generator, whose end is another error."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        def over() -> Value:
            raise machine.error("StopAsyncIteration", "", arguments.at)

        return with_fallback(
            machine, "StopIteration", lambda: method(machine, receiver, arguments), over
        )

    return run


GENERATOR: dict[str, MethodModel] = {
    "__next__": _next, "__anext__": _awaited(_next), "send": _send, "asend": _awaited(_send),
    "throw": _throw, "athrow": _awaited(_throw), **dict.fromkeys(("close", "aclose"), _close),
}  # fmt: skip
