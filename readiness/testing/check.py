"""Judge one rule over facts in memory, by the very code of the engine."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readiness.checker.registry import Registry, declared, load
from readiness.engine.bind import Item, bind_all
from readiness.engine.judge import Court, judge
from readiness.model.finding import Finding, Verdict
from readiness.model.outcome import Outcome, Severity
from readiness.model.rule import Rule
from readiness.project import Project
from readiness.testing.state import State, state
from readiness.testing.world import gathering_of


class Judged(Struct, frozen=True):
    """What became of the rule."""

    outcome: Outcome
    reason: str | None
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that are problems."""
        return self._of(Verdict.PROBLEM)

    @property
    def oks(self) -> tuple[Finding, ...]:
        """The findings that are in order."""
        return self._of(Verdict.OK)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that nobody can decide."""
        return self._of(Verdict.UNDECIDED)

    def _of(self, verdict: Verdict) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is verdict)


def check(subject: str | Rule, /, *facts: Any, **parameters: Any) -> Judged:
    """Judge a rule, or a checker by its name, over facts and with parameters.

    One of the facts may be a `State`, or a mapping as the examples of a rule are
    written. Facts that are not given follow from those that are, as in a real run.
    Raises `ChecklistError` for parameters that the checker does not take.
    """
    around, given = _parted(facts)
    item = _bind(_rule(subject, {**around.parameters, **parameters}))
    gathering = gathering_of(item, around, given)
    reason = gathering.why_not(item.rule)
    result = judge(item, gathering.facts, Court(gathering.request.clock), reason)
    return Judged(result.outcome, result.reason, result.findings)


def _parted(facts: Sequence[Any]) -> tuple[State, list[Any]]:
    states = [fact for fact in facts if isinstance(fact, Mapping | State)]
    if len(states) > 1:
        raise ValueError("one state is judged at a time")
    found = states[0] if states else State(Project())
    around = found if isinstance(found, State) else state(found)
    return around, [fact for fact in facts if fact is not found]


def _rule(subject: str | Rule, parameters: Mapping[str, Any]) -> Rule:
    if isinstance(subject, Rule):
        return replace(subject, parameters={**subject.parameters, **parameters})
    return Rule(
        id="the-rule", title=subject, severity=Severity.HIGH, why="", fix="", check=subject,
        parameters=dict(parameters),
    )  # fmt: skip


def _bind(rule: Rule) -> Item:
    item = bind_all([rule], _registry())[0]
    if item.broken:
        raise item.broken
    return item


def _registry() -> Registry:
    """Every checker that is installed, and those that the test itself declares."""
    installed = _installed()
    known = {made.name: made for made in declared()} | installed.checkers
    return Registry(known, installed.broken)


@cache
def _installed() -> Registry:
    return load()
