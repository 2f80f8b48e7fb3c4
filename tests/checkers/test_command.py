from typing import Any

import pytest

from readiness.testing import check


@pytest.mark.parametrize(
    ("answer", "parameters", "outcome"),
    [
        ({"exit_code": 0}, {}, "pass"),
        ({"exit_code": 1}, {}, "fail"),
        ({"exit_code": 1}, {"exit_code": {"in": [0, 1]}}, "pass"),
        ({"exit_code": 0, "stdout": "head\n"}, {"output": "head"}, "pass"),
        ({"exit_code": 0, "stdout": "behind\n"}, {"output": "head"}, "fail"),
        ({"exit_code": 0, "truncated": True}, {"output": ""}, "unknown"),
        ({"error": "it took longer than 60 s"}, {}, "unknown"),
        ({"exit_code": None}, {}, "unknown"),
    ],
)
def test_a_command_is_judged_by_how_it_ends(
    answer: dict[str, Any], parameters: dict[str, Any], outcome: str
) -> None:
    result = check("command.run", {"answers": [answer]}, argv=["alembic", "check"], **parameters)

    assert result.outcome == outcome


def test_a_command_that_nobody_ran_is_unknown() -> None:
    assert check("command.run", argv=["true"]).outcome == "unknown"


def test_neither_its_output_nor_a_password_among_its_arguments_is_shown() -> None:
    state = {"answers": [{"exit_code": 2, "stdout": "output-hunter2", "stderr": "hunter2"}]}

    result = check("command.run", state, argv=["ping", "--password=hunter2"], output="pong")

    assert result.outcome == "fail"
    assert "hunter2" not in repr(result)
