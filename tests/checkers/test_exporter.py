"""The checker of the exporter, over what Debian's really answered."""

from pathlib import Path
from typing import Any

import pytest

from readiness.testing import Judged, check

URL = "http://exporter:9187/metrics"
RECORDED = Path(__file__).parent / "exporter"
UP = 'pg_up{server="db:5432"} 1\npg_exporter_last_scrape_error 0\n'


def judge(text: str, **answer: Any) -> Judged:
    return check("monitoring.exporter", {"answers": [{"status": 200, "text": text, **answer}]},
                 url=URL)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"), [("good", "pass"), ("badpw", "fail"), ("down", "fail")]
)
def test_what_debians_exporter_answered(name: str, expected: str) -> None:
    result = judge((RECORDED / f"{name}.prom").read_text("utf-8"))

    assert result.outcome == expected
    assert len(result.findings) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UP, "pass"),
        (UP.replace("} 1", "} 1.0 1700000000000"), "pass"),
        (UP + 'pg_up{server="other:5432"} 0\n', "fail"),
        (UP.replace("error 0", "error 1"), "fail"),
        (UP.replace("} 1", "} NaN"), "fail"),
        ("pg_up 1\n", "fail"),
        ("pg_exporter_last_scrape_error 0\n", "fail"),
        (
            "# HELP pg_up 1\n# TYPE pg_up gauge\npg_upper 1\npg_exporter_last_scrape_error 0\n",
            "fail",
        ),
        ("", "fail"),
        ("<html>it works</html>", "fail"),
    ],
)
def test_every_sample_of_both_metrics_counts(text: str, expected: str) -> None:
    assert judge(text).outcome == expected


def test_an_answer_that_was_cut_is_no_absence() -> None:
    assert judge("go_goroutines 7\n", truncated=True).outcome == "unknown"
    assert judge("pg_up 0\n", truncated=True).outcome == "fail"


def test_another_status_than_200_fails() -> None:
    assert judge(UP, status=404).outcome == "fail"


def test_an_exporter_that_gives_no_answer_or_is_not_named_is_unknown() -> None:
    refused = {"answers": [{"error": "it cannot be reached"}]}

    assert check("monitoring.exporter", refused, url=URL).outcome == "unknown"
    assert check("monitoring.exporter", {}).outcome == "unknown"
