# ruff: noqa: ARG005 - all models of a kind take the same arguments
"""os, os.environ, sys, pathlib as texts, and other parts of the standard library."""

import base64
import html
import json
import pathlib
import posixpath
import urllib.parse
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models import files
from readiness.program.models.lifting import given, lift
from readiness.program.models.table import AttributeModel, FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ENVIRON = External("os._Environ")


def name_of(value: Value | None) -> str | None:
    """The known text of an argument."""
    return value.known if isinstance(value, Text) else None


def literal_at(value: Value | None) -> Place | None:
    """Where a default stands, if it is a text of the code."""
    return value.parts[0].at if isinstance(value, Text) and value.parts else None


def _unknown_name(arguments: Arguments) -> Value:
    return Unknown("a variable whose name is not known", arguments.at)


def getenv(machine: "Machine", arguments: Arguments) -> Value:
    """``os.getenv`` and ``os.environ.get``."""
    key = arguments.get("key", 0)
    if isinstance(key, Choice):
        rest = arguments.after(1)
        return machine.each(key, lambda one: getenv(
            machine, Arguments((one, *rest.positional), rest.keywords, arguments.at)))  # fmt: skip
    name = name_of(key)
    if name is None:
        return _unknown_name(arguments)
    default = arguments.get("default", 1) or NONE
    return machine.variables.optional(machine, name, arguments.at, default, literal_at(default))


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver

    def one(key: Value) -> Value:
        name = name_of(key)
        if name is None:
            return _unknown_name(arguments)
        return machine.variables.require(machine, name, arguments.at)

    return machine.each(given(arguments, 0), one)


def _set_item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver
    name, value = name_of(given(arguments, 0)), given(arguments, 1)
    if name is None:
        machine.variables.write_unknown("a variable whose name is not known", arguments.at)
    elif isinstance(value, (Constant, List, Tuple, Dict)):
        raise machine.error("TypeError", "str expected", arguments.at)
    else:
        machine.variables.write(name, value)
    return NONE


