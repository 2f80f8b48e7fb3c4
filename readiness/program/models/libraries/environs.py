"""environs and python-decouple: typed reads of variables and of the project's files."""

import io
import posixpath
from collections.abc import Callable
from configparser import ConfigParser
from configparser import Error as ConfigError
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import reads
from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain
from readiness.program.models.libraries import dotenv
from readiness.program.models.standard.process_variables import literal_at, name_of
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.provenance import VariableStep
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Constant,
    External,
    Host,
    Instance,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ENV = "environs.Env"
TRUE_WORDS = {"t", "true", "on", "y", "yes", "1", "ok"}
FALSE_WORDS = {"f", "false", "off", "n", "no", "0", ""}


def _boolean(word: str) -> bool:
    if word.strip().lower() in TRUE_WORDS:
        return True
    if word.strip().lower() in FALSE_WORDS:
        return False
    raise ValueError("it is no truth value")


_CASTS: dict[str, Callable[[str], Any]] = {
    "bool": _boolean, "int": int, "float": float,
    "list": lambda word: [one.strip() for one in word.split(",")] if word else [],
}  # fmt: skip


def _typed(machine: "Machine", value: Value, kind: str, error: str, at: Place) -> Value:
    """A text of a variable as the type that was asked for."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _typed(machine, one, kind, error, at))
    if kind not in _CASTS or not isinstance(value, Text):
        return value
    if value.known is None:
        names = ", ".join(sorted({p.variable for p in value.parts if p.variable}))
        return Unknown(f"{names or 'a value'} is set by the platform", at, value.trace)
    try:
        return lifted(_CASTS[kind](value.known), value.trace, parts_of(value))
    except ValueError:
        raise machine.error(error, "a value of the wrong type", at, value.trace) from None


def _read(kind: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        name = name_of(arguments.get("name", 0))
        if name is None:
            return Unknown("a variable whose name is not known", arguments.at)
        held = receiver.slots.values if isinstance(receiver, Instance) else {}
        prefix = name_of(held.get("prefix", NONE)) if _is_said(held.get("prefix")) else ""
        if prefix is None:
            return Unknown("a variable whose prefix is not known", arguments.at)
        name = f"{prefix}{name}"
        default = arguments.get("default", 1) or _planned(receiver, name)[1]
        at = arguments.at
        if default is None:
            value = reads.require(machine, name, at, "environs.EnvError")
        else:
            found = reads.optional(machine, name, at, default, literal_at(default))
            value = found
        if _is_said(held.get("expand_vars")) and "$" in (getattr(value, "known", None) or ""):
            return Unknown(f"{name}, in which other variables are put", at, value.trace)
        return _typed(machine, value, kind, "environs.EnvError", at)

    return run


def _is_said(value: Value | None) -> bool:
    return value is not None and getattr(value, "value", value) not in {None, False}


def _planned(receiver: Value, name: str) -> tuple[str, Value | None]:
    """The type and the default that ``Env(NAME=(type, default))`` gave a variable."""
    held = receiver.slots.values.get(name) if isinstance(receiver, Instance) else None
    items = held.items if isinstance(held, Tuple) else (held,)
    kind = getattr(items[0], "name", "") if items else ""
    default = items[1] if len(items) == 2 else None  # noqa: PLR2004 - a pair
    return kind.removeprefix("builtins."), default


def _called(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env("NAME")``; django-environ takes a type before the default, and a plan of both."""
    given = dict(arguments.keywords)
    positional = arguments.positional
    cast = given.pop("cast", None)
    if len(positional) > 1 and isinstance(positional[1], External):
        cast, positional = positional[1], (positional[0], *positional[2:])
    name = name_of(arguments.get("name", 0) or given.get("var"))
    kind = _planned(receiver, name)[0] if cast is None and name else getattr(cast, "name", "")
    asked = Arguments(positional, given, arguments.at, arguments.open, arguments.caller)
    return _read(kind.removeprefix("builtins."))(machine, receiver, asked)


