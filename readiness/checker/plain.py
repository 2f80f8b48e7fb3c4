"""Values that are plainly what a parameter takes; of any other pydantic says what is wrong.

To load pydantic takes longer than everything else that is done with a checklist.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from readiness.model.age import Age
from readiness.model.matcher import Matcher

_LISTS = (list, Sequence)
_TABLES = (dict, Mapping)
_PARSED = (Age, Matcher)
_EXACT = 2**53
"""Whole numbers below it are the same as fractions."""


class NotPlain(Exception):  # noqa: N818 - no error: it is looked at more closely then
    """A value that has to be looked at by more than its type."""


def plainly(kind: Any, value: Any) -> Any:
    """The value as a parameter of this type takes it; raises `NotPlain`."""
    if kind in {str, int, bool, float}:
        return _of_type(kind, value)
    if kind in _PARSED:
        return _parsed(kind, value)
    made, parts = get_origin(kind), get_args(kind)
    if made is Literal and any(value == one and type(value) is type(one) for one in parts):
        return value
    if made in {Union, UnionType} and len(parts) == 2 and parts[1] is NoneType:  # noqa: PLR2004
        return None if value is None else plainly(parts[0], value)
    if made in _LISTS and type(value) is list:
        return [plainly(parts[0], one) for one in value]
    if made in _TABLES and type(value) is dict:
        return {plainly(parts[0], key): plainly(parts[1], one) for key, one in value.items()}
    raise NotPlain


def by_default(value: Any) -> Any:
    """What a parameter has that is not given; raises `NotPlain` where it must be."""
    if value is ...:
        raise NotPlain
    return deepcopy(value)


def _of_type(kind: Any, value: Any) -> Any:
    if kind is float and type(value) is int and abs(value) < _EXACT:
        return float(value)
    if type(value) is not kind:
        raise NotPlain
    return value


def _parsed(kind: Any, value: Any) -> Any:
    try:
        return kind.parse(value)
    except ValueError:
        raise NotPlain from None
