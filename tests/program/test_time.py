"""The evaluation ends in the time that the settings allow, and says what it did not come to."""

from pathlib import Path

import pytest

from readiness.program import Program
from readiness.project import Project
from readiness.settings.load import load
from readiness.testing import check
from tests.program.conftest import HEAD, environment

GOOD = f'{HEAD}agent = Agent(db=PostgresDb(db_url="postgresql://h/d?sslmode=require"))\n'
SLOW = f"{HEAD}for a in range(1000):\n    x = [str(b) for b in range(1000)]\n"


def test_what_the_time_does_not_reach_is_unknown_and_named() -> None:
    project = Project({"a.py": SLOW.encode(), "b.py": GOOD.encode()})

    made = Program(project, environment({}), seconds=0.001)

    assert check("agents.durable-db", project, made).outcome == "unknown"
    reasons = [one.reason for one in made.coverage.not_parsed]
    assert any("takes more than 0.001 seconds to evaluate (code.seconds" in r for r in reasons)


def test_the_same_code_is_known_with_time_enough() -> None:
    project = Project({"b.py": GOOD.encode()})

    made = Program(project, environment({}), seconds=15)

    assert check("agents.durable-db", project, made).outcome == "pass"


def test_fallbacks_that_there_was_no_time_for_are_said_to_be_missing() -> None:
    guarded = (
        f'{HEAD}import os\nname = os.getenv("DB", "postgres")\n'
        'db = InMemoryDb() if name == "memory" else PostgresDb(db_url="postgresql://h/d")\n'
        "agent = Agent(db=db)\n"
    )
    made = Program(Project({"app.py": guarded.encode()}), environment({}))
    assert [one.db for one in made.agents()] == ["durable"]

    made.allowance.searched(made.seconds)

    assert made.fallbacks() == ()
    assert "takes more than 15 seconds" in (made.fallbacks_missed or "")


@pytest.mark.parametrize(("text", "seconds"), [("code: {seconds: 2.5}\n", 2.5), ("", None)])
def test_the_settings_say_how_long(tmp_path: Path, text: str, seconds: float | None) -> None:
    (tmp_path / "readiness.yaml").write_text(text)

    assert load(tmp_path).code.seconds == seconds
