"""Fields of a nested model that have no default: whoever gives the others has to give them."""

import pytest

from tests.program.conftest import Make

SETTINGS = """
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict
class Db(BaseModel):
    host: str
    kind: str{kind}
    password: str{password}
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")
    db: Db
settings = Settings()
Agent(db=PostgresDb(db_url='x') if settings.db.kind == 'pg' else InMemoryDb())
"""


@pytest.mark.parametrize(("kind", "held"), [(' = "pg"', "durable"), (' = "mem"', "volatile")])
def test_what_the_platform_must_supply_leaves_the_other_fields_known(
    program: Make, kind: str, held: str
) -> None:
    made = program(SETTINGS.format(kind=kind, password=""), {"DB__HOST": "h"})

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("password", "needed"), [("", True), (' = ""', False)])
def test_a_field_without_a_default_is_needed(program: Make, password: str, needed: bool) -> None:
    made = program(SETTINGS.format(kind=' = "pg"', password=password), {"DB__HOST": "h"})

    names = {one.name for one in made.reads() if one.required}

    assert ("DB__PASSWORD" in names) is needed
    assert "DB__HOST" in names


@pytest.mark.parametrize(("password", "sites"), [("", ["unknown"]), (' = ""', ["durable"])])
def test_one_that_is_unset_ends_the_start(program: Make, password: str, sites: list[str]) -> None:
    variables = {"DB__HOST": "h", "DB__PASSWORD": None}
    made = program(SETTINGS.format(kind=' = "pg"', password=password), variables)

    assert [one.db for one in made.agents()] == sites


def test_the_whole_as_json_gives_it_too(program: Make) -> None:
    variables = {"DB__HOST": "h", "DB": '{"password": "p"}', "DB__PASSWORD": None}
    made = program(SETTINGS.format(kind=' = "pg"', password=""), variables)

    assert [one.db for one in made.agents()] == ["durable"]
