"""Patterns of a match statement: the guard under which a value has such a form."""

import ast
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter import comparisons, patterns_of_parts
from readiness.program.interpreter.choices import both, choose, literal
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.reasons import reason
from readiness.program.interpreter.truths import guard
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import joined
from readiness.program.values import FALSE, TRUE, Choice, Condition, Constant, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


class Attempt:
    """One try to match a value; ``names`` are what it binds if that succeeds."""

    def __init__(self, machine: "Machine", frame: Frame) -> None:
        self.machine = machine
        self.frame = frame
        self.names: dict[str, Value] = {}
        self.trace: Trace = ()
        """What the values that were compared came by."""

    def matches(self, pattern: ast.pattern, subject: Value) -> Value:
        """The guard under which a value has the form of a pattern."""
        self.trace = joined(self.trace, reason(self.machine, subject))
        return _TABLE[type(pattern)](self, pattern, subject)

    def all_match(self, pairs: Iterable[tuple[ast.pattern, Value]]) -> Value:
        """The guard under which each value has the form of its pattern."""
        result: Value = TRUE
        for pattern, value in pairs:
            result = both(result, self.matches(pattern, value))
        return result

    def undecided(self, pattern: ast.pattern, subject: Value, part: Unknown) -> Value:
        """A guard that nothing answers; what the pattern binds is a part of this unknown."""
        for inner in ast.walk(pattern):
            name = getattr(inner, "name", None) or getattr(inner, "rest", None)
            if isinstance(name, str):
                self.names[name] = Unknown(f"a part of {part.reason}", part.at, free=part.free)
        what = f"a value matches {shown(pattern)}"
        condition = Condition(("match", subject, pattern), what, self.at(pattern), subject)
        return literal(condition, truth=True)

    def at(self, pattern: ast.pattern) -> Place:
        """The place of a pattern."""
        return self.frame.at(pattern)


def _value(attempt: Attempt, pattern: ast.MatchValue, subject: Value) -> Value:
    value = attempt.machine.evaluate(pattern.value, attempt.frame)
    return _compared(attempt, ast.Eq(), subject, value, shown(pattern), attempt.at(pattern))


def _singleton(attempt: Attempt, pattern: ast.MatchSingleton, subject: Value) -> Value:
    value, words = Constant(pattern.value), repr(pattern.value)
    return _compared(attempt, ast.Is(), subject, value, words, attempt.at(pattern))


def _compared(  # noqa: PLR0917 - both sides, and how it is told
    attempt: Attempt, operator: ast.cmpop, subject: Value, value: Value, words: str, at: Place
) -> Value:
    result = comparisons.compare(attempt.machine, operator, subject, value, at, words)
    return guard(attempt.machine, result, at, words)


def _any(attempt: Attempt, pattern: ast.MatchOr, subject: Value) -> Value:
    result: Value = FALSE
    for inner in reversed(pattern.patterns):
        result = _either(attempt.matches(inner, subject), result)
    return result


def _either(one: Value, other: Value) -> Value:
    if isinstance(one, Choice):
        return choose(one.condition, _either(one.then, other), _either(one.otherwise, other))
    return one if isinstance(one, Constant) and one.value else other


def _as(attempt: Attempt, pattern: ast.MatchAs, subject: Value) -> Value:
    if pattern.name:
        attempt.names[pattern.name] = subject
    return TRUE if pattern.pattern is None else attempt.matches(pattern.pattern, subject)


_TABLE: dict[type[ast.pattern], Callable[[Attempt, Any, Value], Value]] = {
    ast.MatchValue: _value, ast.MatchSingleton: _singleton, ast.MatchOr: _any, ast.MatchAs: _as,
    ast.MatchSequence: patterns_of_parts.sequence, ast.MatchMapping: patterns_of_parts.mapping,
    ast.MatchClass: patterns_of_parts.instance,
}  # fmt: skip
