"""What is handed to code that is not known: it may call it, or whatever is in it."""

import re
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.consulting import note
from readiness.program.interpreter.stepping import Stepper
from readiness.program.models.python import awaiting
from readiness.program.values import (
    Arguments,
    Bound,
    Choice,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Module,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


KEEPING_NONE = frozenset({"builtins", "functools", "itertools", "operator", "typing", "inspect",
                          "typing_extensions", "collections", "copy", "contextlib", "abc", "enum",
                          "dataclasses", "types", "pydantic", "pydantic_settings", "attrs", "attr",
                          "dependency_injector", "tenacity", "__readiness__"})  # fmt: skip
"""Modules that call what they are given at once, or hand it back to the code."""
# Modules whose functions do not fail when they are used as they are meant.
QUIET = frozenset({"builtins", "typing", "time", "datetime", "uuid", "random", "itertools", "math",
                   "collections", "inspect", "logging", "warnings", "fastapi", "string", "enum",
                   "abc", "dataclasses", "functools", "threading", "asyncio",
                   "typing_extensions"})  # fmt: skip
_CALLED = re.compile(r"what ([\w.]+)\(\) gives|the attribute (\w+) of a \w+")
_TOLD = 2
"""How many of the last parts of a dotted name tell what is called: ``worker_init.connect``."""


def hand(machine: "Machine", value: Value, at: Place, to: str) -> None:  # noqa: C901 - one case for each kind of value
    """Functions and classes that unknown code gets may be called by it."""
    match value:
        case Function() | Bound():
            machine.records.callbacks.append(value)
        case Host(attributes={"func": held}) | Wrapped(function=held):
            hand(machine, held, at, to)
        case Host(attributes={"__self__": Dict() as held}) if to.partition(".")[0] not in QUIET:
            note_members(machine, held)
        case Tuple():
            for one in value.items:
                hand(machine, one, at, to)
        case List(kind="list"):
            hand(machine, value.slots.values["items"], at, to)
        case Instance() if awaiting.PENDING in value.slots.values:
            awaiting.awaited(machine, value, at)
        case Instance(cls=Class() as cls):
            machine.records.given.add(cls)
        case Module() | Dict() if to.partition(".")[0] not in QUIET:
            note_members(machine, value)
            _open_names(machine, value, at, to)
        case Class() | External() if to.partition(".")[0] not in QUIET:
            if isinstance(value, Class):
                machine.records.given.add(value)
            for name in _built_by(machine, value):
                machine.records.handed.append((name, at, to))


def _open_names(machine: "Machine", value: Module | Dict, at: Place, to: str) -> None:
    """Who gets the names of a module (``globals()``) may put more there."""
    if isinstance(value, Dict) and any(
        one.slots is value.slots for one in machine.by_path.values()
    ):
        machine.state.write(value.slots, "*", Unknown(f"a name that {to} may give", at))


def offer(machine: "Machine", value: Value, to: str, name: str, arguments: Arguments) -> None:
    """Remember the words of a call that gives a function away: what is called, and with what."""
    function = _behind(value)
    if not isinstance(function, Function):
        return
    called, *members = to.split(", its ")
    dotted = _CALLED.sub(r"\1\2", called).split(".")
    words = [*dotted[-_TOLD:], *members, name]
    if not machine.library.moments.isdisjoint(words):
        told = (one.known if isinstance(one, Text) else one.name.rpartition(".")[2]
                for one in arguments.positional if isinstance(one, Text | External))  # fmt: skip
        words += filter(None, told)
    each = frozenset({*words, *(word.lower() for word in words)})
    machine.records.offered.setdefault(function.node, []).append(each)


def _behind(value: Value) -> Value | None:
    """The function of a method, or of a generator that somebody else goes through."""
    stepper = value.stepper if isinstance(value, List) else None
    if isinstance(stepper, Stepper):
        return stepper.frame.function
    return value.function if isinstance(value, Bound) else value


def _built_by(machine: "Machine", cls: Class | External) -> list[str]:
    """The recorded classes that a call of a class would build at a place not seen here."""
    if isinstance(cls, Class) and isinstance(cls.slots.values.get("__init__"), Function):
        return []
    classes = machine.library.classes
    names = machine.library.names_of(cls)
    return [name for name in names if name in classes and classes[name].recorded]


def note_members(machine: "Machine", value: Value) -> None:
    """Any function of a module, a class, an object or a dictionary may be called from now on."""
    match value:
        case Choice():
            note_members(machine, value.then)
            note_members(machine, value.otherwise)
        case Instance(cls=Class() as cls) | (Class() as cls):
            for one in cls.order:
                if isinstance(one, Class):
                    note(machine.records.unsure, one.slots.values.values())
        case Module(stands_in=False) | Dict():
            note(machine.records.unsure, value.slots.values.values())


def note_given(machine: "Machine", name: str, arguments: Arguments) -> None:
    """What keeps a function may call it later, such as ``atexit.register``."""
    if name.partition(".")[0] not in KEEPING_NONE:
        given = (*arguments.positional, *arguments.keywords.values())
        note(machine.records.unsure, (one for one in given if isinstance(one, Function)))
