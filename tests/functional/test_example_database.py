"""The mended sample application on a real server: its sessions outlive the process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from readiness.drills.binaries import Binaries
from readiness.drills.sample import Sample
from readiness.drills.stage import Stage, ready
from readiness.drills.template import Template

BUILD = next((one for one in Binaries.all() if one.tls), None)
PASSWORD = "of-one-test"

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(BUILD is None, reason="no PostgreSQL with TLS is here"),
    pytest.mark.skipif(find_spec("agno") is None, reason="agno is not installed"),
]

WRITE = """
import time
import backend.main as main
from agno.session import AgentSession
for name, agent in main.AGENTS.items():
    agent.db.upsert_session(AgentSession(
        session_id=name, agent_id=agent.id, user_id="ann", created_at=int(time.time()),
        session_data={"session_state": {"agent": name}},
    ))
"""
READ = """
import json
import backend.main as main
from agno.db.base import SessionType
kept = {}
for name, agent in main.AGENTS.items():
    found = agent.db.get_session(name, session_type=SessionType.AGENT, user_id="ann")
    kept[name] = found and found.session_data["session_state"]["agent"]
print(json.dumps([kept, main.health()]))
"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    assert BUILD is not None
    sample = Sample.copy(Path(__file__).parents[2] / "examples", tmp_path / "interview")
    list(sample.mend(date(2031, 5, 1)))
    (tmp_path / "sentry_sdk.py").write_text("def init(**_):\n    pass\n")
    with Template.make(BUILD) as template, ready(sample, template) as made:
        made.server.execute(f"ALTER ROLE interview_app PASSWORD '{PASSWORD}'")
        yield made


def run(stage: Stage, code: str) -> str:
    """Run code in the application's place, with the variables of its production."""
    folder, server = stage.sample.folder, stage.server
    environment = stage.sample.variables() | {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{folder}{os.pathsep}{folder.parent}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AGNO_TELEMETRY": "false",
        "DB_HOST": server.host,
        "DB_PORT": str(server.port),
        "DB_PASSWORD": PASSWORD,
        "DB_SSL_ROOT_CERT": str(server.ca_file),
        "SENTRY_DSN": "https://key@errors.test/1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment,
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_every_agent_reads_in_a_new_process_what_it_wrote_in_another(stage: Stage) -> None:
    run(stage, WRITE)

    kept, health = json.loads(run(stage, READ).splitlines()[-1])

    assert kept == {name: name for name in kept}
    assert len(kept) == 4
    assert health == {"status": "ok"}


def test_the_application_s_role_can_do_no_more_than_it_needs(stage: Stage) -> None:
    query = """
        import backend.main as main
        from sqlalchemy import text
        with main.engine.connect() as connection:
            for statement in ("drop table answers", "create table mine ()", "create role evil"):
                try:
                    connection.execute(text(statement))
                except Exception as error:
                    print(type(error.orig).__name__)
                    connection.rollback()
    """

    refused = run(stage, "\n".join(line[8:] for line in query.splitlines()))

    assert refused.split() == ["InsufficientPrivilege"] * 3
