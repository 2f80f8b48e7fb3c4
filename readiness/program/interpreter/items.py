"""Subscripts: read, set and deleted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.choices import guarded
from readiness.program.interpreter.consulting import consult, note
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.iterables import NO_ORDER, unordered
from readiness.program.interpreter.keys import lookup, refuse_unhashable
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain, trace_of
from readiness.program.interpreter.reads import demand
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.interpreter.sameness import hashed
from readiness.program.interpreter.truths import guard
from readiness.program.provenance import joined
from readiness.program.values import (
    MISSING,
    MORE,
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    Dict,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def get(machine: "Machine", value: Value, key: Value, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """``value[key]``; raises the error that the code would see."""
    if isinstance(key, Instance) and isinstance(value, (Tuple, List, Text, Constant)):
        key = _as_index(machine, key, at)
    match value:
        case Dict():
            return _of_dictionary(machine, value, key, at)
        case Tuple():
            return _of_sequence(machine, value, value.items, "tuple", key, at)
        case List() if unordered(value):
            return Unknown(NO_ORDER, at)
        case List():
            return machine.each(
                value.slots.values["items"],
                lambda content: _of_list(machine, value, content, key, at),
            )
        case Text() | Constant():
            return _of_plain(machine, value, key, at)
        case Unknown():
            machine.may_fail(f"an item ({value.reason})", at)
            return Unknown(value.reason, value.at or at, value.trace, value.free)
    return machine.library.subscript(machine, value, key, at)


def _as_index(machine: "Machine", key: Instance, at: Place) -> Value:
    """What an object of the code says that it is as an index."""
    own = isinstance(key.cls, Class) and key.data is None
    method = machine.library.find_method(machine, key, "__index__", at) if own else None
    return key if method is None else machine.invoke(method, at)


def _of_plain(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    try:
        result = plain(value)[_index(key)]
        return lifted(result, trace_of(value, key), parts_of(value))
    except NotPlain:
        _may_be_outside(machine, "a text", key, at)
        return Unknown("a part of a text that is not known", at, trace_of(value, key))
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None


def _index(key: Value) -> Any:
    if isinstance(key, Instance) and isinstance(key.data, slice):
        return key.data
    return plain(key)


def _may_be_outside(machine: "Machine", holder: str, key: Value, at: Place) -> None:
    """An index may be outside of what it is used on; a slice never is."""
    if not (isinstance(key, Instance) and isinstance(key.data, slice)):
        error = machine.exception("IndexError", f"{holder} index out of range", at)
        machine.may_fail(f"an item of {holder}", at, error)


def _of_list(machine: "Machine", value: List, content: Value, key: Value, at: Place) -> Value:
    if not isinstance(content, Tuple):
        _may_be_outside(machine, "a list", key, at)
        return Unknown("an item of a list that is not known", at)
    more = value.slots.values.get(MORE)
    try:
        found = _of_sequence(machine, value, content.items, "list", key, at)
    except Raised:
        if more is None or machine.library.is_caught(machine, "IndexError"):
            raise
        return more
    is_rest = isinstance(key, Instance) and isinstance(key.data, slice) and key.data.stop is None
    if more is not None and is_rest and isinstance(found, List):
        found.slots.values[MORE] = more
    return found


def _of_sequence(  # noqa: PLR0917 - what is chosen from, and by what
    machine: "Machine", holder: Value, items: tuple[Value, ...], kind: str, key: Value, at: Place
) -> Value:
    try:
        found: Any = items[_index(key)]
    except NotPlain as unclear:
        note(machine.records.unsure, items)
        _may_be_outside(machine, f"a {kind}", key, at)
        what = unclear.value.reason if isinstance(unclear.value, Unknown) else "its index"
        return Unknown(f"an item chosen by {what}", at, unclear.value.trace)
    except IndexError:
        raise machine.raised(IndexError(f"{kind} index out of range"), at) from None
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
    if isinstance(found, tuple):
        return List(found) if kind == "list" else Tuple(found)
    item: Value = found
    consult(machine, holder, items, item)
    return inherited(machine, item, joined(reason(machine, key), reason(machine, holder)), at)


def entry(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    """``value[key]`` of a dictionary that is shown as a whole: nothing is chosen by it."""
    return _of_dictionary(machine, value, key, at, quietly=True)


def _of_dictionary(
    machine: "Machine", value: Dict, key: Value, at: Place, *, quietly: bool = False
) -> Value:
    found = lookup(machine, value, key, at, quietly=quietly)

    def present(one: Value) -> Value:
        if one is not MISSING:
            return one
        if value.rest is not None:
            return Unknown(f"an entry of a dictionary ({value.rest.reason})", at)
        default = machine.library.missing_item(machine, value, key, at)
        if default is not None:
            return inherited(machine, default, reason(machine, key), at)
        if value.process and isinstance(key, Text) and key.known:
            return demand(machine, key.known, at)
        raise machine.missing_key(key, at, trace_of(value, key))

    return machine.each(found, present)


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
        index = _index(key)
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
            del items[_index(key)]
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
