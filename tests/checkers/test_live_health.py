"""The checkers of version, pending changes and memory, over recorded facts."""

from datetime import timedelta
from typing import Any

import pytest

from readiness.checkers.releases import RELEASES
from readiness.testing import check

DAY = RELEASES.as_of


def server(version: str, *, days: int = 0) -> dict[str, Any]:
    return {"database": {"version": version}, "today": DAY + timedelta(days=days)}


def test_a_supported_version_passes() -> None:
    result = check("health.version", server("18.4"))

    assert result.oks[0].message == "PostgreSQL 18.4 is supported until 2030-11-14"


@pytest.mark.parametrize("version", ["14.23", "13.23", "9.6"])
def test_a_version_past_its_end_does_not_pass(version: str) -> None:
    assert check("health.version", server(version)).outcome in {"fail", "unknown"}


def test_a_version_past_its_end_fails() -> None:
    assert "since 2026-11-12" in check("health.version", server("14.25")).problems[0].message


def test_an_end_that_is_near_fails_where_the_rule_looks_ahead() -> None:
    assert check("health.version", server("15.20"), eol_days=180).outcome == "pass"
    assert check("health.version", server("15.20"), eol_days=400).outcome == "fail"


def test_a_major_that_the_table_does_not_know_is_unknown() -> None:
    assert check("health.version", server("27.1")).outcome == "unknown"


def test_a_table_of_120_days_is_still_good_and_one_day_later_it_is_stale() -> None:
    assert check("health.version", server("18.4", days=120)).outcome == "pass"
    assert check("health.version", server("18.4", days=121)).outcome == "unknown"


@pytest.mark.parametrize(
    ("version", "outcome"), [("18.6", "pass"), ("18.5", "pass"), ("18.4", "fail")]
)
def test_a_minor_version_is_at_most_one_release_old(version: str, outcome: str) -> None:
    assert check("health.minor-version", server(version)).outcome == outcome


def test_a_minor_version_newer_than_the_table_passes() -> None:
    assert check("health.minor-version", server("18.9")).outcome == "pass"


def test_a_setting_that_waits_for_a_restart_fails() -> None:
    waiting = {"shared_buffers": {"text": "16384", "pending_restart": True}, "port": 5432}

    result = check("health.restart", {"database": {"settings": waiting}})

    assert "shared_buffers was changed" in result.problems[0].message


def test_no_setting_that_waits_passes_and_none_read_is_unknown() -> None:
    session = {"user": "app", "database": "shop"}
    facts = {"settings": {"port": 5432}, "session": {**session, "reads_settings": True}}
    assert check("health.restart", {"database": facts}).outcome == "pass"
    hidden = check("health.restart", {"database": {**facts, "session": session}})
    assert hidden.outcome == "unknown"
    assert hidden.undecided[0].hint == "GRANT pg_read_all_settings TO app;"
    assert check("health.restart", {"database": {}}).outcome == "unknown"


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [
        ({"text": "16384", "unit": "8kB", "stock": "16384"}, "fail"),
        ({"text": "131072", "unit": "8kB", "stock": "16384"}, "pass"),
        ({"text": "131072", "unit": "8kB"}, "unknown"),
    ],
)
def test_memory_is_not_left_at_its_stock_value(setting: dict[str, Any], outcome: str) -> None:
    facts = {"database": {"settings": {"shared_buffers": setting}}}

    assert check("health.memory", facts).outcome == outcome


def test_a_managed_service_sizes_its_servers_itself() -> None:
    facts = {"database": {"roles": ["rds_superuser"], "settings": {}}}

    assert check("health.memory", facts).outcome == "not-applicable"
