"""Operators between values, and assignments that change an object in place."""

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import wording
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import negated
from readiness.program.interpreter.formatting import WIDE, concatenated_texts
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.iterables import extend
from readiness.program.interpreter.limits import LARGEST_NUMBER, LONGEST_SEQUENCE, LONGEST_TEXT
from readiness.program.interpreter.merging import merge
from readiness.program.interpreter.plain import NotPlain, plain, trace_of
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.truths import guard
from readiness.program.provenance import joined
from readiness.program.values import Choice, Constant, Dict, List, Text, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


BINARY: dict[type[ast.operator], tuple[Callable[[Any, Any], Any], str]] = {
    ast.Add: (operator.add, "__add__"),
    ast.Sub: (operator.sub, "__sub__"),
    ast.Mult: (operator.mul, "__mul__"),
    ast.Div: (operator.truediv, "__truediv__"),
    ast.FloorDiv: (operator.floordiv, "__floordiv__"),
    ast.Mod: (operator.mod, "__mod__"),
    ast.Pow: (operator.pow, "__pow__"),
    ast.LShift: (operator.lshift, "__lshift__"),
    ast.RShift: (operator.rshift, "__rshift__"),
    ast.BitOr: (operator.or_, "__or__"),
    ast.BitAnd: (operator.and_, "__and__"),
    ast.BitXor: (operator.xor, "__xor__"),
    ast.MatMult: (operator.matmul, "__matmul__"),
}


def binary(machine: "Machine", node: ast.operator, left: Value, right: Value, at: Place) -> Value:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of value
    """``left (operator) right``."""
    if isinstance(left, Choice):
        return machine.each(left, lambda one: binary(machine, node, one, right, at))
    if isinstance(right, Choice):
        return machine.each(right, lambda one: binary(machine, node, left, one, at))
    if isinstance(node, ast.Add) and isinstance(left, Text) and isinstance(right, Text):
        return concatenated_texts([left, right])
    if isinstance(node, ast.Add) and isinstance(left, List) and isinstance(right, List):
        return _joined_lists(machine, left, right, at)
    if isinstance(node, ast.Add) and isinstance(left, Tuple) and isinstance(right, Tuple):
        if len(left.items) + len(right.items) > LONGEST_SEQUENCE:
            return Unknown("a sequence that is too long", at)
        return Tuple((*left.items, *right.items), trace_of(left, right))
    if isinstance(node, ast.Mult):
        repeated = _repeated(left, right, at)
        if repeated is not None:
            return repeated
    if isinstance(node, ast.Mod) and isinstance(left, Text):
        shown = machine.library.percent(machine, left, right, at)
        if shown is not None:
            return shown
    if isinstance(node, ast.BitOr) and isinstance(left, Dict):
        right = machine.library.settled(machine, right)
    function, method = BINARY[type(node)]
    overloaded = machine.library.overloaded(machine, method, left, right, at)
    if overloaded is not None:
        return overloaded
    if isinstance(node, ast.BitOr) and isinstance(left, Dict) and isinstance(right, Dict):
        return _merged_dicts(machine, left, right)
    try:
        _refuse_large(node, left, right)
        return pure(function, left, right)
    except NotPlain:
        return unknown_result(left, right, at)
    except Exception as error:  # noqa: BLE001 - what the operator raises, the code would see
        raise machine.raised(error, at) from None


def _repeated(left: Value, right: Value, at: Place) -> Value | None:
    """``[item] * 3``: the items themselves, not copies of them."""
    for one, other in ((left, right), (right, left)):
        content = one.slots.values["items"] if isinstance(one, List) else one
        if not isinstance(content, Tuple) or not isinstance(other, Constant):
            continue
        if not isinstance(other.value, int):
            continue
        if len(content.items) * max(other.value, 0) > LONGEST_SEQUENCE:
            return Unknown("a sequence that is too long", at)
        repeated = content.items * other.value
        return List(repeated) if isinstance(one, List) else Tuple(repeated)
    return None


def unknown_result(left: Value, right: Value, at: Place) -> Value:
    """What an operator gives where a side is not known."""
    reason = next(
        (v.reason for v in (left, right) if isinstance(v, Unknown)), "a value that is not known"
    )
    free = any(isinstance(v, Unknown) and v.free for v in (left, right))
    return Unknown(reason, at, trace_of(left, right), free)


def _joined_lists(machine: "Machine", left: List, right: List, at: Place) -> Value:
    def both(one: Value) -> Value:
        return machine.each(right.slots.values["items"], lambda two: whole(one, two))

    def whole(one: Value, two: Value) -> Value:
        made = List((), trace_of(left, right), left.kind)
        made.slots.values["items"] = Unknown("a list that is not wholly known", at)
        match one, two:
            case Tuple(), Tuple() if len(one.items) + len(two.items) <= LONGEST_SEQUENCE:
                made.slots.values["items"] = Tuple(one.items + two.items)
        return made

    return machine.each(left.slots.values["items"], both)


