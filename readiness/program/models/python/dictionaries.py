"""The methods of dictionaries."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import items, keys, merging, operators
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.consulting import consult, note
from readiness.program.interpreter.limits import LONGEST_SEQUENCE
from readiness.program.interpreter.plain import NotPlain, lifted
from readiness.program.interpreter.sameness import hashed
from readiness.program.models.lifting import arg
from readiness.program.models.python.lists import Method
from readiness.program.models.python.views import view
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Condition,
    Constant,
    Dict,
    External,
    List,
    Tuple,
    Unknown,
    Value,
    alternatives,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PAIR = 2


def _get(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1) or NONE
    found = machine.each(
        arg(arguments, 0), lambda key: keys.lookup(machine, value, key, arguments.at)
    )
    instead = default if value.rest is None else choose_unknown(value.rest, default, arguments)
    _note_default(machine, value, found, default)
    return _without_missing(found, instead)


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
    items.put(machine, value, arg(arguments, 0), found, arguments.at)
    return found


def _update(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    if value.kind == "Counter":
        return _counted(machine, value, arguments, ast.Add())
    for other in arguments.positional:
        _update_from(machine, value, other, arguments)
    for name, item in arguments.keywords.items():
        value.keys[name] = text(name)
        machine.state.write(value.slots, name, item)
    return NONE


def _counted(machine: "Machine", value: Dict, arguments: Arguments, change: ast.operator) -> Value:
    """``Counter.update`` and ``subtract``: counts are added, or taken away."""
    given = arg(arguments, 0, Tuple(()))
    found = machine.iterate(given, arguments.at)
    if isinstance(found, Unknown):
        value.rest = found
        return NONE
    pairs: list[tuple[Value, Value]] = [
        (key, machine.item(given, key, arguments.at) if isinstance(given, Dict) else Constant(1))
        for key in found
    ]
    pairs += [(text(name), count) for name, count in arguments.keywords.items()]
    for key, count in pairs:
        machine.limits.step()
        old = machine.item(value, key, arguments.at)
        total = operators.binary(machine, change, old, count, arguments.at)
        items.put(machine, value, key, total, arguments.at)
    return NONE


def _update_from(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> None:
    other = machine.library.settled(machine, other)
    if isinstance(other, Dict):
        merging.merge(machine, value, other)
        return
    if isinstance(other, Choice):
        machine.each(other, lambda one: _updated(machine, value, one, arguments))
        return
    pairs = machine.library.mapping_of(machine, other, arguments.at)
    if pairs is not None:
        for name, item in pairs.items():
            value.keys[name] = text(name)
            machine.state.write(value.slots, name, item)
        return
    found = machine.iterate(other, arguments.at)
    if isinstance(found, Unknown):
        rest = Unknown(f"what a dictionary was updated with ({found.reason})", arguments.at)
        merging.cover(machine, value, rest)
        error = machine.exception("ValueError", "an item that is no pair", arguments.at)
        machine.may_fail("making pairs of items", arguments.at, error)
        return
    for pair in found:
        _put_pair(machine, value, pair, arguments)


def _put_pair(machine: "Machine", value: Dict, pair: Value, arguments: Arguments) -> None:
    def one(single: Value) -> Value:
        both = machine.iterate(single, arguments.at)
        if isinstance(both, Unknown):
            merging.cover(machine, value, both)
        elif len(both) == PAIR:
            items.put(machine, value, both[0], both[1], arguments.at)
        else:
            raise machine.error("ValueError", "a pair is expected", arguments.at)
        return NONE

    machine.each(pair, one)


def _updated(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> Value:
    _update_from(machine, value, other, arguments)
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
        items.set_anywhere(machine, value, key, MISSING, arguments.at)
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
        return default

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
    items.remove(machine, value, key, arguments.at)
    return pair


def _move_to_end(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    key, last = arg(arguments, 0), arguments.get("last", 1)
    found = machine.item(value, key, arguments.at)
    if isinstance(last, Constant) and last.value is False:
        rest = machine.iterate(value, arguments.at)
        items.put(machine, value, key, found, arguments.at)
        for other in rest if isinstance(rest, list) else ():
            if hashed(other) != hashed(key):
                _move_to_end(machine, value, Arguments((other,), {}, arguments.at))
        return NONE
    items.remove(machine, value, key, arguments.at)
    items.put(machine, value, key, found, arguments.at)
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
    return copied


def _reversed(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    found = machine.iterate(value, arguments.at)
    return found if isinstance(found, Unknown) else Tuple(tuple(reversed(found)))


def _subtract(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    return _counted(machine, value, arguments, ast.Sub())


def _total(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    values = machine.invoke(machine.attribute(value, "values", arguments.at), arguments.at)
    return machine.invoke(External("builtins.sum"), arguments.at, values)


def _elements(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """Each key as often as it is counted."""
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    counts = [one.value for one in value.slots.values.values()
              if isinstance(one, Constant) and isinstance(one.value, int)]  # fmt: skip
    known = value.rest is None and len(counts) == len(value.slots.values)
    if not known or sum(max(one, 0) for one in counts) > LONGEST_SEQUENCE:
        return Unknown("the items of a counter", arguments.at)
    keys = [value.keys.get(name, text(str(name))) for name in value.slots.values]
    return List(tuple(key for key, count in zip(keys, counts, strict=True)
                      for _ in range(count)))  # fmt: skip


def _most_common(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``Counter.most_common``: by count, first come first."""
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    machine.limits.step(len(found))
    pairs = [(key, machine.item(value, key, arguments.at)) for key in found]
    if not all(isinstance(count, Constant) for _, count in pairs):
        return Unknown("the order of counts", arguments.at)
    ordered = sorted(pairs, key=lambda pair: -getattr(pair[1], "value", 0))
    most = getattr(arguments.get("n", 0), "value", None)
    chosen = ordered if most is None else ordered[:most]
    made = lifted([])
    made.slots.values["items"] = Tuple(tuple(Tuple(pair) for pair in chosen))  # type: ignore[attr-defined]
    return made


DICTIONARY: dict[str, Method] = {
    "get": _get, "setdefault": _setdefault, "update": _update, "keys": view("keys"),
    "values": view("values"), "items": view("items"), "pop": _pop, "popitem": _pop_item,
    "clear": _clear, "copy": _copy, "__copy__": _copy, "__reversed__": _reversed,
}  # fmt: skip
ORDERED: dict[str, Method] = {"move_to_end": _move_to_end}
COUNTER: dict[str, Method] = {
    "most_common": _most_common, "subtract": _subtract, "total": _total, "elements": _elements,
}  # fmt: skip
