"""What may stand in a checklist file; the strict models of its text."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from readiness.model.matcher import Matcher
from readiness.model.outcome import Severity

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[date, Field(strict=False)]
Weight = Annotated[Severity, Field(strict=False)]


class Text(BaseModel):
    """A mapping in a file that is written for this program: no key is unknown, no type bent."""

    model_config = ConfigDict(strict=True, extra="forbid", populate_by_name=True)


class ConditionText(Text):
    """When a rule applies. Every word that is given must hold."""

    environment: Matcher | None = Field(None, description="what the environment's name must be")
    traits: dict[str, Matcher] = Field(
        default_factory=dict, description="what the environment declares of itself, by trait"
    )
    facts: list[str] = Field(default_factory=list, description="facts that must be there")


class ExamplesText(Text):
    """Small states that meet the rule and that do not: files, variables, database facts."""

    good: list[dict[str, Any]] = Field(default_factory=list)
    bad: list[dict[str, Any]] = Field(default_factory=list)


class RuleText(Text):
    """One rule; an entry whose id an extended checklist has needs only what it changes."""

    id: Identifier = Field(description="kebab case, for ever")
    title: str | None = Field(None, description="what holds when the rule is met")
    severity: Weight | None = Field(None, description="how much it matters; low is advice")
    why: str | None = Field(None, description="what goes wrong otherwise")
    fix: str | None = Field(None, description="how to mend it")
    check: str | None = Field(None, description="the checker that judges: subject.property")
    with_: dict[str, Any] | None = Field(None, alias="with", description="its parameters")
    references: list[str] | None = None
    tags: list[str] | None = Field(None, description="the first one is the group in reports")
    when: ConditionText | None = None
    examples: ExamplesText | None = None
    enabled: bool = Field(True, description="false drops the rule, and the report says so")  # noqa: FBT003


class ChecklistText(Text):
    """A checklist: what it is called, who owns it, what it extends, its rules."""

    checklist: str | None = Field(None, description="its name")
    title: str | None = None
    owner: str | None = Field(None, description="who answers for it")
    review_by: Day | None = Field(None, description="the day by which it is to be reviewed")
    extends: list[str] = Field(
        default_factory=list, description="shipped names, or paths relative to this file"
    )
    rules: list[RuleText] = Field(default_factory=list)
