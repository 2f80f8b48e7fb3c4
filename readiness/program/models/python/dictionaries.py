"""The methods of dictionaries."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import item_changes, keys, merging
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.consulting import consult, note
from readiness.program.interpreter.plain import NotPlain
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.interpreter.sameness import hashed
from readiness.program.models.lifting import arg
from readiness.program.models.python.counters import counted
from readiness.program.models.python.dictionary_updates import update_from
from readiness.program.models.python.lists import Method
from readiness.program.models.python.views import view
from readiness.program.provenance import joined
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Condition,
    Constant,
    Dict,
    Tuple,
    Unknown,
    Value,
    alternatives,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _get(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1) or NONE
    found = machine.each(
        arg(arguments, 0), lambda key: keys.lookup(machine, value, key, arguments.at)
    )
    instead = default if value.rest is None else choose_unknown(value.rest, default, arguments)
    _note_default(machine, value, found, default)
    if found is MISSING:
        return _instead(machine, value, arg(arguments, 0), instead, arguments.at)
    return _without_missing(found, instead)


def _instead(machine: "Machine", value: Dict, key: Value, default: Value, at: Place) -> Value:
    """The default that a key which is not there leaves."""
    trace = joined(reason(machine, key), reason(machine, value))
    return inherited(machine, default, trace, at)


def _note_default(machine: "Machine", value: Dict, found: Value, default: Value) -> None:
    """Remember whether the default was what was taken, or what was beside it."""
    records, taken = machine.records, value.rest is not None or MISSING in alternatives(found)
    if taken:
        note(records.unsure, alternatives(default))
    else:
        consult(machine, value, alternatives(default))
    if found is MISSING and value.rest is None and not value.names:
        consult(machine, value, value.slots.values.values())


def choose_unknown(rest: Unknown, default: Value, arguments: Arguments) -> Value:
    """An entry that may or may not be in a dictionary that is not wholly known."""
    key = ("entry", rest, arguments.at)
    condition = Condition(key, f"there is such an entry ({rest.reason})", arguments.at, rest)
    return choose(condition, Unknown(f"an entry ({rest.reason})", arguments.at), default)


def _without_missing(value: Value, instead: Value) -> Value:
    if isinstance(value, Choice):
        then = _without_missing(value.then, instead)
        return choose(value.condition, then, _without_missing(value.otherwise, instead))
    return instead if value is MISSING else value


def _setdefault(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1) or NONE
    found = keys.lookup(machine, value, arg(arguments, 0), arguments.at)
    instead = default if value.rest is None else choose_unknown(value.rest, default, arguments)
    found = _without_missing(found, instead)
    item_changes.put(machine, value, arg(arguments, 0), found, arguments.at)
    return found


def _update(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    if value.kind == "Counter":
        return counted(machine, value, arguments, ast.Add())
    for other in arguments.positional:
        update_from(machine, value, other, arguments)
    for name, item in arguments.keywords.items():
        value.keys[name] = text(name)
        machine.state.write(value.slots, name, item)
    return NONE


def _pop(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1)
    key = arg(arguments, 0)
    found = keys.lookup(machine, value, key, arguments.at)
    try:
        name = hashed(key)
    except NotPlain:
        if default is None:
            machine.may_fail("taking an entry out", arguments.at, machine.exception(
                "KeyError", "no such entry", arguments.at))  # fmt: skip
        item_changes.set_anywhere(machine, value, key, MISSING, arguments.at)
        return Unknown("an entry of a dictionary", arguments.at)
    if value.rest is not None:
        instead = choose_unknown(value.rest, default or NONE, arguments)
        machine.state.write(value.slots, name, MISSING)
        return _without_missing(found, instead)

    def taken(one: Value) -> Value:
        if one is not MISSING:
            return one
        if default is None:
            raise machine.raised(KeyError(name), arguments.at)
        return _instead(machine, value, key, default, arguments.at)

    result = machine.each(found, taken)
    if found is not MISSING:
        machine.state.write(value.slots, name, MISSING)
        value.process = False
    return result


def _pop_item(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        merging.cover(machine, value, Unknown("an undecided entry taken out", arguments.at))
        return Unknown("any entry of a dictionary", arguments.at)
    if not found:
        raise machine.raised(KeyError("popitem(): dictionary is empty"), arguments.at)
    last = arguments.get("last", 0)
    key = found[0 if isinstance(last, Constant) and last.value is False else -1]
    pair = Tuple((key, machine.item(value, key, arguments.at)))
    item_changes.remove(machine, value, key, arguments.at)
    return pair


def _move_to_end(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    key, last = arg(arguments, 0), arguments.get("last", 1)
    found = machine.item(value, key, arguments.at)
    if isinstance(last, Constant) and last.value is False:
        rest = machine.iterate(value, arguments.at)
        item_changes.put(machine, value, key, found, arguments.at)
        for other in rest if isinstance(rest, list) else ():
            if hashed(other) != hashed(key):
                _move_to_end(machine, value, Arguments((other,), {}, arguments.at))
        return NONE
    item_changes.remove(machine, value, key, arguments.at)
    item_changes.put(machine, value, key, found, arguments.at)
    return NONE


def _clear(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    for name in list(value.slots.values):
        machine.state.write(value.slots, name, MISSING)
    value.rest = None
    value.process = False
    return NONE


def _copy(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    copied = Dict(dict(value.slots.values), dict(value.keys), value.trace, value.rest)
    copied.process, copied.default, copied.kind = value.process, value.default, value.kind
    copied.slots.shuffled = value.slots.shuffled
    return copied


def _reversed(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    found = machine.iterate(value, arguments.at)
    return found if isinstance(found, Unknown) else Tuple(tuple(reversed(found)))


DICTIONARY: dict[str, Method] = {
    "get": _get, "setdefault": _setdefault, "update": _update, "keys": view("keys"),
    "values": view("values"), "items": view("items"), "pop": _pop, "popitem": _pop_item,
    "clear": _clear, "copy": _copy, "__copy__": _copy, "__reversed__": _reversed,
}  # fmt: skip
ORDERED: dict[str, Method] = {"move_to_end": _move_to_end}
