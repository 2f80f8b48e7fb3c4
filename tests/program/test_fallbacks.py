"""Ways to a volatile db that one wrong value or one failure opens."""

from typing import Any

import pytest

from readiness.program import what_if
from readiness.program.evaluation import Evaluated
from readiness.program.what_if import Asked, again
from tests.program.conftest import Make

SWITCH = """
def get_db():
    name = os.getenv("APP_ENV", "test")
    if name == "production":
        return PostgresDb(db_url=os.environ["DATABASE_URL"])
    return InMemoryDb()
agent = Agent(db=get_db())
"""
HANDLER = """
def get_db():
    try:
        return PostgresDb(db_url="postgresql://h/d")
    except Exception:
        return InMemoryDb()
agent = Agent(db=get_db())
"""


def test_a_switch_whose_default_is_a_development_name_is_a_fallback(program: Make) -> None:
    made = program(SWITCH, {"APP_ENV": "production"})

    found = [(one.variable, one.message) for one in made.fallbacks()]

    assert found == [("APP_ENV", "Agent holds InMemoryDb if APP_ENV is missing")]


def test_a_handler_that_falls_back_is_a_fallback(program: Make) -> None:
    made = program(HANDLER)

    assert [one.variable for one in made.fallbacks()] == [None]
    assert [one.db for one in made.agents()] == ["durable"]


def test_code_that_fails_without_its_variable_has_none(program: Make) -> None:
    made = program('agent = Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))\nInMemoryDb')

    assert made.fallbacks() == ()


def test_a_switch_that_the_platform_supplies_is_asked_too(program: Make) -> None:
    made = program(SWITCH, injected=("APP_ENV",))

    assert [one.variable for one in made.fallbacks()] == ["APP_ENV"]


IMPORTED = """
try:
    from agno.db.{kind} import {name} as Db
except ImportError:
    {handler}
agent = Agent(db=Db(db_url="postgresql://h/d"))
"""


def test_an_import_that_may_fail_where_no_driver_is_installed_is_a_fallback(
    program: Make,
) -> None:
    served = {"kind": "postgres", "name": "PostgresDb"}
    falls = program(IMPORTED.format(**served, handler="Db = lambda db_url: InMemoryDb()"))
    strict = program(IMPORTED.format(**served, handler="raise"))

    assert [one.variable for one in falls.fallbacks()] == [None]
    assert [one.db for one in falls.agents()] == ["durable"]
    assert strict.fallbacks() == ()


@pytest.mark.parametrize(("rounds", "db", "times"), [(1, "durable", 3), (1000, "unknown", 0)])
def test_a_site_that_took_too_long_is_not_evaluated_again(
    program: Make, monkeypatch: pytest.MonkeyPatch, rounds: int, db: str, times: int
) -> None:
    asked: list[Asked] = []

    def counted(about: Asked, *given: Any, **named: Any) -> Evaluated:
        asked.append(about)
        return again(about, *given, **named)

    text = (
        f"def build(url):\n    for a in range({rounds}):\n"
        f"        x = [str(b) for b in range({rounds})]\n"
        "    return PostgresDb(db_url=url)\nagent = Agent(db=build(os.environ['URL']))\n"
    )
    made = program(text, {"URL": "postgresql://h/d"})
    monkeypatch.setattr(what_if, "again", counted)

    assert (made.fallbacks(), made.fallbacks_missed) == ((), None)
    assert [one.db for one in made.agents()] == [db]
    assert len(asked) == times
