"""An import that is not understood: its names are unknown, and nothing else."""

import pytest

from readiness.program.values import Dict, alternatives
from tests.program.conftest import Make

GOOD = 'good = Agent(db=PostgresDb(db_url="postgresql://h/d"))\n'
SPOIL = "def Kind():\n    good.db = InMemoryDb()\n"


@pytest.mark.parametrize(
    ("line", "db"),
    [("from kinds import Kind", "durable"), ("made = missing(Kind)", "unknown")],
)
def test_what_has_the_name_of_an_import_is_not_called_by_it(
    program: Make, line: str, db: str
) -> None:
    made = program(GOOD + SPOIL + line, files={"kinds.py": "x = 1\n"})

    assert [one.db for one in made.agents()] == [db]


COVERED = """
held = {{"db": PostgresDb(db_url="postgresql://h/d")}}
def spoil():
    held["db"] = {}
{}
Agent(db=held["db"])
"""
HARD = "missing(spoil)\n"


@pytest.mark.parametrize("count", [1, 2, 40])
def test_what_may_have_been_replaced_often_is_as_little_known(program: Make, count: int) -> None:
    made = program(COVERED.format("InMemoryDb()", HARD * count))

    assert [one.db for one in made.agents()] == ["unknown"]
    held = made._evaluated.machine.by_path["app.py"].slots.values["held"]
    assert isinstance(held, Dict)
    assert len(alternatives(held.slots.values["db"])) == 2
