"""``os.environ`` as a mapping: what is known of it is in every copy of it."""

import pytest

from tests.program.conftest import Make

USE = """
a = Agent(db=PostgresDb(db_url="postgresql://db/app") if cfg["STAGE"] == "production"
          else InMemoryDb())
"""
COPIES = [
    'cfg = {"STAGE": "other", **os.environ}',
    'cfg = {"STAGE": "other"} | os.environ',
    'cfg = {"STAGE": "other"} | dict(os.environ)',
    "cfg = os.environ | {}",
    "cfg = os.environ.copy()",
    'cfg = dict(os.environ, OTHER="x")',
    'cfg = {"STAGE": "other"}\ncfg |= os.environ',
    'cfg = {"STAGE": "other"}\ncfg.update(os.environ)',
    'cfg = {"STAGE": "other"}\nfor name, value in os.environ.items():\n    cfg[name] = value',
    "cfg = {name.upper(): value for name, value in os.environ.items()}",
    "def conf(**given):\n    return given\ncfg = conf(**os.environ)",
]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize(("stage", "db"), [("production", "durable"), ("dev", "volatile")])
def test_a_copy_of_the_variables_holds_the_known_ones(
    program: Make, copy: str, stage: str, db: str
) -> None:
    made = program(copy + USE, {"STAGE": stage})

    assert [one.db for one in made.agents()] == [db]


def test_what_stands_over_the_variables_wins(program: Make) -> None:
    made = program('cfg = os.environ | {"STAGE": "dev"}' + USE, {"STAGE": "production"})

    assert [one.db for one in made.agents()] == ["volatile"]


@pytest.mark.parametrize(("stage", "db"), [("dev", "volatile"), ("other", "durable")])
def test_the_values_of_the_variables_are_known(program: Make, stage: str, db: str) -> None:
    made = program(
        'a = Agent(db=InMemoryDb() if "dev" in os.environ.values() else PostgresDb(db_url="x"))',
        {"STAGE": stage},
    )

    assert [one.db for one in made.agents()] == [db]


def test_the_number_of_variables_is_not_known(program: Make) -> None:
    made = program(
        'a = Agent(db=InMemoryDb() if len(os.environ) > 3 else PostgresDb(db_url="x"))',
        {"STAGE": "dev"},
    )

    assert [one.db for one in made.agents()] == ["unknown"]


ABSENT = 'b = Agent(db=PostgresDb(db_url="x") if os.getenv("URL") else InMemoryDb())'


def test_a_read_through_a_copy_that_start_up_needs_shows_that_it_is_set(program: Make) -> None:
    made = program(f'cfg = dict(os.environ)\nurl = cfg["URL"]\n{ABSENT}')

    assert [one.db for one in made.agents()] == ["durable"]


def test_a_read_through_a_copy_with_a_default_shows_nothing(program: Make) -> None:
    made = program(f'cfg = dict(os.environ)\nurl = cfg.get("URL")\n{ABSENT}')

    assert [one.db for one in made.agents()] == ["volatile"]


def test_what_is_learned_later_counts_for_a_copy_made_before(program: Make) -> None:
    made = program(
        'cfg = {**os.environ}\na = Agent(db=PostgresDb(db_url="x") if "URL" in cfg'
        ' else InMemoryDb())\nos.environ["URL"]'
    )

    assert [one.db for one in made.agents()] == ["durable"]


def test_entries_that_are_not_known_may_replace_those_that_are(program: Make) -> None:
    made = program('from remote import load\ncfg = {"STAGE": "production", **load()}' + USE)

    assert [one.db for one in made.agents()] == ["unknown"]


def test_entries_over_those_that_are_not_known_stay(program: Make) -> None:
    made = program('from remote import load\ncfg = {**load(), "STAGE": "production"}' + USE)

    assert [one.db for one in made.agents()] == ["durable"]


@pytest.mark.parametrize(
    ("given", "db"),
    [
        ("json.load(urlopen('http://conf/x'))", "unknown"),
        ("{'OTHER': '1'}", "durable"),
        ("{'MEMORY': '1'}", "volatile"),
    ],
)
def test_what_nobody_knows_may_set_any_variable(program: Make, given: str, db: str) -> None:
    made = program(
        "import json, os\n"
        "from urllib.request import urlopen\n"
        "from agno.agent import Agent\n"
        "from agno.db.in_memory import InMemoryDb\n"
        "from agno.db.postgres import PostgresDb\n"
        f"os.environ.update({given})\n"
        "pg = PostgresDb(db_url='postgresql+psycopg://app@db/app')\n"
        "agent = Agent(db=InMemoryDb() if os.getenv('MEMORY') else pg)\n",
        head=False,
    )

    assert [site.db for site in made.agents()] == [db]


@pytest.mark.parametrize(
    ("live", "expected"), [("nobody.is_live()", "unknown"), ("True", "durable")]
)
def test_a_variable_that_is_perhaps_set_beside_others_is_what_it_was_otherwise(
    program: Make, live: str, expected: str
) -> None:
    source = f"""
import nobody
live = {live}
os.environ["STORE"] = "memory"
os.environ.update({{name: "server" for name in ("STORE",) if live}})
URL = "postgresql://db.example.com/app"
Agent(db=PostgresDb(db_url=URL) if os.environ["STORE"] == "server" else InMemoryDb())
"""

    assert [one.db for one in program(source).agents()] == [expected]
