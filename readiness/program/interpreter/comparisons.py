"""Comparisons: truth values, or truths by conditions."""

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import literal, mapped, negated
from readiness.program.interpreter.equalities import equality, said_by, undecided
from readiness.program.interpreter.membership import contains
from readiness.program.interpreter.plain import NotPlain, trace_of
from readiness.program.interpreter.sameness import equal
from readiness.program.interpreter.switches import note_comparison
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.interpreter.truths import guard, plainly, subject_key
from readiness.program.values import (
    Choice,
    Condition,
    Constant,
    External,
    Text,
    Tuple,
    Typed,
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


_SMALL = range(-5, 257)
"""The whole numbers of which there is one object each; of others there may be several."""
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
    note_comparison(machine.variables, left, right)
    match node:
        case ast.Eq():
            return equality(machine, left, right, at, shown)
        case ast.NotEq():
            return _unequal(machine, left, right, at, shown)
        case ast.Is():
            return _identity(machine, left, right, at, shown)
        case ast.IsNot():
            return _not(_identity(machine, left, right, at, shown))
        case ast.In():
            return _member(machine, right, left, at, shown)
        case ast.NotIn():
            return _not(_member(machine, right, left, at, shown))
    return _ordered(machine, node, left, right, at, shown)


def _member(machine: "Machine", holder: Value, item: Value, at: Place, shown: str) -> Value:
    """``item in holder``: the truth of whatever says it."""
    found = contains(machine, holder, item, at, shown)
    if isinstance(found, Constant) and isinstance(found.value, bool):
        return found
    return with_trace(guard(machine, found, at, shown), found.trace)


def _unequal(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    """``left != right``: as a side says it, else that they are not equal."""
    said = said_by(machine, "__ne__", left, right, at)
    if said is not None:
        return said
    equal_ = equality(machine, left, right, at, shown)
    plain = isinstance(equal_, (Constant, Choice))
    return _not(equal_ if plain else guard(machine, equal_, at, shown))


def _not(value: Value) -> Value:
    return with_trace(negated(value), value.trace)


def _identity(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    trace = trace_of(left, right)
    if isinstance(left, External) is not isinstance(right, External):
        left, right = _perhaps_none(machine, left), _perhaps_none(machine, right)
    if _is_none_and_typed(left, right):
        return boolean(value=False, trace=trace)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return undecided(left, right, at, shown)
    if isinstance(left, External) and isinstance(right, External):
        return boolean(value=left == right, trace=trace)
    found = _same_plain(left, right, at, shown)
    return boolean(value=left is right, trace=trace) if found is None else found


def _same_plain(left: Value, right: Value, at: Place, shown: str) -> Value | None:
    """Whether two texts, constants or tuples are one object; None for all else."""
    match left, right:
        case Text(), Text():
            return _same_text(left, right, at, shown)
        case Constant(), Constant():
            if _is_number(left) and equal(left, right):
                return _perhaps_same(left, right, at, shown)
            return boolean(value=left.value is right.value, trace=trace_of(left, right))
        case Tuple(), Tuple() if left is not right:
            return _same_tuple(left, right, at, shown)
    return None


def _is_none_and_typed(left: Value, right: Value) -> bool:
    """Whether one side is None, and the class of the other is known."""
    sides = ((left, right), (right, left))
    return any(isinstance(one, Typed) and isinstance(other, Constant) and other.value is None
               for one, other in sides)  # fmt: skip


def _perhaps_none(machine: "Machine", value: Value) -> Value:
    """A constant of a library may be None; what is spelled like a function is there."""
    is_function = isinstance(value, External) and value.name.rpartition(".")[2].islower()
    return value if is_function else plainly(machine, value)


def _is_number(value: Constant) -> bool:
    """Whether equal ones may be two objects."""
    held = value.value
    return type(held) in {float, complex, bytes} or (type(held) is int and held not in _SMALL)


def _same_tuple(left: Tuple, right: Tuple, at: Place, shown: str) -> Value:
    """Equal tuples may be one object: branches that end with equal ones are not kept apart."""
    if not left.items and not right.items:
        return boolean(value=True, trace=trace_of(left, right))
    if equal(left, right) is False or len(left.items) != len(right.items):
        return boolean(value=False, trace=trace_of(left, right))
    return _perhaps_same(left, right, at, shown)


def _perhaps_same(left: Value, right: Value, at: Place, shown: str) -> Value:
    """Whether equal values are one object, which nothing tells."""
    condition = Condition(("same", object()), describe(shown, left), at)
    return with_trace(literal(condition, truth=True), trace_of(left, right))


def _same_text(left: Text, right: Text, at: Place, shown: str) -> Value:
    """Equal texts may be two objects, unless both are literals of the code."""
    verdict = equal(left, right)
    if verdict is False:
        return boolean(value=False, trace=trace_of(left, right))
    literals = all(len(one.parts) == 1 and one.parts[0].literal for one in (left, right))
    if verdict and literals:
        return boolean(value=True, trace=trace_of(left, right))
    condition = Condition(
        ("same", subject_key(left), subject_key(right)), describe(shown, left), at
    )
    return with_trace(literal(condition, truth=True), trace_of(left, right))


def _beside_least(node: ast.cmpop, left: Value, right: Value) -> Value | None:
    """The order of what is not below something and a constant below that."""
    if isinstance(right, Typed) and not isinstance(left, Typed):
        return _beside_least(_MIRRORED[type(node)](), right, left)
    if not isinstance(left, Typed) or left.least is None or not isinstance(right, Constant):
        return None
    try:
        below = right.value < left.least
    except TypeError:
        return None
    return boolean(value=isinstance(node, ast.Gt | ast.GtE), trace=right.trace) if below else None


def _order_key(node: ast.cmpop, left: Value, right: Value) -> tuple[object, ...]:
    """The same for ``a < b`` and ``b > a``, and no other."""
    if isinstance(node, ast.Gt | ast.GtE):
        return "order", _MIRRORED[type(node)].__name__, right, left
    return "order", type(node).__name__, left, right


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
    later = _beside_least(node, left, right)
    if later is not None:
        return later
    try:
        return pure(_ORDER[type(node)], left, right)
    except NotPlain as unclear:
        subject = unclear.value if isinstance(unclear.value, Unknown) else None
        what = describe(shown, unclear.value)
        key = _order_key(node, left, right)
        return literal(Condition(key, what, at, subject), truth=True)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
