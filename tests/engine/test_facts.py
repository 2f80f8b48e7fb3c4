"""Facts are made once, and a room that crashes does not end the run."""

import pytest

from readiness import Project
from readiness.engine.facts import Facts, Missing
from readiness.model.errors import ReadinessError


def test_a_fact_is_made_once_and_only_when_asked_for() -> None:
    made: list[Project] = []

    def make() -> Project:
        made.append(Project({}))
        return made[-1]

    facts = Facts({Project: make})
    assert not made

    assert facts.get(Project) is facts.get(Project)
    assert len(made) == 1


def test_a_crash_is_a_missing_fact_without_the_values_in_it() -> None:
    def crash() -> Project:
        raise ValueError("canary-secret")

    found = Facts({Project: crash}).get(Project)

    assert isinstance(found, Missing)
    assert "ValueError at test_facts.py" in found.reason
    assert "canary" not in found.reason
    with pytest.raises(ValueError, match="canary"):
        Facts({Project: crash}, debug=True).get(Project)


def test_wrong_use_is_not_taken_for_a_missing_fact() -> None:
    def refuse() -> Project:
        raise ReadinessError("--database: wrong")

    with pytest.raises(ReadinessError):
        Facts({Project: refuse}).get(Project)


def test_what_nobody_makes_does_not_exist() -> None:
    found = Facts({}).get(Project)

    assert isinstance(found, Missing)
    assert found.why == "nothing"
