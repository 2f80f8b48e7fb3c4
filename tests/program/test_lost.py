"""Code that was given up: what it would have built is not known, and is named."""

import pytest

from tests.program.conftest import Make

ENDLESS = """
def build():
    {}
    {}
    return {}
"""
AGENT = ("from agno.agent import Agent as A", "A(db=None)")
ENGINE = ("import sqlalchemy", 'sqlalchemy.create_engine("postgresql://app@db/app")')


@pytest.mark.parametrize(
    ("cause", "db"),
    [("[a + b for a in range(1000) for b in range(1000)]", "unknown"), ("pass", "none")],
)
def test_an_agent_in_a_function_that_was_given_up_is_unknown(
    program: Make, cause: str, db: str
) -> None:
    made = program(ENDLESS.format(AGENT[0], cause, AGENT[1]))

    assert [(one.db, one.at.line) for one in made.agents()] == [(db, 9)]


@pytest.mark.parametrize(
    ("cause", "mode"),
    [("[a + b for a in range(1000) for b in range(1000)]", None), ("pass", "prefer")],
)
def test_an_engine_in_a_function_that_was_given_up_is_unknown(
    program: Make, cause: str, mode: str | None
) -> None:
    made = program(ENDLESS.format(ENGINE[0], cause, ENGINE[1]))

    assert [(one.sslmode, one.at.line) for one in made.engines()] == [(mode, 9)]


@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("from flask_sqlalchemy import SQLAlchemy", "SQLAlchemy(app)"),
        ("from sqlalchemy import engine_from_config", "engine_from_config(options)"),
        ("from tortoise import Tortoise", "Tortoise.init(db_url=address)"),
    ],
    ids=["flask", "from config", "tortoise"],
)
def test_what_makes_an_engine_by_another_constructor_is_unknown_too(
    program: Make, library: str, call: str
) -> None:
    hard = "[a + b for a in range(1000) for b in range(1000)]"

    made = program(ENDLESS.format(library, hard, call))

    assert [(one.sslmode, one.pool_size, one.at.line) for one in made.engines()] == [
        (None, None, 9)
    ]


CONTEXT = """
from contextvars import ContextVar
current = ContextVar("current")
{}
def build():
    return Agent(name=current.get(), db=InMemoryDb())
{}
"""


@pytest.mark.parametrize(
    ("set_first", "call", "db"),
    [("pass", "", "volatile"), ('current.set("a")', "agent = build()", "volatile")],
)
def test_who_would_call_a_function_would_have_set_its_context(
    program: Make, set_first: str, call: str, db: str
) -> None:
    assert [one.db for one in program(CONTEXT.format(set_first, call)).agents()] == [db]


END = """
import sys
def make():
    if os.environ["APP_ENV"] not in ("production", "test"):
        {}
    return Agent(db=PostgresDb(db_url="postgresql://app@db/app"))
{}
agent = Agent(name="other", db=PostgresDb(db_url="postgresql://app@db/app"))
"""
ENDS = 'raise RuntimeError("APP_ENV")', 'sys.exit("APP_ENV")', "raise SystemExit(2)"


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize(
    ("name", "call", "expected"),
    [
        ("production", "make()", ["durable", "durable"]),
        ("bad", "make()", ["unknown", "unknown"]),
        ("bad", "", ["durable"]),
    ],
)
def test_what_comes_behind_the_end_of_start_up_is_not_judged(
    program: Make, how: str, name: str, call: str, expected: list[str]
) -> None:
    made = program(END.format(how, call or "pass"), {"APP_ENV": name}).agents()

    assert [one.db for one in made if call or one.at.line == 12] == expected
    assert all("before this is reached" in one.reason for one in made if name == "bad" and call)


@pytest.mark.parametrize("code", ["", "0", "None", "main()", "unknown_code()"])
def test_a_program_that_has_done_its_work_leaves_nothing_open(program: Make, code: str) -> None:
    made = program(f"""
import sys
from elsewhere import unknown_code
def main():
    Agent(db=PostgresDb(db_url="postgresql://app@db/app"))
    return 0
if os.getenv("APP_ENV") == "production":
    main()
    sys.exit({code})
agent = Agent(db=InMemoryDb())
""", {"APP_ENV": "production"})  # fmt: skip

    assert [one.db for one in made.agents()] == ["durable"]


HANDED = """
from functools import partial
from typing import TypeVar, cast
from elsewhere import container
class Support(Agent):
    pass
class Kept(Agent):
    def __init__(self):
        super().__init__(db=PostgresDb(db_url="postgresql://app@db/app"))
{}
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("container.register(Agent)", ["unknown"]),
        ("container.map(cls=Agent)", ["unknown"]),
        ("container.register(Support)", ["unknown"]),
        ("container.register(partial(Agent, db=InMemoryDb()))", ["unknown"]),
        ("container.register((Agent, 1))", ["unknown"]),
        ("container.register(Kept)", ["durable"]),
        ('T = TypeVar("T", bound=Agent)', []),
        ("cast(Agent, object())", []),
    ],
)
def test_a_class_given_to_code_that_is_not_known_may_be_built_there(
    program: Make, code: str, expected: list[str]
) -> None:
    made = program(HANDED.format(code)).agents()

    assert [one.db for one in made if one.at.line != 13 or code.endswith("(Kept)")] == expected


CHAIN = """
class Makes:
    def db(self):
        return {}
    def agent(self):
        return Agent(db=self.db())
Agent(db=PostgresDb("postgresql://h/d"))
{}
"""


@pytest.mark.parametrize(
    ("db", "use", "expected"),
    [
        ("self.missing", "Makes().agent()", ["unknown", "durable"]),
        ("self.missing", "def ask(q):\n    return Makes().agent()", ["unknown", "durable"]),
        ("InMemoryDb()", "Makes().agent()", ["volatile", "durable"]),
        ("int('x')", "Makes().agent()", ["unknown", "durable"]),
        ("int('x')", "def ask(q):\n    return Makes().agent()", ["unknown", "durable"]),
        (
            "self.missing",
            "try:\n    Makes().agent()\nexcept AttributeError:\n    pass",
            ["durable"],
        ),
        (
            "self.missing",
            "try:\n    Makes().agent()\nexcept AttributeError:\n    pass\nint('x')",
            ["durable"],
        ),
    ],
)
def test_an_agent_is_not_lost_whose_db_could_not_be_evaluated_in_another_function(
    program: Make, db: str, use: str, expected: list[str]
) -> None:
    made = program(CHAIN.format(db, use))

    assert [one.db for one in made.agents()] == expected
