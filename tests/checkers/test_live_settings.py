"""The checkers of single settings, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

SESSION = {"user": "monitor", "database": "shop"}
ROLE = [{"name": "statement_timeout", "text": "20s", "role": "app"}]
GLOBAL = {"statement_timeout": {"text": "0", "unit": "ms"}}


def database(**facts: Any) -> dict[str, Any]:
    return {"database": {"session": SESSION, "role_settings": [], **facts}}


def test_settings_as_expected_pass_and_others_fail_by_name() -> None:
    facts = database(settings={"fsync": False, "full_page_writes": True})

    result = check("server.settings", facts, expect={"fsync": "on", "full_page_writes": "on"})

    assert [finding.message for finding in result.problems] == ["fsync is off, expected is on"]
    assert [finding.message for finding in result.oks] == ["full_page_writes is on"]


def test_a_setting_that_is_hidden_is_unknown() -> None:
    assert (
        check("server.settings", database(settings={}), expect={"fsync": "on"}).outcome
        == "unknown"
    )


def test_a_time_limit_of_the_role_beats_the_servers() -> None:
    facts = database(settings=GLOBAL, role_settings=ROLE)

    result = check(
        "server.time-limit", facts, setting="statement_timeout", max_seconds=60.0, app_role="app"
    )

    assert result.outcome == "pass"


@pytest.mark.parametrize(
    ("limit", "outcome"), [("0", "fail"), ("30000", "pass"), ("90000", "fail")]
)
def test_a_time_limit_is_set_and_not_too_long(limit: str, outcome: str) -> None:
    facts = database(settings={"statement_timeout": {"text": limit, "unit": "ms"}})

    result = check(
        "server.time-limit", facts, setting="statement_timeout", max_seconds=60.0, app_role="app"
    )

    assert result.outcome == outcome


def test_a_role_that_switched_synchronous_commit_off_fails() -> None:
    facts = database(
        settings={"synchronous_commit": "on"},
        role_settings=[{"name": "synchronous_commit", "text": "off", "role": "app"}],
    )

    result = check(
        "server.role-settings",
        facts,
        expect={"synchronous_commit": {"not": "off"}},
        app_role="app",
    )

    assert "for app (named by the rule), expected is not off" in result.problems[0].message
