"""An interrupt at any moment: exit 130, no half-written report, no session left."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readiness.drills.binaries import Binaries
from readiness.drills.server import Server

pytestmark = pytest.mark.postgres

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server.start(Binaries.find()) as server:
        yield server


@pytest.mark.parametrize("after", ["reading the deployment", "evaluating the code", "asking"])
def test_an_interrupt_leaves_nothing(server: Server, tmp_path: Path, after: str) -> None:
    report = tmp_path / "report.json"
    report.write_text("the old report")
    process = subprocess.Popen(
        [sys.executable, "-m", "readiness", "check", str(EXAMPLES), "--database", "env:CHECK_URL",
         "--report", f"json={report}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "CHECK_URL": server.url("postgres", server.admin_password)},
    )  # fmt: skip
    assert process.stderr is not None

    for line in process.stderr:
        if re.search(after, line):
            process.send_signal(signal.SIGINT)
            break
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert report.read_text() == "the old report"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert not _sessions(server)


CAUGHT_IN_A_TEXT = """
import sys
from readiness.__main__ import main
from readiness.cli import edge

def interrupted(arguments):
    try:
        exec("import os, signal; os.kill(os.getpid(), signal.SIGINT); [*range(10**6)]")
    except KeyboardInterrupt:
        return 130

sys.argv = ["readiness", "check"]
edge.run = interrupted
main()
"""


def test_an_interrupt_that_the_interpreter_remembers_ends_alike(tmp_path: Path) -> None:
    (tmp_path / "caught.py").write_text(CAUGHT_IN_A_TEXT)
    paths = os.pathsep.join([str(tmp_path), str(EXAMPLES.parent)])

    done = subprocess.run(
        [sys.executable, "-m", "caught"], env={**os.environ, "PYTHONPATH": paths}, check=False
    )

    assert done.returncode == 130


def _sessions(server: Server) -> list[Any]:
    """The program's sessions on the server; one that is just ending is given a moment."""
    end = time.monotonic() + 5
    sql = "SELECT pid FROM pg_stat_activity WHERE application_name = 'readiness'"
    while (found := [*server.execute(sql)]) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_interrupts_at_random_moments_end_in_order(tmp_path: Path) -> None:
    for delay in (0.05, 0.15, 0.3, 0.5):
        process = subprocess.Popen(
            [sys.executable, "-m", "readiness", "check", str(EXAMPLES), "--database", "none",
             "--report", f"markdown={tmp_path / 'r.md'}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

        assert process.returncode in {130, 1, -signal.SIGINT}
        assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