def _delete(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver
    name = name_of(given(arguments, 0))
    if name is None:
        machine.variables.write_unknown("a variable that may be removed", arguments.at)
        return NONE
    machine.variables.require(machine, name, arguments.at)
    machine.variables.write(name, MISSING)
    return NONE


def _present(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver
    name = name_of(given(arguments, 0))
    if name is None:
        return Unknown("whether a variable is set", arguments.at)
    marker = machine.variables.optional(machine, name, arguments.at, FALSE, None)
    return _truth(marker)


def _truth(value: Value) -> Value:
    if isinstance(value, Choice):
        return choose(value.condition, _truth(value.then), _truth(value.otherwise))
    return value if isinstance(value, Constant) else Constant(value=True, trace=value.trace)


def _setdefault(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = name_of(given(arguments, 0))
    if name is None:
        return _unknown_name(arguments)
    default = arguments.get("value", 1) or NONE
    value = machine.variables.optional(machine, name, arguments.at, default, literal_at(default))
    machine.variables.write(name, value)
    _ = receiver
    return value


def _pop(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = name_of(given(arguments, 0))
    if name is None:
        machine.variables.write_unknown("a variable that may be removed", arguments.at)
        return _unknown_name(arguments)
    if len(arguments.positional) > 1:
        value = getenv(machine, arguments)
    else:
        value = machine.variables.require(machine, name, arguments.at)
    machine.variables.write(name, MISSING)
    _ = receiver
    return value


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    for one in arguments.positional:
        other = machine.call(External("builtins.dict"), Arguments((one,), {}, arguments.at))
        if not isinstance(other, Dict) or other.rest is not None:
            machine.variables.write_unknown("what os.environ was updated with", arguments.at)
        if isinstance(other, Dict):
            for key, value in other.slots.values.items():
                if isinstance(key, str):
                    machine.variables.write(key, value)
    for key, value in arguments.keywords.items():
        machine.variables.write(key, value)
    _ = receiver
    return NONE


def _merge(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``os.environ |= other``."""
    _update(machine, receiver, arguments)
    return receiver


def _copy(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver, arguments
    return machine.variables.copied()


def _either(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``os.environ | other``."""
    made = _copy(machine, receiver, arguments)
    update = machine.attribute(made, "update", arguments.at)
    machine.invoke(update, arguments.at, *arguments.positional)
    return made


def _values(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "values", arguments.at), arguments.at)


def _count(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = machine, receiver
    return Unknown("the number of variables", arguments.at)


def _names(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "keys", arguments.at), arguments.at)


def _pairs(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = _copy(machine, receiver, arguments)
    return machine.invoke(machine.attribute(held, "items", arguments.at), arguments.at)


def _put(machine: "Machine", arguments: Arguments) -> Value:
    return _set_item(machine, NONE, arguments)


def _join(machine: "Machine", arguments: Arguments) -> Value:
    pieces = [_as_path(value) for value in arguments.positional]
    return lift(posixpath.join)(machine, Arguments(tuple(pieces), {}, arguments.at))


def _as_path(value: Value) -> Value:
    return value.data if isinstance(value, Instance) and isinstance(value.data, Text) else value


def _path_function(name: str) -> FunctionModel:
    function = getattr(posixpath, name)

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = tuple(_as_path(value) for value in arguments.positional)
        return lift(function)(machine, Arguments(given, {}, arguments.at))

    return run


def _same_path(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return _as_path(arguments.positional[0]) if arguments.positional else text("")


def _exists(machine: "Machine", arguments: Arguments) -> Value:
    """A file of the project is there; of another nobody here can know."""
    name = name_of(_as_path(arguments.positional[0])) if arguments.positional else None
    if name is not None and machine.sources.project.has(posixpath.normpath(name)):
        return TRUE
    return Unknown("whether a file is there at run time", arguments.at)


# Paths


def _path(machine: "Machine", arguments: Arguments) -> Value:
    return make_path(
        _join(machine, arguments) if arguments.positional else text("."), arguments.at
    )


def make_path(content: Value, at: Place) -> Value:
    """A ``pathlib.Path`` over a text."""
    if not isinstance(content, Text):
        return Unknown("a path that is not known", at, content.trace)
    made = Instance(External("pathlib.PurePath"), None, at, content.trace)
    made.data = content
    return made


def _below(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    pieces = (_as_path(receiver), *map(_as_path, arguments.positional))
    return make_path(_join(machine, Arguments(pieces, {}, arguments.at)), arguments.at)


def _path_itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = machine, arguments
    return receiver


def _path_text(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = machine, arguments
    return _as_path(receiver)


def _parent(machine: "Machine", value: Instance, at: Place) -> Value:
    return make_path(lift(posixpath.dirname)(machine, Arguments((value.data,), {}, at)), at)


def _parents(machine: "Machine", value: Instance, at: Place) -> Value:
    found: list[Value] = []
    current: Value = value
    for _ in range(8):
        if not isinstance(current, Instance):
            break
        current = _parent(machine, current, at)
        found.append(current)
    return Tuple(tuple(found))


def _path_name(machine: "Machine", value: Instance, at: Place) -> Value:
    return lift(posixpath.basename)(machine, Arguments((value.data,), {}, at))


def _stem(machine: "Machine", value: Instance, at: Place) -> Value:
    def stem(path: str) -> str:
        return posixpath.splitext(posixpath.basename(path))[0]

    return lift(stem)(machine, Arguments((value.data,), {}, at))


def _of_path(name: str) -> AttributeModel:
    """An attribute of a path that its text tells."""

    def read(path: str) -> object:
        return getattr(pathlib.PurePosixPath(path), name)

    return lambda machine, value, at: lift(read)(machine, Arguments((value.data,), {}, at))


def _path_exists(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _exists(machine, Arguments((receiver,), {}, arguments.at))


def _quote(machine: "Machine", arguments: Arguments) -> Value:
    """Quote part by part: what is not known stays one part."""
    value = arguments.positional[0] if arguments.positional else NONE
    if isinstance(value, Choice):
        rest = arguments.after(1)
        return machine.each(value, lambda one: _quote(
            machine, Arguments((one, *rest.positional), rest.keywords, arguments.at)))  # fmt: skip
    if not isinstance(value, Text):
        return lift(urllib.parse.quote)(machine, arguments)
    try:
        safe = plain(arguments.get("safe", 1) or text(""))
    except NotPlain:
        safe = ""
    if not isinstance(safe, str) or not _is_unicode(value):
        return lift(urllib.parse.quote)(machine, arguments)
    parts = tuple(
        part if part.text is None
        else Part(urllib.parse.quote(part.text, safe=safe), part.at, part.variable, part.literal)
        for part in value.parts
    )  # fmt: skip
    return Text(parts, value.trace)


def _is_unicode(value: Text) -> bool:
    """Whether a text can be encoded: a lone surrogate cannot."""
    return not any(
        "\ud800" <= sign <= "\udfff" for part in value.parts for sign in part.text or ""
    )


def _urlopen(machine: "Machine", arguments: Arguments) -> Value:
    machine.may_fail("a request", arguments.at)
    return Unknown("the answer of a server", arguments.at)


def _strtobool(word: str) -> int:
    """As ``distutils.util.strtobool``."""
    if word.lower() in {"y", "yes", "t", "true", "on", "1"}:
        return 1
    if word.lower() in {"n", "no", "f", "false", "off", "0"}:
        return 0
    raise ValueError("invalid truth value")


def _append_path(machine: "Machine") -> Value:
    return machine.search_path


_ENVIRON = LibraryClass(methods={
    "__getitem__": _item, "__setitem__": _set_item, "__delitem__": _delete,
    "__contains__": _present, "get": lambda m, r, a: getenv(m, a), "setdefault": _setdefault,
    "pop": _pop, "update": _update, "copy": _copy,
    "items": _pairs, "values": _values, "__or__": _either, "__ior__": _merge, "__len__": _count,
    "__bool__": lambda m, r, a: TRUE,
    "keys": _names,
    "__iter__": _names,
})  # fmt: skip
_PATH = LibraryClass(
    methods={
        "__truediv__": _below,
        "joinpath": _below,
        "resolve": _path_itself,
        "__str__": _path_text,
        "__fspath__": _path_text,
        "absolute": _path_itself,
        "expanduser": _path_itself,
        "as_posix": _path_text,
        "exists": _path_exists,
        "is_file": _path_exists,
        "read_text": files.read_path,
        "read_bytes": files.read_path,
        "open": files.open_path,
        "write_text": files.write_path,
        "write_bytes": files.write_path,
        "mkdir": lambda m, r, a: NONE,
        "touch": lambda m, r, a: NONE,
    },
    attributes={
        "parent": _parent,
        "parents": _parents,
        "name": _path_name,
        "stem": _stem,
        **{name: _of_path(name) for name in ("suffix", "suffixes", "parts", "anchor", "root")},
    },
)

TABLE = Table(
    functions={
        "os.getenv": getenv, "os.putenv": _put, "os.unsetenv": lambda m, a: _delete(m, NONE, a),
        "os.path.join": _join, "os.path.exists": _exists, "os.path.isfile": _exists,
        "os.path.abspath": _same_path, "os.path.realpath": _same_path,
        "os.path.expanduser": _same_path, "os.fspath": _same_path,
        "os.path.dirname": _path_function("dirname"), "os.path.basename": _path_function("basename"),  # noqa: E501 - a table
        "os.path.splitext": _path_function("splitext"), "os.path.normpath": _same_path,
        "os.getcwd": lambda m, a: text("."), "os.makedirs": lambda m, a: NONE,
        "os.chdir": lambda m, a: NONE, "os.mkdir": lambda m, a: NONE,
        "pathlib.Path": _path, "pathlib.PurePath": _path, "pathlib.PosixPath": _path,
        "pathlib.PurePosixPath": _path, "pathlib.Path.cwd": lambda m, a: make_path(text("."), a.at),  # noqa: E501 - a table
        "pathlib.Path.home": lambda m, a: make_path(text("~"), a.at),
        "urllib.parse.quote": _quote, "urllib.parse.quote_plus": _quote,
        "json.dumps": lift(json.dumps), "html.escape": lift(html.escape),
        "base64.b64decode": lift(base64.b64decode), "base64.b64encode": lift(base64.b64encode),
        "distutils.util.strtobool": lift(_strtobool), "urllib.request.urlopen": _urlopen,
        "time.sleep": lambda m, a: NONE, "logging.basicConfig": lambda m, a: NONE,
    },
    classes={"os._Environ": _ENVIRON, "pathlib.PurePath": _PATH},
    values={
        "os.environ": lambda m: m.environ, "sys.path": _append_path,
        "sys.argv": lambda m: List((text("program"),)), "os.name": lambda m: text("posix"),
        "sys.platform": lambda m: text("linux"), "os.sep": lambda m: text("/"),
        "sys.version_info": lambda m: Unknown("the version of Python"),
    },
    aliases={"posixpath.join": "os.path.join",
             "werkzeug.urls.url_quote": "urllib.parse.quote", "setuptools.distutils.util.strtobool":  # noqa: E501 - a table
             "distutils.util.strtobool", "six.moves.urllib.parse": "urllib.parse"},
)  # fmt: skip

__all__ = ["ENVIRON", "TABLE", "getenv", "literal_at", "make_path", "name_of"]
