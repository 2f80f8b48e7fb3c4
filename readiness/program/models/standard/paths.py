"""Paths as texts: ``os.path`` and ``pathlib``."""

import pathlib
import posixpath
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import lift
from readiness.program.models.standard import files
from readiness.program.models.standard.process_variables import name_of
from readiness.program.models.table import AttributeModel, FunctionModel, LibraryClass, MethodModel
from readiness.program.values import (
    NONE,
    TRUE,
    Arguments,
    External,
    Instance,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def join(machine: "Machine", arguments: Arguments) -> Value:
    """``os.path.join``."""
    pieces = [as_path(value) for value in arguments.positional]
    return lift(posixpath.join)(machine, Arguments(tuple(pieces), {}, arguments.at))


def as_path(value: Value) -> Value:
    """The text of a path; anything else as it is."""
    return value.data if isinstance(value, Instance) and isinstance(value.data, Text) else value


def path_function(name: str) -> FunctionModel:
    """A function of ``os.path`` over the text of a path."""
    function = getattr(posixpath, name)

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = tuple(as_path(value) for value in arguments.positional)
        return lift(function)(machine, Arguments(given, {}, arguments.at))

    return run


def same_path(machine: "Machine", arguments: Arguments) -> Value:
    """What is taken to leave a path as it is."""
    return as_path(arguments.positional[0]) if arguments.positional else text("")


def normal_path(machine: "Machine", arguments: Arguments) -> Value:
    """``os.path.normpath``, where the path is known."""
    given = as_path(arguments.positional[0]) if arguments.positional else text("")
    return given if name_of(given) is None else lift(posixpath.normpath)(machine, arguments)


def is_absolute(machine: "Machine", arguments: Arguments) -> Value:
    """``os.path.isabs``; what `same_path` made of a path may be absolute when it runs."""
    given = name_of(as_path(arguments.positional[0])) if arguments.positional else None
    if given is not None and given.startswith("/"):
        return TRUE
    return Unknown("whether a path is absolute when it runs", arguments.at)


def exists(machine: "Machine", arguments: Arguments) -> Value:
    """A file of the project is there; of another nobody here can know."""
    name = name_of(as_path(arguments.positional[0])) if arguments.positional else None
    if name is not None and machine.sources.project.has(posixpath.normpath(name)):
        return TRUE
    return Unknown("whether a file is there at run time", arguments.at)


def path(machine: "Machine", arguments: Arguments) -> Value:
    """``pathlib.Path(…)``."""
    return make_path(join(machine, arguments) if arguments.positional else text("."), arguments.at)


def make_path(content: Value, at: Place) -> Value:
    """A ``pathlib.Path`` over a text."""
    if not isinstance(content, Text):
        return Unknown("a path that is not known", at, content.trace)
    made = Instance(External("pathlib.PurePath"), None, at, content.trace)
    made.data = _normal(content)
    return made


def _normal(content: Text) -> Value:
    """A path as it is written: no part is empty, or the folder that it stands in."""
    known = content.known
    written = None if known is None else str(pathlib.PurePosixPath(known))
    if written is None or written == known:
        return content
    return lifted(written, content.trace, content.parts)


def _below(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    pieces = (as_path(receiver), *map(as_path, arguments.positional))
    return make_path(join(machine, Arguments(pieces, {}, arguments.at)), arguments.at)


def _path_itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return receiver


def _path_text(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return as_path(receiver)


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


def _changed_path(name: str) -> MethodModel:
    """A method that gives a path with another part."""

    def change(path: str, *given: str) -> str:
        return str(getattr(pathlib.PurePosixPath(path), name)(*given))

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        whole = (as_path(receiver), *map(as_path, arguments.positional))
        return make_path(lift(change)(machine, Arguments(whole, {}, arguments.at)), arguments.at)

    return run


def _path_exists(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return exists(machine, Arguments((receiver,), {}, arguments.at))


PATH = LibraryClass(
    methods={
        "__truediv__": _below,
        "joinpath": _below,
        "resolve": _path_itself,
        "__str__": _path_text,
        "__fspath__": _path_text,
        "absolute": _path_itself,
        "expanduser": _path_itself,
        "as_posix": _path_text,
        **{
            name: _changed_path(name)
            for name in ("with_name", "with_suffix", "with_stem", "relative_to")
        },
        "exists": _path_exists,
        "is_absolute": lambda m, r, a: is_absolute(m, Arguments((r,), {}, a.at)),
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
