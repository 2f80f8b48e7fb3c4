"""The order of the keys of dictionaries, where conditions decide about it."""

from collections.abc import Hashable, Iterable, Mapping

from readiness.program.interpreter.choices import both, choose, negated, restrict, same
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Choice,
    Condition,
    Slots,
    Value,
    alternatives,
)

Key = tuple[Slots, Hashable]
NO_ORDER = "the order of keys that conditions decide about"


def moves(slots: Slots, key: Hashable, new: Value, assumed: Mapping[Condition, bool]) -> bool:
    """Whether an entry that may be missing may come to stand behind those that follow it."""
    if new is MISSING or next(reversed(slots.values)) == key:
        return False
    if not any(one is MISSING for one in alternatives(slots.values[key])):
        return False
    missing = _missing(restrict(slots.values[key], assumed))
    put = negated(_missing(restrict(new, assumed)))
    return not same(both(missing, put), FALSE)


def _missing(value: Value) -> Value:
    """The guard that an entry is not there."""
    if isinstance(value, Choice):
        return choose(value.condition, _missing(value.then), _missing(value.otherwise))
    return TRUE if value is MISSING else FALSE


def joined_order(one: Mapping[Key, Value], other: Mapping[Key, Value]) -> list[Key]:
    """The places that two ways have written, in an order that both keep to where there is one."""
    places = list({**other, **one})
    turned = _against(one, places)
    if not turned:
        return places
    others = [place for place in {**one, **other} if place[0] in turned]
    for slots in _against(other, others):
        slots.shuffled = True
    return [*(place for place in places if place[0] not in turned), *others]


def _against(way: Iterable[Key], places: list[Key]) -> set[Slots]:
    """The dictionaries whose new entries stand in another order than they were put in."""
    standing = {place: at for at, place in enumerate(places) if place[0].ordered}
    last: dict[Slots, int] = {}
    found: set[Slots] = set()
    for place in way:
        at = standing.get(place)
        if at is None or not may_be_missing(place[0].values.get(place[1], MISSING)):
            continue
        if at < last.get(place[0], -1):
            found.add(place[0])
        last[place[0]] = at
    return found


def may_be_missing(value: Value) -> bool:
    """Whether an entry is not certainly there."""
    if isinstance(value, Choice):
        return may_be_missing(value.then) or may_be_missing(value.otherwise)
    return value is MISSING
