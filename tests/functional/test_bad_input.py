"""Bad input gets a clear answer, and nothing is lost."""

import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.conftest import Readiness

CHECK = ("--database", "none", "--report", "json", "--quiet")


def files(folder: Path, **contents: bytes) -> Path:
    for name, content in contents.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def test_an_empty_project_is_not_ready(readiness: Readiness, tmp_path: Path) -> None:
    done = readiness("check", tmp_path, *CHECK)

    assert done.code in {1, 3}
    assert done.report["gate"] != "ready"
    assert "Traceback" not in done.err


def test_a_project_without_python_is_judged(readiness: Readiness, tmp_path: Path) -> None:
    files(tmp_path, README__md=b"# Hello\n")

    done = readiness("check", tmp_path, *CHECK)

    assert done.outcome("agents-durable-db") == "not-applicable"
    assert done.report["gate"] != "ready"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("big.py", b"from agno.agent import Agent\n" + b"x = 1\n" * 9_000_000, "larger than"),
        ("broken.py", b"from agno.agent import Agent\ns = '\xff\xfe'\n", "utf-8"),
        ("syntax.py", b"from agno.agent import Agent\ndef f(:\n", "not Python"),
        ("two.py", b"from agno.agent import Agent\nprint 'hello'\n", ""),
        ("deep.py", b"from agno.agent import Agent\nx = " + b"(" * 10_000 + b")" * 10_000, ""),
    ],
)
def test_code_that_cannot_be_read_is_named_and_never_a_pass(
    readiness: Readiness, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)

    done = readiness("check", tmp_path, "--only", "agents-durable-db", *CHECK)

    gaps = [gap for gap in done.report["coverage"]["gaps"] if gap["what"] == name]
    assert done.code == 3
    assert done.outcome("agents-durable-db") == "unknown"
    assert gaps
    assert reason in gaps[0]["reason"]


def test_what_is_no_file_is_passed_by(readiness: Readiness, tmp_path: Path) -> None:
    files(tmp_path, app__py=b"x = 1\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.py").symlink_to(tmp_path / "self.py")
    os.mkfifo(tmp_path / "pipe.py")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.py"))

        done = readiness("check", tmp_path, *CHECK)

    assert done.report["coverage"]["files"] == 1


def test_a_file_that_cannot_be_read_is_named(readiness: Readiness, tmp_path: Path) -> None:
    (tmp_path / "app.py").symlink_to("/proc/self/mem")

    done = readiness("check", tmp_path, "--only", "agents-durable-db", *CHECK)

    assert done.outcome("agents-durable-db") == "unknown"
    assert "app.py" in {gap["what"] for gap in done.report["coverage"]["gaps"]}


def test_an_env_file_of_every_form_is_read(readiness: Readiness, tmp_path: Path) -> None:
    text = (
        b'# a comment\r\nexport LEGACY_ENV=test\r\n\r\nQUOTED="two words" # more\r\n'
        b"SINGLE='$not'\r\nEMPTY=\r\nLEGACY_ENV=production"
    )
    files(tmp_path, __env__production=text)
    checklist = tmp_path / "c.yaml"
    checklist.write_text(
        "rules:\n"
        "  - {id: a, title: A, check: variable.value, with: {name: LEGACY_ENV, expect: production}}"  # noqa: E501 - one rule a line
        "\n"
        "  - {id: b, title: B, check: variable.value, with: {name: QUOTED, expect: two words}}\n"
        "  - {id: c, title: C, check: variable.value, with: {name: SINGLE, expect: $not}}\n"
    )

    done = readiness("check", tmp_path, "-c", checklist, *CHECK)

    assert [result["outcome"] for result in done.report["results"]] == ["pass"] * 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (b"- id: a\n", "no mapping at the top"),
        (b"\x00\x01\x02\xff", "UTF-8"),
        (b"rules: [}\n", "not YAML"),
        (b"rules: [{id: a, title: A, check: no.such}]\n", "no.such, which does not exist"),
        (
            b"rules: [{id: a, title: A, check: file.present, with: {presnt: [x]}}]\n",
            "did you mean present?",
        ),
        (b"rules: []\n", "no rule is selected"),
    ],
)
def test_a_wrong_checklist_is_wrong_use(
    readiness: Readiness, tmp_path: Path, content: bytes, said: str
) -> None:
    checklist = tmp_path / "c.yaml"
    checklist.write_bytes(content)

    done = readiness("check", tmp_path, "-c", checklist)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "no-such-rule"), "no rule of the checklist has the id or tag no-such-rule"),
        (("--only", "backups", "--skip", "backups"), "no rule is selected"),
        (("--report", "json=/nowhere/at/all/report.json"), "does not exist"),
        (("--report", "jsn"), "did you mean json?"),
        (("--set", "NOVALUE"), "KEY=VALUE"),
        (("--database", "env:NO_SUCH_VARIABLE"), "NO_SUCH_VARIABLE is not set"),
        (("--database", "mysql://x"), "no address of a PostgreSQL"),
        (("--env-file", "/nowhere/.env"), "there is no such env file"),
        (("-c", "prodction"), "did you mean production?"),
        (("--fail-on", "hihg"), "hihg"),
        (("-e", ""), "--environment is empty"),
        (("--set", "A=1", "--unset", "A"), "A is said to be two of"),
        (("--injected", "A=1"), "without a value"),
        (("--no-such-option",), "--no-such-option"),
    ],
)
def test_wrong_use_is_a_sentence(
    readiness: Readiness, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    files(tmp_path, app__py=b"x = 1\n")

    done = readiness("check", tmp_path, *arguments)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_project_that_is_not_there_is_wrong_use(readiness: Readiness, tmp_path: Path) -> None:
    done = readiness("check", tmp_path / "nowhere")

    assert done.code == 2
    assert "there is no such folder or file" in done.err


def test_a_file_name_of_odd_bytes_is_reported(readiness: Readiness, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text('PASSWORD = "hunter2x-correct"\n')

    for report in ("json", "terminal", "markdown"):
        done = readiness("check", tmp_path, "--database", "none", "--report", report)

        assert done.code == 1
        assert "no-default-passwords" in done.out


def test_an_output_that_is_full_is_a_sentence(process: Readiness, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "readiness", "check", str(tmp_path), "--database", "none"],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert done.returncode == 2
    assert "the report cannot be written" in done.stderr


def test_a_version_that_cannot_be_written_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "readiness", "--version"],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (2, "readiness: the output cannot be written\n")


def test_modules_of_the_judged_project_are_not_imported(
    process: Readiness, tmp_path: Path
) -> None:
    for name in ("yaml.py", "typer.py", "pydantic.py", "resource.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')\n")

    done = process("check", ".", "--database", "none", cwd=tmp_path)

    assert "taken over" not in done.out + done.err
    assert done.code in {1, 3}


def test_a_full_disk_loses_nothing(process: Readiness, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("the old report")

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = process(
        "check", tmp_path, "--database", "none", "--report", f"json={report}",
        preexec_fn=fill, env={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip

    assert done.code == 2
    assert "cannot be written" in done.err
    assert report.read_text() == "the old report"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
