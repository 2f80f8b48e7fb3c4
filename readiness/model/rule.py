"""One item of a checklist, and the checklist."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from msgspec import Struct, field

from readiness.model.matcher import Matcher
from readiness.model.outcome import Severity
from readiness.model.partial import Partial
from readiness.model.place import Place


class Condition(Struct, frozen=True):
    """When a rule applies: by the environment's name, its traits, or a fact being there."""

    environment: Matcher | None = None
    traits: Mapping[str, Matcher] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


class Examples(Struct, frozen=True):
    """Small states that meet a rule and that do not; they are its test."""

    good: tuple[Mapping[str, Any], ...] = ()
    bad: tuple[Mapping[str, Any], ...] = ()


class Rule(Partial, frozen=True):
    """One item: what is demanded, why it matters, how to mend it, and who judges it.

    ``check`` names a checker, ``parameters`` is the rule's ``with``. The first of the
    ``tags`` names the group under which reports list the rule. ``places`` maps the
    keys of the rule, and of its parameters, to where they were written.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"places"})

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
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)


class Checklist(Struct, frozen=True):
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


class Checklists(Struct, frozen=True):
    """Every checklist of a run, as a fact: a rule may judge the checklists themselves."""

    all: tuple[Checklist, ...] = ()
