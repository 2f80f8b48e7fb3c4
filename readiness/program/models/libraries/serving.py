"""Servers that code starts by itself: they import what they are told, and may call it."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.python.making import named
from readiness.program.models.table import Table
from readiness.program.values import (
    NONE,
    Arguments,
    External,
    Instance,
    Module,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

FIRST = {
    "uvicorn.run": "app", "uvicorn.main.run": "app", "uvicorn.Config": "app",
    "uvicorn.config.Config": "app", "granian.Granian": "target",
    "granian.server.Granian": "target",
}  # fmt: skip
"""What takes an application or its name, with the name of that parameter."""


def _run(name: str, machine: "Machine", arguments: Arguments) -> Value:
    machine.record(name, named(arguments), arguments.at)
    machine.library.escape(machine, arguments, name)
    factory = arguments.keywords.get("factory", NONE)
    machine.each(arguments.get(FIRST[name], 0) or NONE,
                 lambda one: _serve(machine, one, factory, arguments))  # fmt: skip
    return Instance(External(name), dict(arguments.keywords), arguments.at)


def _serve(machine: "Machine", told: Value, factory: Value, arguments: Arguments) -> Value:
    application = _application(machine, told, arguments) if isinstance(told, Text) else told
    if machine.truth(factory, arguments.at):
        machine.invoke(application, arguments.at)
    return NONE


def _application(machine: "Machine", told: Text, arguments: Arguments) -> Value:
    """What ``module:name`` means; a module that has run already is not run anew."""
    name, _, attribute = (told.known or "").partition(":")
    if not name or not attribute or arguments.caller is None:
        return Unknown("an application of which the name is not known", arguments.at)
    path = machine.sources.locate(name, arguments.caller.path)
    module: Value | None = machine.by_path.get(path or "")
    if module is None:
        module = machine.import_module(name, arguments.caller, arguments.at)
    if isinstance(module, Module):
        return module.slots.values.get(attribute, NONE)
    return Unknown(f"the application {told.known}", arguments.at)


TABLE = Table(functions={name: partial(_run, name) for name in FIRST})
