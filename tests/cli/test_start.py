"""What the command line loads before it is known what is asked: a start is part of the answer."""

import subprocess
import sys

import pytest

LATE = {"msgspec", "psycopg", "pydantic", "rich", "yaml", "sqlalchemy", "agno"}
"""Of these typer itself takes pydantic, to read the options of a command."""


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
