"""What runs as web applications start, before the first request: up to where it waits."""

from readiness.model.place import Place
from readiness.program.interpreter import generators
from readiness.program.interpreter.machine import Machine
from readiness.program.models.applications import started
from readiness.program.values import NONE, Bound, Function, Unknown, Value, Wrapped


class Waiting(Exception):  # noqa: N818 - it is no error
    """A lifespan has come to where it waits for the end of the process."""


def begin(machine: Machine, application: Unknown, lifespan: Value) -> Value:
    """Run the first half of what an application runs around its life; it ends by `Waiting`."""
    at = application.at or Place("")

    def inside(given: Value) -> Value:
        started(machine, given)
        raise Waiting

    manager = machine.invoke(lifespan, at, application)
    generator = machine.library.managing(machine, manager, at)
    if generator is not None:
        return generators.managed(machine, generator, inside, at)
    started(machine, machine.library.enter(machine, manager, at))
    return NONE


def function_of(lifespan: Value) -> Function | None:
    """The function of the code that a lifespan is."""
    while isinstance(lifespan, Wrapped | Bound):
        lifespan = lifespan.function
    return lifespan if isinstance(lifespan, Function) else None
