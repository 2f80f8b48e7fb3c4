"""python-dotenv: a file of variables, loaded where and when the code says."""

import posixpath
from typing import TYPE_CHECKING

from readiness.document import dotenv
from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.traces import with_trace
from readiness.program.models.standard.process_variables import name_of
from readiness.program.models.table import Table
from readiness.program.provenance import VariableStep
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
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


def entries(
    machine: "Machine", path: str, *, override: bool = True, interpolate: bool = True
) -> dict[str, Value] | None:
    """The variables of a dotenv file of the project; None where there is no such file.

    A reference means what the file has said, or else what the process has; unless one may
    ``override`` the process, that comes first.
    """
    try:
        content = machine.sources.project.text(path)
    except Unreadable:
        return None
    return of_text(machine, content, path, override=override, interpolate=interpolate)


def of_text(
    machine: "Machine", content: str, path: str, *, override: bool = True,
    interpolate: bool = True, at: Place | None = None,
) -> dict[str, Value]:  # fmt: skip
    """The variables that a text of this form sets; None for a name without a value."""
    found: dict[str, Value] = {}
    for binding in dotenv.parse(content, path).bindings:
        place = at or binding.at
        if binding.value is None:
            found[binding.name] = NONE
            continue
        step = VariableStep("variable", f"{binding.name} is set in {path}", place, binding.name)
        pieces = _pieces(machine, binding, found, place, override=override)
        whole = concatenated(machine, pieces, place) if interpolate else Text(
            (Part(binding.value, place, binding.name),))  # fmt: skip
        found[binding.name] = with_trace(whole, (step, *whole.trace))
    return found


def _pieces(
    machine: "Machine", binding: dotenv.Binding, found: dict[str, Value], at: Place,
    *, override: bool,
) -> list[Value]:  # fmt: skip
    pieces: list[Value] = []
    for literal, name, default in dotenv.atoms(binding.value or ""):
        if name is None:
            pieces.append(Text((Part(literal, at, binding.name),)))
            continue
        held = machine.variables.find(name, at)
        own = found.get(name, MISSING)
        first, second = (own, held) if override else (held, own)
        value = second if first is MISSING else first
        pieces.append(text(default) if value is MISSING else _said(machine, value))
    return pieces or [Text((Part("", at, binding.name),))]


def _said(machine: "Machine", value: Value) -> Value:
    """What a reference to a name without a value gives is empty."""
    return machine.each(value, lambda one: text("") if one is NONE or one is MISSING else one)


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
    overrides = machine.truth(override, arguments.at) is True
    found = entries(machine, path, override=overrides,
                    interpolate=_interpolates(machine, arguments, 4))  # fmt: skip
    if found is None:
        return FALSE

    def apply(*, all_of_them: bool) -> Value:
        held = machine.variables.slots.values
        for name, value in found.items():
            if value is NONE:
                continue
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


def _interpolates(machine: "Machine", arguments: Arguments, position: int) -> bool:
    given = arguments.get("interpolate", position)
    return given is None or machine.truth(given, arguments.at) is not False


def _values(machine: "Machine", arguments: Arguments) -> Value:
    """``dotenv_values``: the file, or a stream of text, as a dictionary."""
    interpolate = _interpolates(machine, arguments, 3)
    stream = arguments.get("stream", 1)
    if stream is not None and stream is not NONE:
        found = _streamed(machine, stream, arguments, interpolate=interpolate)
        if found is None:
            return Unknown("what a stream of variables holds", arguments.at)
    else:
        path = locate(machine, arguments.get("dotenv_path", 0), arguments)
        found = entries(machine, path, interpolate=interpolate) if path is not None else None
    if found is None:
        return Dict()
    return Dict(dict(found), {name: text(name) for name in found})


def _streamed(
    machine: "Machine", stream: Value, arguments: Arguments, *, interpolate: bool
) -> dict[str, Value] | None:
    read = machine.attribute(stream, "read", arguments.at)
    content = getattr(machine.invoke(read, arguments.at), "known", None)
    if content is None:
        return None
    at = arguments.at
    return of_text(machine, content, at.path, interpolate=interpolate, at=at)


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
