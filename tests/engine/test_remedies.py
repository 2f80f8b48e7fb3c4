"""The smallest change of variables that makes a finding pass: said only where it is so."""

from pathlib import Path
from typing import Any

import pytest

from readiness.engine.check import run
from readiness.engine.request import Request
from readiness.model.finding import Finding, Verdict

HEAD = """import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
from sqlalchemy import create_engine

"""
DURABLE = 'PostgresDb(db_url="postgresql://db/app?sslmode=require")'
SWITCH = f"""
def get_db():
    if os.getenv("STAGE", "test") == "production":
        return {DURABLE}
    return InMemoryDb()
agent = Agent(db=get_db())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path


def judged(
    folder: Path, source: str, rule: str = "agents-durable-db", **options: Any
) -> list[Finding]:
    """The findings of a rule that are not well."""
    (folder / "app.py").write_text(HEAD + source)
    options.setdefault("variables", ["OTHER=1"])
    only = options.pop("only", (rule,))
    made = run(Request.make(folder, only=only, say=lambda _: None, database="none", **options))
    found = next(result for result in made.results if result.id == rule)
    return [one for one in found.findings if one.verdict is not Verdict.OK]


def change(folder: Path, source: str, rule: str = "agents-durable-db", **options: Any) -> Any:
    """What the only bad finding says of changes."""
    (only,) = judged(folder, source, rule, **options)
    return only.data.get("passes_with")


def test_the_value_that_the_code_compares_with(project: Path) -> None:
    (finding,) = judged(project, SWITCH)

    assert finding.data["passes_with"] == ["--set STAGE=production"]
    assert str(finding.hint).endswith("; with STAGE=production this would pass")


def test_what_it_says_is_so(project: Path) -> None:
    assert judged(project, SWITCH, variables=["STAGE=production"]) == []


def test_where_every_way_leads_to_memory_nothing_helps(project: Path) -> None:
    source = SWITCH.replace(DURABLE, "InMemoryDb()")

    assert change(project, source) == []


def test_two_variables_where_one_is_not_enough(project: Path) -> None:
    both = SWITCH.replace('== "production"', '== "production" and os.getenv("KEEP") == "yes"')

    assert change(project, both) == ["--set STAGE=production", "--set KEEP=yes"]
    assert change(project, both, variables=["KEEP=yes"]) == ["--set STAGE=production"]


def test_a_value_that_would_end_the_start_up_is_not_said(project: Path) -> None:
    guard = 'if os.getenv("STAGE") == "production":\n    raise SystemExit("not yet")\n'
    after = "agent = Agent(db=get_db())\n"
    source = SWITCH.replace(after, f"{after}{guard}")

    assert change(project, source) == []


def test_a_value_that_takes_the_agent_away_is_no_cure(project: Path) -> None:
    source = 'if os.getenv("AGENTS", "on") != "without":\n    agent = Agent(db=InMemoryDb())\n'

    assert change(project, source) == []


def test_the_names_of_other_deployments_are_not_said(project: Path) -> None:
    source = SWITCH.replace("production", "staging")

    assert change(project, source) == []
    assert change(project, source, environment="staging") == ["--set STAGE=staging"]


def test_a_variable_of_a_secret_is_for_the_platform_to_set(project: Path) -> None:
    source = """
url = os.getenv("DATABASE_URL")
agent = Agent(db=PostgresDb(db_url=url) if url else InMemoryDb())
"""
    assert change(project, source) == ["--injected DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("DB_PASSWORD", "nothing"), ("DB_STAGE", "--set DB_STAGE=swordfish")],
)
def test_no_word_is_proposed_for_a_secret(project: Path, name: str, said: str) -> None:
    source = f"""
agent = Agent(db={DURABLE} if os.getenv("{name}") == "swordfish" else InMemoryDb())
"""

    (finding,) = judged(project, source)

    assert ("swordfish" in f"{finding.hint} {finding.data}") is (said != "nothing")
    assert said in [*finding.data.get("passes_with", ()), "nothing"]


def test_what_else_is_needed_then_is_said_too(project: Path) -> None:
    source = SWITCH.replace(DURABLE, 'PostgresDb(db_url=os.environ["DATABASE_URL"])')

    assert change(project, source) == ["--set STAGE=production", "--injected DATABASE_URL"]


def test_an_undecided_site_says_what_would_decide_it_well(project: Path) -> None:
    (finding,) = judged(project, SWITCH, injected=["STAGE"])

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.data["passes_with"] == ["--set STAGE=production"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('MAKE = {"memory": InMemoryDb, "server": lambda: ' + DURABLE + '}\n'
         'agent = Agent(db=MAKE[os.getenv("KIND", "memory")]())\n', ["--set KIND=server"]),
        ('match os.getenv("KIND"):\n    case "server": db = ' + DURABLE + "\n"
         "    case _: db = InMemoryDb()\nagent = Agent(db=db)\n", ["--set KIND=server"]),
        ('on = os.getenv("KEEP", "no").lower() in ("1", "true")\n'
         "agent = Agent(db=" + DURABLE + " if on else InMemoryDb())\n", ["--set KEEP=1"]),
        ("from enum import Enum\nfrom pydantic_settings import BaseSettings\n"
         'class Mode(str, Enum):\n    A = "a"\n    B = "b"\n'
         "class S(BaseSettings):\n    mode: Mode = Mode.A\n"
         "agent = Agent(db=" + DURABLE + " if S().mode == Mode.B else InMemoryDb())\n",
         ["--set MODE=b"]),
        ("from pydantic_settings import BaseSettings\n"
         "class S(BaseSettings):\n    keep: bool = False\n"
         "agent = Agent(db=" + DURABLE + " if S().keep else InMemoryDb())\n", ["--set KEEP=true"]),
        ('agent = Agent(db=InMemoryDb() if os.getenv("MEMORY") else ' + DURABLE + ")\n",
         ["--unset MEMORY"]),
        ('name = os.environ["STAGE"] + "-db"\n'
         "agent = Agent(db=" + DURABLE + ' if name == "production-db" else InMemoryDb())\n',
         ["--set STAGE=production"]),
        ('agent = Agent(db=InMemoryDb() if os.getenv("STAGE", "test") == "test" else '
         + DURABLE + ")\n", ["--set STAGE=production"]),
    ],
    ids=["registry", "match", "in", "enum", "settings", "unset", "a part", "any other"],
)  # fmt: skip
def test_each_shape_of_a_switch(project: Path, source: str, expected: list[str]) -> None:
    assert change(project, source, variables=["MEMORY=1", "STAGE=test"]) == expected


ENGINE = """
engine = create_engine("postgresql://u@" + os.getenv("HOST", "db") + "/d"%s, pool_size=%s)
"""


def test_tls_is_only_ever_made_stronger(project: Path) -> None:
    mode = ' + "?sslmode=" + os.getenv("TLS", "disable")'
    found = change(project, ENGINE % (mode, 10), "ssl-required")

    assert found == ["--set TLS=verify-full"]


def test_an_address_on_this_machine_is_no_cure(project: Path) -> None:
    source = """
