from typing import Any

import pytest

from readiness.testing import check


def judge(answer: dict[str, Any], **parameters: Any) -> Any:
    return check("sql.query", {"answers": [answer]}, sql="SELECT 1", **parameters)


ONE = {"rows": [{"count": 3}]}
NONE = {"rows": [], "columns": ["count"]}
MANY = {"rows": [{"id": n} for n in range(100)], "truncated": True}


@pytest.mark.parametrize(
    ("answer", "parameters", "outcome"),
    [
        (ONE, {"expect": 3}, "pass"),
        (ONE, {"expect": {"max": 2}}, "fail"),
        (ONE, {"rows": 1}, "pass"),
        (ONE, {"rows": 0}, "fail"),
        (ONE, {}, "unknown"),
        (NONE, {"expect": 0}, "unknown"),
        (NONE, {"rows": 0}, "pass"),
        ({"rows": [{"a": 1, "b": 2}]}, {"expect": 1}, "unknown"),
        ({"rows": [{"a": 1, "b": 2}]}, {"expect": 2, "column": "b"}, "pass"),
        ({"rows": [{"a": 1}]}, {"expect": 2, "column": "z"}, "unknown"),
        ({"rows": [{"a": 1}, {"a": 9}]}, {"expect": {"max": 5}}, "fail"),
        ({"rows": [{"a": None}]}, {"expect": {"min": 0}}, "fail"),
        ({"error": "permission denied for table t"}, {"rows": 0}, "unknown"),
        (MANY, {"rows": {"min": 50}}, "pass"),
        (MANY, {"rows": {"max": 50}}, "fail"),
        (MANY, {"rows": {"max": 100}}, "fail"),
        (MANY, {"rows": {"max": 500}}, "unknown"),
        (MANY, {"rows": {"min": 500}}, "unknown"),
        (MANY, {"rows": 100}, "unknown"),
        (MANY, {"rows": {"not": {"max": 500}}}, "unknown"),
        (MANY, {"expect": {"min": 0}}, "unknown"),
        (MANY, {"expect": {"min": 5}}, "fail"),
    ],
)
def test_what_a_query_gives_is_judged(
    answer: dict[str, Any], parameters: dict[str, Any], outcome: str
) -> None:
    assert judge(answer, **parameters).outcome == outcome


def test_a_query_that_was_not_put_is_unknown() -> None:
    assert check("sql.query", sql="SELECT 1", rows=0).outcome == "unknown"


def test_a_secret_value_is_never_shown() -> None:
    result = judge({"rows": [{"password": "hunter2"}]}, expect="x")

    assert result.outcome == "fail"
    assert "hunter2" not in repr(result)
    assert result.problems[0].source == "database"
