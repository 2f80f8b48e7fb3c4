"""Files of the project that the code reads: texts, JSON, YAML and TOML."""

import posixpath
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.program.models.standard import yaml_documents
from readiness.program.models.standard.documents import HOOKS, hooked, valued
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    External,
    Instance,
    List,
    Part,
    Text,
    Unknown,
    Value,
    text,
)
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

FILE = "io.TextIOWrapper"
UNREAD = "the contents of a file at run time"
LARGEST = 200_000
Parse = Callable[[str, str], Node]


def _json(content: str, path: str) -> Node:
    from readiness.document.json import parse  # noqa: PLC0415 - only where code reads one

    return parse(content, path)


def _toml(content: str, path: str) -> Node:
    from readiness.document.toml import parse  # noqa: PLC0415 - only where code reads one

    return parse(content, path)


_ERRORS: dict[Parse, str] = {
    _json: "json.JSONDecodeError", _toml: "tomllib.TOMLDecodeError",
    yaml_documents.parse: yaml_documents.ERROR,
}  # fmt: skip


def path_of(machine: "Machine", value: Value | None) -> str | None:
    """The file of the project that a path means, where it is known and there."""
    if isinstance(value, Instance):
        value = value.data
    name = value.known if isinstance(value, Text) else None
    if not name:
        return None
    path = posixpath.normpath(name)
    return path if machine.sources.project.has(path) else None


def contents(machine: "Machine", path: str) -> Value:
    """The text of a file of the project."""
    try:
        content = machine.sources.project.text(path)
    except Unreadable:
        return Unknown(UNREAD)
    if len(content) > LARGEST:
        return Unknown(f"the contents of {path}, which is too long")
    return Text((Part(content, Place(path, 1), literal=True),))


def opened(machine: "Machine", arguments: Arguments, path: str | None) -> Value:
    """``open(path)``; what is written there, or lies elsewhere, is not known."""
    mode = arguments.get("mode", 1)
    reads = mode is None or (isinstance(mode, Text) and mode.known in {"r", "rt", "rb"})
    if path is not None and reads and path not in machine.written:
        made = Instance(External(FILE), None, arguments.at)
        made.data = path
        return made
    if path is not None:
        machine.written.add(path)
    machine.may_fail("opening a file", arguments.at, machine.exception(
        "FileNotFoundError", "no such file", arguments.at))  # fmt: skip
    return Unknown(UNREAD, arguments.at)


def _open(machine: "Machine", arguments: Arguments) -> Value:
    given = arguments.get("file", 0)
    if isinstance(given, Choice):
        rest = arguments.after(1)
        return machine.each(given, lambda one: _open(
            machine, Arguments((one, *rest.positional), rest.keywords, arguments.at)))  # fmt: skip
    return opened(machine, arguments, path_of(machine, given))


def read_path(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Path.read_text()``."""
    path = path_of(machine, receiver)
    if path is not None and path not in machine.written:
        return contents(machine, path)
    machine.may_fail("reading a file", arguments.at)
    return Unknown(UNREAD, arguments.at)


def open_path(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Path.open()``."""
    whole = Arguments((receiver, *arguments.positional), arguments.keywords, arguments.at)
    return _open(machine, whole)


def write_path(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Path.write_text()``: what is in the file afterwards is not known."""
    path = path_of(machine, receiver)
    if path is not None:
        machine.written.add(path)
    return NONE


def _read(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    whole = not arguments.positional and not arguments.keywords
    if whole and isinstance(receiver, Instance) and isinstance(receiver.data, str):
        return contents(machine, receiver.data)
    return Unknown(UNREAD, arguments.at)


def _lines(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    content = _read(machine, receiver, Arguments((), {}, arguments.at))
    if not isinstance(content, Text) or content.known is None:
        return content
    at = content.parts[0].at
    lines = content.known.splitlines(keepends=True)
    return List(tuple(text(line, Place(at.path, number) if at else None)
                      for number, line in enumerate(lines, 1)))  # fmt: skip


def parsed(*, stream: bool, parse: Parse) -> FunctionModel:
    """A function that reads a document from a text, or from an open file."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.positional[0] if arguments.positional else NONE
        if isinstance(given, Choice):
            return machine.each(given, lambda one: run(
                machine, Arguments((one,), arguments.keywords, arguments.at)))  # fmt: skip
        if isinstance(given, Instance) and given.cls == External(FILE):
            given = contents(machine, given.data)
        elif stream or not isinstance(given, Text):
            _may_be_broken(machine, parse, arguments.at)
            reason = given.reason if isinstance(given, Unknown) else "what a document holds"
            return Unknown(reason, arguments.at, given.trace)
        if set(arguments.keywords) - {"Loader", "encoding", *(HOOKS if parse is _json else ())}:
            return Unknown("what a document is read as", arguments.at, given.trace)
        if not isinstance(given, Text) or given.known is None:
            _may_be_broken(machine, parse, arguments.at)
            return Unknown("what a text that is not known holds", arguments.at, given.trace)
        machine.limits.hand(given, given, given)
        return hooked(machine, _document(machine, given, parse, arguments), arguments)

    return run


def _may_be_broken(machine: "Machine", parse: Parse, at: Place) -> None:
    error = machine.exception(_ERRORS[parse], "it cannot be parsed", at)
    machine.may_fail("reading a document", at, error)


def _document(machine: "Machine", given: Text, parse: Parse, arguments: Arguments) -> Value:
    part = given.parts[0] if given.parts else Part("")
    path = part.at.path if part.at is not None else arguments.at.path
    try:
        node = _node(parse, given.known or "", path)
    except Malformed:
        raise machine.error(_ERRORS[parse], "it cannot be parsed", arguments.at,
                            given.trace) from None  # fmt: skip
    whole = part.at is not None and part.at.path != arguments.at.path
    if parse is yaml_documents.parse:
        return yaml_documents.valued(node, given, arguments, whole=whole)
    return valued(node, given, whole=whole)


@lru_cache(maxsize=4)
def _node(parse: Parse, content: str, path: str) -> Node:
    """The document that a text is: code that reads one in a loop reads the same one."""
    return parse(content, path)


_FILE = LibraryClass(methods={
    "read": _read, "readlines": _lines, "__iter__": _lines,
    "__enter__": lambda m, r, a: r,
    "close": lambda m, r, a: NONE,
    "readline": lambda m, r, a: Unknown(UNREAD, a.at),
})  # fmt: skip

TABLE = Table(
    functions={
        "builtins.open": _open, "io.open": _open,
        "json.load": parsed(stream=True, parse=_json),
        "json.loads": parsed(stream=False, parse=_json),
        **{f"yaml.{name}": parsed(stream=False, parse=yaml_documents.parse)
           for name in ("safe_load", "load", "full_load")},
        "tomllib.load": parsed(stream=True, parse=_toml),
        "tomllib.loads": parsed(stream=False, parse=_toml),
    },
    classes={FILE: _FILE},
    aliases={"tomli.load": "tomllib.load", "tomli.loads": "tomllib.loads"},
)  # fmt: skip
