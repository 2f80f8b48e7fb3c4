"""A snapshot that was taken where the server is gives the same verdicts elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readiness.database import Database
from readiness.database.guessing import DICTIONARY
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.engine.check import prepare, run
from readiness.engine.request import Request
from readiness.engine.snapshot import write_snapshot
from readiness.model.report import Report
from tests.live.bouncer import PROGRAM, Bouncer

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
SAMPLE = "wie-im-Muster-4711"
QUERY = """
checklist: own
title: Own
extends: [production, postgres]
rules:
  - id: own-rows
    title: There is a role
    severity: high
    why: A query of one's own.
    fix: None.
    check: sql.query
    with: {sql: SELECT count(*) FROM pg_roles, expect: {min: 1}}
  - id: auth-default-password
    with: {dictionary: [Teamwort-1], max_seconds: 5}
"""
FILES = {
    "own.yaml": QUERY,
    "db.py": "import os\nfrom sqlalchemy import create_engine\n\n"
    "engine = create_engine(os.environ['DATABASE_URL'], pool_size=5, max_overflow=2)\n",
    ".env.example": f"DATABASE_URL=postgresql://app:{SAMPLE}@db/shop\n",
}


@pytest.fixture(scope="module")
def server(templates: Any, certificate: Certificate) -> Iterator[Server]:
    with Server.start(template=templates.with_tls(), tls=certificate) as running:
        for name, word in {"app": STRONG, "lax": SAMPLE, "team": "Teamwort-1"}.items():
            running.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{word}'")
        running.execute("GRANT pg_monitor TO app; CREATE TABLE users_test (id int)")
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


def asked(folder: Path, database: str, **more: Any) -> Request:
    checklist = str(folder / "own.yaml")
    return Request.make(folder, checklists=(checklist,), database=database, **more)


def both(folder: Path, address: str, **more: Any) -> tuple[Report, Report, str]:
    """The report with the server at hand, the one over its snapshot, and the snapshot."""
    online = asked(folder, address, **more)
    found = prepare(online).gathering.database
    assert isinstance(found, Database)
    text = write_snapshot(found)
    file = folder.parent / "facts.json"
    file.write_text(text)
    return run(online), run(asked(folder, str(file))), text


def told(report: Report) -> dict[str, tuple[str, list[str]]]:
    return {
        one.id: (str(one.outcome), sorted(str(finding.verdict) for finding in one.findings))
        for one in report.results
        if one.kind == "live"
    }


def addresses(server: Server) -> dict[str, str]:
    roots = str(server.ca_file)
    return {
        "as the application": server.url("app", STRONG, sslmode="verify-full", sslrootcert=roots),
        "as a superuser": server.url(),
        "with a wrong password": server.url("app", f"{STRONG}-not"),
    }


@pytest.mark.parametrize("way", ["as the application", "as a superuser", "with a wrong password"])
def test_a_snapshot_gives_the_verdicts_of_the_server(
    server: Server, folder: Path, way: str
) -> None:
    online, offline, text = both(folder, addresses(server)[way])

    assert told(offline) == told(online)
    assert len(told(online)) > 50
    for secret in (STRONG, SAMPLE, "Teamwort-1", server.admin_password, "SCRAM-SHA-256$"):
        assert secret not in text


def test_words_of_the_repository_and_of_the_rule_are_tried_and_not_told(
    server: Server, folder: Path
) -> None:
    online, offline, _ = both(folder, server.url())

    for report in (online, offline):
        (found,) = (one for one in report.results if one.id == "auth-default-password")
        wrong = {
            one.data["role"]: one.data["word_source"]
            for one in found.findings
            if one.verdict == "problem"
        }
        assert wrong["lax"] == ".env.example:1"
        assert wrong["team"] == DICTIONARY
        assert SAMPLE not in str(found)


def test_a_snapshot_for_another_project_decides_nothing_of_passwords(
    server: Server, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "own.yaml").write_text(QUERY.replace("dictionary: [Teamwort-1], ", ""))
    server.execute(f"ALTER ROLE lax PASSWORD '{STRONG}'; ALTER ROLE team PASSWORD '{STRONG}'")
    try:
        taken = prepare(asked(elsewhere, server.url())).gathering.database
    finally:
        server.execute(f"ALTER ROLE lax PASSWORD '{SAMPLE}'")
        server.execute("ALTER ROLE team PASSWORD 'Teamwort-1'")
    assert isinstance(taken, Database)
    file = tmp_path / "facts.json"
    file.write_text(write_snapshot(taken))

    found = {one.id: one for one in run(asked(folder, str(file))).results}

    password = found["auth-default-password"]
    reasons = " ".join(finding.message for finding in password.findings)
    assert password.outcome == "unknown"
    assert "0 words of a repository" in reasons
    assert "0 of 1 word of the rule's dictionary" in reasons
    assert found["auth-dsn-password"].outcome == "unknown"
    assert found["auth-md5-verifiers"].outcome == "pass"


@pytest.mark.skipif(PROGRAM is None, reason="not possible here: PgBouncer is not installed")
def test_what_the_console_of_the_pooler_said_is_in_the_snapshot(
    server: Server, folder: Path
) -> None:
    with Bouncer.start(server, {"app": STRONG}, pool_mode="transaction") as bouncer:
        console = bouncer.url("stats", "pgbouncer")
        online, offline, text = both(folder, bouncer.url("app"), pooler=console)

    assert told(offline) == told(online)
    assert told(offline)["pool-waiting"][0] == "pass"
    assert bouncer.passwords["stats"] not in text


def test_an_old_snapshot_is_no_answer(server: Server, folder: Path) -> None:
    _, _, text = both(folder, server.url("app", STRONG))
    file = folder.parent / "old.json"
    file.write_text(json.dumps({**json.loads(text), "read_at": "2020-01-01T00:00:00+00:00"}))

    report = run(asked(folder, str(file)))

    assert report.exit_code in {1, 3}
    outcomes = {outcome for outcome, _ in told(report).values()}
    assert outcomes <= {"unknown", "not-applicable"}
