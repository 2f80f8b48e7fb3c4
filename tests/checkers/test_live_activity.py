"""The checkers of transactions and standbys, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import Judged, check

SESSION = {"user": "monitor", "database": "shop"}
OLD = {"age": 900.0, "role": "app", "database": "shop", "state": "active", "pid": 7}


def transactions(**facts: Any) -> Judged:
    return check("health.transactions", {"database": {"session": SESSION, "transactions": facts}})


def standbys(*found: dict[str, Any], **parameters: Any) -> Judged:
    named = [{"name": "standby", **one} for one in found]
    facts = {"database": {"session": SESSION, "standbys": named}}
    return check("replication.standbys", facts, **parameters)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "pass"),
        ({"open": [{**OLD, "age": 300.0}]}, "pass"),
        ({"open": [{**OLD, "age": 300.5}]}, "fail"),
        ({"hidden": 1}, "unknown"),
        ({"untracked": 1}, "unknown"),
        ({"open": [OLD], "hidden": 1}, "fail"),
        ({"open": [{**OLD, "prepared": True, "name": "it's", "pid": None}]}, "fail"),
    ],
)
def test_what_is_open_hidden_and_prepared(facts: dict[str, Any], expected: str) -> None:
    assert transactions(**facts).outcome == expected


def test_the_name_of_a_prepared_transaction_is_quoted_as_sql_does() -> None:
    result = transactions(open=[{**OLD, "prepared": True, "name": "it's", "pid": None}])

    assert "ROLLBACK PREPARED 'it''s'" in str(result.problems[0].hint)


def test_the_grant_names_a_role_as_sql_does() -> None:
    session = {"user": "Check Me", "database": "shop"}
    facts = {"database": {"session": session, "transactions": {"hidden": 2}}}

    hint = check("health.transactions", facts).undecided[0].hint

    assert hint == 'GRANT pg_read_all_stats TO "Check Me";'


STREAMS = {"state": "streaming", "behind": 0}


@pytest.mark.parametrize(
    ("found", "parameters", "expected"),
    [
        ([STREAMS], {}, "pass"),
        ([{**STREAMS, "lag": 59.0, "behind": 9}], {}, "pass"),
        ([{**STREAMS, "lag": 61.0, "behind": 9}], {}, "fail"),
        ([{**STREAMS, "behind": 9}], {}, "unknown"),
        ([{"state": "streaming"}], {}, "unknown"),
        ([{"state": "catchup", "lag": 1.0}], {}, "fail"),
        ([{}], {}, "unknown"),
        ([{}], {"expected": 2}, "fail"),
        ([STREAMS, {"state": "backup"}], {}, "pass"),
        ([STREAMS, {"state": "backup"}], {"expected": 2}, "fail"),
        ([{"state": "backup"}], {}, "not-applicable"),
        ([], {}, "not-applicable"),
        ([], {"expected": 1}, "fail"),
    ],
)
def test_what_a_standby_is_judged_by(
    found: list[dict[str, Any]], parameters: dict[str, Any], expected: str
) -> None:
    assert standbys(*found, **parameters).outcome == expected


def test_a_standby_leaves_its_followers_to_the_primary() -> None:
    facts = {"database": {"session": {**SESSION, "standby": True}, "standbys": []}}

    assert check("replication.standbys", facts, expected=1).outcome == "not-applicable"
