"""``item in holder`` for mappings, objects and enumerations."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import keys, membership
from readiness.program.interpreter.choices import literal
from readiness.program.interpreter.sameness import equal
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Choice,
    Class,
    Condition,
    Dict,
    Instance,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def contains(
    machine: "Machine", holder: Value, item: Value, at: Place, shown: str
) -> Value | None:
    """``item in holder`` for mappings and objects; None for sequences."""
    if isinstance(item, Choice):
        return machine.each(item, lambda one: contains(machine, holder, one, at, shown) or FALSE)
    if isinstance(holder, Dict):
        return _in_dictionary(machine, holder, item, at, shown)
    if isinstance(holder, Instance):
        method = machine.library.find_method(machine, holder, "__contains__", at)
        if method is not None:
            return machine.invoke(method, at, item)
        walked = any(machine.library.find_method(machine, holder, name, at)
                     for name in ("__iter__", "__getitem__"))  # fmt: skip
        found = machine.iterate(holder, at) if walked else None
        if isinstance(found, list):
            return membership.contains(machine, Tuple(tuple(found)), item, at, shown)
    if isinstance(holder, Class) and "members" in holder.traits:
        members = holder.traits["members"]
        there = any(item is one or equal(item, one.data) for one in members)
        return boolean(value=there, trace=item.trace)
    return None


def _in_dictionary(machine: "Machine", holder: Dict, item: Value, at: Place, shown: str) -> Value:
    found = keys.lookup(machine, holder, item, at)
    if found is MISSING and holder.rest is not None:
        condition = Condition(("member", holder, shown), describe(shown, holder.rest), at)
        return literal(condition, truth=True)
    return with_trace(_presence(found), item.trace)


def _presence(value: Value) -> Value:
    if isinstance(value, Choice):
        return Choice(value.condition, _presence(value.then), _presence(value.otherwise))
    return FALSE if value is MISSING else TRUE
