"""The match statement: patterns as guards, and the names that they bind."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import comparisons, inheritance
from readiness.program.interpreter.choices import both, choose, literal
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.truths import guard as truth_of
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import MOST_BRANCHES, BranchStep
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Names = dict[str, Value]


def match_statement(machine: "Machine", node: ast.Match, frame: Frame) -> None:
    """Try the cases in order."""
    subject = machine.evaluate(node.subject, frame)
    machine.each(subject, lambda value: _cases(machine, node, 0, value, frame))
    machine.records.passed.update(*(case.body for case in node.cases))


def _cases(machine: "Machine", node: ast.Match, index: int, subject: Value, frame: Frame) -> Value:
    if index == len(node.cases):
        return NONE
    case = node.cases[index]
    names: Names = {}
    at = frame.at(case.pattern)
    matched = _matches(machine, case.pattern, subject, frame, names)
    words = f"{shown(node.subject)} matches {shown(case.pattern)}"

    def run() -> Value:
        for name, value in names.items():
            machine.state.write(frame.home(name), name, value)
        if case.guard is None:
            return body()
        value = machine.evaluate(case.guard, frame)
        return machine.decide(value, at, shown(case.guard), body, following)

    def body() -> Value:
        if subject.trace:
            _note(frame, subject, BranchStep("branch", words, at, subject.trace, node))
        return machine.execute(case.body, frame)

    def following() -> Value:
        return _cases(machine, node, index + 1, subject, frame)

    return machine.branch(matched, run, following)


def _note(frame: Frame, subject: Value, step: BranchStep) -> None:
    frame.told = (*frame.told, step)[-MOST_BRANCHES:]
    for one in (*subject.trace, step):
        if one not in frame.branches:
            frame.branches.append(one)


def _matches(  # noqa: PLR0911 - one answer for each kind of value
    machine: "Machine", pattern: ast.pattern, subject: Value, frame: Frame, names: Names
) -> Value:
    match pattern:
        case ast.MatchValue():
            value = machine.evaluate(pattern.value, frame)
            return _equal(machine, subject, value, pattern, frame)
        case ast.MatchSingleton():
            return _singleton(machine, subject, pattern, frame)
        case ast.MatchOr():
            return _any(machine, pattern, subject, frame, names)
        case ast.MatchAs():
            return _as(machine, pattern, subject, frame, names)
        case ast.MatchSequence():
            return _sequence(machine, pattern, subject, frame, names)
        case ast.MatchMapping():
            return _mapping(machine, pattern, subject, frame, names)
        case ast.MatchClass():
            return _class(machine, pattern, subject, frame, names)
    return FALSE


def _equal(
    machine: "Machine", subject: Value, value: Value, pattern: ast.pattern, frame: Frame
) -> Value:
    at = frame.at(pattern)
    result = comparisons.compare(machine, ast.Eq(), subject, value, at, shown(pattern))
    return truth_of(machine, result, at, shown(pattern))


def _singleton(
    machine: "Machine", subject: Value, pattern: ast.MatchSingleton, frame: Frame
) -> Value:
    at = frame.at(pattern)
    value = Constant(pattern.value)
    result = comparisons.compare(machine, ast.Is(), subject, value, at, repr(pattern.value))
    return truth_of(machine, result, at, repr(pattern.value))


def _any(
    machine: "Machine", pattern: ast.MatchOr, subject: Value, frame: Frame, names: Names
) -> Value:
    result: Value = FALSE
    for inner in reversed(pattern.patterns):
        result = _either(_matches(machine, inner, subject, frame, names), result)
    return result


def _either(one: Value, other: Value) -> Value:
    if isinstance(one, Choice):
        return choose(one.condition, _either(one.then, other), _either(one.otherwise, other))
    return one if isinstance(one, Constant) and one.value else other


def _as(
    machine: "Machine", pattern: ast.MatchAs, subject: Value, frame: Frame, names: Names
) -> Value:
    if pattern.name:
        names[pattern.name] = subject
    if pattern.pattern is None:
        return TRUE
    return _matches(machine, pattern.pattern, subject, frame, names)


def _open(subject: Value, pattern: ast.pattern, frame: Frame) -> Value:
    what = f"a value matches {shown(pattern)}"
    condition = Condition(("match", subject, pattern), what, frame.at(pattern), subject)
    return literal(condition, truth=True)


# Kinds of lists that a sequence pattern matches; generators and sets are none.
_SEQUENCES = frozenset({"list", "deque", "range", "unordered"})


def _sequence(
    machine: "Machine", pattern: ast.MatchSequence, subject: Value, frame: Frame, names: Names
) -> Value:
    if isinstance(subject, Unknown):
        _bind_unknown(pattern, subject, names)
        return _open(subject, pattern, frame)
    if not isinstance(subject, Tuple) and not (
        isinstance(subject, List) and subject.kind in _SEQUENCES
    ):
        return FALSE
    found = machine.iterate(subject, frame.at(pattern))
    if isinstance(found, Unknown):
        _bind_unknown(pattern, found, names)
        return _open(subject, pattern, frame)
    inner = pattern.patterns
    star = next((i for i, one in enumerate(inner) if isinstance(one, ast.MatchStar)), None)
    if star is None and len(found) != len(inner):
        return FALSE
    if star is not None:
        end = len(found) - (len(inner) - star - 1)
        if end < star:
            return FALSE
        name = getattr(inner[star], "name", None)
        if name:
            names[name] = List(tuple(found[star:end]))
        inner = [*inner[:star], *inner[star + 1 :]]
        found = [*found[:star], *found[end:]]
    return _all(machine, list(zip(inner, found, strict=True)), frame, names)


def _all(
    machine: "Machine", pairs: list[tuple[ast.pattern, Value]], frame: Frame, names: Names
) -> Value:
    result: Value = TRUE
    for pattern, value in pairs:
        result = both(result, _matches(machine, pattern, value, frame, names))
    return result


def _bind_unknown(pattern: ast.pattern, subject: Unknown, names: Names) -> None:
    for inner in ast.walk(pattern):
        name = getattr(inner, "name", None) or getattr(inner, "rest", None)
        if isinstance(name, str):
            names[name] = Unknown(f"a part of {subject.reason}", subject.at, free=subject.free)


def _mapping(
    machine: "Machine", pattern: ast.MatchMapping, subject: Value, frame: Frame, names: Names
) -> Value:
    if isinstance(subject, Instance) and isinstance(subject.data, Dict):
        subject = subject.data
    elif machine.library.find_method(machine, subject, "__getitem__", frame.at(pattern)):
        subject = Unknown("whether an object is a mapping with these keys", frame.at(pattern))
    if not isinstance(subject, Dict) or subject.rest is not None:
        if isinstance(subject, (Unknown, Dict)):
            unknown = subject if isinstance(subject, Unknown) else Unknown("a dictionary")
            _bind_unknown(pattern, unknown, names)
            return _open(subject, pattern, frame)
        return FALSE
    pairs = []
    for key_node, inner in zip(pattern.keys, pattern.patterns, strict=True):
        value = subject.slots.values.get(_key(machine, key_node, frame), MISSING)
        if value is MISSING:
            return FALSE
        pairs.append((inner, value))
    if pattern.rest is not None:
        names[pattern.rest] = _others(machine, pattern, subject, frame)
    return _all(machine, pairs, frame, names)


def _key(machine: "Machine", node: ast.expr, frame: Frame) -> object:
    """The key that a pattern names: a text or a constant."""
    key = machine.evaluate(node, frame)
    return key.known if isinstance(key, Text) else getattr(key, "value", None)


def _others(machine: "Machine", pattern: ast.MatchMapping, subject: Dict, frame: Frame) -> Dict:
    """The entries that no key of a pattern names."""
    named = [_key(machine, node, frame) for node in pattern.keys]
    held = {key: one for key, one in subject.slots.values.items() if key not in named}
    return Dict(held, {key: subject.keys[key] for key in held if key in subject.keys})


def _class(
    machine: "Machine", pattern: ast.MatchClass, subject: Value, frame: Frame, names: Names
) -> Value:
    cls = machine.evaluate(pattern.cls, frame)
    at = frame.at(pattern)
    result = machine.invoke(External("builtins.isinstance"), at, subject, cls)
    matched = truth_of(machine, result, at, f"it is a {ast.unparse(pattern.cls)}")
    if isinstance(matched, Constant) and not matched.value:
        return matched
    positional = _positional(machine, cls, subject)
    if pattern.patterns and positional is not None and len(positional) >= len(pattern.patterns):
        meant = (*positional[: len(pattern.patterns)], *pattern.kwd_attrs)
        inner = (*pattern.patterns, *pattern.kwd_patterns)
        found = [(one, machine.attribute(subject, name, at))
                 for name, one in zip(meant, inner, strict=True)]  # fmt: skip
        return both(matched, _all(machine, found, frame, names))
    if pattern.patterns and isinstance(subject, Instance):
        _bind_unknown(pattern, Unknown("a part of an object", at), names)
        return _open(subject, pattern, frame)
    named = zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True)
    pairs = [(inner, machine.attribute(subject, name, at)) for name, inner in named]
    pairs += [(inner, subject) for inner in pattern.patterns]
    return both(matched, _all(machine, pairs, frame, names))


def _positional(machine: "Machine", cls: Value, subject: Value) -> list[str] | None:
    """The attributes that a class pattern's positional parts mean."""
    if not isinstance(cls, Class) or not isinstance(subject, Instance):
        return None
    found = inheritance.find(cls, "__match_args__")
    if found is not None and isinstance(found[1], Class):
        listed = machine.iterate(found[0], cls.at)
        names = [getattr(one, "known", None) for one in listed] if isinstance(
            listed, list) else [None]  # fmt: skip
        return None if None in names else [name for name in names if name is not None]
    return machine.library.match_arguments(cls)
