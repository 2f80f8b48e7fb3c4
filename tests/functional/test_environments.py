"""The same code, judged for one environment and for another."""

from pathlib import Path

import pytest

from tests.functional.conftest import Readiness

CODE = (
    "import os\n"
    "from agno.agent import Agent\n"
    "from agno.db.in_memory import InMemoryDb\n"
    "from agno.db.postgres import PostgresDb\n\n"
    'IS_PRODUCTION = os.getenv("LEGACY_ENV", "test") == "production"\n'
    'URL = "postgresql+psycopg://app@db:5432/app?sslmode=require"\n'
    "agent = Agent(db=PostgresDb(db_url=URL) if IS_PRODUCTION else InMemoryDb())\n"
)
RULE = ("--only", "agents-durable-db", "--database", "none", "--report", "json")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(CODE)
    return tmp_path


def test_production_gets_the_durable_db(readiness: Readiness, project: Path) -> None:
    done = readiness("check", project, *RULE, "--set", "LEGACY_ENV=production")

    assert (done.code, done.outcome("agents-durable-db")) == (0, "pass")


@pytest.mark.parametrize("said", [("--set", "LEGACY_ENV=prod"), ("--unset", "LEGACY_ENV")])
def test_a_misspelt_or_missing_switch_fails(
    readiness: Readiness, project: Path, said: tuple[str, str]
) -> None:
    done = readiness("check", project, *RULE, *said)

    assert (done.code, done.outcome("agents-durable-db")) == (1, "fail")


def test_development_may_keep_its_memory(readiness: Readiness, project: Path) -> None:
    done = readiness("check", project, *RULE, "-e", "development", "--set", "LEGACY_ENV=dev")

    assert done.outcome("agents-durable-db") == "not-applicable"


def test_an_environment_of_another_name_is_judged_like_production(
    readiness: Readiness, project: Path
) -> None:
    done = readiness("check", project, *RULE, "-e", "live", "--set", "LEGACY_ENV=live")

    assert (done.code, done.outcome("agents-durable-db")) == (1, "fail")


def test_a_switch_that_nothing_sets_is_assumed_and_the_report_says_so(
    readiness: Readiness, project: Path
) -> None:
    done = readiness("check", project, *RULE)

    assert done.outcome("agents-durable-db") == "pass"
    assert any("LEGACY_ENV" in assumption for assumption in done.report["assumptions"])


def test_the_file_of_the_environment_decides_before_the_default(
    readiness: Readiness, project: Path
) -> None:
    (project / ".env.production").write_text("LEGACY_ENV=staging\n")

    done = readiness("check", project, *RULE)

    finding = done.result("agents-durable-db")["findings"][0]
    assert done.outcome("agents-durable-db") == "fail"
    assert {(step["path"], step["line"]) for step in finding["trace"]} >= {(".env.production", 1)}
    assert finding["data"]["db"] == "volatile"


def test_a_trait_decides_whether_a_rule_applies(readiness: Readiness, project: Path) -> None:
    (project / "readiness.yaml").write_text(
        "checklist:\n"
        "  rules:\n"
        "    - {id: many, title: Many, check: file.present, with: {present: [app.py]},\n"
        "       when: {traits: {users: many}}}\n"
        "    - {id: one, title: One, check: file.present, with: {present: [app.py]},\n"
        "       when: {traits: {users: one}}}\n"
        "environments: {production: {traits: {users: many}}}\n"
    )

    done = readiness("check", project, "--report", "json")

    assert (done.outcome("many"), done.outcome("one")) == ("pass", "not-applicable")
