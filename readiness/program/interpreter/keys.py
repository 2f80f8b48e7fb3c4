"""What may be a key, which entry it finds, and what is one with another."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import guarded
from readiness.program.interpreter.consulting import MOST, alike, consult, note
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.limits import MOST_IN_KEY
from readiness.program.interpreter.plain import NotPlain
from readiness.program.interpreter.reasons import reason
from readiness.program.interpreter.sameness import equal, hashed
from readiness.program.interpreter.switches import note_keys
from readiness.program.interpreter.truths import guard, plainly
from readiness.program.provenance import joined
from readiness.program.values import (
    MISSING,
    Class,
    Constant,
    Dict,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


_UNHASHABLE = frozenset({"list", "set", "dict", "deque", "defaultdict", "OrderedDict", "Counter"})


def refuse_unhashable(machine: "Machine", key: Value, at: Place) -> None:
    """Raise the TypeError that what may change gives as a key, or in a set."""
    pending = [key]
    for _ in range(MOST_IN_KEY):
        if not pending:
            return
        one = pending.pop()
        if isinstance(one, (List, Dict)) and one.kind in _UNHASHABLE:
            raise machine.error("TypeError", f"unhashable type: '{one.kind}'", at)
        pending += one.items if isinstance(one, Tuple) else ()


class Distinct:
    """Items of which no two certainly are one, as a set has them."""

    def __init__(self, machine: "Machine") -> None:
        self.machine = machine
        self.items: list[Value] = []
        self._names: set[object] = set()

    def add(self, one: Value) -> bool:
        """Take an item in, unless it equals an earlier one."""
        refuse_unhashable(self.machine, one, Place(""))
        name = _name(one)
        if name is None:
            if any(self._equal(one, other) for other in self.items):
                return False
        elif name in self._names:
            return False
        else:
            self._names.add(name)
        self.items.append(one)
        return True

    def _equal(self, one: Value, other: Value) -> bool:
        self.machine.limits.step()
        if isinstance(one, Instance):
            return _alike(self.machine, one, other)
        return equal(one, other) is True


def distinct(machine: "Machine", found: Iterable[Value]) -> list[Value]:
    """The items without those that equal an earlier one."""
    kept = Distinct(machine)
    for one in found:
        kept.add(one)
    return kept.items


def _name(value: Value) -> object:
    """What items share that are one in a set; None where only comparing them tells."""
    try:
        name = hashed(value)
    except NotPlain:
        if isinstance(value, Text):
            return Text, value.parts
        return (Unknown, id(value)) if isinstance(value, Unknown) else None
    return None if isinstance(name, Instance) else name


def _alike(machine: "Machine", one: Value, other: Value) -> bool:
    """Whether two objects are one in a set, as their class compares them."""
    same = equality(machine, one, other, Place(""), "an item")
    return isinstance(same, Constant) and bool(same.value)


def lookup(
    machine: "Machine", value: Dict, key: Value, at: Place, *, quietly: bool = False
) -> Value:
    """The entry of a dictionary, `MISSING` where it has none, a choice where undecided.

    ``quietly`` tells that nothing is chosen by it.
    """
    refuse_unhashable(machine, key, at)
    try:
        name = hashed(key)
    except NotPlain:
        return _by_comparison(machine, value, key, at)
    found = value.slots.values.get(name, MISSING)
    if found is MISSING and (opened := plainly(machine, key)) is not key:
        return _by_comparison(machine, value, opened, at)
    if found is MISSING and isinstance(name, Instance) and isinstance(name.cls, Class):
        return _by_comparison(machine, value, key, at)
    if key.trace:
        note_keys(machine.variables, key, list(value.keys.values()))
    if found is not MISSING and not quietly:
        shown = value.slots.values
        if value.names:
            consult(machine, value, alike(key, shown.items()), found)
        elif len(shown) <= MOST:
            consult(machine, value, shown.values(), found)
    return machine.chosen(found, joined(reason(machine, key), reason(machine, value)), at)


def _by_comparison(machine: "Machine", value: Dict, key: Value, at: Place) -> Value:
    """Compare an unknown key with each of a dictionary's keys."""
    result: Value = MISSING
    note(machine.records.unsure, value.slots.values.values())
    if key.trace:
        note_keys(machine.variables, key, list(value.keys.values()))
    for name, item in reversed(list(value.slots.values.items())):
        known = value.keys.get(name)
        if known is None:
            continue
        same = equality(machine, key, known, at, "the key")
        result = guarded(guard(machine, same, at, "the key"), item, result)
    return result
