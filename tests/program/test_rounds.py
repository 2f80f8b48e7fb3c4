"""What stands in a loop over items that nobody knows is built for each of them."""

import pytest

from tests.program.conftest import Make


@pytest.mark.parametrize(
    ("source", "dbs"),
    [
        ("import flags\nfor one in flags.tenants():\n    Agent(db=InMemoryDb())\n", ["volatile"]),
        ("import flags\nfor one in flags.tenants():\n    Agent(db=PostgresDb('postgresql://h/d'))\n",
         ["durable"]),
        ("import flags\nif flags.on():\n    Agent(db=InMemoryDb())\n", ["unknown"]),
        ("import flags\nfor one in flags.tenants():\n    if flags.on(one):\n"
         "        Agent(db=InMemoryDb())\n", ["unknown"]),
        ("import flags\ndb = PostgresDb('postgresql://h/d')\nfor one in flags.tenants():\n"
         "    db = InMemoryDb()\nAgent(db=db)\n", ["unknown"]),
    ],
)  # fmt: skip
def test_a_loop_over_unknown_items_is_written_to_go_round(
    program: Make, source: str, dbs: list[str]
) -> None:
    assert [one.db for one in program(source).agents()] == dbs
