"""A file of variables that the deployment loads and that is not here may set any of them."""

import pytest

from readiness.environment import Environment
from readiness.model.secret import Secret
from readiness.model.variable import Variable
from readiness.program import Program
from readiness.project import Project
from readiness.testing import check

HEAD = """import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
"""
DURABLE, VOLATILE = "PostgresDb(db_url='postgresql://h/d')", "InMemoryDb()"
ABSENT = "os.getenv('STAGE') is None"
SETTINGS = "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    {}\n"


def judged(source: str, *, unread: bool, variables: dict[str, str] | None = None) -> list[str]:
    held = {name: Variable(name, "known", Secret(one)) for name, one in (variables or {}).items()}
    files = ("prod.env",) if unread else ()
    around = Environment("production", held, described=True, unread_sources=files)
    project = Project({"app.py": f"{HEAD}{source}\n".encode()})
    return [one.db for one in Program(project, around).agents()]


def agent(condition: str) -> str:
    return f"Agent(db={DURABLE} if {condition} else {VOLATILE})"


PERHAPS = {
    "a default": (agent("os.getenv('STAGE', 'dev') == 'production'"), "volatile"),
    "presence": (agent("'STAGE' in os.environ"), "volatile"),
    "a handler": (
        "try:\n    stage = os.environ['STAGE']\nexcept KeyError:\n    stage = 'dev'\n"
        + agent("stage == 'production'"),
        "volatile",
    ),
    "a setting": (
        SETTINGS.format("stage: str = 'production'") + agent("S().stage == 'production'"),
        "durable",
    ),
    "a copy": (agent("dict(os.environ).get('STAGE') == 'production'"), "volatile"),
    "whatever there is": (agent("[one for one in os.environ if one == 'STAGE']"), "volatile"),
    "a default that is set": (
        "os.environ.setdefault('STAGE', 'production')\n"
        + agent("os.environ['STAGE'] == 'production'"),
        "durable",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PERHAPS)
def test_whether_it_sets_a_variable_is_not_known(name: str) -> None:
    source, otherwise = PERHAPS[name]

    assert judged(source, unread=True) == ["unknown"]
    assert judged(source, unread=False) == [otherwise]


@pytest.mark.parametrize(
    "source",
    [
        agent("os.getenv('STAGE') or os.environ['STAGE']"),
        f"if os.getenv('STAGE'):\n    db = {DURABLE}\nelse:\n    db = {DURABLE}\nAgent(db=db)",
        f"os.environ.pop('STAGE', None)\n{agent(ABSENT)}",
        f"os.environ.clear()\n{agent(ABSENT)}",
        "os.environ['STAGE'] = 'x'\n" + agent("os.getenv('STAGE') == 'x'"),
        f"{SETTINGS.format('stage: str')}{agent('S().stage is not None')}",
    ],
)
def test_what_it_cannot_change_is_known(source: str) -> None:
    assert judged(source, unread=True) == ["durable"]


def test_what_another_source_says_is_known() -> None:
    source = agent("os.getenv('STAGE', 'dev') == 'production'")

    assert judged(source, unread=True, variables={"STAGE": "production"}) == ["durable"]
    assert judged(source, unread=True, variables={"STAGE": "test"}) == ["volatile"]


@pytest.mark.parametrize(
    ("source", "required"),
    [
        ("a = os.environ['A']", ["A"]),
        ("a = int(os.environ['A']) if os.environ.get('A') else None", []),
        ("os.environ.setdefault('A', 'a')\na = os.environ['A']", []),
        ("a = os.getenv('A')\nb = os.environ['A']", ["A"]),
    ],
)
def test_only_what_start_up_cannot_do_without_is_required(
    source: str, required: list[str]
) -> None:
    around = Environment("production", {}, described=True, unread_sources=("prod.env",))
    made = Program(Project({"app.py": f"import os\n{source}\n".encode()}), around)

    assert {one.name for one in made.reads() if one.required} == set(required)


COMPOSE = """services:
  web:
    build: .
    command: python app.py
    environment: {OTHER: x}
"""


def test_the_file_that_a_deployment_names_is_told() -> None:
    source = HEAD + agent("os.getenv('STAGE', 'dev') == 'production'")
    files = {"app.py": source, "Dockerfile": "FROM python:3.13\n", "compose.yaml": COMPOSE}
    named = {**files, "compose.yaml": f"{COMPOSE}    env_file: prod.env\n"}

    assert check("agents.durable-db", {"files": files}).outcome == "fail"
    found = check("agents.durable-db", {"files": named})
    assert found.outcome == "unknown"
    assert "prod.env, which is not in the project, sets STAGE" in str(found.findings)
