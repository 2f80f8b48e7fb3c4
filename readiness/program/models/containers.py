"""The methods of lists, tuples, sets and dictionaries."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.program.interpreter import items
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.limits import LONGEST_GROWN
from readiness.program.interpreter.plain import NotPlain, equal, hashed, plain
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Constant,
    Dict,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Method = Callable[["Machine", Value, Arguments], Value]


def _first(arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else NONE


def _content(value: Value) -> tuple[Value, ...] | None:
    if isinstance(value, Tuple):
        return value.items
    content = value.slots.values["items"] if isinstance(value, List) else NONE
    return content.items if isinstance(content, Tuple) else None


def _change(
    machine: "Machine", value: Value, change: Callable[[tuple[Value, ...]], tuple[Value, ...]]
) -> None:
    if isinstance(value, List):
        content = mapped(
            value.slots.values["items"],
            lambda one: _changed(one, change),
        )
        machine.state.write(value.slots, "items", content)


def _changed(content: Value, change: Callable[[tuple[Value, ...]], tuple[Value, ...]]) -> Value:
    if not isinstance(content, Tuple):
        return content
    if len(content.items) > LONGEST_GROWN:
        return Unknown(f"a list of more than {LONGEST_GROWN} items")
    return Tuple(change(content.items))


def _append(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    item = _first(arguments)
    _change(machine, value, lambda held: (*held, item))
    return NONE


def _add(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    item = _first(arguments)
    held = _content(value)
    machine.limits.walk(len(held or ()))
    if held is not None and any(equal(item, one) for one in held):
        return NONE
    return _append(machine, value, arguments)


def _extend(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    if isinstance(value, List):
        items.extend(machine, value, _first(arguments), arguments.at)
    return NONE


def _insert(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    try:
        index = plain(_first(arguments))
    except NotPlain:
        index = 0
    item = arguments.positional[1] if len(arguments.positional) > 1 else NONE
    _change(machine, value, lambda held: (*held[:index], item, *held[index:]))
    return NONE


def _pop(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    held = None if items.unordered(value) else _content(value)
    try:
        index = plain(_first(arguments)) if arguments.positional else -1
    except NotPlain:
        held = None
        index = -1
    if held is None:
        return Unknown("an item of a list that is not known", arguments.at)
    try:
        found = held[index]
    except IndexError:
        raise machine.error("IndexError", "pop from empty list", arguments.at) from None
    kept = list(held)
    del kept[index]
    _change(machine, value, lambda _: tuple(kept))
    return found


def _remove(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    held = _content(value)
    item = _first(arguments)
    if held is None:
        return NONE
    for index, one in enumerate(held):
        if equal(one, item):
            _change(machine, value, lambda _: (*held[:index], *held[index + 1 :]))  # noqa: B023 - called before the next round
            return NONE
    return NONE


def _clear(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    _ = arguments
    if isinstance(value, List):
        machine.state.write(value.slots, "items", Tuple(()))
    elif isinstance(value, Dict):
        for name in list(value.slots.values):
            machine.state.write(value.slots, name, MISSING)
        value.rest = None
        value.process = False
    return NONE


def _copy(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    _ = machine, arguments
    if isinstance(value, List):
        made = List((), value.trace, value.kind)
        made.slots.values["items"] = value.slots.values["items"]
        return made
    if isinstance(value, Dict):
        copied = Dict(dict(value.slots.values), dict(value.keys), value.trace, value.rest)
        copied.process = value.process
        return copied
    return value


def _reverse(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    _ = arguments
    _change(machine, value, lambda held: tuple(reversed(held)))
    return NONE


def _sort(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    if isinstance(value, List):
        unknown = Unknown("the order of a sorted list", arguments.at)
        machine.state.write(value.slots, "items", unknown)
    return NONE


def _index(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    held = _content(value)
    for position, one in enumerate(held or ()):
        if equal(one, _first(arguments)):
            return Constant(position)
    _ = machine
    return Unknown("the place of an item", arguments.at)


def _union(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    made = _copy(machine, value, arguments)
    for other in arguments.positional:
        found = machine.iterate(other, arguments.at)
        for item in found if isinstance(found, list) else ():
            _add(machine, made, Arguments((item,), {}, arguments.at))
    return made


LISTS: dict[str, Method] = {
    "append": _append, "add": _add, "extend": _extend, "insert": _insert, "pop": _pop,
    "remove": _remove, "discard": _remove, "clear": _clear, "copy": _copy, "reverse": _reverse,
    "sort": _sort, "index": _index, "union": _union, "update": _extend,
    "appendleft": lambda m, v, a: _insert(
        m, v, Arguments((Constant(0), *a.positional), {}, a.at)),
    "popleft": lambda m, v, a: _pop(m, v, Arguments((Constant(0),), {}, a.at)),
}  # fmt: skip


def _get(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1) or NONE
    found = machine.each(
        _first(arguments), lambda key: items.lookup(machine, value, key, arguments.at)
    )
    instead = default if value.rest is None else choose_unknown(value.rest, default, arguments)
    return _without_missing(found, instead)


def choose_unknown(rest: Unknown, default: Value, arguments: Arguments) -> Value:
    """An entry that may or may not be in a dictionary that is not wholly known."""
    from readiness.program.values import Condition  # noqa: PLC0415

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
    found = _without_missing(
        items.lookup(machine, value, _first(arguments), arguments.at), default
    )
    items.put(machine, value, _first(arguments), found, arguments.at)
    return found


def _update(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    for other in arguments.positional:
        _update_from(machine, value, other, arguments)
    for name, item in arguments.keywords.items():
        value.keys[name] = text(name)
        machine.state.write(value.slots, name, item)
    return NONE


def _update_from(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> None:
    other = machine.library.settled(machine, other)
    if isinstance(other, Dict):
        items.merge(machine, value, other)
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
        items.cover(machine, value, rest)
        return
    for pair in found:
        both = machine.iterate(pair, arguments.at)
        if isinstance(both, list) and len(both) == 2:  # noqa: PLR2004 - a pair
            items.put(machine, value, both[0], both[1], arguments.at)


def _updated(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> Value:
    _update_from(machine, value, other, arguments)
    return NONE


def _keys(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    found = machine.iterate(value, arguments.at)
    return found if isinstance(found, Unknown) else List(tuple(found), (), "keys")


def _values(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    return List(tuple(value.slots.values.values()), (), "values")


def _items(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    pairs = zip(found, value.slots.values.values(), strict=True)
    return List(tuple(Tuple(pair) for pair in pairs), (), "items")


def _pop_entry(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    default = arguments.get("default", 1)
    found = items.lookup(machine, value, _first(arguments), arguments.at)
    if found is MISSING and default is None:
        raise machine.error("KeyError", "no such key", arguments.at)
    try:
        name = hashed(_first(arguments))
    except NotPlain:
        return Unknown("an entry of a dictionary", arguments.at)
    if found is not MISSING:
        machine.state.write(value.slots, name, MISSING)
        value.process = False
    return _without_missing(found, default or NONE)


DICTIONARY: dict[str, Method] = {
    "get": _get, "setdefault": _setdefault, "update": _update, "keys": _keys, "values": _values,
    "items": _items, "pop": _pop_entry, "clear": _clear, "copy": _copy,
}  # fmt: skip
