import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from readiness import Answers, ResultFile, ToolResult
from readiness.model.clock import Clock
from readiness.testing import check

SARIF = {"version": "2.1.0", "runs": [{
    "tool": {"driver": {"name": "scan"}},
    "results": [{"level": "error"}, {"level": "warning"}],
    "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-11-20T12:00:00Z"}],
}]}  # fmt: skip
JUNIT = '<testsuite timestamp="2026-11-20T12:00:00"><testcase name="a"/>{}</testsuite>'
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def judge(files: dict[str, str], **parameters: Any) -> Any:
    return check("result.file", {"files": files, "today": "2026-11-23"}, **parameters)


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({}, "fail"),
        ({"max": {"error": 1}}, "pass"),
        ({"max": {"error": 1, "warning": 0}}, "fail"),
        ({"max": {"error": 1}, "max_age": "7d"}, "pass"),
        ({"max": {"error": 1}, "max_age": "2d"}, "unknown"),
        ({"max": {"failures": 0}}, "unknown"),
        ({"max": {}}, "unknown"),
    ],
)
def test_a_sarif_file_is_judged_by_its_counts_and_its_age(
    parameters: dict[str, Any], outcome: str
) -> None:
    files = {"scan.sarif": json.dumps(SARIF)}

    assert judge(files, path="scan.sarif", format="sarif", **parameters).outcome == outcome


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [("", "pass"), ('<testcase name="b"><failure/></testcase>', "fail"),
     ('<testcase name="b"><skipped/></testcase>', "pass")],
)  # fmt: skip
def test_a_junit_file_is_judged_by_its_failures(inside: str, outcome: str) -> None:
    assert judge({"t.xml": JUNIT.format(inside)}, path="t.xml", format="junit").outcome == outcome


def test_tests_that_were_all_skipped_tested_nothing() -> None:
    text = '<testsuite><testcase name="b"><skipped/></testcase></testsuite>'

    assert judge({"t.xml": text}, path="t.xml", format="junit").outcome == "unknown"


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"at": "$.scans[*].score", "expect": {"max": 9}}, "pass"),
        ({"at": "$.scans[*].score", "expect": {"max": 8}}, "fail"),
        ({"at": "scans", "expect": {"not": 3}}, "fail"),
        ({"at": "score", "expect": 1}, "unknown"),
        ({"at": "$.scans[*].score"}, "unknown"),
        ({"expect": 1}, "unknown"),
        ({"at": "name", "expect": "x", "max_age": "7d"}, "unknown"),
        ({"at": "name", "expect": "x", "max_age": "7d", "time_at": "made"}, "pass"),
        ({"at": "name", "expect": "x", "max_age": "1d", "time_at": "made"}, "unknown"),
        ({"at": "name", "expect": "x", "max_age": "1d", "time_at": "later"}, "unknown"),
    ],
)
def test_a_json_file_is_judged_by_its_values(parameters: dict[str, Any], outcome: str) -> None:
    data = {"scans": [{"score": 7}, {"score": 9}], "name": "x", "made": "2026-11-20T12:00:00Z",
            "later": "2027-11-20T12:00:00Z"}  # fmt: skip

    result = judge({"a.json": json.dumps(data)}, path="a.json", format="json", **parameters)

    assert result.outcome == outcome


@pytest.mark.parametrize("text", ["", "{}", "[]", "<testsuites/>"])
def test_a_file_that_says_nothing_is_unknown(text: str) -> None:
    for form in ("sarif", "junit"):
        assert judge({"x": text}, path="x", format=form).outcome == "unknown"


def test_a_missing_file_is_unknown_with_the_next_step() -> None:
    (finding,) = judge({}, path="scan.sarif", format="sarif").undecided

    assert "there is no such file" in finding.message
    assert finding.hint


def answered(result: ToolResult, **parameters: Any) -> Any:
    answers = Answers({ResultFile("x.sarif", "sarif"): result})
    return check("result.file", answers, Clock.fixed(NOW), path="x.sarif", format="sarif",
                 **parameters)  # fmt: skip


def test_a_doubted_result_is_unknown_even_where_it_counts_nothing() -> None:
    assert answered(ToolResult(counts={"error": 0}, doubts=("it broke",))).outcome == "unknown"
    assert answered(ToolResult(counts={"error": 1}, doubts=("it broke",))).outcome == "fail"


def test_how_the_age_is_known_is_said() -> None:
    old = ToolResult(counts={"error": 0}, made=NOW - timedelta(days=9), made_by="its commit")

    (finding,) = answered(old, max_age="7d").undecided

    assert finding.message == (
        "x.sarif is of 2026-11-14 00:00 UTC (by its commit), at most 7d old is expected"
    )
