"""Workers of arq: what their jobs find in the context that start-up fills."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness.program.calling import call
from readiness.program.interpreter.machine import Machine
from readiness.program.receivers import unknown_arguments
from readiness.program.values import Arguments, Class, Dict, Function, List, Tuple, Unknown

_BEFORE = ("on_startup", "on_job_start")


def start_workers(machine: Machine) -> None:
    """Run what a class of settings for arq names, in arq's order and with one context."""
    for cls in _settings(machine):
        held, at = cls.slots.values, cls.at
        context = Dict(rest=Unknown("what arq puts into the context", at))
        for name in _BEFORE:
            if isinstance(before := held.get(name), Function):
                call(machine, before, Arguments((context,), {}, at))
        for job in _jobs(cls):
            job.entered = True
            given = unknown_arguments(machine, job)
            call(machine, job, replace(given, positional=(context, *given.positional[1:])))


def _settings(machine: Machine) -> Iterator[Class]:
    for module in list(machine.by_path.values()):
        for value in list(module.slots.values.values()):
            if isinstance(value, Class) and value.at.path == module.path and _is_arqs(value):
                yield value


def _is_arqs(cls: Class) -> bool:
    names = cls.slots.values.keys()
    return "functions" in names and any(one in names for one in _BEFORE)


def _jobs(cls: Class) -> Iterator[Function]:
    """The functions that are named as they are, and take the context first."""
    named = cls.slots.values["functions"]
    listed = named.slots.values["items"] if isinstance(named, List) else named
    for one in listed.items if isinstance(listed, Tuple) else ():
        if isinstance(one, Function) and one.node.args.args:
            yield one
