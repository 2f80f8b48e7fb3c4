from typing import Any

import pytest

from readiness.model.errors import ChecklistError
from readiness.testing import check

HEALTHY = {"status": 200, "text": '{"db": {"ok": true, "lag": 3}}'}
METRICS = {"status": 200, "text": "# HELP\npg_up 1\n"}


def judge(answer: dict[str, Any], **parameters: Any) -> Any:
    return check("http.endpoint", {"answers": [answer]}, url="https://x.test/h", **parameters)


@pytest.mark.parametrize(
    ("answer", "parameters", "outcome"),
    [
        (HEALTHY, {}, "pass"),
        ({"status": 503}, {}, "fail"),
        ({"status": 401}, {"status": {"in": [401, 403]}}, "pass"),
        (HEALTHY, {"status": {"in": [401, 403]}}, "fail"),
        (HEALTHY, {"json": {"db.ok": True, "$.db.lag": {"max": 5}}}, "pass"),
        (HEALTHY, {"json": {"db.ok": False}}, "fail"),
        (HEALTHY, {"json": {"db": True}}, "fail"),
        (HEALTHY, {"json": {"cache.ok": True}}, "fail"),
        ({"status": 200, "text": "no json"}, {"json": {"db.ok": True}}, "unknown"),
        (METRICS, {"text": {"matches": "(?m)^pg_up 1$"}}, "pass"),
        (METRICS, {"text": {"matches": "(?m)^pg_up 0$"}}, "fail"),
        (METRICS | {"truncated": True}, {"text": {"matches": "pg_up"}}, "unknown"),
        ({"error": "connection refused"}, {}, "unknown"),
    ],
)
def test_an_endpoint_is_judged_by_its_answer(
    answer: dict[str, Any], parameters: dict[str, Any], outcome: str
) -> None:
    assert judge(answer, **parameters).outcome == outcome


def test_an_endpoint_that_nobody_asked_is_unknown() -> None:
    assert check("http.endpoint", url="https://x.test").outcome == "unknown"


def test_a_method_that_writes_is_refused() -> None:
    with pytest.raises(ChecklistError, match="POST"):
        check("http.endpoint", url="https://x.test", method="POST")


def test_neither_the_login_in_the_url_nor_the_body_is_shown() -> None:
    state = {"answers": [{"status": 200, "text": "body-with-hunter2"}]}

    result = check("http.endpoint", state, url="https://u:hunter2@x.test", text="fine")

    assert result.outcome == "fail"
    assert "hunter2" not in repr(result)
