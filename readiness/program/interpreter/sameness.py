"""Whether two values are equal, and what finds a value as a key."""

from typing import Any

from readiness.program.interpreter.choices import same
from readiness.program.interpreter.limits import MOST_IN_KEY
from readiness.program.interpreter.plain import TOO_LARGE, NotPlain, is_data, plain
from readiness.program.values import (
    Choice,
    Constant,
    Dict,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

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
