"""Classes that code makes objects of itself, changes behind their backs, or asks about."""

import pytest

from tests.program.conftest import Make

STORES = """
class Server:
    def db(self):
        return PostgresDb(db_url='x')
class Memory:
    def db(self):
        return InMemoryDb()
holder = {first}()
{change}
Agent(db=holder.db())
"""


@pytest.mark.parametrize(
    ("first", "change", "held"),
    [
        ("Server", "holder.__class__ = Memory", "volatile"),
        ("Memory", "holder.__class__ = Server", "durable"),
        ("Server", "holder.kind = Memory", "durable"),
        ("Server", "if input():\n    holder.__class__ = Memory", "unknown"),
    ],
)
def test_the_class_of_an_object_may_change(
    program: Make, first: str, change: str, held: str
) -> None:
    made = program(STORES.format(first=first, change=change))

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(
    ("new", "held"), [("super().__new__(cls)", "durable"), ("InMemoryDb()", "volatile")]
)
def test_new_gives_what_it_returns(program: Make, new: str, held: str) -> None:
    made = program(
        f"class Own(PostgresDb):\n    def __new__(cls, *args, **kw):\n        return {new}\n"
        "Agent(db=Own(db_url='x'))"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(
    ("given", "held"), [("InMemoryDb", "durable"), ("InMemoryDb()", "volatile")]
)
def test_a_db_cannot_be_called_but_its_class_can(program: Make, given: str, held: str) -> None:
    made = program(
        f"given = {given}\nAgent(db=PostgresDb(db_url='x') if callable(given) else InMemoryDb())"
    )

    assert [one.db for one in made.agents()] == [held]
