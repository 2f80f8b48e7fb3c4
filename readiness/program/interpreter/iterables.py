"""What an iterable gives, item by item or whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import drawing, generators, key_orders
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.limits import LARGEST_THING, LONGEST_GROWN
from readiness.program.interpreter.plain import TOO_LARGE, NotPlain, lifted, parts_of, plain
from readiness.program.values import (
    NONE,
    Choice,
    Constant,
    Dict,
    List,
    Open,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


UNORDERED = frozenset({"set", "frozenset", "unordered"})


NO_ORDER = "the order of a set"


def unordered(value: Value) -> bool:
    """Whether an order of several items is that of a set, which no two runs share."""
    if not isinstance(value, List) or value.kind not in UNORDERED:
        return False
    content = value.slots.values["items"]
    return not isinstance(content, Tuple) or len(content.items) > 1


def iterate(machine: "Machine", value: Value, at: Place) -> list[Value] | Unknown:  # noqa: PLR0911 - one answer for each kind of value
    """The items of an iterable, or why they are not known."""
    if isinstance(value, Choice):
        return _iterate_choice(machine, value, at)
    match value:
        case Tuple():
            return list(value.items)
        case List(kind=kind) if kind in generators.ONCE:
            return _content(machine, drawing.taken(machine, value, at), at)
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
            return drawing.taken(machine, value, at, some=some)
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

    return machine.each(machine.content(value, at), one)


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
    if value.slots.shuffled and len(value.slots.values) > 1:
        return Unknown(key_orders.NO_ORDER)
    return keys_in_any_order(value)


def keys_in_any_order(value: Dict) -> list[Value] | Unknown:
    """The keys of a dictionary for what does not ask for their order."""
    if value.rest is not None:
        return value.rest
    found: list[Value] = []
    for name, item in value.slots.values.items():
        if isinstance(item, Choice) and key_orders.may_be_missing(item):
            return Unknown("a dictionary whose keys are not decided")
        found.append(value.keys.get(name) or lifted(name))
    return found


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
