"""One rule is judged: every way in which it can end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from msgspec.structs import replace

from readiness import (
    Clock,
    Database,
    Finding,
    NotApplicable,
    Project,
    Undecidable,
    ok,
    problem,
    undecided,
)
from readiness.checker.checker import Checker, Judge
from readiness.checker.parameters import Bound, bind
from readiness.engine.bind import Item
from readiness.engine.facts import Facts, Missing
from readiness.engine.judge import Court, judge
from readiness.model.errors import PluginError
from readiness.model.outcome import Outcome, Severity
from readiness.model.place import Place
from readiness.model.report import Result
from readiness.model.rule import Rule
from readiness.model.waiver import Waiver

NOW = Clock.fixed(datetime(2026, 11, 23, 12, tzinfo=UTC))
RULE = Rule("rule", "A rule", Severity.HIGH, "why", "fix", "a.b")


def item(function: Judge, **parameters: Any) -> Item:
    bound = bind(Checker("a.b", function), parameters)
    assert isinstance(bound, Bound)
    return Item(RULE, bound)


def judged(
    function: Judge,
    *,
    missing: Mapping[type, Missing] | None = None,
    waivers: Sequence[Waiver] = (),
) -> Result:
    facts = Facts.of(Project({}), missing=missing)
    return judge(item(function), [facts], Court(NOW, tuple(waivers)))


def test_what_is_well_passes_with_its_evidence() -> None:
    def well(project: Project) -> Iterator[Finding]:
        yield ok("it is well", at=Place("app.py", 3))

    result = judged(well)

    assert (result.outcome, result.reason) == (Outcome.PASS, None)
    assert result.findings[0].source == "code"
    assert result.findings[0].fingerprint


def test_a_checker_that_says_nothing_does_not_pass() -> None:
    def silent(project: Project) -> Iterator[Finding]:
        return iter(())

    assert judged(silent).outcome is Outcome.NOT_APPLICABLE


def test_a_checker_that_returns_none_does_not_pass() -> None:
    def nothing(project: Project) -> None:
        """Say nothing at all."""

    assert judged(cast("Judge", nothing)).outcome is Outcome.NOT_APPLICABLE


def test_a_reason_not_to_apply_is_kept() -> None:
    def inapplicable(project: Project) -> Iterator[Finding]:
        yield from ()
        raise NotApplicable("there are no agents")

    result = judged(inapplicable)

    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "there are no agents")


def test_what_cannot_be_read_is_unknown_even_after_something_was_well() -> None:
    def halfway(project: Project) -> Iterator[Finding]:
        yield ok("it is well")
        raise Undecidable("the role may not read it", "GRANT pg_monitor TO app")

    result = judged(halfway)

    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "the role may not read it")
    assert result.findings[-1].hint == "GRANT pg_monitor TO app"


def test_a_crash_is_an_error_that_names_the_checker_and_not_the_values() -> None:
    def crashing(project: Project) -> Iterator[Finding]:
        yield ok("it is well")
        raise ValueError("canary-secret")

    result = judged(crashing)

    assert result.outcome is Outcome.ERROR
    assert "a.b of readiness crashed: ValueError at test_judge.py" in (result.reason or "")
    assert "canary" not in repr(result)


def test_a_problem_before_a_crash_fails() -> None:
    def crashing(project: Project) -> Iterator[Finding]:
        yield problem("it is bad")
        raise ValueError

    assert judged(crashing).outcome is Outcome.FAIL


def test_something_else_than_a_finding_is_an_error() -> None:
    def wrong(project: Project) -> Iterator[Finding]:
        yield cast("Finding", "it is well")

    assert judged(wrong).outcome is Outcome.ERROR


def test_a_missing_fact_makes_the_rule_unknown_with_the_reason_and_the_mend() -> None:
    def live(database: Database) -> Iterator[Finding]:
        yield ok("it is well")

    missing: dict[type, Missing] = {
        Database: Missing("the server refused the connection", "start it")
    }
    result = judged(live, missing=missing)

    assert (result.outcome, result.kind) == (Outcome.UNKNOWN, "live")
    assert result.reason == "the server refused the connection"
    assert result.findings[0].hint == "start it"


def test_a_fact_that_was_left_out_on_purpose_skips_the_rule() -> None:
    def live(database: Database) -> Iterator[Finding]:
        yield ok("it is well")

    missing: dict[type, Missing] = {Database: Missing("the database was left out", why="left-out")}

    assert judged(live, missing=missing).outcome is Outcome.SKIPPED


def test_an_optional_fact_may_be_missing() -> None:
    def either(project: Project, database: Database | None) -> Iterator[Finding]:
        yield undecided("no server") if database is None else ok("a server")

    missing: dict[type, Missing] = {Database: Missing("the database was left out", why="left-out")}

    assert judged(either, missing=missing).outcome is Outcome.UNKNOWN


def test_a_broken_plugin_is_an_error_of_its_rule() -> None:
    broken = Item(RULE, None, PluginError("the plug-in acme of acme-checks does not load"))

    result = judge(broken, [Facts({})], Court(NOW))

    assert (result.outcome, result.reason) == (
        Outcome.ERROR,
        "the plug-in acme of acme-checks does not load",
    )


def bad(project: Project) -> Iterator[Finding]:
    """It is never well."""
    yield problem("it is bad", at=Place("src/app.py", 3))


def waiver(**changes: Any) -> Waiver:
    return replace(Waiver("rule", "moved", "Ada", date(2026, 11, 23)), **changes)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.WAIVED),
        ({"expires": date(2026, 11, 22)}, Outcome.FAIL),
        ({"rule": "other"}, Outcome.FAIL),
        ({"paths": ("src/**",)}, Outcome.WAIVED),
        ({"paths": ("lib/**",)}, Outcome.FAIL),
        ({"fingerprint": "0" * 16}, Outcome.FAIL),
    ],
)
def test_a_waiver_covers_until_its_last_day_and_only_what_it_names(
    changes: dict[str, Any], outcome: Outcome
) -> None:
    assert judged(bad, waivers=[waiver(**changes)]).outcome is outcome


def test_a_waiver_by_fingerprint_covers_that_finding() -> None:
    fingerprint = judged(bad).findings[0].fingerprint

    result = judged(bad, waivers=[waiver(fingerprint=fingerprint)])

    assert result.outcome is Outcome.WAIVED
    assert result.findings[0].waiver is not None


def test_two_services_that_say_the_same_say_it_once() -> None:
    places = [Facts.of(Project({})), Facts.of(Project({}))]

    result = judge(item(bad), places, Court(NOW))

    assert len(result.findings) == 1
