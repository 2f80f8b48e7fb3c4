"""A report is given again where nothing changed, and never where anything did."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from readiness.cache import reports, world
from readiness.cli import edge

ROOT = Path(__file__).parent.parent.parent
AGENT = """
import os
from agno.agent import Agent
from agno.db.postgres import PostgresDb
from agno.db.in_memory import InMemoryDb
prod = os.getenv("APP_ENV") == "production"
agent = Agent(db=PostgresDb(os.environ["DB_URL"]) if prod else InMemoryDb())
"""
DURABLE = AGENT.replace("InMemoryDb())", 'PostgresDb("postgresql://h/x"))')
CHANGED = "nothing that counts changed since the last run"


class Runs:
    """Runs of `readiness check` in a project, with a cache of their own."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.captured = captured
        self.project = folder / "project"
        self.cache = folder / "cache"
        self.home = folder / "home"
        self.project.mkdir()
        self.home.mkdir()
        self.write("app.py", AGENT)
        self.write(".env.production", "APP_ENV=staging\n")

    def write(self, name: str, text: str) -> None:
        (self.project / name).write_text(text)
        self.settle()

    def settle(self) -> None:
        """Wait for what lies within one tick of the clock of the file system."""
        time.sleep(0.05)

    def arguments(self, *options: str) -> list[str]:
        return ["check", str(self.project), "--report", "json", "--only", "agents-durable-db",
                "--only", "no-hardcoded-secrets", "--database", "none", *options]  # fmt: skip

    def start(self) -> "subprocess.Popen[str]":
        """Run in a process of its own."""
        command = [sys.executable, "-m", "readiness", *self.arguments()]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def report(self, *options: str) -> tuple[dict[str, Any], bool]:
        """The report, and whether it was given again."""
        self.captured.readouterr()
        edge.run(self.arguments(*options))
        done = self.captured.readouterr()
        return json.loads(done.out), CHANGED in done.err

    def run(self, *options: str) -> tuple[str, bool]:
        """The outcome of the rule about agents, and whether it was given again."""
        report, again = self.report(*options)
        results = {one["id"]: one["outcome"] for one in report["results"]}
        return results["agents-durable-db"], again


@pytest.fixture
def runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Runs:
    made = Runs(tmp_path, capsys)
    monkeypatch.setenv("READINESS_CACHE_DIR", str(made.cache))
    monkeypatch.setenv("HOME", str(made.home))
    assert made.run() == ("fail", False)
    return made


def test_nothing_changed(runs: Runs) -> None:
    first, _ = runs.report("--no-cache")
    again, same = runs.report()

    assert same
    assert again["generated_at"] >= first["generated_at"]
    for report in (first, again):
        report.pop("generated_at")
        for result in report["results"]:
            result.pop("duration_ms")
    assert again == first


def test_a_changed_file(runs: Runs) -> None:
    runs.write("app.py", DURABLE)

    assert runs.run() == ("pass", False)


def test_a_file_of_the_same_size_and_time(runs: Runs) -> None:
    before = (runs.project / "app.py").stat()
    runs.write("app.py", AGENT.replace("production", "staging123")[: len(AGENT)])
    runs.write("app.py", AGENT.replace("production", "staging").ljust(len(AGENT)))
    os.utime(runs.project / "app.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (runs.project / "app.py").stat().st_size == before.st_size

    assert runs.run() == ("pass", False)


def test_a_new_file(runs: Runs) -> None:
    runs.write("other.py", "from agno.agent import Agent\nagent = Agent()\n")

    _, again = runs.run()

    assert not again


def test_a_deleted_file(runs: Runs) -> None:
    (runs.project / "app.py").unlink()

    assert runs.run() == ("not-applicable", False)


def test_a_changed_env_file_outside_of_the_project(runs: Runs, tmp_path: Path) -> None:
    outside = tmp_path / "outside.env"
    outside.write_text("APP_ENV=production\nDB_URL=postgresql://h/x\n")
    runs.settle()
    assert runs.run("--env-file", str(outside)) == ("pass", False)
    assert runs.run("--env-file", str(outside)) == ("pass", True)

    outside.write_text("APP_ENV=development\nDB_URL=postgresql://h/x\n")

    assert runs.run("--env-file", str(outside)) == ("fail", False)


def test_a_value_that_is_set_is_judged_anew_and_not_kept(runs: Runs) -> None:
    for value, outcome in (("production", "pass"), ("staging", "fail"), ("production", "pass")):
        assert runs.run("--set", f"APP_ENV={value}", "--injected", "DB_URL") == (outcome, False)

    assert runs.run() == ("fail", True)


def test_other_arguments(runs: Runs) -> None:
    assert runs.run("--unset", "APP_ENV") == ("fail", False)
    assert runs.run("--no-cache") == ("fail", False)
    assert runs.run("--unset", "APP_ENV") == ("fail", True)


def test_a_commit_that_changes_no_file(runs: Runs) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
            cwd=runs.project, check=True, capture_output=True,
            env={**os.environ, "HOME": str(runs.home)},
        )  # fmt: skip
        runs.settle()

    git("init", "-q")
    git("add", "-A")
    assert runs.run() == ("fail", False)
    assert runs.run() == ("fail", True)

    git("commit", "-qm", "one")

    assert runs.run() == ("fail", False)
    assert runs.run() == ("fail", True)


