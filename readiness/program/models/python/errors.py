"""Exceptions of the language and the standard library: their classes, attributes and texts."""

import builtins
import json
import re
import subprocess
import tomllib
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import restrict
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    External,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_OTHERS: dict[str, type[BaseException]] = {
    "json.JSONDecodeError": json.JSONDecodeError,
    "json.decoder.JSONDecodeError": json.JSONDecodeError,
    "tomllib.TOMLDecodeError": tomllib.TOMLDecodeError,
    "re.error": re.error, "dataclasses.FrozenInstanceError": FrozenInstanceError,
    "subprocess.SubprocessError": subprocess.SubprocessError,
    "subprocess.CalledProcessError": subprocess.CalledProcessError,
    "pydantic.ValidationError": type("ValidationError", (ValueError,), {}),
    "pydantic_settings.SettingsError": type("SettingsError", (ValueError,), {}),
    "asyncio.TimeoutError": TimeoutError, "asyncio.CancelledError": type(
        "CancelledError", (BaseException,), {}),
    "socket.gaierror": OSError, "socket.error": OSError, "socket.timeout": TimeoutError,
}  # fmt: skip
_NONE = frozenset({"__cause__", "__context__", "__traceback__", "strerror", "filename"})


def exception_class(name: str) -> type[BaseException] | None:
    """The exception class of this name, where the language or its library has it."""
    if name in _OTHERS:
        return _OTHERS[name]
    found = getattr(builtins, name.removeprefix("builtins."), None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def name_of(error: type[BaseException]) -> str:
    """The full name under which an exception's class is known here."""
    full = next((name for name, one in _OTHERS.items() if one is error), None)
    return full or error.__name__


def kind_of(value: Value) -> type[BaseException] | None:
    """The nearest exception class of the language that an object or class is one of."""
    cls = value.cls if isinstance(value, Instance) else value
    for one in cls.order if isinstance(cls, Class) else (cls,):
        found = exception_class(one.name) if isinstance(one, External) else None
        if found is not None:
            return found
    return None


def make_exception(machine: "Machine", cls: External, arguments: Arguments) -> Instance:
    """An instance of one of the language's own exceptions."""
    made = Instance(cls, {"args": Tuple(arguments.positional)}, arguments.at)
    prepare(machine, made, arguments)
    return made


def prepare(machine: "Machine", made: Instance, arguments: Arguments) -> None:
    """What every exception has before its constructor runs."""
    kind = kind_of(made)
    if kind is None:
        return
    held, given = made.slots.values, arguments.positional
    held["args"] = Tuple(given) if arguments.open is None else arguments.open
    if issubclass(kind, SystemExit):
        held["code"] = given[0] if len(given) == 1 else (Tuple(given) if given else NONE)
    if issubclass(kind, StopIteration):
        held["value"] = given[0] if given else NONE
    if issubclass(kind, BaseExceptionGroup) and len(given) > 1:
        held["message"] = given[0]
        found = restrict(machine.content(given[1], arguments.at), machine.state.assumed)
        unknown = Unknown("the errors of a group", arguments.at)
        held["exceptions"] = found if isinstance(found, Tuple) else unknown


def text_of(machine: "Machine", value: Instance, at: Place) -> Value | None:
    """``str(error)``."""
    kind = kind_of(value)
    if kind is None:
        return None
    args = value.slots.values.get("args")
    if not isinstance(args, Tuple) or issubclass(kind, (OSError, BaseExceptionGroup)):
        return Unknown("the words of an error", at)
    if not args.items:
        return text("")
    name = "repr" if len(args.items) > 1 or issubclass(kind, KeyError) else "str"
    shown: Value = args.items[0] if len(args.items) == 1 else args
    return machine.invoke(External(f"builtins.{name}"), at, shown)


def _noted(machine: "Machine", error: Instance, arguments: Arguments) -> Value:
    """``error.add_note(text)``."""
    held = error.slots.values.get("__notes__")
    if not isinstance(held, List):
        held = List(())
        machine.state.write(error.slots, "__notes__", held)
    return machine.invoke(machine.attribute(held, "append", arguments.at), arguments.at,
                          *arguments.positional[:1])  # fmt: skip


def attribute(machine: "Machine", value: Instance, name: str, at: Place) -> Value | None:  # noqa: PLR0911 - one answer for each attribute
    """An attribute that exceptions have, where nothing has set it."""
    kind = kind_of(value)
    if kind is None:
        return None
    if name in _NONE:
        return NONE
    if name == "with_traceback":
        return Host(name, lambda m, a: value)
    if name == "add_note":
        return Host(name, lambda m, a: _noted(m, value, a))
    if name == "__suppress_context__":
        return boolean(value="__cause__" in value.slots.values)
    if name in {"__init__", "__str__", "__repr__", "__class__", "__dict__"}:
        return None
    if hasattr(kind, name):
        return Unknown(f"the attribute {name} of an error", at)
    raise machine.error("AttributeError", f"no attribute '{name}'", at)
