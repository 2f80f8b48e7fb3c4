# ruff: noqa: E501 - programs as people write them
"""What a library's constructor sets counts, whatever the object had before, and how often it runs."""

import pytest

from tests.program.conftest import Make

MEMORY, SERVER = "InMemoryDb()", "PostgresDb(db_url='x')"
BOTH = [(MEMORY, "volatile"), (SERVER, "durable")]


@pytest.mark.parametrize(("order", "held"), [("{set}{init}", "none"), ("{init}{set}", "durable")])
def test_a_db_that_is_set_before_the_constructor_runs_is_lost(
    program: Make, order: str, held: str
) -> None:
    body = order.format(set="        self.db = db\n", init="        super().__init__(name='x')\n")

    made = program(
        f"class Mine(Agent):\n    def __init__(self, db):\n{body}Mine(PostgresDb(db_url='x'))"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("db", "held"), BOTH)
@pytest.mark.parametrize("again", ["a.__init__(db={db})", "Agent.__init__(a, db={db})"])
def test_a_constructor_that_runs_again_counts(
    program: Make, again: str, db: str, held: str
) -> None:
    other = SERVER if db == MEMORY else MEMORY

    made = program(f"a = Agent(db={other})\n{again.format(db=db)}")

    assert {one.db for one in made.agents()} == {held}


@pytest.mark.parametrize(("own", "held"), BOTH)
@pytest.mark.parametrize("given", [MEMORY, SERVER])
def test_a_property_of_the_code_says_which_db_an_agent_has(
    program: Make, own: str, held: str, given: str
) -> None:
    made = program(
        f"class Mine(Agent):\n    @property\n    def db(self):\n        return {own}\n"
        f"    @db.setter\n    def db(self, value):\n        pass\nMine(db={given})"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("given", "held"), [(f"db={SERVER}", "durable"), ("", "volatile")])
def test_a_property_gives_what_its_setter_kept(program: Make, given: str, held: str) -> None:
    made = program(
        f"class Mine(Agent):\n    @property\n    def db(self):\n        return self.own or {MEMORY}\n"
        f"    @db.setter\n    def db(self, value):\n        self.own = value\nMine({given})"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("db", "held"), [(SERVER, "none"), ("PostgresStorage('t')", "durable")])
def test_only_a_storage_of_the_first_releases_keeps_sessions(
    program: Make, db: str, held: str
) -> None:
    made = program(
        f"from agno.storage.postgres import PostgresStorage\na = Agent()\na.storage = {db}"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(
    ("url", "held"), [("sqlite://", "volatile"), ("postgresql://h/d", "durable")]
)
def test_the_address_that_a_db_is_built_with_counts(program: Make, url: str, held: str) -> None:
    other = "postgresql://h/d" if held == "volatile" else "sqlite://"
    made = program(
        f"class Mine(PostgresDb):\n    def __init__(self):\n        self.db_url = '{other}'\n"
        f"        super().__init__(db_url='{url}')\nAgent(db=Mine())"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("db", "held"), BOTH)
def test_the_object_of_a_method_that_nobody_calls_is_one_that_the_code_builds(
    program: Make, db: str, held: str
) -> None:
    made = program(
        f"class Mine(Agent):\n    def other(self):\n        return Agent(db=self.db)\nMine(db={db})"
    )

    assert [(one.at.line, one.db) for one in made.agents()] == [(7, held), (8, held)]
