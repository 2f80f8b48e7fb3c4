"""Between values and Python's own objects, for functions without effects."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from readiness.model.trace import Trace
from readiness.program.interpreter.choices import same
from readiness.program.interpreter.limits import (
    LARGEST_NUMBER,
    LARGEST_THING,
    LONGEST_TEXT,
    MOST_IN_KEY,
)
from readiness.program.provenance import joined, variables_of
from readiness.program.values import (
    Choice,
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

FROZEN = frozenset({date, datetime, time, timedelta, timezone, Decimal, UUID})
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
# Functions whose answer does not hang on the order of a set.
_ORDERLESS = frozenset({"len", "sorted", "max", "min", "sum", "bool", "any", "all"})


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
        case Dict() if value.rest is None:
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


def pure(function: Callable[..., Any], *values: Value, **keywords: Value) -> Value:
    """Apply a Python function without effects; raises `NotPlain` or what it raises."""
    trace = trace_of(*values, *keywords.values())
    given = [plain(value) for value in values]
    _refuse_large(function, given)
    named = {name: plain(value) for name, value in keywords.items()}
    result = function(*given, **named)
    if isinstance(result, (str, list, tuple, bytes)) and function.__name__ not in _ORDERLESS:
        _refuse_sets([*given, *named.values()])
    if isinstance(result, (range, map, filter, zip)):
        result = list(result)
    return lifted(result, trace, parts_of(*values, *keywords.values()))


def _refuse_sets(given: Iterable[Any]) -> None:
    """Refuse what would hang on the order of a set, which no two runs share."""
    for one in given:
        if isinstance(one, (set, frozenset)) and len(one) > 1:
            raise NotPlain(Unknown("the order of a set"))
        if isinstance(one, (list, tuple)):
            _refuse_sets(one)
        elif isinstance(one, dict):
            _refuse_sets(one.values())


# Methods whose result may be much longer than what they are given.
_GROWING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "replace", "join",
                      "translate", "indent"})  # fmt: skip
_TAB = 8
_COUNTING = frozenset({"pow", "round"})
"""Functions that take long over large numbers."""
MOST_BITS = 4_000


def _bits(number: Any) -> int:
    return number.bit_length() if isinstance(number, int) else 0


def _refuse_large(function: Callable[..., Any], given: list[Any]) -> None:
    """Refuse what would take more time or memory than an answer is worth."""
    name = getattr(function, "__name__", "")
    if name in _GROWING and _length(name, given) > LONGEST_TEXT:
        raise NotPlain(Unknown(TOO_LARGE))
    if name in _COUNTING and sum(map(_bits, given)) > MOST_BITS:
        raise NotPlain(Unknown(TOO_LARGE))


def _length(name: str, given: list[Any]) -> int:  # noqa: PLR0911 - one answer for each method
    """How long a text gets by one of the methods that make it longer."""
    first, *rest = given
    lengths = [len(one) if hasattr(one, "__len__") else 0 for one in rest]
    widest = max([0, *(one for one in rest if isinstance(one, int))])
    match name:
        case "replace" if len(rest) > 1 and lengths[0]:
            count: int = first.count(rest[0])
            return len(first) + count * lengths[1]
        case "replace":
            return (len(first) + 1) * max([1, *lengths])
        case "translate":
            table = rest[0].values() if rest and isinstance(rest[0], dict) else ()
            return len(first) * max([1, *(len(one) for one in table if isinstance(one, str))])
        case "indent":
            lines = len(str(first).split("\n"))
            return len(first) + lines * max([0, *lengths])
        case "expandtabs":
            return (len(first) + 1) * max(widest, _TAB)
        case "join":
            items = rest[0] if rest and hasattr(rest[0], "__iter__") else ()
            longest = max([len(one) for one in items if hasattr(one, "__len__")] or [0])
            return (len(first) + longest) * max([0, *lengths])
    return widest


NO_ATOM = object()
_ATOMS = frozenset({int, bool, str, bytes, type(None)})
_LONGEST_ATOM = 10_000


def atom(value: Value) -> Any:
    """A number, a short text or None, as it is; `NO_ATOM` for all else.

    Two atoms are equal where Python's own are, so that nothing else is to be asked.
    """
    if type(value) is Constant:
        return value.value if type(value.value) in _ATOMS else NO_ATOM
    known = value.known if type(value) is Text else None
    return NO_ATOM if known is None or len(known) > _LONGEST_ATOM else known


def hashed(value: Value) -> Any:
    """A dictionary key for a value; raises `NotPlain` where it is not known."""
    return _hashed(value, [MOST_IN_KEY])


def _hashed(value: Value, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise NotPlain(Unknown(TOO_LARGE))
    match value:
        case Constant() | Text():
            return plain(value)
        case Tuple():
            return tuple(_hashed(item, left) for item in value.items)
        case Unknown() | Choice():
            raise NotPlain(value)
        case List(kind="frozenset"):
            return plain(value)
        case List() | Dict():
            raise NotPlain(value)
        case Instance() if is_data(value):
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
    return None if isinstance(one, _CONTAINERS) and type(one) is type(other) else False


_CONTAINERS = (Tuple, List, Dict)
