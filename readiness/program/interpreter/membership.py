"""``item in holder``: a truth value, or one by conditions."""

import operator
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import choose, literal, mapped
from readiness.program.interpreter.equalities import differ, equality
from readiness.program.interpreter.plain import NotPlain, trace_of
from readiness.program.interpreter.sameness import atom
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.interpreter.truths import subject_key
from readiness.program.values import (
    FALSE,
    MORE,
    Choice,
    Condition,
    Constant,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def contains(machine: "Machine", holder: Value, item: Value, at: Place, shown: str) -> Value:
    """``item in holder``."""
    if isinstance(holder, Choice):
        return mapped(holder, lambda one: contains(machine, one, item, at, shown))
    trace = trace_of(holder, item)
    if isinstance(holder, Text) and isinstance(item, Text):
        return _within(holder, item, at, shown, trace)
    if isinstance(holder, Constant):
        return _in_plain(machine, holder, item, at, shown)
    found = machine.library.contains(machine, holder, item, at, shown)
    if found is not None:
        return found
    items = machine.iterate(holder, at) if isinstance(holder, (Tuple, List)) else None
    if items is None or isinstance(items, Unknown):
        return undecided_membership(holder, item, at, shown)
    result: Value = FALSE
    wanted = atom(item)
    machine.limits.walk(len(items))
    for one in reversed(items):
        if differ(wanted, atom(one)):
            continue
        machine.limits.compare()
        result = _either(equality(machine, item, one, at, shown), result)
    if isinstance(holder, List) and MORE in holder.slots.values and _is_switch(item):
        result = _either(result, undecided_membership(holder.slots.values[MORE], item, at, shown))
    return with_trace(result, trace)


def _is_switch(item: Value) -> bool:
    """Whether it is a word that somebody may add to a command line, as ``--memory``."""
    return isinstance(item, Text) and (item.known or "").startswith("-")


def _in_plain(machine: "Machine", holder: Value, item: Value, at: Place, shown: str) -> Value:
    """``item in b"bytes"``, or the error of what holds nothing."""
    try:
        return pure(operator.contains, holder, item)
    except NotPlain:
        return undecided_membership(holder, item, at, shown)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None


def _either(one: Value, other: Value) -> Value:
    if isinstance(one, Choice):
        return choose(one.condition, _either(one.then, other), _either(one.otherwise, other))
    return one if getattr(one, "value", True) else other


def undecided_membership(holder: Value, item: Value, at: Place, shown: str) -> Value:
    """The truth of a membership that is not known."""
    subject = next((v for v in (item, holder) if isinstance(v, Unknown)), None)
    what = describe(shown, subject or item)
    condition = Condition(("member", holder, item), what, at, subject)
    return with_trace(literal(condition, truth=True), item.trace)


def _within(holder: Text, item: Text, at: Place, shown: str, trace: Trace) -> Value:
    needle = item.known
    if needle is not None and holder.known is not None:
        return boolean(value=needle in holder.known, trace=trace)
    if needle is not None and any(needle in part.text for part in holder.parts if part.text):
        return boolean(value=True, trace=trace)
    key = ("within", subject_key(holder), subject_key(item))
    condition = Condition(key, describe(shown, holder if holder.known is None else item), at)
    return with_trace(literal(condition, truth=True), trace)
