"""Subscripts that are set and deleted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.choices import guarded
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.items import index_of
from readiness.program.interpreter.keys import lookup, refuse_unhashable
from readiness.program.interpreter.plain import NotPlain, trace_of
from readiness.program.interpreter.sameness import hashed
from readiness.program.interpreter.truths import guard
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Constant,
    Dict,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def put(machine: "Machine", value: Value, key: Value, new: Value, at: Place) -> Value:
    """``value[key] = new``."""
    if isinstance(value, Dict) and (open_at := undecided_part(key)) is not None:
        return each_part(machine, key, open_at, lambda one: put(machine, value, one, new, at))
    if _never_changes(value):
        raise machine.error("TypeError", "it does not support item assignment", at)
    match value:
        case Dict():
            refuse_unhashable(machine, key, at)
            try:
                name = hashed(key)
            except NotPlain:
                _put_anywhere(machine, value, key, new, at)
                return NONE
            value.keys[name] = key
            machine.state.write(value.slots, name, new)
        case List():
            _put_in_list(machine, value, key, new, at)
        case Unknown():
            machine.library.escape(machine, Arguments((new,), {}, at), value.reason)
        case _:
            machine.library.put_subscript(machine, value, key, new, at)
    return NONE


def undecided_part(key: Value) -> int | None:
    """Where in a tuple something stands that hangs on conditions."""
    items = key.items if isinstance(key, Tuple) else ()
    return next((at for at, one in enumerate(items) if isinstance(one, Choice)), None)


def each_part(
    machine: "Machine", key: Value, index: int, action: Callable[[Value], Value]
) -> Value:
    """Do something with each tuple that a key may be."""
    assert isinstance(key, Tuple)  # noqa: S101 - for the type checker
    before, after = key.items[:index], key.items[index + 1 :]
    return machine.each(key.items[index], lambda one: action(Tuple((*before, one, *after))))


def _put_anywhere(machine: "Machine", value: Dict, key: Value, new: Value, at: Place) -> None:
    """Put something under a key that is not known: it may be any of those that are there."""
    set_anywhere(machine, value, key, new, at)
    value.rest = Unknown("a key that is not known", at, trace_of(key))


def set_anywhere(machine: "Machine", value: Dict, key: Value, new: Value, at: Place) -> None:
    """Write what is, or no more is, under a key that is not known, wherever that may be."""
    machine.limits.walk(len(value.slots.values))
    for name, old in list(value.slots.values.items()):
        known = value.keys.get(name)
        if known is not None:
            same = guard(machine, equality(machine, key, known, at, "the key"), at, "the key")
            machine.state.write(value.slots, name, guarded(same, new, old))


def _never_changes(value: Value) -> bool:
    """Whether no item of a value can be set or deleted."""
    match value:
        case Tuple() | Text() | Constant() | Dict(kind="mappingproxy"):
            return True
        case List(kind="set" | "frozenset" | "range" | "generator"):
            return True
    return False


def _put_in_list(machine: "Machine", value: List, key: Value, new: Value, at: Place) -> None:
    content = value.slots.values["items"]
    try:
        if not isinstance(content, Tuple):
            raise NotPlain(content)  # noqa: TRY301 - the error is the one below
        items = list(content.items)
        index = index_of(key)
        items[index] = _spread(machine, new, at) if isinstance(index, slice) else new
    except NotPlain:
        unknown = Unknown("a list with an item set at an unknown place", at)
        machine.state.write(value.slots, "items", unknown)
        return
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
    machine.state.write(value.slots, "items", Tuple(tuple(items)))


def _spread(machine: "Machine", value: Value, at: Place) -> Any:
    """The items that take the place of a slice."""
    found = machine.iterate(value, at)
    if isinstance(found, Unknown):
        raise NotPlain(found)
    return found


def remove(machine: "Machine", value: Value, key: Value, at: Place) -> None:
    """``del value[key]``."""
    if _never_changes(value):
        raise machine.error("TypeError", "it does not support item deletion", at)
    if isinstance(value, Dict):
        _remove_entry(machine, value, key, at)
    elif isinstance(value, List):
        content = value.slots.values["items"]
        try:
            if not isinstance(content, Tuple):
                raise NotPlain(content)  # noqa: TRY301 - the error is the one below
            items = list(content.items)
            del items[index_of(key)]
        except NotPlain:
            machine.state.write(value.slots, "items", Unknown("a list with items removed", at))
        except Exception as error:  # noqa: BLE001 - as the code would see it
            raise machine.raised(error, at) from None
        else:
            machine.state.write(value.slots, "items", Tuple(tuple(items)))
    else:
        machine.library.remove_subscript(machine, value, key, at)


def _remove_entry(machine: "Machine", value: Dict, key: Value, at: Place) -> None:
    open_at = undecided_part(key)
    if open_at is not None:
        each_part(machine, key, open_at, lambda one: _removed(machine, value, one, at))
        return
    found = lookup(machine, value, key, at)

    def there(one: Value) -> Value:
        if one is MISSING and value.rest is None:
            raise machine.missing_key(key, at, trace_of(value, key))
        return NONE

    machine.each(found, there)
    try:
        machine.state.write(value.slots, hashed(key), MISSING)
        value.process = False
    except NotPlain:
        set_anywhere(machine, value, key, MISSING, at)


def _removed(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    _remove_entry(machine, value, key, at)
    return NONE
