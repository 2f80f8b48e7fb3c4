"""Values that depend on undecided conditions, kept small."""

from collections.abc import Callable, Mapping
from itertools import count

from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Choice,
    Condition,
    Constant,
    External,
    Text,
    Tuple,
    Unknown,
    Value,
    alternatives,
)

MOST = 48
MOST_COMPARED = 1_000


def choose(condition: Condition, then: Value, otherwise: Value) -> Value:
    """The value that is ``then`` under the condition, else ``otherwise``."""
    if then is otherwise:
        return then
    if isinstance(then, Choice) and then.asks & condition.bit:
        then = _where(then, condition, truth=True)
    if isinstance(otherwise, Choice) and otherwise.asks & condition.bit:
        otherwise = _where(otherwise, condition, truth=False)
    if same(then, otherwise):
        return _either(then, otherwise)
    if _is_larger(then, otherwise):
        if _is_truth(then) and _is_truth(otherwise):
            return _one_of_many(condition)
        unknown = Unknown(f"more than {MOST} possibilities, among others by {condition.text}")
        missing = any(one is MISSING for side in (then, otherwise) for one in alternatives(side))
        return Choice(_among_many(condition), unknown, MISSING) if missing else unknown
    return Choice(condition, then, otherwise)


def _is_larger(then: Value, otherwise: Value) -> bool:
    """Whether two values have more leaves than are kept."""
    if not isinstance(then, Choice) and not isinstance(otherwise, Choice):
        return False
    return size(then) + size(otherwise) > MOST


_fresh = count()


def _one_of_many(condition: Condition) -> Value:
    """A truth that hangs on too many conditions."""
    return Choice(_among_many(condition), TRUE, FALSE)


def _among_many(condition: Condition) -> Condition:
    """What hangs on too many conditions: a condition of its own, equal to no other."""
    text = f"one of many conditions, among them {condition.text}"
    return Condition(("many", next(_fresh)), text, condition.at)


def _is_truth(value: Value) -> bool:
    if isinstance(value, Choice):
        return value.is_truth
    return isinstance(value, Constant) and isinstance(value.value, bool)


def guarded(guard: Value, then: Value, otherwise: Value) -> Value:
    """As `choose`, for a guard: a tree of conditions whose leaves are true or false."""
    if then is otherwise:
        return then
    if isinstance(guard, Choice):
        left = guarded(guard.then, then, otherwise)
        return choose(guard.condition, left, guarded(guard.otherwise, then, otherwise))
    return then if holds(guard) else otherwise


def literal(condition: Condition, *, truth: bool) -> Value:
    """The guard that one condition is so."""
    return Choice(condition, TRUE, FALSE) if truth else Choice(condition, FALSE, TRUE)


def both(one: Value, other: Value) -> Value:
    """The guard that holds where both do."""
    return guarded(one, other, FALSE)


def negated(guard: Value) -> Value:
    """The guard that holds where this one does not."""
    return guarded(guard, FALSE, TRUE)


def holds(guard: Value) -> bool:
    """Whether a guard holds whatever the conditions are."""
    return isinstance(guard, Constant) and guard.value is True


def implied(guard: Value) -> list[tuple[Condition, bool]]:
    """The conditions that are certain where the guard holds."""
    found: list[tuple[Condition, bool]] = []
    while isinstance(guard, Choice):
        if same(guard.otherwise, FALSE):
            found.append((guard.condition, True))
            guard = guard.then
        elif same(guard.then, FALSE):
            found.append((guard.condition, False))
            guard = guard.otherwise
        else:
            break
    return found


def restrict(value: Value, assumed: Mapping[Condition, bool]) -> Value:
    """The value, where these conditions are answered."""
    if not isinstance(value, Choice):
        return value
    truth = assumed.get(value.condition)
    if truth is not None:
        return restrict(value.then if truth else value.otherwise, assumed)
    then, otherwise = restrict(value.then, assumed), restrict(value.otherwise, assumed)
    if then is value.then and otherwise is value.otherwise:
        return value
    alike = same(then, otherwise)
    return _either(then, otherwise) if alike else Choice(value.condition, then, otherwise)


def _where(value: Value, condition: Condition, *, truth: bool) -> Value:
    """As `restrict`, for one condition."""
    if not isinstance(value, Choice) or not value.asks & condition.bit:
        return value
    if value.condition is condition or value.condition == condition:
        return _where(value.then if truth else value.otherwise, condition, truth=truth)
    then = _where(value.then, condition, truth=truth)
    otherwise = _where(value.otherwise, condition, truth=truth)
    if then is value.then and otherwise is value.otherwise:
        return value
    alike = same(then, otherwise)
    return _either(then, otherwise) if alike else Choice(value.condition, then, otherwise)


def size(value: Value) -> int:
    """How many leaves a value has."""
    return value.leaves if isinstance(value, Choice) else 1


def same(one: Value, other: Value) -> bool:
    """Whether two values certainly are the same one."""
    return _same(one, other, [MOST_COMPARED])


def _same(one: Value, other: Value, left: list[int]) -> bool:  # noqa: PLR0911 - one answer for each kind of value
    if one is other:
        return True
    left[0] -= 1
    if left[0] < 0:
        return False
    match one, other:
        case Constant(value=a), Constant(value=b):
            return type(a) is type(b) and bool(a == b)
        case Text(), Text():
            return one.parts == other.parts
        case External(), External():
            return one.name == other.name
        case Tuple(), Tuple():
            pairs = zip(one.items, other.items, strict=False)
            return len(one.items) == len(other.items) and all(_same(a, b, left) for a, b in pairs)
        case Choice(), Choice():
            return (
                one.condition == other.condition
                and _same(one.then, other.then, left)
                and _same(one.otherwise, other.otherwise, left)
            )
    return False


def _either(one: Value, other: Value) -> Value:
    """One of two equal values: which of two tuples it is, is not known."""
    if one is other:
        return one
    match one, other:
        case Tuple(), Tuple():
            items = map(_either, one.items, other.items)
            return Tuple(tuple(items), one.trace) if one.items else one
        case Choice(), Choice():
            then = _either(one.then, other.then)
            return Choice(one.condition, then, _either(one.otherwise, other.otherwise))
    return one


def mapped(value: Value, change: Callable[[Value], Value]) -> Value:
    """Apply a function without effects to each alternative."""
    if isinstance(value, Choice):
        return choose(value.condition, mapped(value.then, change), mapped(value.otherwise, change))
    return value if value is MISSING else change(value)
