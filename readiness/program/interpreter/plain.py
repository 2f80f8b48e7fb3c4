"""Between values and Python's own objects, for functions without effects."""

from collections.abc import Callable
from typing import Any

from readiness.model.trace import Trace
from readiness.program.interpreter.choices import same
from readiness.program.provenance import joined, variables_of
from readiness.program.values import (
    Choice,
    Constant,
    Dict,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
)

LARGEST = 20_000
LONGEST = 1_000_000
TOO_LARGE = "a value that is too large"


class NotPlain(Exception):  # noqa: N818 - an answer about a value
    """A value that is not wholly known; ``value`` is the part that is not."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


def plain(value: Value) -> Any:
    """The Python object that a value stands for; raises `NotPlain`, also where it is large."""
    return _plain(value, [LARGEST])


def _plain(value: Value, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise NotPlain(Unknown(TOO_LARGE))
    match value:
        case Constant():
            return value.value
        case Text() if value.known is not None:
            return value.known
        case Tuple():
            return tuple(_plain(item, left) for item in value.items)
        case List():
            content = value.slots.values["items"]
            if isinstance(content, Tuple):
                items = [_plain(item, left) for item in content.items]
                return items if value.kind == "list" else set(items)
        case Dict() if value.rest is None:
            return {key: _plain(item, left) for key, item in value.slots.values.items()}
        case Instance() if isinstance(value.data, (Text, Constant)):
            return _plain(value.data, left)
    raise NotPlain(value)


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


def lifted(thing: Any, trace: Trace = (), parts: tuple[Part, ...] = ()) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """The value for a Python object; ``parts`` are those of the texts that it was made of."""
    match thing:
        case str():
            return Text((_part(thing, parts, trace),), trace)
        case None | bool() | int() | float() | complex() | bytes():
            return Constant(thing, trace)
        case tuple():
            return Tuple(tuple(lifted(item, trace, parts) for item in thing), trace)
        case list() | range():
            return List(tuple(lifted(item, trace, parts) for item in thing), trace)
        case set() | frozenset():
            items = sorted(thing, key=repr)
            return List(tuple(lifted(item, trace, parts) for item in items), trace, "set")
        case dict():
            keys = {key: lifted(key, trace, parts) for key in thing}
            entries = {key: lifted(item, trace, parts) for key, item in thing.items()}
            return Dict(entries, keys, trace)
    return Unknown(f"a {type(thing).__name__}", None, trace)


def parts_of(*values: Value) -> tuple[Part, ...]:
    """The parts of the texts among these values."""
    return tuple(part for value in values if isinstance(value, Text) for part in value.parts)


def _part(content: str, parts: tuple[Part, ...], trace: Trace) -> Part:
    variable = next((part.variable for part in parts if part.variable), None)
    names = variables_of(trace)
    at = next((part.at for part in parts if part.at), None)
    literal = bool(parts) and all(part.literal for part in parts)
    return Part(content, at, variable or (names[0] if names else None), literal)


def pure(function: Callable[..., Any], *values: Value, **keywords: Value) -> Value:
    """Apply a Python function without effects; raises `NotPlain` or what it raises."""
    trace = trace_of(*values, *keywords.values())
    given = [plain(value) for value in values]
    _refuse_large(function, given)
    named = {name: plain(value) for name, value in keywords.items()}
    result = function(*given, **named)
    if isinstance(result, (range, map, filter, zip)):
        result = list(result)
    return lifted(result, trace, parts_of(*values, *keywords.values()))


# Methods whose result may be much longer than what they are given.
_GROWING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "replace", "join"})


def _refuse_large(function: Callable[..., Any], given: list[Any]) -> None:
    """Refuse what would take more time or memory than an answer is worth."""
    if getattr(function, "__name__", "") not in _GROWING:
        return
    lengths = [len(one) if hasattr(one, "__len__") else 0 for one in given]
    numbers = [one for one in given if isinstance(one, int)]
    first = lengths[0] + 1
    if max([0, *numbers]) > LONGEST or first * max([1, *lengths[1:]]) > LONGEST:
        raise NotPlain(Unknown(TOO_LARGE))


def hashed(value: Value) -> Any:
    """A dictionary key for a value; raises `NotPlain` where it is not known."""
    return _hashed(value, [MOST_IN_KEY])


MOST_IN_KEY = 1_000


def _hashed(value: Value, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise NotPlain(Unknown(TOO_LARGE))
    match value:
        case Constant() | Text():
            return plain(value)
        case Tuple():
            return tuple(_hashed(item, left) for item in value.items)
        case Unknown() | Choice() | List() | Dict():
            raise NotPlain(value)
        case Instance() if isinstance(value.data, (Text, Constant)):
            return plain(value.data)
    return value


def equal(one: Value, other: Value) -> bool | None:
    """Whether two values compare equal; None where that is not known."""
    if one is other or same(one, other):
        return True
    try:
        return bool(plain(one) == plain(other))
    except NotPlain as unclear:
        if isinstance(unclear.value, (Unknown, Choice, Text, List, Dict)):
            return _equal_texts(one, other)
    return _equal_things(one, other)


def _equal_texts(one: Value, other: Value) -> bool | None:
    """Compare where not all is known: by kind, then by what the known ends say."""
    if isinstance(one, Text) and isinstance(other, Text):
        first, second = one.parts[0].text, other.parts[0].text
        if first and second and not (first.startswith(second) or second.startswith(first)):
            return False
        return False if _is_empty(one) != _is_empty(other) else None
    kinds = (Text, Constant, Tuple)
    if isinstance(one, kinds) and isinstance(other, kinds) and type(one) is not type(other):
        return False
    return None


def _is_empty(value: Text) -> bool:
    return value.known == ""


def _equal_things(one: Value, other: Value) -> bool | None:
    if isinstance(one, Instance) and isinstance(other, Instance):
        return None
    return False
