"""One item of a checklist, and the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from readiness.model.matcher import Matcher
from readiness.model.outcome import Severity
from readiness.model.place import Place


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies: by the environment's name, its traits, or a fact being there."""

    environment: Matcher | None = None
    traits: Mapping[str, Matcher] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """Small states that meet a rule and that do not; they are its test."""

    good: tuple[Mapping[str, Any], ...] = ()
    bad: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One item: what is demanded, why it matters, how to mend it, and who judges it.

    ``check`` names a checker, ``parameters`` is the rule's ``with``. The first of the
    ``tags`` names the group under which reports list the rule. ``places`` maps the
    keys of the rule, and of its parameters, to where they were written.
    """

    id: str
    title: str
    severity: Severity
    why: str
    fix: str
    check: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    when: Condition | None = None
    examples: Examples = Examples()
    checklist: str = ""
    at: Place | None = None
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Rules in their order, with who owns them and when they are to be reviewed.

    ``name`` is how it was asked for; ``sources`` are the files that it was read from,
    itself last; ``disabled`` are the ids that it drops from what it extends.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    owner: str | None = None
    review_by: date | None = None
    sources: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Checklists:
    """Every checklist of a run, as a fact: a rule may judge the checklists themselves."""

    all: tuple[Checklist, ...] = ()
