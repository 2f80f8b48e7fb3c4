"""python-decouple: a variable, else what a file beside the code says, else a default."""

import io
import posixpath
import shlex
import string
from collections.abc import Callable
from configparser import ConfigParser
from configparser import Error as ConfigError
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import reads
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.libraries import dotenv
from readiness.program.models.libraries.typed_variables import by_words, mapped, typed
from readiness.program.models.standard.process_variables import literal_at, name_of
from readiness.program.models.table import LibraryClass, Table
from readiness.program.provenance import VariableStep
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Constant,
    External,
    Host,
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

_CONFIG, _REPOSITORY = "decouple.Config", "decouple.Repository"
_WORDS = by_words(frozenset({"y", "yes", "t", "true", "on", "1"}),
                  frozenset({"n", "no", "f", "false", "off", "0", ""}))  # fmt: skip


def _found(machine: "Machine", arguments: Arguments) -> Value:
    """``config("NAME", default=…, cast=…)``, with the file that is found near the code."""
    return _get(machine, arguments, lambda: _stored(machine, arguments.at.path))


def _named(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Config(RepositoryEnv(".env.live"))("NAME")``: with the file that it was given."""
    kept = receiver.slots.values.get("repository") if isinstance(receiver, Instance) else None
    if not isinstance(kept, Instance) or kept.cls != External(_REPOSITORY):
        return _get(machine, arguments, lambda: None)
    return _get(machine, arguments, lambda: kept.data)


def _get(
    machine: "Machine", arguments: Arguments, stored: Callable[[], dict[str, Text] | None]
) -> Value:
    name = name_of(arguments.get("option", 0))
    if name is None:
        return Unknown("a variable whose name is not known", arguments.at)
    default, cast, at = arguments.get("default", 1), arguments.get("cast", 2), arguments.at
    held = stored() if machine.variables.held(name) is MISSING else {}
    if held is None:
        return Unknown(f"{name} of a file that is not known", at)
    if name in held:
        value: Value = held[name]
    elif default is None:
        value = reads.require(machine, name, at, "decouple.UndefinedValueError")
    else:
        value = reads.optional(machine, name, at, default, literal_at(default))
    return machine.each(value, lambda one: _cast(machine, one, cast, at))


def _cast(machine: "Machine", value: Value, cast: Value | None, at: Place) -> Value:
    if cast is None or (isinstance(cast, Constant) and cast.value is None):
        return value
    if isinstance(cast, External) and cast.name == "builtins.bool":
        if isinstance(value, Constant):
            value = machine.invoke(External("builtins.str"), at, value)
        return typed(machine, value, lambda word: _WORDS(word.lower()), "ValueError", at)
    return machine.invoke(cast, at, value)


def _repository(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """The texts of a dotenv file by name; None where it is not one of the project's."""
    path = dotenv.locate(machine, arguments.get("source", 0), arguments)
    instance.cls = External(_REPOSITORY)
    instance.data = None if path is None else _texts(machine, path)


def _repository_of_ini(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    path = dotenv.locate(machine, arguments.get("source", 0), arguments)
    instance.cls = External(_REPOSITORY)
    instance.data = _ini(machine, path) if path and machine.sources.project.has(path) else None


def _stored(machine: "Machine", near: str) -> dict[str, Text]:
    """The nearest ``settings.ini`` or ``.env`` from the code upwards."""
    folder = near.rpartition("/")[0]
    while True:
        ini, env = posixpath.join(folder, "settings.ini"), posixpath.join(folder, ".env")
        if machine.sources.project.has(ini):
            return _ini(machine, ini)
        if machine.sources.project.has(env):
            return _texts(machine, env) or {}
        if not folder:
            return {}
        folder = folder.rpartition("/")[0]


def _texts(machine: "Machine", path: str) -> dict[str, Text] | None:
    """What a dotenv file says, as it is written: decouple looks up no references."""
    found = dotenv.entries(machine, path, interpolate=False)
    if found is None:
        return None
    return {name: value for name, value in found.items() if isinstance(value, Text)}


def _ini(machine: "Machine", path: str) -> dict[str, Text]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_file(io.StringIO(machine.sources.project.text(path)))
        held = dict(parser.items("settings"))
    except (ConfigError, Unreadable):
        return {}
    at = Place(path)
    return {
        name: Text((Part(value, at, name),),
                   (VariableStep("variable", f"{name} is set in {path}", at, name),))
        for name, value in held.items()
    }  # fmt: skip


def _csv(machine: "Machine", arguments: Arguments) -> Value:
    """``Csv(cast=str, delimiter=",", strip=whitespace, post_process=list)``."""
    _ = machine
    delimiter, strip = arguments.get("delimiter", 1), arguments.get("strip", 2)
    cast, last = arguments.get("cast", 0), arguments.get("post_process", 3)

    def split(inner: "Machine", given: Arguments) -> Value:
        value = given.positional[0] if given.positional else NONE
        try:
            words = _words(str(plain(value)), *(None if one is None else str(plain(one))
                                                for one in (delimiter, strip)))  # fmt: skip
        except (NotPlain, ValueError):
            return Unknown("a list in a variable", given.at, value.trace)
        items: Value = List(tuple(map(text, words)))
        if cast is not None and cast != External("builtins.str"):
            items = mapped(inner, cast, items, given.at)
        return items if last is None else inner.invoke(last, given.at, items)

    return Host("Csv", split)


def _words(value: str, delimiter: str | None, strip: str | None) -> list[str]:
    """As decouple splits: by shlex, so that quotes keep a delimiter."""
    splitter = shlex.shlex(value, posix=True)
    splitter.whitespace = "," if delimiter is None else delimiter
    splitter.whitespace_split = True
    return [one.strip(string.whitespace if strip is None else strip) for one in splitter]


TABLE = Table(
    functions={
        "decouple.config": _found, "decouple.Csv": _csv,
        "decouple.AutoConfig": lambda m, a: External("decouple.config"),
    },
    classes={
        _CONFIG: LibraryClass(("repository",), methods={"__call__": _named, "get": _named}),
        _REPOSITORY: LibraryClass(("source", "encoding")),
        "decouple.RepositoryEnv": LibraryClass(("source", "encoding"), build=_repository),
        "decouple.RepositoryIni": LibraryClass(("source", "encoding"), build=_repository_of_ini),
    },
)  # fmt: skip
