"""What the command line loads before it is known what is asked: a start is part of the answer."""

import subprocess
import sys
from pathlib import Path

import pytest

LATE = {"msgspec", "psycopg", "pydantic", "rich", "yaml", "sqlalchemy", "agno"}
"""Of these typer itself takes pydantic, to read the options of a command."""


def test_a_check_loads_neither_typer_nor_pydantic(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("print()\n")

    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "readiness", "check", str(tmp_path),
         "--database", "none", "--no-cache", "--report", f"json={tmp_path / 'report.json'}"],
        capture_output=True, text=True, check=False,
    ).stderr  # fmt: skip

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in seen.splitlines()}

    assert "yaml" in loaded
    assert not loaded & {"typer", "pydantic", "rich", "psycopg", "sqlalchemy", "agno"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], LATE | {"typer", "typing"}),
        (["--help"], LATE),
        (["check", "--help"], LATE - {"pydantic"}),
    ],
)
def test_words_that_judge_nothing_load_little(arguments: list[str], unwanted: set[str]) -> None:
    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "readiness", *arguments],
        capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in seen.splitlines()}

    assert "readiness" in loaded
    assert not loaded & unwanted
