from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from readiness import (
    Answers,
    Clock,
    Database,
    Environment,
    Evidence,
    Finding,
    Matcher,
    Program,
    Project,
    Query,
    Undecidable,
)
from readiness.checker.checker import Checker, Need
from readiness.model.errors import PluginError

if TYPE_CHECKING:
    from decimal import Decimal


def both(
    project: Project, database: Database | None, *, least: int, word: str = "x"
) -> list[Finding]:
    """Demand something.

    And explain it at length.
    """
    return [] if database else [Finding(project.files(word)[least])]  # type: ignore[arg-type, call-arg]


def test_positional_parameters_are_facts_and_an_optional_one_may_be_missing() -> None:
    needs = Checker("a.b", both).needs

    assert needs == (Need(Project, optional=False), Need(Database, optional=True))


def test_keyword_parameters_are_the_rules_with() -> None:
    assert Checker("a.b", both).options == {"least": (int, ...), "word": (str, "x")}


def test_the_demand_is_the_first_line_of_the_docstring() -> None:
    assert Checker("a.b", both).demand == "Demand something."
    assert "at length" in Checker("a.b", both).document


def live(database: Database) -> Iterator[Finding]:
    yield from ()


def static(environment: Environment, program: Program | None) -> Iterator[Finding]:
    yield from ()


def by_evidence(evidence: Evidence, clock: Clock) -> Iterator[Finding]:
    yield from ()


def asking(answers: Answers) -> Iterator[Finding]:
    yield from ()


@pytest.mark.parametrize(
    ("judge", "declared", "kind"),
    [
        (live, None, "live"),
        (both, None, "static"),
        (static, None, "static"),
        (by_evidence, None, "evidence"),
        (asking, "live", "live"),
    ],
)
def test_the_kind_follows_from_the_facts_that_are_needed(
    judge: Any, declared: Any, kind: str
) -> None:
    assert Checker("a.b", judge, declared_kind=declared).kind == kind


def wrong_fact(project: Project, word: str) -> Iterator[Finding]:
    yield from ()


def untyped(project) -> Any:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the case itself
    return project


def not_a_fact(project: Project | int) -> Iterator[Finding]:
    yield from ()


def hidden(project: "Decimal") -> Iterator[Finding]:
    yield from ()


@pytest.mark.parametrize("judge", [wrong_fact, untyped, not_a_fact, hidden])
def test_a_parameter_that_is_no_fact_is_a_sentence_that_names_the_distribution(judge: Any) -> None:
    made = Checker("a.b", judge, distribution="acme")

    with pytest.raises(PluginError, match=r"a\.b of acme") as raised:
        made.needs  # noqa: B018 - it is read when it is first asked for

    assert raised.value.hint


def test_a_type_that_only_exists_for_the_type_checker_says_what_to_do() -> None:
    with pytest.raises(PluginError) as raised:
        Checker("a.b", hidden).needs  # noqa: B018 - as above

    assert raised.value.hint is not None
    assert "TYPE_CHECKING" in raised.value.hint


def test_an_answer_that_is_not_there_is_undecidable() -> None:
    answers = Answers({Query("SELECT 1"): 3}, {Query("SELECT 2"): Undecidable("refused")})

    with pytest.raises(Undecidable, match="refused"):
        answers.of(Query("SELECT 2"), int)
    with pytest.raises(Undecidable, match="not put"):
        answers.of(Query("SELECT 3"), int)
    with pytest.raises(Undecidable, match="is a int, not a Matcher"):
        answers.of(Query("SELECT 1"), Matcher)
    assert answers.of(Query("SELECT 1"), int) == 3
