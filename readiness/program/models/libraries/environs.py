"""environs: typed reads of variables, with a prefix, and out of dotenv files."""

import json
import logging
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import reads
from readiness.program.models.libraries.typed_variables import Convert, by_words, mapped, typed
from readiness.program.models.standard.process_variables import literal_at, name_of
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ENV = "environs.Env"
_ERROR = "environs.EnvError"
_TRUE = ("t", "true", "on", "y", "yes", "1")
_FALSE = ("f", "false", "off", "n", "no", "0")


def _cased(words: tuple[str, ...]) -> frozenset[str]:
    """The spellings that marshmallow's ``Boolean`` knows, which are no others."""
    return frozenset(form for one in words for form in (one, one.upper(), one.capitalize()))


def _listed(word: str) -> list[str]:
    return word.split(",") if word else []


def _level(word: str) -> int:
    named = logging.getLevelNamesMapping().get(word.upper())
    return int(word) if named is None else named


_CONVERTS: dict[str, Convert] = {
    "str": str, "bool": by_words(_cased(_TRUE), _cased(_FALSE)), "int": int, "float": float,
    "decimal": float, "list": _listed, "json": json.loads, "log_level": _level,
}  # fmt: skip
_CALLED = {"path": "pathlib.Path"}
_OTHERS = ("url", "dict", "date", "datetime", "time", "timedelta", "uuid")
"""What is read too, and not followed: what an address becomes hangs on the release."""


def _reading(kind: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        held = receiver.slots.values if isinstance(receiver, Instance) else {}
        name = _full_name(held.get("prefix"), arguments.get("name", 0))
        if name is None:
            return Unknown("a variable whose name is not known", arguments.at)
        default, at = arguments.get("default", 1), arguments.at

        def convert(value: Value) -> Value:
            if _is_said(held.get("expand_vars")) and "$" in (name_of(value) or ""):
                return Unknown(f"{name}, in which other variables are put", at, value.trace)
            return machine.each(value, lambda one: _made(machine, one, kind, arguments))

        if default is None:
            return convert(reads.require(machine, name, at, _ERROR))
        return reads.optional(machine, name, at, default, literal_at(default), convert)

    return run


def _made(machine: "Machine", value: Value, kind: str, arguments: Arguments) -> Value:
    """The text of a variable as it was asked for."""
    at = arguments.at
    if kind in _CALLED:
        return machine.invoke(External(_CALLED[kind]), at, value)
    if kind == "enum":
        return _member(machine, value, arguments)
    if kind == "list" and "subcast" in arguments.keywords:
        items = typed(machine, value, _CONVERTS["list"], _ERROR, at)
        return _each_of(machine, items, arguments.keywords["subcast"], at)
    if kind not in _CONVERTS or "delimiter" in arguments.keywords:
        return Unknown(f"a variable as {kind}", at, value.trace)
    return typed(machine, value, _CONVERTS[kind], _ERROR, at)


def _each_of(machine: "Machine", items: Value, subcast: Value, at: Place) -> Value:
    name = getattr(subcast, "name", "").removeprefix("builtins.")
    if name == "str" or isinstance(items, Unknown):
        return items
    return mapped(machine, subcast, items, at)


def _member(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``env.enum("STAGE", enum=Stage)``: by the member's name, unless by its value."""
    cls = arguments.keywords.get("enum") or arguments.keywords.get("type")
    if not isinstance(cls, Class) or "members" not in cls.traits or name_of(value) is None:
        return Unknown("a member of an enumeration", arguments.at, value.trace)
    if _is_said(arguments.keywords.get("by_value")):
        return machine.invoke(cls, arguments.at, value)
    folded = _is_said(arguments.keywords.get("ignore_case"))
    for member in cls.traits["members"]:
        name = name_of(member.slots.values["name"]) or ""
        if name == name_of(value) or (folded and name.lower() == (name_of(value) or "").lower()):
            return machine.chosen(member, value.trace, arguments.at)
    raise machine.error(_ERROR, "no such member", arguments.at, value.trace)


def _full_name(prefix: Value | None, name: Value | None) -> str | None:
    """The name of a variable with what all begin with; None where one is not known."""
    before = name_of(prefix) if _is_said(prefix) else ""
    said = name_of(name)
    return None if before is None or said is None else f"{before}{said}"


def _is_said(value: Value | None) -> bool:
    return value is not None and getattr(value, "value", value) not in {None, False}


def _told(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """What ``Env`` is told that counts: how all names begin, and that variables have others."""
    _ = machine
    instance.slots.values.update({name: value for name, value in arguments.keywords.items()
                                  if name in {"prefix", "expand_vars"}})  # fmt: skip


def read_env(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.read_env()``: as ``load_dotenv``."""
    _ = receiver
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
        old = env.slots.values.get("prefix", NONE)
        new = _full_name(old, receiver.slots.values["prefix"])
        machine.state.write(receiver.slots, "old", old)
        machine.state.write(env.slots, "prefix", Unknown("a prefix of variables", arguments.at)
                            if new is None else text(new))  # fmt: skip
    return env


def _leave(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    env = receiver.slots.values["env"]
    if isinstance(env, Instance):
        machine.state.write(env.slots, "prefix", receiver.slots.values.get("old", NONE))
    return NONE


def _of_file(kind: str) -> MethodModel:
    """``FileAwareEnv``: a variable may name the file instead that holds the value."""
    read = _reading(kind)

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        held = receiver.slots.values if isinstance(receiver, Instance) else {}
        name = _full_name(held.get("prefix"), arguments.get("name", 0))
        file = machine.variables.find(f"{name}_FILE", arguments.at)
        if not isinstance(file, Text):
            return read(machine, receiver, arguments)
        return Unknown(f"what the file holds that {name}_FILE names", arguments.at, file.trace)

    return run


def _database(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.dj_db_url("DATABASE_URL")``."""
    given = dict(arguments.keywords)
    name = arguments.positional[:1] or (given.pop("name", text("DATABASE_URL")),)
    asked = {key: given.pop(key) for key in ("default",) if key in given}
    asked |= dict(zip(("default",), arguments.positional[1:2], strict=False))
    url = _reading("str")(machine, receiver, Arguments(name, asked, arguments.at))
    return machine.call(External("dj_database_url.parse"), Arguments((url,), given, arguments.at))


_READ = (*_CONVERTS, *_CALLED, *_OTHERS, "enum")
_METHODS: dict[str, MethodModel] = {
    **{kind: _reading(kind) for kind in _READ},
    "__call__": _reading("str"), "read_env": read_env, "prefixed": _prefixed,
    "dj_db_url": _database, "seal": lambda m, r, a: NONE,
}  # fmt: skip
_OF_FILES = {**_METHODS, **{kind: _of_file(kind) for kind in _READ}, "__call__": _of_file("str")}
TABLE = Table(
    functions={"environs.Env.read_env": lambda m, a: read_env(m, NONE, a)},
    classes={
        ENV: LibraryClass(methods=_METHODS, build=_told),
        "environs.FileAwareEnv": LibraryClass(methods=_OF_FILES, build=_told),
        "environs.Prefixed": LibraryClass(methods={"__enter__": _enter, "__exit__": _leave}),
    },
    values={"environs.env": lambda m: Instance(External(ENV))},
    setters=frozenset({"read_env"}),
)  # fmt: skip
