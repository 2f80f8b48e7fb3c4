"""Operators, comparisons and the making of texts."""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter import wording
from readiness.program.interpreter.choices import choose, literal, mapped, negated
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.limits import (
    LARGEST_NUMBER,
    LONGEST_SEQUENCE,
    LONGEST_TEXT,
)
from readiness.program.interpreter.plain import NotPlain, equal, plain, pure, trace_of
from readiness.program.interpreter.truths import guard, subject_key
from readiness.program.provenance import joined
from readiness.program.values import (
    FALSE,
    TRUE,
    Choice,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    birth,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_BINARY: dict[type[ast.operator], tuple[Callable[[Any, Any], Any], str]] = {
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
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_WIDE = re.compile(r"\d{5}")


def binary(machine: "Machine", node: ast.operator, left: Value, right: Value, at: Place) -> Value:  # noqa: C901, PLR0911 - one case for each kind of value
    """``left (operator) right``."""
    if isinstance(left, Choice):
        return machine.each(left, lambda one: binary(machine, node, one, right, at))
    if isinstance(right, Choice):
        return machine.each(right, lambda one: binary(machine, node, left, one, at))
    if isinstance(node, ast.Add) and isinstance(left, Text) and isinstance(right, Text):
        return _concatenated_texts([left, right])
    if isinstance(node, ast.Add) and isinstance(left, List) and isinstance(right, List):
        return _joined_lists(left, right)
    if isinstance(node, ast.Mult):
        repeated = _repeated(left, right, at)
        if repeated is not None:
            return repeated
    if isinstance(node, ast.BitOr) and isinstance(left, Dict):
        right = machine.library.settled(machine, right)
    function, method = _BINARY[type(node)]
    if isinstance(left, Instance):
        own = machine.library.find_method(machine, left, method, at)
        if own is not None or not _plain_data(left):
            return machine.library.operate(machine, left, method, right, at)
    if isinstance(node, ast.BitOr) and isinstance(left, Dict) and isinstance(right, Dict):
        return _merged_dicts(machine, left, right)
    try:
        _refuse_large(node, left, right)
        return pure(function, left, right)
    except NotPlain:
        return _unknown_result(left, right, at)
    except Exception as error:  # noqa: BLE001 - what the operator raises, the code would see
        raise machine.error(type(error).__name__, str(error), at) from None


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


def _plain_data(value: Instance) -> bool:
    return isinstance(value.data, (Text, Constant))


def _unknown_result(left: Value, right: Value, at: Place) -> Value:
    reason = next(
        (v.reason for v in (left, right) if isinstance(v, Unknown)), "a value that is not known"
    )
    free = any(isinstance(v, Unknown) and v.free for v in (left, right))
    return Unknown(reason, at, trace_of(left, right), free)


def _joined_lists(left: List, right: List) -> Value:
    one, two = left.slots.values["items"], right.slots.values["items"]
    made = List((), trace_of(left, right), left.kind)
    made.slots.values["items"] = Unknown("a list that is not wholly known")
    match one, two:
        case Tuple(), Tuple() if len(one.items) + len(two.items) <= LONGEST_SEQUENCE:
            made.slots.values["items"] = Tuple(one.items + two.items)
    return made


def _merged_dicts(machine: "Machine", left: Dict, right: Dict) -> Value:
    from readiness.program.interpreter.items import merge  # noqa: PLC0415 - it imports this

    made = Dict(dict(left.slots.values), dict(left.keys), joined(left.trace, right.trace),
                left.rest)  # fmt: skip
    made.process = left.process
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
    long = len(shown) + shown.count("%") * longest > LONGEST_TEXT
    if long or _WIDE.search(shown) or "*" in shown:
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
        try:
            return pure(function, one)
        except NotPlain:
            return _unknown_result(one, one, at)
        except Exception as error:  # noqa: BLE001 - as the code would see it
            raise machine.error(type(error).__name__, str(error), at) from None

    return machine.each(value, apply)


def with_trace(value: Value, trace: Trace) -> Value:
    """The same value, with further steps of how it came about."""
    if not trace:
        return value
    if isinstance(value, Choice):
        return Choice(
            value.condition, with_trace(value.then, trace), with_trace(value.otherwise, trace)
        )
    if isinstance(value, (Constant, Text, Tuple)):
        return replace(value, trace=joined(trace, value.trace))
    return value


def conjunction(
    machine: "Machine", left: Value, right: Value, node: ast.expr, frame: Frame
) -> Value:
    """The truth of both links of a chained comparison."""
    one = guard(machine, left, frame.at(node), wording.shown(node))
    if isinstance(one, Constant):
        return right if one.value else left
    return choose(one.condition, right, left) if isinstance(one, Choice) else right


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
            return _identity(left, right, at, shown)
        case ast.IsNot():
            return _not(_identity(left, right, at, shown))
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
    method = machine.library.find_method(machine, left, "__eq__", at)
    if method is not None:
        return machine.invoke(method, at, right)
    verdict = equal(left, right)
    if verdict is not None:
        return boolean(value=verdict, trace=trace)
    return undecided(left, right, at, shown)


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


def describe(shown: str, value: Value) -> str:
    """A condition in words, with the reason why it is open."""
    if isinstance(value, Unknown):
        return f"{shown} ({value.reason})"
    if isinstance(value, Text):
        names = sorted({part.variable for part in value.parts if part.variable})
        return f"{shown} ({', '.join(names)} is set by the platform)" if names else shown
    return shown


def _identity(left: Value, right: Value, at: Place, shown: str) -> Value:
    trace = trace_of(left, right)
    single = (Constant,)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return undecided(left, right, at, shown)
    if isinstance(left, single) and isinstance(right, single):
        return boolean(value=left.value is right.value, trace=trace)
    if isinstance(left, Text) and isinstance(right, Text):
        return equality_of_texts(left, right, at, shown)
    if isinstance(left, External) and isinstance(right, External):
        return boolean(value=left == right, trace=trace)
    return boolean(value=left is right, trace=trace)


def equality_of_texts(left: Text, right: Text, at: Place, shown: str) -> Value:
    """Whether two texts are equal."""
    verdict = equal(left, right)
    if verdict is None:
        return undecided(left, right, at, shown)
    return boolean(value=verdict, trace=trace_of(left, right))


def contains(machine: "Machine", holder: Value, item: Value, at: Place, shown: str) -> Value:
    """``item in holder``."""
    if isinstance(holder, Choice):
        return mapped(holder, lambda one: contains(machine, one, item, at, shown))
    trace = trace_of(holder, item)
    if isinstance(holder, Text) and isinstance(item, Text):
        return _within(holder, item, at, shown, trace)
    found = machine.library.contains(machine, holder, item, at, shown)
    if found is not None:
        return found
    items = machine.iterate(holder, at) if isinstance(holder, (Tuple, List)) else None
    if items is None or isinstance(items, Unknown):
        return undecided_membership(holder, item, at, shown)
    result: Value = FALSE
    for one in reversed(items):
        result = _either(equality(machine, item, one, at, shown), result)
    return with_trace(result, trace)


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
    try:
        return pure(_ORDER[type(node)], left, right)
    except NotPlain as unclear:
        subject = unclear.value if isinstance(unclear.value, Unknown) else None
        what = describe(shown, unclear.value)
        return literal(Condition(("order", left, right), what, at, subject), truth=True)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.error(type(error).__name__, str(error), at) from None


MOST_PARTS = 200


def _concatenated_texts(texts: list[Text]) -> Value:
    parts = tuple(part for one in texts for part in one.parts if part.text != "")
    if len(parts) > MOST_PARTS:
        parts = _fewer(parts)
    too_many = len(parts) > MOST_PARTS * 4
    if too_many or sum(len(part.text or "") for part in parts) > LONGEST_TEXT:
        return Unknown("a text that is too long", parts[0].at)
    return Text(parts or (Part(""),), joined((), *(one.trace for one in texts)))


def concatenated(machine: "Machine", pieces: list[Value], at: Place) -> Value:
    """One text of several; where one is not a known text it is a text with a gap."""
    for index, piece in enumerate(pieces):
        if isinstance(piece, Choice):
            before, after = pieces[:index], pieces[index + 1 :]
            return mapped(piece, lambda one: concatenated(machine, [*before, one, *after], at))  # noqa: B023 - called before the next round
    return _concatenated_texts([_as_text(piece, at) for piece in pieces])


def _fewer(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Join neighbouring parts that all are literals of the code."""
    kept: list[Part] = []
    for part in parts:
        last = kept[-1] if kept else None
        if last is not None and last.literal and part.literal:
            kept[-1] = replace(last, text=f"{last.text}{part.text}")
        else:
            kept.append(part)
    return tuple(kept)


def _as_text(value: Value, at: Place) -> Text:
    if isinstance(value, Text):
        return value
    number = value.number if isinstance(value, Unknown) else birth()
    return Text((Part(None, at, key=f"unknown {number}"),), value.trace)


def formatted(
    machine: "Machine", value: Value, spec: Value | None, conversion: int, at: Place
) -> Value:
    """A value in an f-string."""
    if isinstance(value, Choice):
        return mapped(value, lambda one: formatted(machine, one, spec, conversion, at))
    plain_spec = spec is None or (isinstance(spec, Text) and spec.known == "")
    if isinstance(value, Text) and plain_spec and conversion in {-1, ord("s")}:
        return value
    if isinstance(value, Instance):
        value = machine.library.as_text(machine, value, at)
    try:
        shown = plain(value)
        shown = {ord("r"): repr, ord("a"): ascii}.get(conversion, lambda one: one)(shown)
        how = plain(spec) if spec is not None else ""
        if _WIDE.search(how):
            raise NotPlain(Unknown("a text that is too long"))  # noqa: TRY301 - the error is the one below
        content = format(shown, how)
    except NotPlain:
        return _as_text(value, at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.error(type(error).__name__, str(error), at) from None
    variable = value.parts[0].variable if isinstance(value, Text) else None
    return Text((Part(content, at, variable, literal=not value.trace),), value.trace)


__all__ = ["TRUE", "binary", "compare", "concatenated", "contains", "equality", "formatted"]
