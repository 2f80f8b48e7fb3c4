"""Comparisons and membership: truth values, or truths by conditions."""

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import both, choose, literal, mapped, negated
from readiness.program.interpreter.plain import NotPlain, is_vast, plain, trace_of
from readiness.program.interpreter.sameness import NO_ATOM, atom, equal
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.interpreter.truths import plainly, subject_key
from readiness.program.values import (
    FALSE,
    TRUE,
    Choice,
    Condition,
    Constant,
    Dict,
    External,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


_METHODS: dict[type[ast.cmpop], str] = {
    ast.Lt: "__lt__", ast.LtE: "__le__", ast.Gt: "__gt__", ast.GtE: "__ge__",
}  # fmt: skip
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
}  # fmt: skip


def compare(  # noqa: PLR0911, PLR0917 - a comparison has two sides, a place and a text
    machine: "Machine", node: ast.cmpop, left: Value, right: Value, at: Place, shown: str
) -> Value:
    """One link of a comparison; a truth value, or one by conditions."""
    if isinstance(left, Choice):
        return mapped(left, lambda one: compare(machine, node, one, right, at, shown))
    if isinstance(right, Choice):
        return mapped(right, lambda one: compare(machine, node, left, one, at, shown))
    machine.variables.note_comparison(left, right)
    match node:
        case ast.Eq():
            return equality(machine, left, right, at, shown)
        case ast.NotEq():
            return _not(equality(machine, left, right, at, shown))
        case ast.Is():
            return _identity(machine, left, right, at, shown)
        case ast.IsNot():
            return _not(_identity(machine, left, right, at, shown))
        case ast.In():
            return contains(machine, right, left, at, shown)
        case ast.NotIn():
            return _not(contains(machine, right, left, at, shown))
    return _ordered(machine, node, left, right, at, shown)


def _not(value: Value) -> Value:
    return with_trace(negated(value), value.trace)


def equality(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    """Whether two values are equal."""
    trace = trace_of(left, right)
    if left is right and not isinstance(left, (Unknown, Constant)):
        return boolean(value=True, trace=trace)
    if not _are_things(left, right):
        left, right = plainly(machine, left), plainly(machine, right)
    for one, other in ((left, right), (right, left)):
        method = machine.library.find_method(machine, one, "__eq__", at)
        if method is not None:
            found = machine.invoke(method, at, other)
            if found != External("builtins.NotImplemented"):
                return found
    alike = machine.library.alike(machine, left, right, at)
    if alike is not None:
        return alike
    verdict = equal(left, right)
    if verdict is not None:
        return boolean(value=verdict, trace=trace)
    pairs = _paired(left, right)
    if pairs is not None and not (is_vast(left) and is_vast(right)):
        return _all_equal(machine, pairs, at, shown)
    return undecided(left, right, at, shown)


def _paired(left: Value, right: Value) -> "list[tuple[Value, Value]] | None":
    """What has to be equal for two containers to be; None where that is not known."""
    match left, right:
        case Tuple(), Tuple():
            alike = len(left.items) == len(right.items)
            return list(zip(left.items, right.items, strict=True)) if alike else _DIFFERENT
        case List(kind="list"), List(kind="list"):
            return _paired(left.slots.values["items"], right.slots.values["items"])
        case Dict(rest=None), Dict(rest=None):
            mine, others = left.slots.values, right.slots.values
            if mine.keys() == others.keys():
                return [(mine[key], others[key]) for key in mine]
            if not any(isinstance(key, Value) for key in (*mine, *others)):
                return _DIFFERENT
    return None


_DIFFERENT: list[tuple[Value, Value]] = [(TRUE, FALSE)]


def _all_equal(
    machine: "Machine", pairs: list[tuple[Value, Value]], at: Place, shown: str
) -> Value:
    machine.limits.walk(len(pairs))
    result: Value = TRUE
    for one, other in reversed(pairs):
        result = both(compare(machine, ast.Eq(), one, other, at, shown), result)
    return result


def undecided(left: Value, right: Value, at: Place, shown: str) -> Value:
    """The truth of an equality that is not known; the same question has the same answer."""
    for one, other in ((left, right), (right, left)):
        key = subject_key(one)
        try:
            constant = plain(other)
        except NotPlain:
            continue
        if key is not None:
            subject = one if isinstance(one, Unknown) else None
            condition = Condition(
                ("equal", key, repr(constant)), describe(shown, one), at, subject
            )
            return with_trace(literal(condition, truth=True), one.trace)
    one = next((v for v in (left, right) if isinstance(v, Unknown)), left)
    subject = one if isinstance(one, Unknown) else None
    pair = (left, right) if subject else object()
    return literal(Condition(("compare", pair), describe(shown, one), at, subject), truth=True)


def _identity(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    trace = trace_of(left, right)
    if isinstance(left, External) is not isinstance(right, External):
        left, right = _perhaps_none(machine, left), _perhaps_none(machine, right)
    single = (Constant,)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return undecided(left, right, at, shown)
    if isinstance(left, single) and isinstance(right, single):
        return boolean(value=left.value is right.value, trace=trace)
    if isinstance(left, Text) and isinstance(right, Text):
        return _same_text(left, right, at, shown)
    if isinstance(left, External) and isinstance(right, External):
        return boolean(value=left == right, trace=trace)
    return boolean(value=left is right, trace=trace)


def _are_things(left: Value, right: Value) -> bool:
    """Whether both are names of libraries that are not spelled like constants."""
    both = [one for one in (left, right) if isinstance(one, External)]
    spelled = any(one.name.rpartition(".")[2].isupper() for one in both)
    return len(both) > 1 and (not spelled or all(one.is_own for one in both))


def _perhaps_none(machine: "Machine", value: Value) -> Value:
    """A constant of a library may be None; what is spelled like a function is there."""
    is_function = isinstance(value, External) and value.name.rpartition(".")[2].islower()
    return value if is_function else plainly(machine, value)


def _same_text(left: Text, right: Text, at: Place, shown: str) -> Value:
    """Equal texts may be two objects, unless both are literals of the code."""
    verdict = equal(left, right)
    if verdict is False:
        return boolean(value=False, trace=trace_of(left, right))
    literals = all(len(one.parts) == 1 and one.parts[0].literal for one in (left, right))
    if verdict and literals:
        return boolean(value=True, trace=trace_of(left, right))
    return undecided(left, right, at, shown)


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
    return with_trace(result, trace)


def differ(one: Any, other: Any) -> bool:
    """Whether two that `atom` gave are known to differ."""
    return one is not NO_ATOM and other is not NO_ATOM and one != other


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


def _ordered(  # noqa: PLR0917 - as compare
    machine: "Machine", node: ast.cmpop, left: Value, right: Value, at: Place, shown: str
) -> Value:
    for one, other, kind in ((left, right, type(node)), (right, left, _MIRRORED[type(node)])):
        own = machine.library.find_method(machine, one, _METHODS[kind], at)
        if own is not None:
            return machine.invoke(own, at, other)
    ordered = machine.library.ordered(machine, _METHODS[type(node)], left, right, at)
    if ordered is not None:
        return ordered
    try:
        return pure(_ORDER[type(node)], left, right)
    except NotPlain as unclear:
        subject = unclear.value if isinstance(unclear.value, Unknown) else None
        what = describe(shown, unclear.value)
        return literal(Condition(("order", left, right), what, at, subject), truth=True)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
