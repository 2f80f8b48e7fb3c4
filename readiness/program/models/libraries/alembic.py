"""Alembic's configuration: what `env.py` finds in `alembic.ini`, and what it sets itself."""

import posixpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.document import ini
from readiness.document.node import Malformed, Node
from readiness.program.interpreter import item_changes
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Dict,
    External,
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

CONFIG = "alembic.config.Config"
FILE = "alembic.ini"
MAIN = "alembic"
_PARAMETERS = (
    "file_", "toml_file", "ini_section", "output_buffer", "stdout", "cmd_opts", "config_args",
    "attributes",
)  # fmt: skip


def _of_environment(machine: "Machine") -> Value:
    """The configuration with which alembic runs the script that asks: one for each folder."""
    folder = posixpath.dirname(machine.stack[-1].path if machine.stack else "")
    key = f"{CONFIG} {folder}"
    if key not in machine.singletons:
        machine.singletons[key] = _made(machine, _nearest(machine, folder))
    return machine.singletons[key]


def _nearest(machine: "Machine", folder: str) -> str | None:
    """The `alembic.ini` of a script's folder, or of the next one above that has one."""
    while True:
        path = posixpath.join(folder, FILE)
        if machine.sources.project.has(path):
            return path
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _made(machine: "Machine", path: str | None) -> Instance:
    unread = Unknown("alembic's configuration, which no file here gives")
    sections = Dict(rest=unread)
    if path is not None:
        try:
            read = ini.parse(machine.sources.project.text(path), path)
        except (Unreadable, Malformed):
            read = None
        if read is not None and isinstance(read.children, dict):
            made = {name: _section(node) for name, node in read.children.items()}
            sections = Dict(made, {name: text(name) for name in made})
    attributes = Dict(rest=Unknown("what the caller of alembic passes"))
    known = {"config_ini_section": text(MAIN), "sections": sections, "attributes": attributes}
    return Instance(External(CONFIG), known)


def _built(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A configuration of the code's own: of the file that it names, or of none at all."""
    given = arguments.get("file_", 0) or NONE
    path = getattr(given, "known", None)
    if path is not None:
        path = posixpath.normpath(path)
    made = _made(machine, path if path and machine.sources.project.has(path) else None)
    values = dict(made.slots.values)
    if given is NONE:
        values["sections"] = Dict()
    name = arguments.get("ini_section", 2) or values["config_ini_section"]
    for key, value in {**values, "config_ini_section": name}.items():
        machine.state.write(instance.slots, key, value)


def _section(node: Node) -> Dict:
    children = node.children if isinstance(node.children, dict) else {}
    values = {name: _option(one) for name, one in children.items()}
    return Dict(values, {name: text(name) for name in values})


def _option(node: Node) -> Value:
    raw = node.value if isinstance(node.value, str) else ""
    if raw.startswith("driver://"):
        return Unknown("the address of alembic's own template, which nothing replaces", node.at)
    if "%(" in raw:
        return Unknown("an option with another one in it", node.at)
    return Text((Part(raw.replace("%%", "%"), node.at, literal=True),))


def _sections(receiver: Value) -> Dict | None:
    found = receiver.slots.values.get("sections") if isinstance(receiver, Instance) else None
    return found if isinstance(found, Dict) else None


def _held(machine: "Machine", receiver: Value, name: str) -> Dict | None:
    """The options of a section, made when it is first asked for where no file lists them."""
    sections = _sections(receiver)
    if sections is None:
        return None
    found = sections.slots.values.get(name)
    if found is None and sections.rest is not None:
        found = Dict(rest=sections.rest)
        sections.keys[name] = text(name)
        machine.state.write(sections.slots, name, found)
    return found if isinstance(found, Dict) else None


def _get_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = getattr(arguments.get("name", 0), "known", None)
    if name is None:
        return Unknown("a section of alembic's configuration", arguments.at)
    held = _held(machine, receiver, name)
    if held is None:
        return arguments.get("default", 1) or NONE
    return Dict(held.slots.values, held.keys, held.trace, held.rest)


def _get_main(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _held(machine, receiver, MAIN)
    name, default = arguments.get("name", 0) or NONE, arguments.get("default", 1) or NONE
    if held is None:
        return default
    return machine.invoke(
        machine.attribute(held, "get", arguments.at), arguments.at, name, default
    )


def _set_main(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _put(machine, receiver, MAIN, arguments)


def _set_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    section = getattr(arguments.get("section", 0), "known", None)
    return _put(machine, receiver, section or MAIN, arguments.after(1))


def _put(machine: "Machine", receiver: Value, section: str, arguments: Arguments) -> Value:
    held = _held(machine, receiver, section)
    name, value = arguments.get("name", 0), arguments.get("value", 1)
    sections = _sections(receiver)
    if held is None and sections is not None:
        held = Dict()
        sections.keys[section] = text(section)
        machine.state.write(sections.slots, section, held)
    if held is not None and name is not None and value is not None:
        item_changes.put(machine, held, name, machine.each(value, _interpolated), arguments.at)
    return NONE


def _interpolated(value: Value) -> Value:
    """A value as the reader gives it back: a doubled percent sign is one."""
    if not isinstance(value, Text):
        return value
    parts = (replace(part, text=part.text and part.text.replace("%%", "%"))
             for part in value.parts)  # fmt: skip
    return Text(tuple(parts), value.trace)


TABLE = Table(
    classes={
        CONFIG: LibraryClass(_PARAMETERS, build=_built, methods={
            "get_section": _get_section, "get_main_option": _get_main,
            "set_main_option": _set_main, "set_section_option": _set_section,
        }),
    },
    # A deployment runs `alembic upgrade`, which connects; offline it only prints.
    functions={"alembic.context.is_offline_mode": lambda m, a: FALSE},
    values={"alembic.context.config": _of_environment},
)  # fmt: skip
