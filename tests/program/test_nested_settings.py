"""Models in settings: filled by one variable as JSON, by one for each field, or by both."""

import pytest

from tests.program.conftest import URL, Make

HEAD = f"""
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings
{URL}
class Pool(BaseModel):
    mode: str = "mem"
    hosts: list[str] = []
class Db(BaseModel):
    kind: str = "mem"
    name: str = "x"
    pool: Pool = Pool()
class Settings(BaseSettings):
    model_config = {{"env_nested_delimiter": "__", "env_prefix": "APP_", "env_file": ".env.app",
                    "nested_model_default_partial_update": PARTIAL}}
    db: Db = DEFAULT
"""
KIND, MODE = "Settings().db.kind == 'pg'", "Settings().db.pool.mode == 'pg'"
HOSTS = "'pg' in Settings().db.pool.hosts"
FACTORY, MADE, ALIAS = "Field(default_factory=Db)", "Db(kind='pg')", "Field(Db(), alias='STORE')"
CASES = [
    ({"APP_DB": '{"kind": "pg"}'}, KIND, "Db()", "durable"),
    ({"APP_DB": '{"kind": "pg"}'}, KIND, FACTORY, "durable"),
    ({"APP_DB": '{"kind": "mem"}'}, KIND, FACTORY, "volatile"),
    ({"APP_DB": '{"kind": "mem"}', "APP_DB__KIND": "pg"}, KIND, FACTORY, "durable"),
    ({"APP_DB": '{"kind": "pg"}', "APP_DB__NAME": "y"}, KIND, FACTORY, "durable"),
    ({"APP_DB__NAME": "y"}, KIND, FACTORY, "volatile"),
    ({"APP_DB__NAME": "y"}, KIND, MADE, "volatile"),
    ({"OTHER": "y"}, KIND, MADE, "durable"),
    ({"APP_DB__POOL__MODE": "pg"}, MODE, "Db()", "durable"),
    ({"APP_DB__POOL__MODE": "x"}, MODE, "Db()", "volatile"),
    ({"APP_DB__POOL": '{"mode": "pg"}'}, MODE, "Db()", "durable"),
    ({"APP_DB": '{"pool": {"mode": "pg"}}'}, MODE, "Db()", "durable"),
    ({"APP_DB__POOL__HOSTS": '["pg"]'}, HOSTS, "Db()", "durable"),
    ({"APP_DB__POOL__HOSTS": '["x"]'}, HOSTS, "Db()", "volatile"),
    ({"STORE__KIND": "pg"}, KIND, ALIAS, "durable"),
    ({"APP_STORE__KIND": "pg"}, KIND, ALIAS, "volatile"),
    ({"APP_DB__KIND": "pg"}, KIND, ALIAS, "volatile"),
]


@pytest.mark.parametrize(("variables", "asked", "default", "expected"), CASES)
def test_a_model_is_filled_by_its_variables(
    program: Make, variables: dict[str, str], asked: str, default: str, expected: str
) -> None:
    source = HEAD.replace("DEFAULT", default).replace("PARTIAL", "False")
    source += f"Agent(db=PostgresDb(db_url=URL) if {asked} else InMemoryDb())"

    assert [one.db for one in program(source, variables).agents()] == [expected]


@pytest.mark.parametrize(
    ("partial", "variables", "expected"),
    [
        ("True", {"APP_DB__NAME": "y"}, "durable"),
        ("False", {"APP_DB__NAME": "y"}, "volatile"),
        ("True", {"APP_DB__KIND": "mem"}, "volatile"),
    ],
)
def test_a_default_is_filled_up_only_where_the_settings_say_so(
    program: Make, partial: str, variables: dict[str, str], expected: str
) -> None:
    source = HEAD.replace("DEFAULT", MADE).replace("PARTIAL", partial)
    source += f"Agent(db=PostgresDb(db_url=URL) if {KIND} else InMemoryDb())"

    assert [one.db for one in program(source, variables).agents()] == [expected]


@pytest.mark.parametrize(("kind", "expected"), [("pg", "durable"), ("mem", "volatile")])
def test_a_file_fills_a_model_too(program: Make, kind: str, expected: str) -> None:
    source = HEAD.replace("DEFAULT", FACTORY).replace("PARTIAL", "False")
    source += f"Agent(db=PostgresDb(db_url=URL) if {KIND} else InMemoryDb())"

    made = program(source, {}, files={".env.app": f"APP_DB__KIND={kind}\n"})

    assert [one.db for one in made.agents()] == [expected]


def test_a_package_below_src_is_found_before_a_folder_of_its_name(program: Make) -> None:
    files = {
        "libs/core/src/core/__init__.py": "from core.made import db\n",
        "libs/core/src/core/made.py": "from agno.db.in_memory import InMemoryDb\ndb = {}\n",
    }

    def found(db: str) -> list[str]:
        told = {path: text.replace("{}", db) for path, text in files.items()}
        made = program("", files={**told, "api/main.py": "from agno.agent import Agent\n"
                                  "from core import db\nAgent(db=db)\n"})  # fmt: skip
        return [one.db for one in made.agents()]

    assert (found("InMemoryDb()"), found("None")) == (["volatile"], ["none"])
