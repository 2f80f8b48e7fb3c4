"""Other names of a field: ``alias``, ``AliasChoices`` and ``AliasPath``, a place in JSON."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted, parts_of
from readiness.program.models.table import Table
from readiness.program.values import (
    MISSING,
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
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PATH = "pydantic.AliasPath"
SETTINGS_ERROR = "pydantic_settings.SettingsError"
Steps = tuple[Value, ...]


def _path(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    made = Instance(External(PATH), None, arguments.at)
    made.data = arguments.positional
    return made


def _choices(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return Tuple(arguments.positional)


def aliases_of(details: Mapping[str, Value]) -> list[str]:
    """The other names of a field; of a path its first, which is that of the whole."""
    return [name for name, _ in _told(details)]


def steps_of(details: Mapping[str, Value], name: str) -> Steps:
    """Where a field stands in what has one of its names: nowhere, or below a path."""
    alike = (steps for one, steps in _told(details) if one.lower() == name.lower())
    return next(alike, ())


def _told(details: Mapping[str, Value]) -> Iterator[tuple[str, Steps]]:
    for key in ("validation_alias", "alias", "env"):
        value = details.get(key)
        for one in _items(value) if value is not None else ():
            if isinstance(one, Text) and one.known:
                yield one.known, ()
            elif isinstance(one, Instance) and one.cls == External(PATH):
                first, *rest = one.data or (MISSING,)
                if isinstance(first, Text) and first.known:
                    yield first.known, tuple(rest)


def _items(value: Value) -> tuple[Value, ...]:
    if isinstance(value, List):
        value = value.slots.values["items"]
    return value.items if isinstance(value, Tuple) else (value,)


def reached(machine: "Machine", value: Value, steps: Steps, at: Place) -> Value:
    """What stands below a path in a value; a text is JSON. `MISSING` where nothing does."""
    return machine.each(value, partial(_below, machine, steps, at)) if steps else value


def _below(machine: "Machine", steps: Steps, at: Place, value: Value) -> Value:
    if isinstance(value, Text) and value.known is not None:
        try:
            value = lifted(json.loads(value.known), value.trace, parts_of(value))
        except ValueError:
            raise machine.error(SETTINGS_ERROR, "it is no JSON", at, value.trace) from None
    for step in steps:
        if isinstance(value, Unknown) or (isinstance(value, Text) and value.known is None):
            reason = getattr(value, "reason", "what a platform supplies")
            return Unknown(f"{reason}, below an alias", None, value.trace)
        value = _entry(value, step)
    return value


def _entry(value: Value, step: Value) -> Value:
    key = step.known if isinstance(step, Text) else getattr(step, "value", None)
    if isinstance(value, Dict) and isinstance(step, Text):
        return value.slots.values.get(key, value.rest or MISSING)
    items = _items(value)
    if isinstance(value, List | Tuple) and isinstance(step, Constant) and isinstance(key, int):
        return items[key] if -len(items) <= key < len(items) else MISSING
    return MISSING


TABLE = Table(functions={
    f"pydantic{module}.{name}": model for module in ("", ".aliases")
    for name, model in (("AliasChoices", _choices), ("AliasPath", _path))
})  # fmt: skip
