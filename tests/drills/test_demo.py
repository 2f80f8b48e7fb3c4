"""The demo's flow: what is judged, what is started for it, and that nothing of it stays."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from readiness.drills.binaries import Binaries
from readiness.drills.demo import _verdict, demo

pytestmark = pytest.mark.postgres

BUILDS = Binaries.all()
WITH_TLS = next((one for one in BUILDS if one.tls), None)
WITHOUT_TLS = next((one for one in BUILDS if not one.tls), None)

AS_LEFT = """
    SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
           current_setting('archive_mode'), to_regclass('interviews_test') IS NOT NULL
"""
MENDED = """
    SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = 'interview_app'),
           current_setting('archive_mode'), to_regclass('interviews_test') IS NOT NULL,
           (SELECT archived_count > 0 FROM pg_stat_archiver),
           (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())
"""


@dataclass
class Performance:
    """One run of the demo, as somebody saw it who stood in for the command."""

    binaries: Binaries
    code: int = -1
    said: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    rows: list[tuple[object, ...]] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)

    def check(self, project: Path, *, database: str, skip: tuple[str, ...]) -> int:
        """Look around, and answer as the real command is meant to."""
        mended = bool(self.rows)
        self.words += [str(project), database, *skip]
        self.files.append(read(project))
        self.rows.append(ask(MENDED if mended else AS_LEFT))
        if mended:
            url = conninfo_to_dict(os.environ["READINESS_DATABASE"])
            self.passwords.append(str(url["password"]))
        return 0 if mended else 1


def read(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def ask(query: str) -> tuple[object, ...]:
    """Ask the server that the check would be told to connect to."""
    with psycopg.connect(os.environ["READINESS_DATABASE"]) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(one, marks=pytest.mark.skipif(one is None, reason="this build is not here"))
        for one in (WITH_TLS, WITHOUT_TLS)
    ],
    ids=["with TLS", "without TLS"],
)
def seen(request: pytest.FixtureRequest) -> Performance:
    performance = Performance(request.param)
    performance.code = demo(
        performance.check, performance.said.append, binaries=performance.binaries
    )
    return performance


def test_the_first_server_is_careless_and_the_second_is_not(seen: Performance) -> None:
    as_left, mended = seen.rows

    assert as_left == ("interview", True, "off", True)
    assert mended == ("readiness", False, "on", False, True, seen.binaries.tls)
    assert seen.code == 0


def test_what_the_build_cannot_show_is_said(seen: Performance) -> None:
    assert any("tls-session" in line for line in seen.said) is not seen.binaries.tls


def test_the_application_is_mended_and_attested_in_between(seen: Performance) -> None:
    before, after = seen.files

    assert "InMemoryDb" in before["backend/agents/subject_simulator_agent.py"]
    assert "InMemoryDb" not in after["backend/agents/subject_simulator_agent.py"]
    assert not [path for path in before if path.startswith("evidence/")]
    assert len([path for path in after if path.startswith("evidence/")]) == 3


def test_no_password_stands_among_the_words_or_stays_in_the_environment(
    seen: Performance,
) -> None:
    (password,) = seen.passwords

    assert len(password) >= 32
    assert not [word for word in [*seen.words, *seen.said] if password in word]
    assert "READINESS_DATABASE" not in os.environ


@pytest.mark.parametrize(
    ("codes", "expected"), [((1, 0), 0), ((1, 3), 3), ((1, 1), 1), ((0, 0), 3), ((3, 0), 3)]
)
def test_the_demo_is_green_only_if_the_gate_was_closed_and_opened(
    codes: tuple[int, int], expected: int
) -> None:
    assert _verdict(*codes, lambda _: None) == expected


@pytest.mark.skipif(not BUILDS, reason="no PostgreSQL is here")
def test_nothing_stays_when_it_is_interrupted() -> None:
    left: list[Path] = []

    def interrupt(project: Path, **_: object) -> int:
        (data,) = ask("SHOW data_directory")
        left.extend([project.parent, Path(str(data)).parent])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo(interrupt, lambda _: None)

    assert len(left) == 2
    assert not [path for path in left if path.exists()]


TERMINATED = """
import os, signal, sys
from pathlib import Path
from readiness.drills.demo import demo
from psycopg import connect

def check(project, **_):
    with connect(os.environ["READINESS_DATABASE"]) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone()
    server = (Path(data) / "postmaster.pid").read_text().split()[0]
    print(project.parent, Path(data).parent, server, flush=True)
    signal.pause()

sys.exit(demo(check, lambda _: None))
"""


@pytest.mark.skipif(not BUILDS, reason="no PostgreSQL is here")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_stays_when_it_is_asked_to_end(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TERMINATED], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        own, server, pid = process.stdout.readline().split()
        process.send_signal(number)
        code = process.wait(30)

    assert code == 128 + number
    assert not Path(own).exists()
    assert not Path(server).exists()
    assert not Path("/proc", pid).exists()
