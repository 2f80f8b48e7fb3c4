"""django-environ: variables as the types that a plan, a call or a default asks for."""

import json
import re
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import reads
from readiness.program.models.libraries.environs import read_env
from readiness.program.models.libraries.typed_variables import Convert, mapped, typed
from readiness.program.models.standard.process_variables import literal_at, name_of
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ENV = "environ.Env"
_ERROR = "django.core.exceptions.ImproperlyConfigured"
_TRUE = frozenset({"true", "on", "ok", "y", "yes", "1"})
_ADDRESS = "DATABASE_URL"


def _truth(word: str) -> bool:
    """A number that is not 0, or one of a few words; whatever else is not true."""
    try:
        return int(word) != 0
    except ValueError:
        return word.lower().strip() in _TRUE


def _number(word: str) -> float:
    *whole, rest = re.split(r"[,.]", re.sub(r"[^\d,.-]", "", word))
    return float(f"{''.join(whole)}.{rest}" if whole else rest)


_CONVERTS: dict[str, Convert] = {
    "bool": _truth, "int": int, "float": _number, "str": str, "json": json.loads,
    "list": lambda word: [one for one in word.split(",") if one],
    "tuple": lambda word: tuple(one for one in word.strip("(").strip(")").split(",") if one),
    "dict": lambda word: dict(one.split("=", 1) for one in word.split(",") if one),
}  # fmt: skip
_CALLED = {"url": "urllib.parse.urlparse", "path": "pathlib.Path"}


def _value(  # noqa: PLR0917 - what is asked of a variable
    machine: "Machine", receiver: Value, name: Value | None, cast: Value | None,
    default: Value | None, at: Place,
) -> Value:  # fmt: skip
    """``Env.get_value``: what a variable says, as the type asked for, or a default as it is."""
    held = receiver.slots.values if isinstance(receiver, Instance) else {}
    prefix = held.get("prefix", text(""))
    said, before = name_of(name), "" if prefix is NONE else name_of(prefix)
    if said is None or before is None:
        return Unknown("a variable whose name is not known", at)
    full = f"{before}{said}"
    planned, fallback = _planned(held.get(full))
    default = fallback if default is None else default
    kind = cast or planned
    if kind is None and getattr(held.get("smart_cast"), "value", True):
        kind = _type_of(default)

    def convert(found: Value) -> Value:
        word = name_of(found) or ""
        if word.startswith("$") and kind not in {None, External("builtins.str")}:
            return Unknown(f"{full}, which names another variable", at, found.trace)
        if word.startswith("$"):
            return _value(machine, receiver, text(word.lstrip("$")), cast, default, at)
        if word == "" and isinstance(found, Text) and found.known == "" and default is NONE:
            return NONE
        return machine.each(found, lambda one: _cast(machine, one, kind, at))

    if default is None:
        return convert(reads.require(machine, full, at, _ERROR))
    return reads.optional(machine, full, at, default, literal_at(default), convert)


def _planned(plan: Value | None) -> tuple[Value | None, Value | None]:
    """The type and the default that ``Env(NAME=(type, default))`` gave a variable."""
    items = plan.items if isinstance(plan, Tuple) else (plan,)
    kind = items[0] if items and isinstance(items[0], External | List) else None
    return kind, items[1] if len(items) == 2 else None  # noqa: PLR2004 - a pair


def _type_of(default: Value | None) -> Value | None:
    """The type of a default, which is that of the variable too."""
    match default:
        case Constant(value=None) | None:
            return None
        case Constant():
            return External(f"builtins.{type(default.value).__name__}")
        case List() | Tuple() | Dict():
            return External(f"builtins.{type(default).__name__.lower()}")
    return None


