"""Files that a second process reads: whatever becomes of it, the answers are the same."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from readiness.project import second

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is started")

HEAD = """
import os, signal, time
from readiness.project.second import Second

PATHS = [f"{number}.py" for number in range(50)]
made = []

def make(path):
    made.append(path)
    return len(path)

def left():
    try:
        return os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None

EXPECTED = {path: len(path) for path in PATHS}
"""


def run(script: str) -> None:
    """Run a script in a process without other threads, as the command line is one."""
    subprocess.run([sys.executable, "-c", HEAD + dedent(script)], check=True, timeout=60)


def test_notes_are_handed_over_in_the_order_of_the_paths() -> None:
    run("""
    second = Second({b"a": (PATHS, make)})
    time.sleep(1)
    notes = second.notes(b"a")
    assert notes == EXPECTED and list(notes) == PATHS
    assert not made
    assert left() is None
    """)


def test_what_is_slow_there_is_read_here_from_the_back() -> None:
    run("""
    def slow(path):
        if os.getpid() != here:
            time.sleep(0.1)
        return make(path)

    here = os.getpid()
    second = Second({b"a": (PATHS, slow)})
    assert second.notes(b"a") == EXPECTED
    assert made[:10] == PATHS[:-11:-1]
    assert left() is None
    """)


@pytest.mark.parametrize("how", ["os.kill(os.getpid(), signal.SIGKILL)", "raise ValueError"])
def test_a_second_process_that_dies_leaves_the_rest_to_the_first(how: str) -> None:
    run(f"""
    def dying(path):
        if os.getpid() != here and path == "20.py":
            {how}
        return make(path)

    here = os.getpid()
    second = Second({{b"a": (PATHS, dying)}})
    time.sleep(0.5)
    assert second.notes(b"a") == EXPECTED
    assert sorted(made) == sorted(PATHS[20:])
    assert left() is None
    """)


def test_a_second_process_that_stands_still_is_not_waited_for_long() -> None:
    run("""
    def still(path):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGSTOP)
        return make(path)

    here = os.getpid()
    second = Second({b"a": (PATHS, still)})
    assert second.notes(b"a") == EXPECTED
    assert left() is None
    """)


def test_where_reading_fails_here_no_process_is_left() -> None:
    run("""
    def failing(path):
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)

    here = os.getpid()
    second = Second({b"a": (PATHS, failing)})
    try:
        second.notes(b"a")
    except KeyboardInterrupt:
        made.append("interrupted")
    assert made == ["interrupted"]
    assert left() is None
    """)


def test_what_could_not_be_read_there_is_read_here() -> None:
    run("""
    second = Second({b"a": (PATHS, lambda path: -1 if path == "3.py" else make(path))})
    time.sleep(0.5)
    assert second.notes(b"a") == {**EXPECTED, "3.py": -1}
    """)


def test_several_questions_share_a_process() -> None:
    run("""
    second = Second({b"a": (PATHS, make), b"b": (PATHS, lambda path: [1, [path.count("1")]])})
    assert second.notes(b"b")["11.py"] == [1, [2]]
    assert second.notes(b"a") == EXPECTED
    assert left() is None
    """)


def test_what_was_read_here_is_not_read_there_again() -> None:
    run("""
    def slow(path):
        time.sleep(0.02)
        return os.getpid()

    second = Second({b"a": (PATHS, slow), b"b": (PATHS, slow)})
    assert set(second.notes(b"a").values()) == {os.getpid(), second.process}
    start = time.monotonic()
    assert set(second.notes(b"b").values()) == {os.getpid(), *second.notes(b"a").values()}
    assert time.monotonic() - start < 0.9
    """)


def test_a_process_that_nobody_waits_for_is_ended() -> None:
    run("""
    second = Second({b"a": (PATHS, lambda path: time.sleep(60))})
    second.end()
    second.end()
    assert left() is None
    """)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_second_process_ends_when_the_first_is_gone(number: int) -> None:
    script = HEAD + dedent(f"""
    second = Second({{b"a": (PATHS * 20, lambda path: time.sleep(0.05) or 1)}})
    print(second.process, flush=True)
    os.kill(os.getpid(), {number:d})
    time.sleep(1)
    """)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    process = int(ended.stdout)

    assert ended.returncode != 0
    for _ in range(100):
        if not _runs(process):
            return
        time.sleep(0.05)
    pytest.fail("the second process goes on")


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_without_a_processor_of_its_own_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})

    assert second.second_for({b"a": (["a.py"], len)}) is None


def test_where_no_process_can_be_made_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(second, "_is_possible", lambda: True)
    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - descriptors, no files

    assert second.second_for({b"a": (["a.py"], len)}) is None
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - as above


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A project of which a second process reads a part."""
    made = tmp_path / "project"
    made.mkdir()
    filler = "".join(f"value_{one} = call({one}, 'text {one}')\n" for one in range(900))
    for number in range(40):
        (made / f"module_{number:02}.py").write_text(
            f"{filler}db_password = 'n3v3r-t0ld-{number}'\n# AKIA{'QWERTYUIOPASDF':.<14}ZX\n"
        )
    (made / "broken.py").write_text(f"{filler}db_password = 'n3v3r-t0ld'\n)\n")
    (made / "other.py").write_bytes(b"db_password = 'n3v3r-\xff'\n")
    return made


def report(folder: Path, cache: Path, *before: str, **options: str) -> dict[str, object]:
    """The report of a run."""
    command = [*before, sys.executable, "-m", "readiness", "check", str(folder), "-q",
               "--database", "none", "--report", "json"]  # fmt: skip
    own = {**os.environ, "READINESS_CACHE_DIR": str(cache), **options}
    made = subprocess.run(command, capture_output=True, check=False, env=own)
    assert made.stderr == b""
    found = json.loads(made.stdout)
    for one in found["results"]:
        del one["duration_ms"]
    return {**found, "generated_at": None}


def test_a_report_is_the_same_with_one_processor(large: Path, tmp_path: Path) -> None:
    alone = report(large, tmp_path / "a", "taskset", "-c", str(min(os.sched_getaffinity(0))))
    cold = report(large, tmp_path / "b")

    assert cold == alone
    assert json.dumps(cold).count("db_password is a password") == 40

    (large / "module_07.py").write_text("other_password = 'n3w-f0und'\n")
    (large / "module_08.py").write_text("nothing = 1\n")
    warm = report(large, tmp_path / "b")

    assert warm == report(large, tmp_path / "c")
    assert json.dumps(warm).count("db_password is a password") == 38
    assert "other_password is a password" in json.dumps(warm)
    kept = {file.name: file.read_bytes() for file in (tmp_path / "b").iterdir()
            if not file.name.startswith("report")}  # fmt: skip
    assert kept
    assert not any(b"n3v3r" in one or b"AKIAQ" in one for one in kept.values())
    # What was seen of the files names the patterns of this program itself.
    assert not any(b"AKIA" in one or b"password" in one for name, one in kept.items()
                   if not name.startswith("sight"))  # fmt: skip