def _merged_dicts(machine: "Machine", left: Dict, right: Dict) -> Value:
    made = Dict(dict(left.slots.values), dict(left.keys), joined(left.trace, right.trace),
                left.rest)  # fmt: skip
    made.process, made.default, made.kind = left.process, left.default, left.kind
    made.slots.shuffled = left.slots.shuffled
    merge(machine, made, right)
    return made


def _refuse_large(node: ast.operator, left: Value, right: Value) -> None:
    """Refuse what would take more memory or time than an answer is worth."""
    one, two = plain(left), plain(right)
    if isinstance(node, ast.Mod) and isinstance(one, (str, bytes)):
        _refuse_wide(one, two)
    if isinstance(node, ast.Add) and hasattr(one, "__len__") and hasattr(two, "__len__"):
        longest = LONGEST_TEXT if isinstance(one, (str, bytes)) else LONGEST_SEQUENCE
        if len(one) + len(two) > longest:
            raise NotPlain(Unknown("a sequence that is too long"))
    if isinstance(node, ast.Mult):
        count = next((n for n in (one, two) if isinstance(n, int)), 0)
        thing = two if isinstance(one, int) else one
        if hasattr(thing, "__len__") and len(thing) * count > LONGEST_TEXT:
            raise NotPlain(Unknown("a sequence that is too long"))
    if isinstance(node, ast.Pow) and isinstance(one, int) and isinstance(two, int):
        bits = one.bit_length() * abs(two)
    elif isinstance(node, ast.LShift) and isinstance(two, int):
        bits = abs(two)
    else:
        return
    if bits > LARGEST_NUMBER:
        raise NotPlain(Unknown("a number that is too large"))


def _refuse_wide(template: str | bytes, given: Any) -> None:
    """Refuse a ``%`` whose result may be very long: by a width, or by what it is given."""
    shown = template if isinstance(template, str) else template.decode("latin-1")
    things = given.values() if isinstance(given, dict) else given
    several = things if isinstance(given, (tuple, dict)) else (given,)
    longest = max([_shown_length(one) for one in several] or [0])
    if "*" in shown:
        longest += max([0, *(abs(one) for one in several if isinstance(one, int))])
    long = len(shown) + shown.count("%") * longest > LONGEST_TEXT
    if long or WIDE.search(shown):
        raise NotPlain(Unknown("a text that is too long"))


def _shown_length(thing: Any) -> int:
    return len(thing) if isinstance(thing, (str, bytes)) else 0


def unary(machine: "Machine", node: ast.UnaryOp, value: Value, frame: Frame) -> Value:
    """``not``, ``-``, ``+`` and ``~``."""
    at = frame.at(node)
    if isinstance(node.op, ast.Not):
        truth = negated(guard(machine, value, at, wording.shown(node.operand)))
        return with_trace(truth, value.trace)
    functions: dict[type[ast.unaryop], Callable[[Any], Any]] = {
        ast.USub: operator.neg,
        ast.UAdd: operator.pos,
        ast.Invert: operator.invert,
    }
    function = functions[type(node.op)]

    def apply(one: Value) -> Value:
        name = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}[type(node.op)]
        own = machine.library.find_method(machine, one, name, at)
        if own is not None:
            return machine.invoke(own, at)
        try:
            return pure(function, one)
        except NotPlain:
            return unknown_result(one, one, at)
        except Exception as error:  # noqa: BLE001 - as the code would see it
            raise machine.raised(error, at) from None

    return machine.each(value, apply)


def extended_in_place(
    machine: "Machine", old: Value, operator: ast.operator, change: Value, at: Place
) -> Value | None:
    """What an object is after it changed itself (``list += items``); None where it did not."""
    if isinstance(old, Choice):
        return None
    if isinstance(old, List) and isinstance(operator, ast.Add) and old.kind in {"list", "deque"}:
        extend(machine, old, change, at)
        return old
    change = machine.library.settled(machine, change)
    if isinstance(old, Dict) and isinstance(operator, ast.BitOr) and isinstance(change, Dict):
        merge(machine, old, change)
        return old
    if isinstance(old, Dict) and isinstance(operator, ast.BitOr) and isinstance(change, List):
        machine.invoke(machine.attribute(old, "update", at), at, change)
        return old
    method = BINARY[type(operator)][1]
    return machine.library.changed_in_place(machine, method, old, change, at)
