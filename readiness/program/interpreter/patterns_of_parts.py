"""Patterns with patterns for the parts of a value: sequences, mappings and objects."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter.choices import both
from readiness.program.interpreter.inheritance import find
from readiness.program.interpreter.truths import guard
from readiness.program.values import (
    FALSE,
    MISSING,
    Class,
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
    from readiness.program.interpreter.patterns import Attempt

# Kinds of lists that a sequence pattern matches; generators and sets are none.
_SEQUENCES = frozenset({"list", "deque", "range", "unordered"})
Pairs = list[tuple[ast.pattern, Value]]


def sequence(attempt: "Attempt", pattern: ast.MatchSequence, subject: Value) -> Value:
    """``[first, *others]``."""
    if not isinstance(subject, Unknown | Tuple) and not (
        isinstance(subject, List) and subject.kind in _SEQUENCES
    ):
        return FALSE
    found = (subject if isinstance(subject, Unknown)
             else attempt.machine.iterate(subject, attempt.at(pattern)))  # fmt: skip
    if isinstance(found, Unknown):
        return attempt.undecided(pattern, subject, found)
    pairs = _item_by_item(attempt, pattern.patterns, found)
    return FALSE if pairs is None else attempt.all_match(pairs)


def _item_by_item(
    attempt: "Attempt", inner: list[ast.pattern], found: list[Value]
) -> Pairs | None:
    """Each pattern with its item, but the one with a star, which takes the others."""
    star = next((i for i, one in enumerate(inner) if isinstance(one, ast.MatchStar)), None)
    if star is None:
        return list(zip(inner, found, strict=True)) if len(found) == len(inner) else None
    end = len(found) - (len(inner) - star - 1)
    if end < star:
        return None
    name = getattr(inner[star], "name", None)
    if name:
        attempt.names[name] = List(tuple(found[star:end]))
    before = zip(inner[:star], found[:star], strict=True)
    return [*before, *zip(inner[star + 1 :], found[end:], strict=True)]


def mapping(attempt: "Attempt", pattern: ast.MatchMapping, subject: Value) -> Value:
    """``{"key": value, **others}``."""
    subject = _as_mapping(attempt, pattern, subject)
    if isinstance(subject, Unknown):
        return attempt.undecided(pattern, subject, subject)
    if not isinstance(subject, Dict):
        return FALSE
    if subject.rest is not None:
        return attempt.undecided(pattern, subject, Unknown("a dictionary"))
    keys = [_key(attempt, node) for node in pattern.keys]
    held = [subject.slots.values.get(key, MISSING) for key in keys]
    if any(value is MISSING for value in held):
        return FALSE
    if pattern.rest is not None:
        attempt.names[pattern.rest] = _others(subject, keys)
    return attempt.all_match(zip(pattern.patterns, held, strict=True))


def _as_mapping(attempt: "Attempt", pattern: ast.pattern, subject: Value) -> Value:
    """The dictionary that a value is, if it is known to be one."""
    at = attempt.at(pattern)
    if isinstance(subject, Instance) and isinstance(subject.data, Dict):
        return subject.data
    if attempt.machine.library.find_method(attempt.machine, subject, "__getitem__", at):
        return Unknown("whether an object is a mapping with these keys", at)
    return subject


def _key(attempt: "Attempt", node: ast.expr) -> object:
    """The key that a pattern names: a text or a constant."""
    key = attempt.machine.evaluate(node, attempt.frame)
    return key.known if isinstance(key, Text) else getattr(key, "value", None)


def _others(subject: Dict, named: list[object]) -> Dict:
    """The entries that no key of a pattern names."""
    held = {key: one for key, one in subject.slots.values.items() if key not in named}
    others = Dict(held, {key: subject.keys[key] for key in held if key in subject.keys})
    others.slots.shuffled = subject.slots.shuffled
    return others


def instance(attempt: "Attempt", pattern: ast.MatchClass, subject: Value) -> Value:
    """``Point(0, y=other)``."""
    machine, at = attempt.machine, attempt.at(pattern)
    cls = machine.evaluate(pattern.cls, attempt.frame)
    result = machine.invoke(External("builtins.isinstance"), at, subject, cls)
    matched = guard(machine, result, at, f"it is a {ast.unparse(pattern.cls)}")
    if isinstance(matched, Constant) and not matched.value:
        return matched
    parts = _parts(machine, cls, subject, pattern)
    if parts is None and isinstance(subject, Instance):
        return attempt.undecided(pattern, subject, Unknown("a part of an object", at))
    named = [*zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True)]
    pairs = [
        (inner, machine.attribute(subject, name, at)) for name, inner in [*(parts or ()), *named]
    ]
    if parts is None:
        pairs += [(inner, subject) for inner in pattern.patterns]
    return both(matched, attempt.all_match(pairs))


def _parts(
    machine: "Machine", cls: Value, subject: Value, pattern: ast.MatchClass
) -> list[tuple[str, ast.pattern]] | None:
    """The attributes that the positional parts of a class pattern mean; None if not known."""
    if not pattern.patterns:
        return []
    names = _positional(machine, cls, subject)
    if names is None or len(names) < len(pattern.patterns):
        return None
    return list(zip(names, pattern.patterns, strict=False))


def _positional(machine: "Machine", cls: Value, subject: Value) -> list[str] | None:
    """The attributes that stand in ``__match_args__``, or that a model says."""
    if not isinstance(cls, Class) or not isinstance(subject, Instance):
        return None
    found = find(cls, "__match_args__")
    if found is None or not isinstance(found[1], Class):
        return machine.library.match_arguments(cls)
    listed = machine.iterate(found[0], cls.at)
    if isinstance(listed, Unknown):
        return None
    names = [getattr(one, "known", None) for one in listed]
    return None if None in names else [name for name in names if name is not None]