def _planning(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """What ``Env`` is told: types and defaults of variables, and how all their names begin."""
    _ = machine
    instance.slots.values.update({
        name: value for name, value in arguments.keywords.items()
        if isinstance(value, Tuple | External) or name in {"prefix", "expand_vars"}
    })  # fmt: skip


def _read_env(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.read_env()``: as ``load_dotenv``."""
    keywords = dict(arguments.keywords)
    if "path" in keywords:
        keywords["dotenv_path"] = keywords.pop("path")
    given = Arguments(arguments.positional[:1], keywords, arguments.at, None, arguments.caller)
    return machine.call(External("dotenv.load_dotenv"), given)


def _prefixed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    made = Instance(External("environs.Prefixed"), {"env": receiver}, arguments.at)
    made.slots.values["prefix"] = arguments.positional[0] if arguments.positional else text("")
    return made


def _enter(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    env = receiver.slots.values["env"]
    if isinstance(env, Instance):
        old = name_of(env.slots.values.get("prefix")) or ""
        new = f"{old}{name_of(receiver.slots.values['prefix']) or ''}"
        machine.state.write(receiver.slots, "old", text(old))
        machine.state.write(env.slots, "prefix", text(new))
    return env


def _leave(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    env = receiver.slots.values["env"]
    if isinstance(env, Instance):
        machine.state.write(env.slots, "prefix", receiver.slots.values.get("old", text("")))
    return NONE


def _database(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.dj_db_url("DATABASE_URL")``, and django-environ's ``env.db()``."""
    given = dict(arguments.keywords)
    name = arguments.positional[:1] or (given.pop("var", text("DATABASE_URL")),)
    asked = {key: given.pop(key) for key in ("default",) if key in given}
    asked |= dict(zip(("default",), arguments.positional[1:2], strict=False))
    given.pop("name", None)
    url = _read("str")(machine, receiver, Arguments(name, asked, arguments.at))
    return machine.call(External("dj_database_url.parse"), Arguments((url,), given, arguments.at))


# decouple


def _decouple(machine: "Machine", arguments: Arguments) -> Value:
    """``config("NAME", default=…, cast=…)``: a variable, else ``.env`` or ``settings.ini``."""
    name = name_of(arguments.get("option", 0))
    if name is None:
        return Unknown("a variable whose name is not known", arguments.at)
    default = arguments.get("default", 1)
    cast = arguments.get("cast", 2)
    at = arguments.at
    found = machine.variables.held(name)
    stored = _stored(machine, arguments.at.path).get(name) if found is MISSING else None
    if stored is not None:
        value: Value = stored
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
            return value
        return _typed(machine, value, "bool", "ValueError", at)
    return machine.invoke(cast, at, value)


def _stored(machine: "Machine", near: str) -> dict[str, Text]:
    """The nearest ``settings.ini`` or ``.env`` from the code upwards."""
    folder = near.rpartition("/")[0]
    while True:
        ini, env = posixpath.join(folder, "settings.ini"), posixpath.join(folder, ".env")
        if machine.sources.project.has(ini):
            return _ini(machine, ini)
        if machine.sources.project.has(env):
            return dotenv.entries(machine, env) or {}
        if not folder:
            return {}
        folder = folder.rpartition("/")[0]


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

    def split(inner: "Machine", given: Arguments) -> Value:
        try:
            word = plain(given.positional[0])
        except NotPlain:
            return Unknown("a list in a variable", given.at)
        return Tuple(tuple(text(one.strip()) for one in str(word).split(",") if one.strip()))

    return Host("Csv", split)


_METHODS: dict[str, MethodModel] = {
    **{kind: _read(kind) for kind in ("str", "bool", "int", "float", "list", "url", "path",
                                      "enum", "decimal")},
    "__call__": _called, "read_env": _read_env, "prefixed": _prefixed,
    "dj_db_url": _database, "seal": lambda m, r, a: NONE, "db": _database, "db_url": _database,
}  # fmt: skip
_CONFIG: FunctionModel = _decouple
TABLE = Table(
    functions={
        "decouple.config": _CONFIG, "decouple.Csv": _csv,
        "decouple.AutoConfig": lambda m, a: External("decouple.config"),
        "decouple.Config": lambda m, a: External("decouple.config"),
        "environs.Env.read_env": lambda m, a: _read_env(m, NONE, a),
        "environ.Env.read_env": lambda m, a: _read_env(m, NONE, a),
    },
    classes={
        ENV: LibraryClass(("__scheme__",), methods=_METHODS, build=_planning),
        "environs.Prefixed": LibraryClass(methods={"__enter__": _enter, "__exit__": _leave}),
    },
    aliases={"environ.Env": ENV, "environs.EnvError": "environs.EnvError",
             "environ.FileAwareEnv": ENV},
    values={"environs.env": lambda m: Instance(External(ENV))},
    setters=frozenset({"read_env"}),
)  # fmt: skip
