"""The items of a list or dictionary of which some are there only under conditions."""

from readiness.program.interpreter.choices import mapped
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Choice,
    Dict,
    List,
    Tuple,
    Value,
    alternatives,
)

MOST = 32
Present = tuple[Value, Value]
"""The guard that an item is there, and the item."""


def perhaps(value: Value) -> list[Present] | None:
    """The items in order, each with its guard; None where that is not what is undecided."""
    if isinstance(value, List) and value.kind == "list":
        content = value.slots.values["items"]
        return _of_list(content) if isinstance(content, Choice) else None
    if isinstance(value, Dict) and value.rest is None and not value.process:
        return _of_dictionary(value)
    return None


def _of_list(content: Choice) -> list[Present] | None:
    """The items of all that a list may hold, where they keep their order."""
    order: list[Value] = []
    for held in alternatives(content):
        if not isinstance(held, Tuple) or not _is_merged(order, held.items):
            return None
    if len(order) > MOST:
        return None
    return [(mapped(content, lambda held: _among(item, held)), item) for item in order]  # noqa: B023 - called at once


def _among(item: Value, held: Value) -> Value:
    assert isinstance(held, Tuple)  # noqa: S101 - asked for these only
    return TRUE if any(one is item for one in held.items) else FALSE


def _is_merged(order: list[Value], items: tuple[Value, ...]) -> bool:
    """Put items among others, each where it stands; whether that can be."""
    at, seen = 0, set[int]()
    for item in items:
        if id(item) in seen:
            return False
        seen.add(id(item))
        place = next((place for place, one in enumerate(order) if one is item), None)
        if place is None:
            order.insert(at, item)
            place = at
        if place < at:
            return False
        at = place + 1
    return True


def _of_dictionary(value: Dict) -> list[Present] | None:
    """The keys of a dictionary, of which some may be missing."""
    if value.slots.shuffled:
        return None
    found: list[Present] = []
    for name, held in value.slots.values.items():
        key = value.keys.get(name)
        if key is None:
            return None
        found.append((mapped(held, lambda one: FALSE if one is MISSING else TRUE), key))
    return found if len(found) <= MOST else None
