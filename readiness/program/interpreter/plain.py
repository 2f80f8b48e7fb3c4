"""Between values and Python's own objects, for functions without effects."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from readiness.model.trace import Trace
from readiness.program.interpreter.limits import LARGEST_NUMBER, LARGEST_THING, LONGEST_TEXT
from readiness.program.provenance import joined, variables_of
from readiness.program.values import (
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
)

FROZEN = frozenset({date, datetime, time, timedelta, timezone, Decimal, Fraction, UUID})
"""Classes of the standard library whose objects never change: each is a constant."""
_FARTHEST = 400
"""The digits before or after the point beyond which a decimal number is not worth it."""
_PER_VALUE = LONGEST_TEXT // LARGEST_THING
TOO_LARGE = "a value that is too large"


class NotPlain(Exception):  # noqa: N818 - an answer about a value
    """A value that is not wholly known; ``value`` is the part that is not."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


_SETS = frozenset({"set", "frozenset", "keys"})


def plain(value: Value) -> Any:
    """The Python object that a value stands for; raises `NotPlain`, also where it is large."""
    return _plain(value, [LARGEST_THING])


def _plain(value: Value, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise NotPlain(Unknown(TOO_LARGE))
    match value:
        case Constant():
            return value.value
        case Text() if (known := value.known) is not None:
            left[0] -= len(known) // _PER_VALUE
            return known
        case Tuple():
            return tuple(_plain(item, left) for item in value.items)
        case List():
            content = value.slots.values["items"]
            if isinstance(content, Tuple):
                if value.kind == "unordered" and len(content.items) > 1:
                    raise NotPlain(Unknown("the order of a set"))
                items = [_plain(item, left) for item in content.items]
                return {"set": set, "frozenset": frozenset}.get(value.kind, list)(items)
        case Dict() if value.rest is None and not value.slots.shuffled:
            return {key: _plain(item, left) for key, item in value.slots.values.items()}
        case Instance() if is_data(value):
            return _plain(value.data, left)
    raise NotPlain(value)


def is_vast(value: Value) -> bool:
    """Whether there are more values in a container than are compared one by one."""
    pending, left = [value], LARGEST_THING
    while pending and left >= 0:
        one = pending.pop()
        left -= 1
        match one:
            case Tuple():
                pending += one.items
            case List():
                pending.append(one.slots.values["items"])
            case Dict():
                pending += one.slots.values.values()
    return left < 0


def is_data(value: Instance) -> bool:
    """Whether an object is a text or number itself: of a subclass, or a member of such."""
    if not isinstance(value.data, (Text, Constant)):
        return False
    if not isinstance(value.cls, Class):
        return True
    return any(isinstance(one, External) and one.name in DATA for one in value.cls.order)


DATA = frozenset({"builtins.str", "builtins.int", "builtins.float", "builtins.bytes",
                  "enum.StrEnum", "enum.IntEnum", "enum.IntFlag"})  # fmt: skip


def is_member(value: Value) -> bool:
    """Whether it is one of an enumeration, which is shown by its name whatever it is besides."""
    return (
        isinstance(value, Instance)
        and isinstance(value.cls, Class)
        and "members" in value.cls.traits
    )


def holds_members(value: Value, depth: int = 8) -> bool:
    """Whether a container holds a member of an enumeration, however deep."""
    if not depth or not isinstance(value, Tuple | List | Dict):
        return False
    held: list[Value] = [*value.items] if isinstance(value, Tuple) else [
        *value.slots.values.values()]  # fmt: skip
    held += value.keys.values() if isinstance(value, Dict) else ()
    return any(is_member(one) or holds_members(one, depth - 1) for one in held)


def trace_of(*values: Value) -> Trace:
    """The steps that these values, and what is in them, came by."""
    traces = []
    for value in values:
        traces.append(value.trace)
        if isinstance(value, Tuple):
            traces += [item.trace for item in value.items[:20]]
        elif isinstance(value, List) and isinstance(value.slots.values["items"], Tuple):
            traces += [item.trace for item in value.slots.values["items"].items[:20]]
    return joined((), *traces)


def lifted(thing: Any, trace: Trace = (), parts: tuple[Part, ...] = ()) -> Value:
    """The value for a Python object; ``parts`` are those of the texts that it was made of."""
    return _lifted(thing, trace, parts, [LARGEST_THING])


def _lifted(thing: Any, trace: Trace, parts: tuple[Part, ...], left: list[int]) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    left[0] -= len(thing) if isinstance(thing, (tuple, list, range, set, frozenset, dict)) else 0
    if left[0] < 0 or is_large(thing):
        return Unknown(TOO_LARGE, None, trace)

    def each(things: Iterable[Any]) -> tuple[Value, ...]:
        return tuple(_lifted(one, trace, parts, left) for one in things)

    match thing:
        case str():
            return Text((_part(thing, parts, trace),), trace)
        case None | bool() | int() | float() | complex() | bytes():
            return Constant(thing, trace)
        case tuple():
            return Tuple(each(thing), trace)
        case list() | range():
            return List(each(thing), trace)
        case set() | frozenset():
            return List(each(sorted(thing, key=repr)), trace, "set")
        case dict():
            keys = dict(zip(thing, each(thing), strict=True))
            return Dict(dict(zip(thing, each(thing.values()), strict=True)), keys, trace)
    if type(thing) in FROZEN:
        return Constant(thing, trace)
    return Unknown(f"a {type(thing).__name__}", None, trace)


def is_large(thing: Any) -> bool:
    """Whether a text or number takes more than an answer is worth."""
    if isinstance(thing, (str, bytes)):
        return len(thing) > LONGEST_TEXT
    if isinstance(thing, Decimal):
        return thing.is_finite() and abs(thing.adjusted()) > _FARTHEST
    if isinstance(thing, Fraction):
        return is_large(thing.numerator) or is_large(thing.denominator)
    return isinstance(thing, int) and thing.bit_length() > LARGEST_NUMBER


def parts_of(*values: Value) -> tuple[Part, ...]:
    """The parts of the texts among these values."""
    return tuple(part for value in values if isinstance(value, Text) for part in value.parts)


def _part(content: str, parts: tuple[Part, ...], trace: Trace) -> Part:
    variable = next((part.variable for part in parts if part.variable), None)
    names = variables_of(trace)
    at = next((part.at for part in parts if part.at), None)
    literal = bool(parts) and all(part.literal for part in parts)
    return Part(content, at, variable or (names[0] if names else None), literal)
