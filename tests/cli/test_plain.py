"""Plain options mean what the library for command lines makes of them."""

from typing import Any

import pytest
from typer.main import get_command

from readiness.cli import checking, edge
from readiness.cli.app import app
from readiness.cli.plain import options_of

PLAIN = [
    [],
    ["shop"],
    ["shop", "-e", "live", "--database", "none", "-q"],
    ["--environment=live", "--set", "A=1", "--set=B=2=3", "--unset", "C", "--injected=D", "shop"],
    ["-c", "agno", "--checklist", "own.yaml", "--env-file", "a/.env", "--env-file=b.env"],
    ["--only", "a", "--skip", "b", "--fail-on", "high", "--report", "json=x", "--report=markdown"],
    ["--pooler", "env:X", "--no-cache", "--debug", "--allow-commands", "--quiet", "-e", "a"],
    ["shop", "--fail-on", "low", "--fail-on=critical", "-e", "a b"],
]
OTHERS = [
    ["--help"],
    ["-h"],
    ["a", "b"],
    ["-elive"],
    ["-qe", "live"],
    ["-e=live"],
    ["--", "shop"],
    ["--fail-on", "nothing"],
    ["--timeout", "3"],
    ["--environment"],
    ["--environment", "-q"],
    ["--environment", ""],
    ["--other"],
    ["--quiet=1"],
    [""],
]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was to be judged since."""
    seen: list[dict[str, Any]] = []

    def judge_project(project: object, **options: Any) -> int:
        given = {name: value for name, value in options.items() if value and value != 30.0}
        seen.append({"project": project, **given})
        return 0

    monkeypatch.setattr(checking, "judge_project", judge_project)
    return seen


@pytest.mark.parametrize("arguments", PLAIN)
def test_plain_options_are_those_that_typer_reads(
    arguments: list[str], judged: list[dict[str, Any]]
) -> None:
    options = options_of(arguments)
    assert options is not None

    assert edge._check(options) == 0
    get_command(app).main(["check", *arguments], standalone_mode=False)

    assert judged[0] == judged[1]


@pytest.mark.parametrize("arguments", OTHERS)
def test_what_is_not_plain_is_left_to_typer(arguments: list[str]) -> None:
    assert options_of(arguments) is None


def test_what_asks_for_a_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_READINESS_COMPLETE", "complete_bash")

    assert options_of(["shop"]) is None
