"""Subscripts that are read."""

from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.consulting import consult, note
from readiness.program.interpreter.iterables import NO_ORDER, unordered
from readiness.program.interpreter.keys import lookup
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain, trace_of
from readiness.program.interpreter.reads import demand
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.provenance import joined
from readiness.program.values import (
    MISSING,
    MORE,
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
        key = _asindex_of(machine, key, at)
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


def _asindex_of(machine: "Machine", key: Instance, at: Place) -> Value:
    """What an object of the code says that it is as an index."""
    own = isinstance(key.cls, Class) and key.data is None
    method = machine.library.find_method(machine, key, "__index__", at) if own else None
    return key if method is None else machine.invoke(method, at)


def _of_plain(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    try:
        result = plain(value)[index_of(key)]
        return lifted(result, trace_of(value, key), parts_of(value))
    except NotPlain:
        _may_be_outside(machine, "a text", key, at)
        return Unknown("a part of a text that is not known", at, trace_of(value, key))
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None


def index_of(key: Value) -> Any:
    """What the interpreter takes as an index or a slice; raises `NotPlain`."""
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
        found: Any = items[index_of(key)]
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
