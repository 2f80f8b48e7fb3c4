"""Dictionaries that take the entries of others."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes, merging
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Dict,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PAIR = 2


def update_from(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> None:
    """Take over the entries of a dictionary, of a mapping, or of pairs."""
    other = machine.library.settled(machine, other)
    if isinstance(other, Dict):
        merging.merge(machine, value, other)
        return
    if isinstance(other, Choice):
        machine.each(other, lambda one: _updated(machine, value, one, arguments))
        return
    pairs = machine.library.mapping_of(machine, other, arguments.at)
    if pairs is not None:
        for name, item in pairs.items():
            value.keys[name] = text(name)
            machine.state.write(value.slots, name, item)
        return
    found = machine.iterate(other, arguments.at)
    if isinstance(found, Unknown):
        rest = Unknown(f"what a dictionary was updated with ({found.reason})", arguments.at)
        merging.cover(machine, value, rest)
        error = machine.exception("ValueError", "an item that is no pair", arguments.at)
        machine.may_fail("making pairs of items", arguments.at, error)
        return
    for pair in found:
        _put_pair(machine, value, pair, arguments)


def _put_pair(machine: "Machine", value: Dict, pair: Value, arguments: Arguments) -> None:
    def one(single: Value) -> Value:
        both = machine.iterate(single, arguments.at)
        if isinstance(both, Unknown):
            merging.cover(machine, value, both)
        elif len(both) == PAIR:
            item_changes.put(machine, value, both[0], both[1], arguments.at)
        else:
            raise machine.error("ValueError", "a pair is expected", arguments.at)
        return NONE

    machine.each(pair, one)


def _updated(machine: "Machine", value: Dict, other: Value, arguments: Arguments) -> Value:
    update_from(machine, value, other, arguments)
    return NONE
