"""The commands beside `check`, as a newcomer would try them."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from readiness.checklist.shipped import shipped
from tests.functional.conftest import Readiness

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "interview"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("ready", "readiness.yaml"))
    return folder


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("rules", "agents-durable-db"),
        ("checkers", "file.present"),
        ("facts", "Deployment"),
        ("checklists", "production"),
        ("outcomes", "not-applicable"),
        ("severities", "critical"),
        ("formats", "markdown"),
    ],
)
def test_everything_has_a_name_that_is_listed(readiness: Readiness, kind: str, word: str) -> None:
    done = readiness("list", kind)

    assert done.code == 0
    assert word in done.out


def test_every_rule_is_listed_as_static_live_or_by_evidence(readiness: Readiness) -> None:
    lines = readiness("list", "rules", "-c", "production").out.splitlines()

    kinds = {line.split()[0]: line.split()[2] for line in lines}
    assert kinds["agents-durable-db"] == "static"
    assert kinds["tls-session"] == "live"
    assert kinds["backup-drill"] == "evidence"
    assert set(kinds.values()) == {"static", "live", "evidence"}


def test_the_first_settings_are_used_by_check(readiness: Readiness, project: Path) -> None:
    made = readiness("init", project)

    done = readiness("check", project, "--database", "none", "--report", "json")

    assert made.code == 0
    assert done.report["checklists"][0]["sources"][0] == "readiness.yaml"
    files = yaml.safe_load((project / "readiness.yaml").read_text())["checklist"]["rules"][0]
    assert "backend/agents/planner_agent.py" in files["with"]["files"]


def test_the_first_settings_say_what_was_taken_for_production(
    readiness: Readiness, tmp_path: Path
) -> None:
    app = "services:\n  app: {build: ., environment: {A: x}}\n"
    for name, text in (("compose.yaml", app), ("compose.prod.yaml", app), ("main.py", "")):
        (tmp_path / name).write_text(text)

    readiness("init", tmp_path)

    written = (tmp_path / "readiness.yaml").read_text()
    assert "# Starts app: variables from compose.prod.yaml." in written
    assert "#   compose.yaml: compose.prod.yaml stands in its place" in written
    said = "    # deployment:\n    #   - compose.prod.yaml\n"
    assert said in written

    named = written.replace(said, "    deployment:\n      - compose.yaml\n")
    (tmp_path / "readiness.yaml").write_text(named)
    done = readiness("check", tmp_path, "--database", "none", "--report", "json")

    left = {gap["what"] for gap in done.report["coverage"]["gaps"]}
    assert "compose.prod.yaml" in left
    assert "compose.yaml" not in left


def test_settings_that_are_there_are_not_replaced(readiness: Readiness, project: Path) -> None:
    (project / "readiness.yaml").write_text("environment: staging\n")

    done = readiness("init", project)

    assert done.code == 2
    assert (project / "readiness.yaml").read_text() == "environment: staging\n"


def test_other_formats_are_made_from_the_json_report(
    readiness: Readiness, project: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "report.json"
    checked = readiness("check", project, "--database", "none", "--report", f"json={saved}",
                        "--report", "markdown")  # fmt: skip

    made = readiness("report", saved, "--report", "markdown")

    assert (made.code, made.out) == (checked.code, checked.out)


def test_a_file_that_is_no_report_is_wrong_use(readiness: Readiness, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{}")

    assert readiness("report", tmp_path / "r.json").code == 2
    assert readiness("report", tmp_path / "nowhere.json").code == 2


def test_what_is_attested_is_seen_by_check(readiness: Readiness, project: Path) -> None:
    before = readiness("check", project, "--only", "backup-drill", "--report", "json")
    done = readiness("attest", "backup-drill", project, "--by", "Ada", "--note", "restored",
                     "--valid", "90d")  # fmt: skip
    after = readiness("check", project, "--only", "backup-drill", "--report", "json")

    assert done.code == 0
    assert (before.outcome("backup-drill"), before.code) == ("unknown", 3)
    assert (after.outcome("backup-drill"), after.code) == ("pass", 0)
    assert "Ada" in after.result("backup-drill")["findings"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-rule", "--valid", "90d"), "no-such-rule"),
        (("monitoring", "--valid", "90d"), "rules by evidence are staging-first"),
        (("backup-drill", "--valid", "soon"), "--valid soon"),
        (("backup-drill", "--valid", "90d", "--file", "nowhere.txt"), "nowhere.txt"),
        (("backup-drill", "--valid", "90d", "--commit", "HEAD"), "git does not answer"),
    ],
)
def test_a_record_that_would_not_count_is_not_written(
    readiness: Readiness, project: Path, arguments: tuple[str, ...], said: str
) -> None:
    rule, *rest = arguments

    done = readiness("attest", rule, project, "--by", "Ada", "--note", "seen", *rest)

    assert done.code == 2
    assert said in done.err
    assert not (project / "evidence").exists()


def test_an_explanation_tells_the_way_to_the_verdict(readiness: Readiness, project: Path) -> None:
    done = readiness("explain", "agents-durable-db", project, "--set", "LEGACY_ENV=staging")

    assert done.code == 1
    said = " ".join(done.out.split())
    assert "LEGACY_ENV is staging (--set)" in said
    assert "`environment == 'production'` is false" in said


def test_the_shipped_checklists_and_a_report_fit_their_schemas(
    readiness: Readiness, project: Path
) -> None:
    schemas = {
        name: json.loads(readiness("schema", name).out)
        for name in ("checklist", "settings", "report")
    }

    for path in shipped().values():
        jsonschema.validate(yaml.safe_load(path.read_text()), schemas["checklist"])
    settings = (EXAMPLES / "readiness.yaml").read_text().replace("2027-06-30", "'2027-06-30'")
    jsonschema.validate(yaml.safe_load(settings), schemas["settings"])
    done = readiness("check", project, "--database", "none", "--report", "json")
    jsonschema.validate(done.report, schemas["report"])


def test_the_plan_holds_no_statement_that_writes(readiness: Readiness) -> None:
    done = readiness("database", "plan")

    assert done.code == 0
    assert "READ ONLY" in done.out
    assert not {"INSERT", "UPDATE", "DELETE", "CREATE", "ALTER"} & set(done.out.split())


def test_the_least_role_is_printed(readiness: Readiness) -> None:
    whole = readiness("database", "grants", "--role", "look", "--dbname", "shop")

    assert "GRANT pg_monitor TO look" in whole.out.replace('"', "")
    assert "shop" in whole.out


def test_the_least_role_is_that_of_the_checklists_that_were_chosen(
    readiness: Readiness, tmp_path: Path
) -> None:
    checklist = tmp_path / "own.yaml"
    checklist.write_text(
        "checklist: own\ntitle: Own\nrules:\n"
        "  - {id: orders-paid, title: Paid, severity: high, why: w, fix: f, check: sql.query,\n"
        "     with: {sql: SELECT 1, expect: 1}}\n"
        "  - {id: preloaded, title: Loaded, severity: high, why: w, fix: f,\n"
        "     check: server.settings, with: {expect: {shared_preload_libraries: auto_explain}}}\n"
    )

    done = readiness("database", "grants", "-c", checklist)

    assert "GRANT pg_read_all_settings TO readiness;" in done.out
    assert "pg_monitor" not in done.out
    assert "pg_authid" not in done.out
    assert "The rule orders-paid puts SQL of its own" in done.out


def test_one_file_is_its_own_entry_point(readiness: Readiness, tmp_path: Path) -> None:
    script = tmp_path / "bot.py"
    script.write_text(
        "from agno.agent import Agent\n"
        "from agno.db.in_memory import InMemoryDb\n\n"
        "if __name__ == '__main__':\n"
        "    agent = Agent(db=InMemoryDb())\n"
    )

    done = readiness("check", script, "--only", "agents-durable-db", "--report", "json")

    assert done.outcome("agents-durable-db") == "fail"
    assert done.result("agents-durable-db")["findings"][0]["location"]["line"] == 5


def test_the_program_judges_itself_without_a_crash(
    readiness: Readiness, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It takes more than any limit of time: the answer is the same after less of it.
    monkeypatch.setattr("readiness.engine.gather.SECONDS", 2.0)

    done = readiness("check", EXAMPLES.parent, "--database", "none", "--report", "json")

    outcomes = {result["outcome"] for result in done.report["results"]}
    assert "error" not in outcomes
    assert done.report["gate"] != "ready"
