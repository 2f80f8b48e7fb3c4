"""``json.dumps``: what is no JSON becomes what a function or an encoder makes of it."""

import json
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter import inheritance
from readiness.program.interpreter.plain import NotPlain, is_data, lifted, plain, trace_of
from readiness.program.models.lifting import arg, lift
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    Arguments,
    Bound,
    Class,
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

ENCODER = "json.JSONEncoder"
_DEEPEST = 40
_lifted = lift(json.dumps)


def _dumps(machine: "Machine", arguments: Arguments) -> Value:
    if not {"cls", "default"} & {*arguments.keywords} or arguments.open is not None:
        return _lifted(machine, arguments)
    options = {k: v for k, v in arguments.keywords.items() if k not in {"cls", "default", "obj"}}
    value = arguments.get("obj", 0) or arg(arguments, 0)
    try:
        made = _made(machine, value, _default(machine, arguments), arguments)
        found = json.dumps(made, **{name: plain(one) for name, one in options.items()})
    except NotPlain:
        return Unknown("a text of what is not known", arguments.at, trace_of(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise machine.raised(error, arguments.at) from None
    return lifted(found, trace_of(value))


def _default(machine: "Machine", arguments: Arguments) -> Value | None:
    """What makes something else of what is no JSON."""
    default, cls = arguments.keywords.get("default"), arguments.keywords.get("cls")
    if default is not None and not _is_none(default):
        return default
    if cls is None or _is_none(cls):
        return None
    if not isinstance(cls, Class) or _says_more(cls):
        raise NotPlain(cls)
    encoder = machine.invoke(cls, arguments.at)
    return machine.attribute(encoder, "default", arguments.at)


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _says_more(cls: Class) -> bool:
    """Whether an encoder does more of its own than what is no JSON."""
    found = (inheritance.find(cls, name) for name in ("encode", "iterencode", "__init__"))
    return any(one is not None and isinstance(one[1], Class) for one in found)


def _made(
    machine: "Machine", value: Value, default: Value | None, arguments: Arguments, depth: int = 0
) -> Any:
    """A value as Python's own JSON has it."""
    machine.limits.step()
    if depth > _DEEPEST:
        raise NotPlain(value)
    match value:
        case Dict(rest=None) if not value.slots.shuffled:
            return {plain(value.keys.get(key, Constant(key))):
                    _made(machine, one, default, arguments, depth + 1)
                    for key, one in value.slots.values.items()}  # fmt: skip
        case Tuple():
            return [_made(machine, one, default, arguments, depth + 1) for one in value.items]
        case List(kind="list"):
            return _made(machine, value.slots.values["items"], default, arguments, depth + 1)
        case Text() | Constant(value=None | bool() | int() | float()):
            return plain(value)
        case Instance(cls=Class()) if is_data(value):
            return plain(value)
        case Constant() | Instance() | List() | Class() | Bound():
            if default is None:
                raise NotPlain(value)
            made = machine.invoke(default, arguments.at, value)
            return _made(machine, made, default, arguments, depth + 1)
    raise NotPlain(value)


def _refuse(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``JSONEncoder.default``: it knows no more."""
    raise machine.error("TypeError", "the object is not JSON serializable", arguments.at)


def _told(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    for name, value in arguments.keywords.items():
        machine.state.write(instance.slots, name, value)


def _encode(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``encoder.encode(value)``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    if receiver.slots.values or (isinstance(receiver.cls, Class) and _says_more(receiver.cls)):
        return Unknown("a text that an encoder makes", arguments.at)
    whole = Arguments(arguments.positional, {"cls": receiver.cls}, arguments.at)
    plainly = isinstance(receiver.cls, External)
    return _lifted(machine, arguments) if plainly else _dumps(machine, whole)


TABLE = Table(
    functions={"json.dumps": _dumps},
    classes={
        ENCODER: LibraryClass(
            ("skipkeys",), build=_told, methods={"default": _refuse, "encode": _encode}
        )
    },
)
