"""Our own servers come up as asked, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from readiness.drills.binaries import Binaries, ServerError
from readiness.drills.server import Server
from readiness.drills.template import Template

Start = Callable[..., Server]

pytestmark = pytest.mark.postgres


def test_a_server_has_the_settings_and_lines_that_were_asked_for(start: Start) -> None:
    server = start(settings={"max_connections": 17}, hba=["host all all 127.0.0.1/32 trust"])

    (limit,) = server.execute("SHOW max_connections")
    with psycopg.connect(server.url()) as connection:
        version = connection.info.server_version

    assert limit == ("17",)
    assert str(version // 10000) == server.version.split(".")[0]


def test_a_server_does_not_run_as_root(start: Start) -> None:
    server = start()

    owner = (server.data / "postmaster.pid").stat().st_uid

    assert owner != 0
    assert server.folder.stat().st_mode & 0o077 == 0


def test_nothing_is_left_of_a_server(template: Template) -> None:
    with Server.start(template=template) as server:
        folder, pid = server.folder, _pid(server)
        assert _runs(pid)

    assert not folder.exists()
    assert not _runs(pid)


def test_nothing_is_left_where_the_work_fails(template: Template) -> None:
    running = Server.start(template=template)
    folder = running.__enter__().folder  # the end is told by hand, with an error

    swallowed = running.__exit__(ZeroDivisionError, ZeroDivisionError(), None)

    assert not swallowed
    assert not folder.exists()


def test_a_server_that_cannot_start_says_why_and_leaves_nothing() -> None:
    program = textwrap.dedent("""
        from readiness.drills.server import Server
        with Server.start(settings={"no_such_setting": 1}):
            pass
    """)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)

        done = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "TMPDIR": folder},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

        assert "no_such_setting" in done.stderr
        assert list(Path(folder).iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_stops_the_server_and_removes_its_folder(sent: signal.Signals) -> None:
    program = textwrap.dedent("""
        import signal
        from readiness.drills.server import Server
        # A shell that runs the tests behind itself has them ignore it, and so this one.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with Server.start() as server:
            print(server.folder, server._process.pid, flush=True)
            signal.pause()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        folder, pid = process.stdout.readline().split()

        process.send_signal(sent)
        process.wait(30)

    assert process.returncode != 0
    assert not Path(folder).exists()
    assert not _runs(int(pid))


def test_the_file_of_a_version_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(ServerError) as caught:
        Binaries.find(major=7)

    assert "PostgreSQL 7" in caught.value.message
    assert "readiness[demo]" in (caught.value.hint or "")


def test_a_copied_installation_runs(template: Template, tmp_path: Path) -> None:
    if len(template.binaries.installation) == 1:
        pytest.skip("not possible on this build: only the wheel's programs can be moved")

    copied = template.binaries.copied_to(tmp_path)

    assert copied.version == template.binaries.version


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to start servers as somebody else")
def test_programs_that_the_servers_user_cannot_read_are_copied(
    tmp_path: Path,
) -> None:
    wheel = next((one for one in Binaries.all() if len(one.installation) > 1), None)
    if wheel is None:
        pytest.skip("not possible on this build: only the wheel's programs can be moved")
    (hidden := tmp_path / "home").mkdir(0o700)
    moved = wheel.copied_to(hidden)

    with Template.make(moved) as template, Server.start(template=template) as server:
        answer = server.execute("SELECT 1")

    assert answer == [(1,)]
    assert not template.binaries.folder.is_relative_to(hidden)
    assert not template.binaries.folder.exists()


def _pid(server: Server) -> int:
    process: Any = server._process
    return int(process.pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