def _cast(machine: "Machine", value: Value, cast: Value | None, at: Place) -> Value:
    if cast is None or (isinstance(cast, Constant) and cast.value is None):
        return value
    name = getattr(cast, "name", "").removeprefix("builtins.")
    if isinstance(cast, External) and name in _CONVERTS:
        return typed(machine, value, _CONVERTS[name], "ValueError", at)
    if isinstance(cast, List | Tuple | Dict):
        return _of_several(machine, value, cast, at)
    return machine.invoke(cast, at, value)


def _of_several(machine: "Machine", value: Value, cast: Value, at: Place) -> Value:
    """``cast=[int]``: each of several; a dictionary of types is not followed."""
    wanted = machine.iterate(cast, at) if isinstance(cast, List) else None
    if not isinstance(wanted, list) or not wanted:
        return Unknown("a variable of several parts", at, value.trace)
    items = typed(machine, value, _CONVERTS["list"], "ValueError", at)
    if isinstance(items, Unknown):
        return items
    return mapped(machine, wanted[0], items, at)


def _called(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env("NAME", cast, default)``."""
    name, cast = arguments.get("var", 0), arguments.get("cast", 1)
    return _value(machine, receiver, name, cast, arguments.get("default", 2), arguments.at)


def _reading(kind: str) -> MethodModel:
    """``env.bool("NAME", default)``."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        place = 2 if kind in {"list", "tuple", "dict"} else 1
        inner = arguments.get("cast", 1) if place > 1 else None
        cast = List((inner,)) if inner is not None and kind == "list" else External(
            _CALLED.get(kind, f"builtins.{kind}"))  # fmt: skip
        return _value(machine, receiver, arguments.get("var", 0), cast,
                      arguments.get("default", place), arguments.at)  # fmt: skip

    return run


def _database(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.db("DATABASE_URL")``: the entry of ``DATABASES`` that an address means."""
    name = arguments.get("var", 0) or text(_ADDRESS)
    url = _value(machine, receiver, name, External("builtins.str"), arguments.get("default", 1),
                 arguments.at)  # fmt: skip
    engine = {"engine": arguments.keywords["engine"]} if "engine" in arguments.keywords else {}
    given = Arguments((url,), engine, arguments.at)
    return machine.call(External("environ.Env.db_url_config"), given)


def _parsed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``env.db_url_config(url)``: the same of an address that is at hand."""
    return machine.call(External("environ.Env.db_url_config"), arguments)


def _planning(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``Env(DEBUG=(bool, False))``: types and defaults of variables."""
    _ = machine
    instance.slots.values.update({
        name: value for name, value in arguments.keywords.items()
        if isinstance(value, Tuple | External | List)
    })  # fmt: skip


def _of_file(machine: "Machine", receiver: Value, arguments: Arguments) -> Value | None:
    """``FileAwareEnv``: what the file holds that another variable names, if that is set."""
    name = name_of(arguments.get("var", 0))
    file = machine.variables.find(f"{name}_FILE", arguments.at)
    if not isinstance(file, Text):
        return None
    return Unknown(f"what the file holds that {name}_FILE names", arguments.at, file.trace)


def _aware(read: MethodModel) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        return _of_file(machine, receiver, arguments) or read(machine, receiver, arguments)

    return run


_READ: dict[str, MethodModel] = {
    "__call__": _called, "get_value": _called, "db": _database, "db_url": _database,
    "db_url_config": _parsed,
    **{kind: _reading(kind) for kind in (*_CONVERTS, *_CALLED)},
}  # fmt: skip
_METHODS = {**_READ, "read_env": read_env}
TABLE = Table(
    functions={"environ.Env.read_env": lambda m, a: read_env(m, NONE, a)},
    classes={
        ENV: LibraryClass(methods=_METHODS, build=_planning),
        "environ.FileAwareEnv": LibraryClass(
            methods={**_METHODS, **{name: _aware(read) for name, read in _READ.items()}},
            build=_planning),
    },
    aliases={"environ.environ.Env": ENV, "environ.environ.FileAwareEnv": "environ.FileAwareEnv"},
)  # fmt: skip
