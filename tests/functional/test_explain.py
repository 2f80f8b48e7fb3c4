"""`readiness explain` as a person reads it in a terminal of 80 columns."""

import textwrap
from pathlib import Path

import pytest

from tests.functional.conftest import Readiness

FILES = {
    "stores.py": """\
import os
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb

def get_db():
    stage = os.getenv("STAGE", "test")
    if stage == "production":
        return PostgresDb(db_url="postgresql://db/app?sslmode=require")
    return InMemoryDb()
""",
    "agents.py": """\
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from stores import get_db

planner = Agent(name="planner", db=get_db())
writer = Agent(name="writer", db=get_db())
scratch = Agent(db=InMemoryDb())
""",
    ".env.production": "STAGE=prod\nREGION=eu\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def story(out: str) -> str:
    """What is told of the project, after what is said of the rule."""
    return out.partition("persistence\n")[2] or out.partition("agent-os/overview\n")[2]


def test_the_story_of_a_failure(readiness: Readiness, project: Path) -> None:
    done = readiness("explain", "agents-durable-db", project)

    assert done.code == 1
    assert story(done.out) == textwrap.dedent("""
        ✗ agents-durable-db in production: FAIL  (3 problems)

        problem, 2 places
          agents.py:5
          agents.py:6
          Agent keeps its sessions in InMemoryDb (stores.py:9), in memory: a restart
          loses them
          how   The first of them: agents.py:5 runs `planner = Agent(name='planner',
                db=get_db())`. Line 5 calls get_db(), which stores.py:5 defines. STAGE
                is prod (.env.production:1), which `os.getenv('STAGE', 'test')` reads
                (stores.py:6), so `stage == 'production'` is false (line 7); otherwise
                line 8 says `return
                PostgresDb(db_url='postgresql://db/app?sslmode=require')`. Line 9 runs
                `return InMemoryDb()`.
          mend  give it a db that outlives the process, such as PostgresDb, in this
                environment; with STAGE=production this would pass

        problem   agents.py:7
          Agent keeps its sessions in InMemoryDb (agents.py:7), in memory: a restart
          loses them
          how   agents.py:7 runs `scratch = Agent(db=InMemoryDb())`. Line 7 runs
                `InMemoryDb()`.
          mend  give it a db that outlives the process, such as PostgresDb, in this
                environment
          if    no change of one or two variables that was tried makes this pass: it
                takes a change of the code
        """)


def test_what_if(readiness: Readiness, project: Path) -> None:
    done = readiness("explain", "agents-durable-db", project, "--set", "STAGE=production",
                     "--unset", "REGION", "--injected", "STAEG")  # fmt: skip

    said = " ".join(story(done.out).split())
    assert "assumed: STAGE is 'production', as --set says assumed:" in said
    assert "REGION is not set, as --unset says; no code that was evaluated reads it" in said
    assert "STAEG is set by the platform, as --injected says; no code" in said
    assert "(1 problem, 2 ok)" in said
    assert said.index("problem agents.py:7") < said.index("ok, 2 places")


def test_check_notes_the_assumption_too(readiness: Readiness, project: Path) -> None:
    done = readiness("check", project, "--only", "agents-durable-db", "--report", "json",
                     "--set", "STAGE=production", "--set", "API_TOKEN=sesame1")  # fmt: skip

    assert done.report["assumptions"] == [
        "STAGE is 'production', as --set says",
        "API_TOKEN is set, as --set says; no code that was evaluated reads it by this name",
    ]


@pytest.mark.parametrize(
    ("word", "meant"), [("agents-durable", "agents-durable-db"), ("pg-pool", "pool-size"),
                        ("ssl", "ssl-required")],
)  # fmt: skip
def test_a_rule_that_does_not_exist(readiness: Readiness, word: str, meant: str) -> None:
    done = readiness("explain", word)

    assert done.code == 2
    assert f"has the id or tag {word}" in done.err
    assert meant in done.err or "readiness list rules" in done.err


def test_a_project_that_does_not_exist_is_said_before_anything_else(
    readiness: Readiness, tmp_path: Path
) -> None:
    done = readiness("explain", "ssl-required", tmp_path / "nowhere")

    assert (done.code, done.out) == (2, "")
    assert "there is no such folder or file" in done.err


@pytest.mark.parametrize("rule", ["conn-usage", "backup-drill", "backups", "required-env"])
def test_rules_of_other_kinds_say_what_is_looked_at(
    readiness: Readiness, project: Path, rule: str
) -> None:
    done = readiness("explain", rule, project, "--database", "none")

    assert f"{rule} in production: " in done.out
    assert "  from  " in done.out
    assert "  what  " in done.out


@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_no_line_is_wider_than_the_terminal(
    readiness: Readiness, project: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)

    done = readiness("explain", "agents-durable-db", project)

    wide = [line for line in done.out.splitlines() if len(line) > int(width)]
    assert all("http" in line for line in wide)
