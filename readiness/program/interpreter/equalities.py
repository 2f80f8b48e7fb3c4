"""Whether values are equal: a truth value, or one by conditions."""

from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.choices import both, choose, literal
from readiness.program.interpreter.plain import NotPlain, is_vast, plain, trace_of
from readiness.program.interpreter.sameness import NO_ATOM, equal
from readiness.program.interpreter.switches import note_comparison
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.interpreter.truths import plainly, subject_key
from readiness.program.values import (
    FALSE,
    MISSING,
    TRUE,
    Choice,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _is_itself(machine: "Machine", value: Value, at: Place) -> bool:
    """Whether a value is certainly equal to itself, as no class says otherwise."""
    own = machine.library.find_method(machine, value, "__eq__", at)
    return own is None and not isinstance(value, (Unknown, Constant))


def said_by(machine: "Machine", name: str, left: Value, right: Value, at: Place) -> Value | None:
    """What the method of a side says of both; None where neither has one that does."""
    for one, other in ((left, right), (right, left)):
        method = machine.library.find_method(machine, one, name, at)
        if method is not None:
            found = machine.invoke(method, at, other)
            if found != External("builtins.NotImplemented"):
                return found
    return None


def equality(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    """Whether two values are equal."""
    trace = trace_of(left, right)
    if left is right and _is_itself(machine, left, at):
        return boolean(value=True, trace=trace)
    if isinstance(left, Instance):
        machine.limits.step()
    if not _are_things(left, right):
        left, right = plainly(machine, left), plainly(machine, right)
    said = said_by(machine, "__eq__", left, right, at)
    if said is not None:
        return said
    alike = machine.library.alike(machine, left, right, at)
    if alike is not None:
        return alike if alike.trace else with_trace(alike, trace)
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
            if any(isinstance(one, Choice) for one in (*mine.values(), *others.values())):
                return [(mine.get(key, MISSING), others.get(key, MISSING))
                        for key in {**mine, **others}]  # fmt: skip
            if not any(isinstance(key, Value) for key in (*mine, *others)):
                return _DIFFERENT
    return None


_DIFFERENT: list[tuple[Value, Value]] = [(TRUE, FALSE)]


def _all_equal(
    machine: "Machine", pairs: list[tuple[Value, Value]], at: Place, shown: str
) -> Value:
    machine.limits.step(len(pairs))
    result: Value = TRUE
    for one, other in reversed(pairs):
        result = both(_compared(machine, one, other, at, shown), result)
    return result


def _compared(machine: "Machine", left: Value, right: Value, at: Place, shown: str) -> Value:
    if isinstance(left, Choice):
        then = _compared(machine, left.then, right, at, shown)
        return choose(left.condition, then, _compared(machine, left.otherwise, right, at, shown))
    if isinstance(right, Choice):
        return _compared(machine, right, left, at, shown)
    if left is MISSING or right is MISSING:
        return TRUE if left is right else FALSE
    note_comparison(machine.variables, left, right)
    return equality(machine, left, right, at, shown)


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


def _are_things(left: Value, right: Value) -> bool:
    """Whether both are names of libraries that are not spelled like constants."""
    both = [one for one in (left, right) if isinstance(one, External)]
    spelled = any(one.name.rpartition(".")[2].isupper() for one in both)
    return len(both) > 1 and (not spelled or all(one.is_own for one in both))


def differ(one: Any, other: Any) -> bool:
    """Whether two that `atom` gave are known to differ."""
    return one is not NO_ATOM and other is not NO_ATOM and one != other
