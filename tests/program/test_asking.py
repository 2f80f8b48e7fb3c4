"""What an expression comes to among the names of a module that has run."""

import ast

import pytest

from readiness.program.values import Unknown
from tests.program.conftest import Make

SOURCE = """import os
import psycopg

stage = os.environ["STAGE"]

def reached():
    return psycopg.connect("postgresql://db/x") is None
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stage == 'live'", True),
        ("stage.upper() == 'live'", False),
        ("reached()", False),
        ("gone", None),
        ("1 / 0", None),
    ],
)
def test_it_is_as_the_module_has_it_and_builds_nothing(
    program: Make, text: str, expected: object
) -> None:
    made = program(SOURCE, {"STAGE": "live"}, head=False)

    found = made.expression("app.py", ast.parse(text, mode="eval").body)

    assert (None if isinstance(found, Unknown) else made.plain(found)) is expected
    assert [(one.at.line, one.count) for one in made.engines()] == [(7, 1)]


def test_a_module_that_did_not_run_says_nothing(program: Make) -> None:
    found = program("").expression("gone.py", ast.parse("1", mode="eval").body)

    assert "was not evaluated" in str(getattr(found, "reason", ""))
