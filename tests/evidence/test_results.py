import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from readiness.evidence import ResultFile, ToolResult
from readiness.evidence.reading import answer, parse

WRITTEN = datetime(2026, 11, 20, tzinfo=UTC)


def dated(_: str) -> tuple[datetime, str]:
    return WRITTEN, "the file's modification time"


def sarif(*results: dict[str, Any], **run: Any) -> ToolResult:
    driver = {"name": "scan", "rules": [{"id": "R1", "defaultConfiguration": {"level": "error"}}]}
    data = {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results, **run}]}
    return parse(ResultFile("scan.sarif", "sarif"), json.dumps(data).encode())


def junit(text: str) -> ToolResult:
    return parse(ResultFile("tests.xml", "junit"), text.encode())


def test_sarif_results_are_counted_by_level() -> None:
    result = sarif({"level": "error"}, {"level": "note"}, {"level": "note"})

    assert result.counts == {"error": 1, "warning": 0, "note": 2, "none": 0, "suppressed": 0}
    assert result.tool == "scan"


@pytest.mark.parametrize("named", [{"ruleId": "R1"}, {"ruleIndex": 0}, {"rule": {"index": 0}},
                                   {"ruleId": "R1/part"}])  # fmt: skip
def test_a_sarif_result_without_a_level_has_that_of_its_rule(named: dict[str, Any]) -> None:
    assert sarif(named).counts["error"] == 1


def test_a_sarif_result_without_any_level_is_a_warning() -> None:
    assert sarif({"ruleId": "R2"}).counts["warning"] == 1


def test_only_accepted_suppressions_suppress() -> None:
    result = sarif(
        {"level": "error", "suppressions": [{"kind": "inSource"}]},
        {"level": "error", "suppressions": [{"kind": "external", "status": "rejected"}]},
        {"level": "error", "suppressions": [{"status": "accepted"}, {"status": "underReview"}]},
        {"level": "error", "suppressions": []},
    )

    assert (result.counts["suppressed"], result.counts["error"]) == (1, 3)


def test_a_sarif_result_that_passes_or_is_gone_is_no_error() -> None:
    result = sarif(
        {"kind": "pass", "level": "error"}, {"level": "error", "baselineState": "absent"}
    )

    assert result.counts["error"] == 0


def test_a_sarif_run_has_the_time_of_its_end() -> None:
    result = sarif(
        invocations=[{"executionSuccessful": True, "endTimeUtc": "2026-11-01T10:00:00Z"}]
    )

    assert result.made == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert result.doubts == ()


@pytest.mark.parametrize(
    "invocation",
    [
        {"executionSuccessful": False},
        {"executionSuccessful": True, "toolExecutionNotifications": [{"level": "error"}]},
        {
            "executionSuccessful": True,
            "ruleConfigurationOverrides": [{"descriptor": {"index": 0}}],
        },
    ],
)
def test_a_sarif_run_that_did_not_go_well_is_doubted(invocation: dict[str, Any]) -> None:
    assert sarif(invocations=[invocation]).doubts


@pytest.mark.parametrize(
    "data",
    [[], {}, {"runs": []}, {"version": "2.1.0", "runs": []}, {"version": "2.1.0", "runs": [{}]},
     {"version": "2.1.0", "runs": [{"results": None}]}, {"version": "2.1.0", "runs": [3]},
     {"version": "2.1.0", "runs": [{"results": [3]}]}, {"version": "1.0", "runs": [{}]},
     {"version": "2.1.0", "runs": [{"results": [], "externalPropertyFileReferences":
                                    {"results": [{}]}}]}],
)  # fmt: skip
def test_what_says_nothing_of_results_is_unusable(data: Any) -> None:
    assert parse(ResultFile("x", "sarif"), json.dumps(data).encode()).error


def test_junit_counts_cases_in_suites_in_suites() -> None:
    result = junit(
        '<testsuites><testsuite name="a" timestamp="2026-11-01T10:00:00">'
        '<testcase name="1"/><testcase name="2"><failure/></testcase>'
        '<testsuite name="b"><testcase name="3"><error/></testcase>'
        '<testcase name="4"><skipped/></testcase></testsuite></testsuite></testsuites>'
    )

    assert result.counts == {"failures": 1, "errors": 1, "skipped": 1, "total": 4}
    assert result.made == datetime(2026, 11, 1, 10, tzinfo=UTC)


def test_a_junit_suite_that_counts_more_failures_than_it_lists_is_believed() -> None:
    result = junit('<testsuite tests="5" failures="2"><testcase name="1"/></testsuite>')

    assert (result.counts["failures"], result.counts["total"]) == (2, 5)


@pytest.mark.parametrize(
    "text",
    ["", "<a/>", "<testsuites/>", "<testsuite/>", "no xml",
     '<!DOCTYPE x [<!ENTITY a "b">]><testsuite><testcase name="1"/></testsuite>'],
)  # fmt: skip
def test_what_holds_no_test_is_unusable(text: str) -> None:
    assert junit(text).error


def test_json_gives_the_values_at_a_path_and_the_time_at_another() -> None:
    question = ResultFile("x.json", "json", at="$.scans[*].score", time_at="made")
    data = {"made": "2026-11-01T10:00:00+02:00", "scans": [{"score": 7}, {"score": 9}]}

    result = parse(question, json.dumps(data).encode())

    assert result.values == (7, 9)
    assert result.made == datetime(2026, 11, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("at", ["$.a[", "$.a[?match(@.b, '(x+)+y')]", "a..b", None])
def test_what_is_no_path_is_unusable(at: str | None) -> None:
    assert parse(ResultFile("x.json", "json", at=at), b'{"a": 1}').error


def test_deep_json_is_unusable_and_no_crash() -> None:
    assert parse(ResultFile("x.json", "json", at="a"), b"[" * 100_000).error == "it is not JSON"


def test_a_file_without_a_time_of_its_own_has_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": 1}')

    result = answer(ResultFile("x.json", "json", at="a"), tmp_path, dated)

    assert (result.values, result.made) == ((1,), WRITTEN)
    assert result.made_by == "the file's modification time"


@pytest.mark.parametrize(
    "path", ["../x.json", "/etc/hostname", "a/../../x.json", "", "link", "away/x"]
)
def test_nothing_outside_of_the_project_is_read(tmp_path: Path, path: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "x.json").write_text('{"a": 1}')
    (root / "link").symlink_to(tmp_path / "x.json")
    (root / "away").symlink_to(tmp_path)

    result = answer(ResultFile(path, "json", at="a"), root, dated)

    assert result.error
    assert result.values == ()


def test_a_missing_file_a_folder_and_a_pipe_are_unusable(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    errors = [answer(ResultFile(path, "json", at="a"), tmp_path, dated).error
              for path in ("missing", "folder", "pipe")]  # fmt: skip

    assert errors == ["there is no such file", "is a directory", "it is not a regular file"]
