"""The engine's own gathering, over what a test gives in the place of disk and network."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from readiness.checker.answers import Answers
from readiness.checker.checker import FACTS
from readiness.deployment import Deployment
from readiness.engine.bind import Item
from readiness.engine.facts import Facts, Missing
from readiness.engine.gather import Gathering
from readiness.engine.request import Request
from readiness.environment import Environment
from readiness.model.clock import Clock
from readiness.project import Project
from readiness.settings.settings import Settings
from readiness.testing.answers import answers_for
from readiness.testing.state import State

_NOON = time(12)


def gathering_of(item: Item, state: State, given: Sequence[Any]) -> Gathering:
    """Gather for one rule; the given facts stand in the place of those that are read."""
    facts = {type(fact): fact for fact in given}
    folder = Path()
    gathering = Gathering(
        Request(
            folder,
            environment=state.name,
            variables=dict(state.variables),
            clock=facts.get(Clock, _clock(state)),
            say=lambda _: None,
        ),
        Settings(folder, environments={state.name: state.declared}),
        state.checklists,
        (item,),
    )
    _put(gathering, "project", facts.get(Project, state.project))
    _put(gathering, "database", state.database or Missing("the test gives no database"))
    _put(gathering, "answers", facts.get(Answers) or _answers(gathering, state))
    if Deployment in facts:
        _put(gathering, "deployment", facts[Deployment])
    if Environment in facts:
        _put(gathering, "environments", (facts[Environment],))
    _put(gathering, "facts", tuple(_over(one, facts) for one in gathering.facts))
    return gathering


def _put(gathering: Gathering, name: str, value: Any) -> None:
    """Fill a place that would else be filled by reading, when it is first asked for."""
    vars(gathering)[name] = value


def _over(read: Facts, given: Mapping[type, Any]) -> Facts:
    makers = {kind: partial(read.get, kind) for kind in FACTS.values()}
    return Facts({**makers, **{kind: partial(_same, fact) for kind, fact in given.items()}})


def _same(fact: Any) -> Any:
    return fact


def _clock(state: State) -> Clock:
    if state.today is None:
        return Clock()
    return Clock.fixed(datetime.combine(state.today, _NOON, UTC))


def _answers(gathering: Gathering, state: State) -> Answers:
    return answers_for(gathering.questions, state.answers, gathering.project)
