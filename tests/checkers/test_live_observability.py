"""The checkers of statement statistics and of the log, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

SESSION = {"user": "app", "database": "shop"}
LOG = {"log_min_duration_statement": "500ms", "log_lock_waits": True, "log_checkpoints": True}


def database(**facts: Any) -> dict[str, Any]:
    return {"database": {"session": SESSION, **facts}}


def test_statistics_that_are_loaded_and_created_pass() -> None:
    facts = database(
        extensions=["plpgsql", "pg_stat_statements"],
        settings={"shared_preload_libraries": "auto_explain, pg_stat_statements"},
    )

    assert check("observability.statements", facts).outcome == "pass"


def test_an_extension_that_is_not_created_fails_whatever_is_hidden() -> None:
    result = check("observability.statements", database(extensions=["plpgsql"]))

    assert "not created in shop" in result.problems[0].message


def test_an_extension_that_is_created_and_not_loaded_fails() -> None:
    facts = database(extensions=["pg_stat_statements"], settings={"shared_preload_libraries": ""})

    assert "counts nothing" in check("observability.statements", facts).problems[0].message


def test_libraries_that_are_hidden_are_unknown_and_name_the_grant() -> None:
    result = check(
        "observability.statements", database(extensions=["pg_stat_statements"], settings={})
    )

    assert result.outcome == "unknown"
    assert result.undecided[0].hint == "GRANT pg_read_all_settings TO app;"


def test_extensions_that_were_not_read_are_unknown() -> None:
    assert check("observability.statements", database()).outcome == "unknown"


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "pass"),
        ({"log_min_duration_statement": {"text": "0", "unit": "ms"}}, "pass"),
        ({"log_min_duration_statement": {"text": "1000", "unit": "ms"}}, "pass"),
        ({"log_min_duration_statement": {"text": "-1", "unit": "ms"}}, "fail"),
        ({"log_min_duration_statement": {"text": "60000", "unit": "ms"}}, "fail"),
        ({"log_lock_waits": False}, "fail"),
        ({"log_checkpoints": False}, "fail"),
    ],
)
def test_the_log_has_slow_statements_lock_waits_and_checkpoints(
    changed: dict[str, Any], outcome: str
) -> None:
    facts = database(settings={**LOG, **changed})

    assert check("observability.logging", facts).outcome == outcome


def test_a_setting_that_is_missing_is_not_off_but_unknown() -> None:
    assert check("observability.logging", database(settings={})).outcome == "unknown"
