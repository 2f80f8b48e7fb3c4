"""Agents, teams and workflows that are made from a dictionary."""

import pytest

from tests.program.conftest import Make


@pytest.mark.parametrize(
    ("made", "held"),
    [
        ("Agent.from_dict({'name': 'x'})", "none"),
        ("Agent.from_dict({'name': 'x', 'db': {'type': 'postgres'}})", "unknown"),
        ("Agent.from_dict(json.load(open('agent.json')))", "unknown"),
        ("Team.from_dict({'name': 't'}, db=PostgresDb(db_url='x'))", "none"),
        ("Workflow.from_dict(given)", "unknown"),
    ],
)
@pytest.mark.parametrize(
    ("late", "kept"), [("", ""), ("a.db = PostgresDb(db_url='x')", "durable")]
)
def test_what_a_dictionary_makes_has_the_db_that_it_names(
    program: Make, made: str, held: str, late: str, kept: str
) -> None:
    head = "import json\nfrom agno.team import Team\nfrom agno.workflow import Workflow\n"
    given = "given = json.loads(input())\n"

    found = program(f"{head}{given}a = {made}\n{late}")

    assert [one.db for one in found.agents()] == [kept or held]
