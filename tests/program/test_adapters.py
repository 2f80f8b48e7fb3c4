"""Agents of other frameworks, which agno runs and whose sessions their db keeps."""

import pytest

from tests.program.conftest import Make


@pytest.mark.parametrize(
    ("given", "os", "expected"),
    [
        ("graph=g, db=PG", "", ["durable"]),
        ("graph=g, db=InMemoryDb()", "", ["volatile"]),
        ("graph=g, db=InMemoryDb()", "AgentOS(agents=[agent], db=PG)", ["volatile", "durable"]),
        ("graph=g", "AgentOS(agents=[agent], db=PG)", ["durable", "durable"]),
        ("graph=g", "", []),
    ],
)
def test_the_db_of_an_adapter_is_that_of_an_agent(
    program: Make, given: str, os: str, expected: list[str]
) -> None:
    made = program(f"""
from agno.agents.langgraph import LangGraphAgent
from agno.os import AgentOS
from elsewhere import g
PG = PostgresDb("postgresql://h/d")
agent = LangGraphAgent(name="a", {given})
{os}
""")

    assert [one.db for one in made.agents()] == expected


@pytest.mark.parametrize(("db", "expected"), [("InMemoryDb()", "volatile"), ("PG", "durable")])
def test_a_request_may_give_its_copy_another_db(program: Make, db: str, expected: str) -> None:
    made = program(f"""
PG = PostgresDb("postgresql://h/d")
base = Agent(name="base", db=PG)
def for_user(user):
    return base.deep_copy(update={{"name": user, "db": {db}}})
""")

    assert {one.db for one in made.agents()} == {"durable", expected}
