"""The text of a checklist that is plainly right; of any other pydantic says what is wrong.

To load pydantic takes longer than everything else that is done with a checklist. What is taken
here is taken there, too, and says the same.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from readiness.model.matcher import Matcher
from readiness.model.outcome import Severity

Identifier = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]


class Condition(Struct, forbid_unknown_fields=True):
    """When a rule applies; the expectations as they are written, until they are read."""

    environment: Any = None
    traits: dict[str, Any] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Read the expectations; raises ValueError."""
        if self.environment is not None:
            self.environment = Matcher.parse(self.environment)
        self.traits = {name: Matcher.parse(one) for name, one in self.traits.items()}


class Examples(Struct, forbid_unknown_fields=True):
    """Small states of the world."""

    good: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)


class Rule(Struct, forbid_unknown_fields=True):
    """One rule, as `text.RuleText` has it."""

    id: Identifier
    title: str | UnsetType | None = UNSET
    severity: Severity | UnsetType | None = UNSET
    why: str | UnsetType | None = UNSET
    fix: str | UnsetType | None = UNSET
    check: str | UnsetType | None = UNSET
    with_: dict[str, Any] | UnsetType | None = field(default=UNSET, name="with")
    references: list[str] | UnsetType | None = UNSET
    tags: list[str] | UnsetType | None = UNSET
    when: Condition | UnsetType | None = UNSET
    examples: Examples | UnsetType | None = UNSET
    enabled: bool = True

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that are given, as pydantic calls them."""
        return {name for name in self.__struct_fields__ if getattr(self, name) is not UNSET}


class Checklist(Struct, forbid_unknown_fields=True):
    """A checklist, as `text.ChecklistText` has it."""

    checklist: str | None = None
    title: str | None = None
    owner: str | None = None
    review_by: date | None = None
    extends: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def plain(value: Any) -> Checklist | None:
    """The checklist that a value is; None where anything in it is not plain."""
    try:
        found = msgspec.convert(value, Checklist)
        for rule in found.rules:
            if isinstance(rule.when, Condition):
                rule.when.read()
    except (ValueError, RecursionError):
        return None
    return found
