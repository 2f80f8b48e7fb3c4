from typing import Any

import pytest

from readiness.testing import check


def judge(environment: dict[str, Any], **parameters: Any) -> str:
    return check("variable.value", {"environment": environment}, name="MODE", **parameters).outcome


@pytest.mark.parametrize(
    ("environment", "parameters", "outcome"),
    [
        ({"set": {"MODE": "production"}}, {}, "pass"),
        ({"set": {"MODE": "production"}}, {"expect": "production"}, "pass"),
        ({"set": {"MODE": "test"}}, {"expect": "production"}, "fail"),
        ({"set": {"MODE": "test"}}, {"expect": {"not": {"in": ["test", "ci"]}}}, "fail"),
        ({"set": {"MODE": ""}}, {}, "fail"),
        ({"set": {"MODE": "  "}}, {}, "fail"),
        ({"set": {"OTHER": "x"}}, {}, "fail"),
        ({"unset": ["MODE"]}, {}, "fail"),
        ({"unset": ["MODE"]}, {"optional": True}, "pass"),
        ({"set": {"OTHER": "x"}}, {"expect": {"not": "test"}, "optional": True}, "pass"),
        ({"injected": ["MODE"]}, {}, "pass"),
        ({"injected": ["MODE"]}, {"expect": "production"}, "unknown"),
        ({}, {}, "unknown"),
        ({}, {"optional": True}, "unknown"),
    ],
)
def test_a_variable_is_judged_by_what_is_known_of_it(
    environment: dict[str, Any], parameters: dict[str, Any], outcome: str
) -> None:
    assert judge(environment, **parameters) == outcome


def test_a_secret_value_is_never_shown() -> None:
    state = {"environment": {"set": {"DB_PASSWORD": "hunter2-hunter2"}}}

    result = check("variable.value", state, name="DB_PASSWORD", expect={"min": 5})

    assert result.outcome == "fail"
    assert "hunter2" not in repr(result)


def test_the_finding_stands_where_the_variable_is_set() -> None:
    state = {"files": {".env.production": "A=1\nMODE=test\n"}}

    (finding,) = check("variable.value", state, name="MODE", expect="production").problems

    assert str(finding.at) == ".env.production:2"
    assert finding.message == "MODE is test, production is expected"
    assert finding.trace
