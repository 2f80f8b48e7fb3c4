"""Python's own functions without effects, applied to known values."""

from collections.abc import Callable, Iterable
from typing import Any

from readiness.program.interpreter.limits import LONGEST_TEXT
from readiness.program.interpreter.plain import (
    TOO_LARGE,
    NotPlain,
    lifted,
    parts_of,
    plain,
    trace_of,
)
from readiness.program.values import Unknown, Value

# Functions whose answer does not hang on the order of a set.
_ORDERLESS = frozenset({"len", "sorted", "max", "min", "sum", "bool", "any", "all"})


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
    grows = name in _GROWING and isinstance(next(iter(given), None), (str, bytes))
    if grows and _length(name, given) > LONGEST_TEXT:
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
