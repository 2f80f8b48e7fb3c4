"""python-dotenv: a file of variables, loaded where and when the code says."""

import io
import posixpath
from typing import TYPE_CHECKING

from readiness.document import dotenv
from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.models.standard.process_variables import name_of
from readiness.program.models.table import Table
from readiness.program.provenance import VariableStep
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Arguments,
    Choice,
    Constant,
    Dict,
    Instance,
    Part,
    Text,
    Unknown,
    Value,
    text,
)
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def entries(machine: "Machine", path: str) -> dict[str, Text] | None:
    """The variables of a dotenv file of the project; None where there is no such file."""
    from dotenv.parser import parse_stream  # noqa: PLC0415 - only where code loads one

    try:
        content = machine.sources.project.text(path)
    except Unreadable:
        return None
    found: dict[str, Text] = {}
    known: dict[str, str | None] = {}
    for binding in parse_stream(io.StringIO(content)):
        if binding.key is None or binding.value is None:
            continue
        line = binding.original.line + len(binding.original.string) - len(
            binding.original.string.lstrip("\n"))  # fmt: skip
        at = Place(path, line)
        value = dotenv.resolved(binding.value, known)
        known[binding.key] = value
        step = VariableStep("variable", f"{binding.key} is set in {path}", at, binding.key)
        found[binding.key] = Text((Part(value, at, binding.key),), (step,))
    return found


def locate(machine: "Machine", value: Value | None, arguments: Arguments) -> str | None:
    """The project's file that a ``dotenv_path`` names; ``.env`` near the code by default."""
    if isinstance(value, Instance) and isinstance(value.data, Text):
        value = value.data
    name = name_of(value)
    if value is not None and name is None and not isinstance(value, Constant):
        return None
    wanted = posixpath.normpath(name or ".env").lstrip("/")
    folder = arguments.at.path.rpartition("/")[0]
    while True:
        path = posixpath.normpath(posixpath.join(folder, wanted))
        if machine.sources.project.has(path):
            return path
        if not folder:
            return wanted
        folder = folder.rpartition("/")[0]


def _load(machine: "Machine", arguments: Arguments) -> Value:
    """``load_dotenv``: what is set already stays, unless it may override."""
    given = arguments.get("dotenv_path", 0)
    override = arguments.get("override", 3) or FALSE
    if isinstance(given, Choice):
        return machine.each(given, lambda one: _load(machine, Arguments(
            (one,), {k: v for k, v in arguments.keywords.items() if k != "dotenv_path"},
            arguments.at)))  # fmt: skip
    path = locate(machine, given, arguments)
    if path is None:
        return Unknown("a dotenv file that is not known", arguments.at)
    found = entries(machine, path)
    if found is None:
        return FALSE

    def apply(*, all_of_them: bool) -> Value:
        held = machine.variables.slots.values
        for name, value in found.items():
            current = MISSING if all_of_them else held.get(name, MISSING)
            if not all_of_them and current is not MISSING:
                machine.variables.load(path, name)
            if current is MISSING or isinstance(current, Choice):
                machine.variables.write(name, _unless_set(current, value))
        return TRUE

    return machine.decide(
        override, arguments.at, "override",
        lambda: apply(all_of_them=True), lambda: apply(all_of_them=False),
    )  # fmt: skip


def _unless_set(current: Value, value: Value) -> Value:
    """What a variable holds that is set where it is not, on the paths where it is not."""
    if isinstance(current, Choice):
        then = _unless_set(current.then, value)
        return choose(current.condition, then, _unless_set(current.otherwise, value))
    return value if current is MISSING else current


def _values(machine: "Machine", arguments: Arguments) -> Value:
    """``dotenv_values``: the file as a dictionary."""
    path = locate(machine, arguments.get("dotenv_path", 0), arguments)
    found = entries(machine, path) if path is not None else None
    if found is None:
        return Dict()
    return Dict(dict(found), {name: text(name) for name in found})


def _find(machine: "Machine", arguments: Arguments) -> Value:
    path = locate(machine, arguments.get("filename", 0), arguments)
    present = path is not None and machine.sources.project.has(path)
    return text(path) if present and path else text("")


TABLE = Table(
    functions={"dotenv.load_dotenv": _load, "dotenv.dotenv_values": _values,
               "dotenv.find_dotenv": _find},
    aliases={"dotenv.main.load_dotenv": "dotenv.load_dotenv",
             "dotenv.main.dotenv_values": "dotenv.dotenv_values",
             "dotenv.main.find_dotenv": "dotenv.find_dotenv"},
    setters=frozenset({"load_dotenv"}),
)  # fmt: skip
