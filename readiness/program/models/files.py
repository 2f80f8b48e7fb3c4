"""Files of the project that the code reads: texts, JSON, YAML and TOML."""

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Constant,
    Dict,
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


def _yaml(content: str, path: str) -> Node:
    from readiness.document.yaml import parse  # noqa: PLC0415 - only where code reads one

    return parse(content, path)


def _toml(content: str, path: str) -> Node:
    from readiness.document.toml import parse  # noqa: PLC0415 - only where code reads one

    return parse(content, path)


_ERRORS: dict[Parse, str] = {
    _json: "json.JSONDecodeError", _yaml: "yaml.YAMLError", _toml: "tomllib.TOMLDecodeError",
}  # fmt: skip
_OCTAL = re.compile(r"[-+]?0[0-9_]+")
# What PyYAML, which reads YAML 1.1, takes for a truth value, a number or a date.
# PyYAML takes these for truth values, as YAML 1.1 says.
_SWITCHES = {form: truth for word, truth in (("yes", True), ("on", True), ("no", False),
                                             ("off", False))
             for form in (word, word.title(), word.upper())}  # fmt: skip
_LOOSE = re.compile(r"(?i:yes|no|on|off|y|n)|[-+]?[0-9][0-9_:.TtZz+ -]*")


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
    _ = arguments
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
            reason = given.reason if isinstance(given, Unknown) else "what a document holds"
            return Unknown(reason, arguments.at, given.trace)
        if set(arguments.keywords) - {"Loader", "encoding"}:
            return Unknown("what a document is read as", arguments.at, given.trace)
        if not isinstance(given, Text) or given.known is None:
            machine.may_fail("reading a document", arguments.at, machine.exception(
                _ERRORS[parse], "it cannot be parsed", arguments.at))  # fmt: skip
            return Unknown("what a text that is not known holds", arguments.at, given.trace)
        return _document(machine, given, parse, arguments)

    return run


def _document(machine: "Machine", given: Text, parse: Parse, arguments: Arguments) -> Value:
    part = given.parts[0] if given.parts else Part("")
    path = part.at.path if part.at is not None else arguments.at.path
    try:
        node = parse(given.known or "", path)
    except Malformed:
        raise machine.error(_ERRORS[parse], "it cannot be parsed", arguments.at,
                            given.trace) from None  # fmt: skip
    whole = part.at is not None and part.at.path != arguments.at.path
    return _valued(node, given, whole=whole, loose=parse is _yaml)


def _is_bare(node: Node, given: Text) -> bool:
    """Whether a text of YAML stands without quotation marks, so that it may mean a switch."""
    lines = (given.known or "").splitlines()
    line, column = node.at.line or 0, node.at.column or 0
    if not 0 < line <= len(lines) or column < 1:
        return True
    return not lines[line - 1][column - 1 :].startswith(("'", '"', "|", ">"))


def _valued(  # noqa: PLR0911 - one answer for each kind of value
    node: Node, given: Text, *, whole: bool, loose: bool
) -> Value:
    """A node as a value, its texts placed where they stand."""
    if node.tag is not None:
        return Unknown("a value with a tag", node.at)
    children = node.children
    if isinstance(children, dict) and "<<" in children:
        return Unknown("a mapping that others are merged into", node.at)
    if isinstance(children, dict):
        entries = {
            key: _valued(one, given, whole=whole, loose=loose) for key, one in children.items()
        }
        return Dict(entries, {key: text(str(key)) if isinstance(key, str) else Constant(key)
                              for key in entries}, given.trace)  # fmt: skip
    if isinstance(children, (list, tuple)):
        items = (_valued(one, given, whole=whole, loose=loose) for one in children)
        return List(tuple(items), given.trace)
    if isinstance(node.value, str):
        loose = loose and _is_bare(node, given)
        if loose and node.value in _SWITCHES:
            return Constant(_SWITCHES[node.value], given.trace)
        if loose and _LOOSE.fullmatch(node.value):
            return Unknown("a word that readers of YAML take differently", node.at)
        first = given.parts[0]
        at = node.at if whole else first.at
        return Text((Part(node.value, at, first.variable, first.literal),), given.trace)
    if loose and _OCTAL.fullmatch(node.raw or ""):
        return Unknown("a number that readers of YAML take differently", node.at)
    if node.value is None or isinstance(node.value, bool | int | float):
        return Constant(node.value, given.trace)
    return Unknown("a value of a document", node.at, given.trace)


_FILE = LibraryClass(methods={
    "read": _read, "readlines": _lines, "__iter__": _lines,
    "__enter__": lambda m, r, a: r,  # noqa: ARG005 - all models of a kind take the same arguments
    "close": lambda m, r, a: NONE,  # noqa: ARG005 - as above
    "readline": lambda m, r, a: Unknown(UNREAD, a.at),  # noqa: ARG005 - as above
})  # fmt: skip

TABLE = Table(
    functions={
        "builtins.open": _open, "io.open": _open,
        "json.load": parsed(stream=True, parse=_json),
        "json.loads": parsed(stream=False, parse=_json),
        "yaml.safe_load": parsed(stream=False, parse=_yaml),
        "yaml.load": parsed(stream=False, parse=_yaml),
        "yaml.full_load": parsed(stream=False, parse=_yaml),
        "tomllib.load": parsed(stream=True, parse=_toml),
        "tomllib.loads": parsed(stream=False, parse=_toml),
    },
    classes={FILE: _FILE},
    aliases={"tomli.load": "tomllib.load", "tomli.loads": "tomllib.loads"},
)  # fmt: skip