host = "127.0.0.1" if os.getenv("NEAR") == "yes" else "db.example.org"
engine = create_engine("postgresql://u@" + host + "/d?sslmode=prefer")
"""
    assert change(project, source, "ssl-required") == []


def test_a_size_within_the_range(project: Path) -> None:
    source = ENGINE % ("", 'int(os.getenv("POOL", "200"))')

    assert change(project, source, "pool-size") == ["--set POOL=10"]
    assert change(project, ENGINE % ("", "200"), "pool-size") == []


def test_what_would_break_another_rule_is_no_cure(project: Path) -> None:
    source = """
fast = os.getenv("FAST") == "yes"
tls = "disable" if fast else "require"
engine = create_engine("postgresql://u@db/d?sslmode=" + tls, pool_size=10 if fast else 200)
"""
    assert change(project, source, "pool-size") == ["--set FAST=yes"]
    assert change(project, source, "pool-size", only=("pool-size", "ssl-required")) == []


def test_what_is_well_says_nothing_of_changes(project: Path) -> None:
    (project / "app.py").write_text(HEAD + SWITCH)
    made = run(Request.make(project, only=("agents-durable-db",), say=lambda _: None,
                            variables=["STAGE=production"]))  # fmt: skip

    assert "passes_with" not in made.results[0].findings[0].data


def test_a_program_that_takes_long_is_not_tried_and_nothing_is_claimed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.engine.remedies.MOST_STEPS", 1)

    (finding,) = judged(project, SWITCH)

    assert "passes_with" not in finding.data
    assert "would pass" not in str(finding.hint)


def test_another_agent_that_is_built_instead_is_a_cure(project: Path) -> None:
    source = (
        f"def live():\n    return Agent(db={DURABLE})\n"
        "def trial():\n    return Agent(db=InMemoryDb())\n"
        "MAKERS = {'production': live, 'test': trial}\nMAKERS[os.environ['STAGE']]()\n"
    )

    (finding,) = judged(project, source, variables=["STAGE=test"])

    assert finding.data["passes_with"] == ["--set STAGE=production"]
    assert "with STAGE=production another is built instead, which passes (app.py:8)" in str(
        finding.hint)  # fmt: skip
    assert judged(project, source, variables=["STAGE=production"]) == []


def test_where_the_other_agent_is_no_better_nothing_helps(project: Path) -> None:
    source = (
        "def live():\n    return Agent(db=InMemoryDb())\ndef trial():\n    return Agent()\n"
        "MAKERS = {'production': live, 'test': trial}\nMAKERS[os.environ['STAGE']]()\n"
    )

    assert change(project, source, variables=["STAGE=test"]) == []


@pytest.mark.parametrize(("name", "made"), [
    ("SERVER", ["--set PGSSLMODE=verify-full"]), ("TLS", ["--set TLS=verify-full"]),
])  # fmt: skip
def test_no_word_is_offered_for_an_address(project: Path, name: str, made: list[str]) -> None:
    source = 'engine = create_engine(os.environ["SERVER"] + "?sslmode=" + os.environ["TLS"])'
    source = source.replace("?sslmode=", "?application_name=" if name == "SERVER" else "?sslmode=")
    variables = ["SERVER=postgresql://u@db/d", "TLS=prefer"]

    assert change(project, source, "ssl-required", variables=variables) == made


ADDRESSES = 'URLS = {"production": "postgresql://db.internal/shop", "test": "postgresql://localhost/shop"}\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('create_engine(URLS[os.getenv("STAGE", "test")])', ["--set STAGE=production"]),
        ('create_engine(f"postgresql://{os.getenv(\'DB_HOST\', \'localhost\')}/shop")', []),
        ('create_engine(URLS["test" if os.getenv("PROXY") else "production"])',
         ["--unset PROXY"]),
    ],
)  # fmt: skip
def test_an_address_is_picked_by_a_variable(
    project: Path, source: str, expected: list[str]
) -> None:
    options = {"variables": ["PROXY=1"]}

    found = change(project, f"{ADDRESSES}engine = {source}\n", "db-address", **options)

    assert found == expected


def test_the_story_of_an_address_names_what_picks_it(project: Path) -> None:
    source = f'{ADDRESSES}engine = create_engine(URLS[os.getenv("STAGE", "test")])\n'

    (found,) = judged(project, source, "db-address", variables=["STAGE=test"])

    assert any("STAGE is test" in step.text for step in found.trace)
