"""What running code takes its choice from: then what it leaves is left to nobody.

Functions and classes in a container that the environment picks from are not called by the
code beside the one that was picked; `passed_over` asks who else may.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from readiness.program.values import (
    MISSING,
    Bound,
    Choice,
    Class,
    Dict,
    Function,
    Host,
    Instance,
    List,
    Slots,
    Text,
    Tuple,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

MOST = 64
"""In larger containers nobody looks for what is left."""
DEPTH = 3
LEAST_SAID = 3
"""How many letters of a computed name the code must say, for others to be like it."""
_HOLDING = frozenset({Function, Class, Bound, Wrapped, Host, Instance, Tuple, List})
Thing = ast.AST | Class


def things_in(
    value: Value, depth: int = DEPTH, *, classes: bool = True
) -> Iterator[tuple[Thing, object]]:
    """The functions and classes that a value is or holds, each with what holds it directly.

    With ``classes`` an object stands for its class, too.
    """
    match value:
        case Function():
            yield value.node, None
            yield from ((one.node, None) for one in wrapped_by(value))
        case Class():
            yield value, None
        case Bound() | Wrapped():
            yield from things_in(value.function, depth, classes=classes)
        case Host(attributes={"func": held}):
            yield from things_in(held, depth, classes=classes)
        case Choice():
            # each value once: what hangs on many conditions has as many ways as doors to it
            look = partial(things_in, depth=depth, classes=classes)
            yield from chain.from_iterable(map(look, alternatives(value)))
        case Tuple() | List() | Dict() | Instance() if depth:
            if classes and isinstance(value, Instance) and isinstance(value.cls, Class):
                yield value.cls, None
            inside = held_by(value)
            for one in inside if len(inside) <= MOST else ():
                for thing, holder in things_in(one, depth - 1, classes=classes):
                    yield thing, holder or identity(value)


def wrapped_by(function: Function) -> Iterator[Function]:
    """The decorated functions that the one which a decorator made calls in their place."""
    around = function.closure
    if around.function is not None:
        for one in around.slots.values.values():
            if isinstance(one, Function) and one.node is not function.node:
                yield from (one,) if getattr(one.node, "decorator_list", ()) else ()


def held_by(value: Value) -> tuple[Value, ...]:
    """What a container or an object holds."""
    match value:
        case Tuple():
            return value.items
        case List(kind="list" | "deque" | "set" | "frozenset"):
            contents = alternatives(value.slots.values["items"])
            return tuple(item for one in contents if isinstance(one, Tuple) for item in one.items)
        case Choice():
            return tuple(alternatives(value))
        case Instance():
            own = () if value.data is None else (value.data,)
            return (*value.slots.values.values(), *own)
        case Dict():
            return tuple(value.slots.values.values())
    return ()


def named_in(slots: Slots) -> Iterator[tuple[str, Dict]]:
    """The dictionaries that names stand for, or attributes of what they stand for."""
    for name, value in list(slots.values.items()):
        if isinstance(value, Dict):
            yield str(name), value
        elif isinstance(value, Class | Instance):
            held = list(value.slots.values.items())
            yield from ((str(inner), one) for inner, one in held if isinstance(one, Dict))


def identity(value: Value) -> object:
    """What is the same for two names of one container."""
    return value if isinstance(value, Tuple) else getattr(value, "slots", value)


def note(into: set[Thing], values: Iterable[Value]) -> None:
    """Remember the functions and classes among some values."""
    into.update(thing for one in values for thing, _ in things_in(one))


def consult(
    machine: "Machine", holder: Value, values: Iterable[Value], found: Value = MISSING,
    *, classes: bool = True,
) -> None:  # fmt: skip
    """Remember that running code chose among the values of a container."""
    values = list(values)
    if len(values) > MOST or not any(type(one) in _HOLDING for one in values):
        return
    records = machine.records
    functions = [one.function for one in machine.stack if one.function is not None]
    askers = {one.node for one in functions}
    told = {one.node for one in takewhile(_is_told, reversed(functions))}
    taken = {thing for thing, _ in things_in(found, classes=classes)}
    records.unsure.update(thing for thing, _ in things_in(found, 0))
    if classes and isinstance(found, Instance) and isinstance(found.cls, Class):
        records.unsure.add(found.cls)
    for one in values:
        for thing, inner in things_in(one, classes=classes):
            records.consulted.add(inner or identity(holder))
            records.askers.setdefault(thing, set()).update(askers)
            records.told.setdefault(thing, set()).update(told)
            if thing not in taken:
                records.unpicked.add(thing)


def _is_told(function: Function) -> bool:
    """Whether a function takes an argument, besides the object that it is a method of."""
    spec = function.node.args
    taken = len(spec.posonlyargs) + len(spec.args) - (function.owner is not None)
    return taken > 0 or bool(spec.kwonlyargs) or spec.vararg is not None or spec.kwarg is not None


def alike(key: Value, entries: Iterable[tuple[object, Value]]) -> list[Value]:
    """What stands under names that a computed one (``f"make_{env}"``) could have been."""
    pattern = pattern_of(key)
    if pattern is None:
        return []
    return [one for name, one in entries if isinstance(name, str) and pattern(name)]


def pattern_of(key: Value) -> Callable[[str], object] | None:
    """Tells the names that a text could be if what was read into it were other; None for any."""
    parts = key.parts if isinstance(key, Text) else ()
    said = sum(len(part.text or "") for part in parts if part.literal)
    if said < LEAST_SAID or all(part.literal for part in parts):
        return None
    pieces = [re.escape(part.text or "") if part.literal else r"\w+" for part in parts]
    return re.compile("".join(pieces)).fullmatch
