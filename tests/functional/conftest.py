"""The command line as a user types it, in this process or in one of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from readiness.cli.edge import run


@dataclass(frozen=True)
class Done:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        made: dict[str, Any] = json.loads(self.out)
        return made

    def outcome(self, rule: str) -> str:
        """What became of a rule."""
        return next(str(r["outcome"]) for r in self.report["results"] if r["id"] == rule)

    def result(self, rule: str) -> dict[str, Any]:
        """The result of a rule."""
        return next(r for r in self.report["results"] if r["id"] == rule)


Readiness = Callable[..., Done]


@pytest.fixture
def readiness(capsys: pytest.CaptureFixture[str]) -> Readiness:
    """Run the command in this process."""

    def call(*arguments: str | Path) -> Done:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def process() -> Readiness:
    """Run the command in a process of its own."""

    def call(*arguments: str | Path, **options: Any) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "readiness", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, **options.pop("env", {})},
            **options,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call
