"""Judge one rule over facts in memory, by the very code of the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from readiness.checker.answers import Answers
from readiness.checker.registry import Registry, declared, load
from readiness.engine.bind import Item, bind_all
from readiness.engine.judge import Court, judge
from readiness.model.clock import Clock
from readiness.model.finding import Finding, Verdict
from readiness.model.outcome import Outcome, Severity
from readiness.model.rule import Rule
from readiness.project import Project
from readiness.testing.answers import answers_for
from readiness.testing.complete import complete
from readiness.testing.state import State, state


@dataclass(frozen=True, slots=True)
class Judged:
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

    A fact may also be a mapping or `State`, as the examples of a rule are written.
    Raises `ChecklistError` for parameters that the checker does not take.
    """
    states = [_as_state(fact) for fact in facts if isinstance(fact, Mapping | State)]
    given = [fact for fact in facts if not isinstance(fact, Mapping | State)]
    given += [fact for one in states for fact in one.facts]
    extra = {name: value for one in states for name, value in one.parameters} | parameters
    item = _bind(_rule(subject, extra))
    answers = [answer for one in states for answer in one.answers]
    return _judge(item, given, answers)


def _as_state(fact: Mapping[str, Any] | State) -> State:
    return fact if isinstance(fact, State) else state(fact)


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
    registry = _installed()
    known = {made.name: made for made in declared()} | registry.checkers
    return Registry(known, registry.broken)


@cache
def _installed() -> Registry:
    return load()


def _judge(item: Item, given: Sequence[Any], written: Sequence[Mapping[str, Any]]) -> Judged:
    bound = item.bound
    assert bound is not None, "a broken rule was raised before"  # noqa: S101 - for the type
    facts = complete(given)
    if not any(isinstance(fact, Answers) for fact in given):
        project = facts.made(Project) or Project()
        facts = complete([*given, answers_for(bound.questions(), written, project)])
    clock = facts.made(Clock) or Clock()
    result = judge(item, [facts], Court(clock))
    return Judged(result.outcome, result.reason, result.findings)
