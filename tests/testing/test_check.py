from collections.abc import Iterator
from typing import Any

import pytest

from readiness import Clock, Environment, Finding, Project, checker, ok, problem
from readiness.model.errors import ChecklistError
from readiness.model.matcher import Matcher
from readiness.model.outcome import Severity
from readiness.model.rule import Condition, Rule
from readiness.testing import check, project, state


@checker("own.users")
def users(project: Project, *, forbid: list[str], name: str = "USER") -> Iterator[Finding]:
    """Every Dockerfile ends as a user outside ``forbid``."""
    for path in project.files("Dockerfile"):
        last = [line for line in project.lines(path) if line.text.startswith(f"{name} ")][-1]
        said = problem if last.text.removeprefix(f"{name} ") in forbid else ok
        yield said(f"{path} runs as {last.text.removeprefix(f'{name} ')}", at=last.at)


REPO = project({"Dockerfile": "FROM x\nUSER app\nUSER root\n"})


def test_a_checker_of_the_test_itself_is_judged_by_name() -> None:
    result = check("own.users", REPO, forbid=["root"])

    assert result.outcome == "fail"
    assert [one.message for one in result.problems] == ["Dockerfile runs as root"]
    assert result.problems[0].at is not None
    assert result.problems[0].at.line == 3


def test_a_parameter_may_be_called_name() -> None:
    assert check("own.users", REPO, forbid=[], name="USER").outcome == "pass"


def test_nothing_to_judge_is_not_applicable() -> None:
    assert check("own.users", project({}), forbid=["root"]).outcome == "not-applicable"


def test_a_crash_is_an_error() -> None:
    assert check("own.users", project({"Dockerfile": ""}), forbid=[]).outcome == "error"


@pytest.mark.parametrize("parameters", [{}, {"forbid": "root"}, {"forbid": [], "other": 1}])
def test_wrong_parameters_are_refused_as_in_a_checklist(parameters: dict[str, Any]) -> None:
    with pytest.raises(ChecklistError):
        check("own.users", REPO, **parameters)


RULE = Rule(
    id="own-users", title="t", severity=Severity.LOW, why="w", fix="f", check="own.users",
    parameters={"forbid": ["root"]},
    when=Condition(environment=Matcher.parse({"not": {"in": ["test"]}})),
)  # fmt: skip


def test_a_rule_brings_its_own_parameters_and_an_example_may_change_them() -> None:
    files = {"Dockerfile": "USER root\n"}

    assert check(RULE, {"files": files}).outcome == "fail"
    assert check(RULE, {"files": files, "with": {"forbid": []}}).outcome == "pass"
    assert check(RULE, {"files": files}, forbid=[]).outcome == "pass"


def test_a_rule_is_left_out_where_its_condition_says_so() -> None:
    result = check(RULE, {"files": {"Dockerfile": "USER root\n"}, "environment": {"name": "test"}})

    assert result.outcome == "not-applicable"


@checker("own.today")
def today(clock: Clock, environment: Environment) -> Iterator[Finding]:
    """Tell what was given."""
    yield ok(f"{clock.today()} {environment.name} {sorted(environment.variables)}")


def test_a_state_gives_the_day_and_the_variables() -> None:
    written = {
        "today": "2026-11-23",
        "environment": {"name": "live", "set": {"A": "1"}, "injected": ["B"], "unset": ["C"]},
    }

    (finding,) = check("own.today", written).oks

    assert finding.message == "2026-11-23 live ['A', 'B', 'C']"


def test_a_given_fact_stands_in_the_place_of_the_one_that_would_be_read() -> None:
    (finding,) = check("own.today", {"today": "2026-11-23"}, Environment("mine")).oks

    assert finding.message == "2026-11-23 mine []"


@pytest.mark.parametrize(
    "written",
    [{"file": {}}, {"environment": {"sett": {}}}, {"today": "soon"}, {"answers": {}},
     {"environment": ["A"]}, {"checklists": [{"title": "x"}]}],
)  # fmt: skip
def test_a_state_of_another_form_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"an example|an environment|a checklist|today"):
        state(written)


def test_an_answer_without_a_question_is_refused() -> None:
    with pytest.raises(ValueError, match="no question"):
        check("own.users", {"answers": [{"status": 200}]}, forbid=[])