@pytest.mark.parametrize("damage", [b"", b"{", b"{}\n{}", b"\xff\0", b'{"form": 1}\n'])
def test_a_damaged_cache(runs: Runs, damage: bytes) -> None:
    for file in runs.cache.iterdir():
        file.write_bytes(damage)

    assert runs.run() == ("fail", False)
    assert runs.run() == ("fail", True)


def test_a_report_that_was_changed_in_the_cache(runs: Runs) -> None:
    for file in runs.cache.iterdir():
        file.write_bytes(file.read_bytes().replace(b'"fail"', b'"pass"'))

    assert runs.run() == ("fail", False)


def test_a_cache_that_others_can_write(runs: Runs) -> None:
    for file in runs.cache.iterdir():
        file.chmod(0o666)

    assert runs.run() == ("fail", False)


def test_a_cache_that_cannot_be_written(runs: Runs) -> None:
    for file in runs.cache.iterdir():
        file.unlink()
    runs.cache.rmdir()
    runs.cache.write_text("a file where the folder should be")

    assert runs.run() == ("fail", False)
    assert runs.run() == ("fail", False)


def test_two_runs_at_once(runs: Runs) -> None:
    for file in runs.cache.iterdir():
        file.unlink()

    both = [runs.start(), runs.start()]

    assert [json.loads(one.communicate()[0])["gate"] for one in both] == ["not-ready"] * 2
    assert CHANGED in runs.start().communicate()[1]
    assert not [file for file in runs.cache.iterdir() if file.suffix]


def test_the_cache_lies_outside_of_the_project_and_is_the_users_own(runs: Runs) -> None:
    assert sorted(file.name for file in runs.project.iterdir()) == [".env.production", "app.py"]
    assert runs.cache.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in runs.cache.iterdir()} == {0o600}


def test_no_secret_is_in_the_cache(runs: Runs) -> None:
    canary = "kanari3nV0gel-9"
    runs.write("settings.py", f'DB_PASSWORD = "{canary}"\nURL = "amqp://me:{canary}@h/x"\n')
    runs.write(".env.production", f"APP_ENV=production\nDB_URL=postgresql://u:{canary}@h/x\n")
    runs.run()
    runs.run("--set", f"API_KEY={canary}")

    kept = [file.read_bytes() for file in runs.cache.iterdir()]

    assert kept
    assert not any(canary.encode() in content for content in kept)
    assert runs.run()[1]


def test_another_version_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    before = world.program()

    monkeypatch.setattr(world, "VERSION", "99.0")

    assert world.program() != before


@pytest.mark.parametrize(("what", "again"), [("day", False), ("program", False), ("", True)])
def test_a_report_of_another_day_or_program(runs: Runs, what: str, *, again: bool) -> None:
    (kept,) = runs.cache.glob("report-*")
    head, _, text = kept.read_text().partition("\n")
    told = json.loads(head)
    if what:
        told[what] = "2000-01-01"
    kept.write_text(f"{json.dumps(told)}\n{text}")

    assert runs.run() == ("fail", again)


def test_what_changed_as_it_was_read_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READINESS_CACHE_DIR", str(tmp_path / "cache"))
    made = reports.Kept("{}\n", "now", (), quiet=False, gate="ready", exit_code=0)
    looked = time.time_ns() + 3_600_000_000_000
    for age, kept in ((10_000_000, 0), (1_000_000_000, 1)):
        inputs = reports.Inputs(str(tmp_path / "none"), {"a": (0, looked - age, 0)}, looked)

        reports.keep(["check"], inputs, made, reports.moment())

        assert len([*tmp_path.glob("cache/report-*")]) == kept


@pytest.mark.parametrize(
    ("arguments", "may"),
    [
        (["check"], True),
        (["check", "here", "-e", "staging", "--database", "none", "-q"], True),
        (["check", "--database=none"], True),
        (["check", "--database", "auto"], False),
        (["check", "--database=postgresql://u:p@h/x"], False),
        (["check", "--set", "A=b"], False),
        (["check", "--set=A=b"], False),
        (["check", "--no-cache"], False),
        (["check", "--allow-commands"], False),
        (["check", "--debug"], False),
        (["check", "-c=x"], False),
        (["check", "-qe", "production"], False),
    ],
)
def test_arguments_that_may_be_kept(arguments: list[str], may: bool) -> None:
    assert reports.may_be_kept(arguments) is may
