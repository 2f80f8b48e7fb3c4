"""Commands run without a shell, within bounds, and leave no process behind."""

import os
import sys
import time
from pathlib import Path

import pytest

from readiness.commands import Command, run
from readiness.commands.running import LARGEST


def test_a_command_gives_its_exit_code_and_both_outputs() -> None:
    result = run(_python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"))

    assert (result.exit_code, result.stdout, result.stderr) == (3, "out\n", "err\n")
    assert result.error is None


def test_no_shell_reads_the_words() -> None:
    result = run(Command(("echo", "$HOME; echo two")))

    assert result.stdout == "$HOME; echo two\n"


def test_a_command_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    program = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
        "print('begun', flush=True)\n"
        "time.sleep(60)\n"
    )

    result = run(_python(program), timeout=5.0)

    assert result.exit_code is None
    assert result.stdout == "begun\n"
    assert "did not end within 5 s" in (result.error or "")
    assert _ends(int((tmp_path / "pid").read_text()))


def test_the_shorter_of_two_timeouts_counts() -> None:
    result = run(Command(("sleep", "60"), timeout=0.1), timeout=30)

    assert "within 0.1 s" in (result.error or "")


def test_a_child_that_keeps_the_output_open_does_not_keep_us() -> None:
    result = run(Command(("sh", "-c", "sleep 60 & echo done")), timeout=30)

    assert (result.exit_code, result.stdout) == (0, "done\n")
    assert result.duration_ms < 20_000


def test_output_without_end_is_cut() -> None:
    result = run(_python(f"import sys; sys.stdout.write('x' * {LARGEST * 2})"))

    assert len(result.stdout) == LARGEST
    assert result.truncated
    assert result.exit_code == 0


def test_a_command_that_died_says_of_what() -> None:
    result = run(_python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))

    assert result.exit_code is None
    assert "SIGKILL" in (result.error or "")


@pytest.mark.parametrize("words", [(), ("no-such-program-here",), ("echo", "a\0b")])
def test_what_cannot_be_run_says_so(words: tuple[str, ...]) -> None:
    result = run(Command(words))

    assert result.exit_code is None
    assert result.error


def test_a_command_runs_in_its_folder_and_gets_none_of_our_secrets(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    os.environ["READINESS_TEST_SECRET"] = "never-handed-on"
    try:
        program = "import os; print(os.getcwd()); print(sorted(os.environ))"
        result = run(Command((sys.executable, "-c", program), cwd="sub"), folder=tmp_path)
    finally:
        del os.environ["READINESS_TEST_SECRET"]

    assert result.stdout.startswith(str(tmp_path / "sub"))
    assert "READINESS_TEST_SECRET" not in result.stdout


def _python(program: str) -> Command:
    return Command((sys.executable, "-c", program))


def _ends(pid: int) -> bool:
    """Tell whether a process ends; the one that ended it may be a moment ahead."""
    for _ in range(5000):
        if not _runs(pid):
            return True
        time.sleep(0.002)
    return False


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
