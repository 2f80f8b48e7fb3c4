"""Subscripts and iteration."""

import ast
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import generators
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.comparisons import equality
from readiness.program.interpreter.limits import LARGEST_THING, LONGEST_GROWN, MOST_IN_KEY
from readiness.program.interpreter.operators import BINARY
from readiness.program.interpreter.plain import (
    TOO_LARGE,
    NotPlain,
    equal,
    hashed,
    lifted,
    parts_of,
    plain,
    trace_of,
)
from readiness.program.interpreter.truths import plainly
from readiness.program.values import (
    MISSING,
    NONE,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    Function,
    Instance,
    List,
    Open,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def get(machine: "Machine", value: Value, key: Value, at: Place) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """``value[key]``; raises the error that the code would see."""
    match value:
        case Dict():
            return _of_dictionary(machine, value, key, at)
        case Tuple():
            return _of_sequence(machine, value.items, "tuple", key, at)
        case List() if unordered(value):
            return Unknown(NO_ORDER, at)
        case List():
            return machine.each(
                value.slots.values["items"], lambda content: _of_list(machine, content, key, at)
            )
        case Text() | Constant():
            return _of_plain(machine, value, key, at)
        case Unknown():
            machine.may_fail(f"an item ({value.reason})", at)
            return Unknown(value.reason, value.at or at, value.trace, value.free)
    return machine.library.subscript(machine, value, key, at)


UNORDERED = frozenset({"set", "frozenset", "unordered"})
NO_ORDER = "the order of a set"


def unordered(value: Value) -> bool:
    """Whether an order of several items is that of a set, which no two runs share."""
    if not isinstance(value, List) or value.kind not in UNORDERED:
        return False
    content = value.slots.values["items"]
    return not isinstance(content, Tuple) or len(content.items) > 1


_UNHASHABLE = frozenset({"list", "set", "dict", "deque", "defaultdict", "OrderedDict", "Counter"})


def refuse_unhashable(machine: "Machine", key: Value, at: Place) -> None:
    """Raise the TypeError that what may change gives as a key, or in a set."""
    pending = [key]
    for _ in range(MOST_IN_KEY):
        if not pending:
            return
        one = pending.pop()
        if isinstance(one, (List, Dict)) and one.kind in _UNHASHABLE:
            raise machine.error("TypeError", f"unhashable type: '{one.kind}'", at)
        pending += one.items if isinstance(one, Tuple) else ()


def distinct(machine: "Machine", found: Iterable[Value]) -> list[Value]:
    """The items without those that equal an earlier one, as a set has them."""
    keys: set[object] = set()
    kept: list[Value] = []
    for one in found:
        refuse_unhashable(machine, one, Place(""))
        try:
            key = hashed(one)
        except NotPlain:
            machine.limits.walk(len(kept))
            if any(equal(one, other) for other in kept):
                continue
        else:
            if isinstance(key, Instance) and any(_alike(machine, one, two) for two in kept):
                continue
            if key in keys:
                continue
            keys.add(key)
        kept.append(one)
    return kept


def _alike(machine: "Machine", one: Value, other: Value) -> bool:
    """Whether two objects are one in a set, as their class compares them."""
    same = equality(machine, one, other, Place(""), "an item")
    return isinstance(same, Constant) and bool(same.value)


def _of_plain(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    try:
        result = plain(value)[_index(key)]
        return lifted(result, trace_of(value, key), parts_of(value))
    except NotPlain:
        return Unknown("a part of a text that is not known", at, trace_of(value, key))
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None


def _index(key: Value) -> Any:
    if isinstance(key, Instance) and isinstance(key.data, slice):
        return key.data
    return plain(key)


def _of_list(machine: "Machine", content: Value, key: Value, at: Place) -> Value:
    if isinstance(content, Tuple):
        return _of_sequence(machine, content.items, "list", key, at)
    return Unknown("an item of a list that is not known", at)


def _of_sequence(
    machine: "Machine", items: tuple[Value, ...], kind: str, key: Value, at: Place
) -> Value:
    try:
        found: Any = items[_index(key)]
    except NotPlain as unclear:
        reason = unclear.value.reason if isinstance(unclear.value, Unknown) else "its index"
        return Unknown(f"an item chosen by {reason}", at, unclear.value.trace)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
    if isinstance(found, tuple):
        return List(found) if kind == "list" else Tuple(found)
    item: Value = found
    return item


def _of_dictionary(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    found = lookup(machine, value, key, at)

    def present(one: Value) -> Value:
        if one is not MISSING:
            return one
        if value.rest is not None:
            return Unknown(f"an entry of a dictionary ({value.rest.reason})", at)
        default = machine.library.missing_item(machine, value, key, at)
        if default is not None:
            return default
        if value.process and isinstance(key, Text) and key.known:
            return machine.variables.demand(machine, key.known, at)
        raise machine.missing_key(key, at, trace_of(value, key))

    return machine.each(found, present)


def lookup(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    """The entry of a dictionary, `MISSING` where it has none, a choice where undecided."""
    refuse_unhashable(machine, key, at)
    try:
        name = hashed(key)
    except NotPlain:
        return _by_comparison(machine, value, key, at)
    found = value.slots.values.get(name, MISSING)
    if found is MISSING and (opened := plainly(machine, key)) is not key:
        return _by_comparison(machine, value, opened, at)
    if found is MISSING and isinstance(name, Instance) and isinstance(name.cls, Class):
        return _by_comparison(machine, value, key, at)
    machine.variables.note_keys(key, list(value.keys.values()))
    if found is not MISSING and len(value.slots.values) <= MOST_NOTED:
        note_callable(value.slots.values.values(), machine.records.unpicked, found)
        note_callable(alternatives(found), machine.records.unsure)
    return machine.chosen(found, key.trace, at)


MOST_NOTED = 64


def note_callable(
    values: Iterable[Value], into: "set[ast.AST | Class]", found: Value | None = None
) -> None:
    """Remember the functions and classes among some values, but for the one that was found."""
    for one in values:
        thing = one.cls if isinstance(one, Instance) else one
        if isinstance(thing, Wrapped):
            thing = thing.function
        if one is not found and isinstance(thing, (Class, Function)):
            into.add(thing if isinstance(thing, Class) else thing.node)


def _by_comparison(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    """Compare an unknown key with each of a dictionary's keys."""
    result: Value = MISSING
    note_callable(value.slots.values.values(), machine.records.unsure)
    machine.variables.note_keys(key, list(value.keys.values()))
    for name, item in reversed(list(value.slots.values.items())):
        known = value.keys.get(name)
        if known is None:
            continue
        same = equality(machine, key, known, at, "the key")
        if isinstance(same, Choice):
            result = choose(same.condition, item, result)
        elif isinstance(same, Constant) and same.value:
            result = item
    return result


def put(machine: "Machine", value: Value, key: Value, new: Value, at: Place) -> Value:
    """``value[key] = new``."""
    match value:
        case Dict(kind="mappingproxy"):
            raise machine.error("TypeError", "it does not support item assignment", at)
        case Dict():
            refuse_unhashable(machine, key, at)
            try:
                name = hashed(key)
            except NotPlain:
                value.rest = Unknown("a key that is not known", at)
                return NONE
            value.keys[name] = key
            machine.state.write(value.slots, name, new)
        case List():
            _put_in_list(machine, value, key, new, at)
        case Unknown() | Tuple() | Text() | Constant():
            return NONE
        case _:
            machine.library.put_subscript(machine, value, key, new, at)
    return NONE


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
        cover(machine, value, Unknown("an undecided entry taken out", at))


def iterate(machine: "Machine", value: Value, at: Place) -> list[Value] | Unknown:  # noqa: PLR0911 - one answer for each kind of value
    """The items of an iterable, or why they are not known."""
    if isinstance(value, Choice):
        return _iterate_choice(machine, value, at)
    match value:
        case Tuple():
            return list(value.items)
        case List(kind=kind) if kind in generators.ONCE:
            return _content(machine, generators.taken(machine, value, at), at)
        case List():
            return _content(machine, value.slots.values["items"], at)
        case Dict():
            return keys_of(value)
        case Text() | Constant():
            return _characters(machine, value, at)
        case Unknown():
            return value
    return machine.library.iterate(machine, value, at)


def known(machine: "Machine", value: Value, at: Place) -> tuple[Value, ...]:
    """The items that are known to be in an iterable, which may hold more."""
    found = iterate(machine, value, at)
    if isinstance(found, Unknown):
        return found.items if isinstance(found, Open) else ()
    return tuple(found)


def content(machine: "Machine", value: Value, at: Place, *, some: bool = False) -> Value:
    """The items of an iterable: a tuple, a choice of such, or unknown."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: content(machine, one, at, some=some))
    if isinstance(value, List):
        if value.kind in generators.ONCE:
            return generators.taken(machine, value, at, some=some)
        return value.slots.values["items"]
    found = iterate(machine, value, at)
    return found if isinstance(found, Unknown) else Tuple(tuple(found))


def walk(machine: "Machine", value: Value, consume: Callable[[Value], Value], at: Place) -> Value:
    """Handle the items of an iterable one by one."""
    if isinstance(value, List) and value.start is not None:
        return generators.walk(machine, value, consume)

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            machine.several += 1
            any_ = Unknown(f"an item of {getattr(held, 'reason', 'it')}", at)
            return machine.for_each(lambda: consume(any_))
        for item in held.items:
            consume(item)
        return NONE

    return machine.each(content(machine, value, at), one)


def _iterate_choice(machine: "Machine", value: Choice, at: Place) -> list[Value] | Unknown:
    """Where nothing decides between two sequences, take the longer with unknown presence."""
    sides = [iterate(machine, side, at) for side in (value.then, value.otherwise)]
    if any(isinstance(side, Unknown) for side in sides):
        return next(side for side in sides if isinstance(side, Unknown))
    return Unknown(f"items that depend on {value.condition.text}", at)


def _content(machine: "Machine", content: Value, at: Place) -> list[Value] | Unknown:
    if isinstance(content, Tuple):
        return list(content.items)
    if isinstance(content, Choice):
        return _iterate_choice(machine, content, at)
    return content if isinstance(content, Unknown) else Unknown("items that are not known", at)


def keys_of(value: Dict) -> list[Value] | Unknown:
    """The keys of a dictionary, in order, or why they are not known."""
    if value.rest is not None:
        return value.rest
    found: list[Value] = []
    for name, item in value.slots.values.items():
        if isinstance(item, Choice) and _may_be_missing(item):
            return Unknown("a dictionary whose keys are not decided")
        found.append(value.keys.get(name) or lifted(name))
    return found


def _may_be_missing(value: Value) -> bool:
    if isinstance(value, Choice):
        return _may_be_missing(value.then) or _may_be_missing(value.otherwise)
    return value is MISSING


def _characters(machine: "Machine", value: Value, at: Place) -> list[Value] | Unknown:
    try:
        known = plain(value)
        if hasattr(known, "__len__") and len(known) > LARGEST_THING:
            return Unknown(TOO_LARGE, at, value.trace)
        return [lifted(item, value.trace, parts_of(value)) for item in list(known)]
    except NotPlain:
        return Unknown("the characters of a text that is not known", at)
    except TypeError as error:
        raise machine.raised(error, at) from None


def extended_in_place(
    machine: "Machine", old: Value, operator: ast.operator, change: Value, at: Place
) -> Value | None:
    """What an object is after it changed itself (``list += items``); None where it did not."""
    if isinstance(old, Choice):
        return None
    if isinstance(old, List) and isinstance(operator, ast.Add) and old.kind in {"list", "deque"}:
        extend(machine, old, change, at)
        return old
    change = machine.library.settled(machine, change)
    if isinstance(old, Dict) and isinstance(operator, ast.BitOr) and isinstance(change, Dict):
        merge(machine, old, change)
        return old
    method = BINARY[type(operator)][1]
    return machine.library.changed_in_place(machine, method, old, change, at)


def merge(machine: "Machine", into: Dict, other: Dict) -> None:
    """Put the entries of a dictionary over those of another."""
    for name, item in other.slots.values.items():
        old = into.slots.values.get(name, MISSING)
        machine.state.write(into.slots, name, over(item, old))
    into.keys.update(other.keys)
    if other.rest is not None:
        cover(machine, into, other.rest, set(other.slots.values))
    into.process = into.process or other.process


def over(new: Value, old: Value) -> Value:
    """An entry that is put over another; where on some path it is missing, the old one stays."""
    if isinstance(new, Choice):
        return choose(new.condition, over(new.then, old), over(new.otherwise, old))
    return old if new is MISSING else new


def cover(machine: "Machine", into: Dict, rest: Unknown, but: "set[Any] | None" = None) -> None:
    """Put entries that are not known over a dictionary: each of its own may be replaced."""
    for name, old in list(into.slots.values.items()):
        if name in (but or ()) or str(name).startswith("\0"):
            continue
        condition = Condition(("over", rest, name), f"{name} is in it ({rest.reason})",
                              rest.at, rest)  # fmt: skip
        entry = Unknown(f"an entry of a dictionary ({rest.reason})", rest.at, free=rest.free)
        machine.state.write(into.slots, name, choose(condition, entry, old))
    into.rest = rest


def extend(machine: "Machine", value: List, more: Value, at: Place) -> None:
    """Add the items of an iterable to the end of a list."""
    found = machine.iterate(more, at)

    def longer(content: Value) -> Value:
        if isinstance(content, Tuple) and not isinstance(found, Unknown):
            if len(content.items) > LONGEST_GROWN:
                return Unknown(f"a list of more than {LONGEST_GROWN} items", at)
            return Tuple((*content.items, *found))
        return found if isinstance(found, Unknown) else content

    machine.state.write(value.slots, "items", mapped(value.slots.values["items"], longer))
