"""What Flask's configuration is read from besides objects: variables and files."""

import json
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted, parts_of
from readiness.program.values import (
    MISSING,
    TRUE,
    Arguments,
    Dict,
    External,
    Text,
    Unknown,
    Value,
    text,
)
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def of_variables(machine: "Machine", before: Dict, arguments: Arguments) -> Dict | None:
    """What ``from_prefixed_env`` takes of the variables; None where its prefix is not known."""
    given = arguments.get("prefix", 0) or text("FLASK")
    prefix = getattr(given, "known", None)
    if prefix is None:
        return None
    loads = arguments.get("loads")

    def load(value: Value) -> Value:
        return _loaded(value) if loads is None else machine.invoke(loads, arguments.at, value)

    made = Dict(dict(before.slots.values), dict(before.keys), before.trace, before.rest)
    names = sorted(name for name in machine.variables.slots.values if isinstance(name, str))
    for name in names:
        if name.startswith(f"{prefix}_"):
            value = machine.variables.find(name, arguments.at)
            steps = name.removeprefix(f"{prefix}_").split("__")
            if value is not MISSING:
                _put(made, steps, machine.each(value, load), arguments.at)
    return made


def _loaded(value: Value) -> Value:
    """A text of JSON is what it says; any other text stays one."""
    try:
        found: Any = json.loads(value.known or "") if isinstance(value, Text) else None
    except ValueError:
        return value
    if not isinstance(value, Text) or value.known is None:
        return value
    return lifted(found, value.trace, parts_of(value))


def _put(made: Dict, steps: list[str], value: Value, at: Place) -> None:
    """Put a value in under a name, or under names within each other."""
    first, *rest = steps
    made.keys[first] = text(first, at)
    if not rest:
        made.slots.values[first] = value
        return
    held = made.slots.values.get(first)
    inner = Dict()
    if isinstance(held, Dict):
        inner = Dict(dict(held.slots.values), dict(held.keys), held.trace, held.rest)
    made.slots.values[first] = inner
    _put(inner, rest, value, at)


def of_file(machine: "Machine", arguments: Arguments) -> Value:
    """What ``from_file(name, load=json.load)`` reads."""
    name, load = arguments.get("filename", 0), arguments.get("load", 1)
    is_text = machine.truth(arguments.keywords.get("text", TRUE), arguments.at)
    if name is None or load is None or is_text is None:
        return Unknown("the configuration of the application", arguments.at)
    mode = text("r" if is_text else "rb")
    file = machine.invoke(External("builtins.open"), arguments.at, name, mode)
    return machine.invoke(load, arguments.at, file)


def of_code(machine: "Machine", path: str, arguments: Arguments) -> Value:
    """The upper-case names of a file of Python that is not called so, such as ``app.cfg``."""
    try:
        content = machine.sources.project.text(path)
    except Unreadable:
        return Unknown("the configuration of the application", arguments.at)
    made = Dict()
    code = Arguments((text(content), made), {}, arguments.at, caller=arguments.caller)
    machine.call(External("builtins.exec"), code)
    held = made.slots.values
    upper = {key: one for key, one in held.items() if isinstance(key, str) and key.isupper()}
    return Dict(dict(upper), {key: text(key) for key in upper}, made.trace, made.rest)
