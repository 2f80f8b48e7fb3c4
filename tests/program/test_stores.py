"""What each kind of db keeps, by its class and arguments, and what may still be filled or set."""

import pytest

from tests.program.conftest import Make

CASES = [
    ('SurrealDb(None, "mem://", {}, "n", "d")', "volatile"),
    ('SurrealDb(None, "ws://db:8000/rpc", {}, "n", "d")', "durable"),
    ("RedisDb(redis_client=fakeredis.FakeRedis())", "volatile"),
    ('RedisDb(db_url="redis://cache:6379")', "durable"),
    ("MongoDb(db_client=mongomock.MongoClient())", "volatile"),
    ('MongoDb(db_url="mongodb://h")', "durable"),
    ('SurrealDb(None, "surrealkv://data", {}, "n", "d")', "local-file"),
    ('ClickhouseDb(host="ch")', "none"),
    ('RedisDb(db_url="redis://cache:6379", expire=None)', "durable"),
    ('RedisDb(db_url="redis://cache:6379", expire=3600)', "unknown"),
    ('RedisDb("i", None, "redis://cache:6379", "agno", 3600)', "unknown"),
    ('ValkeyDb(host="cache", expire=60)', "unknown"),
    ('ValkeyDb(host="cache")', "durable"),
]
IMPORTS = """import fakeredis, mongomock
from agno.db.clickhouse import ClickhouseDb
from agno.db.mongo import MongoDb
from agno.db.redis import RedisDb
from agno.db.surrealdb import SurrealDb
from agno.db.valkey import ValkeyDb
"""


@pytest.mark.parametrize(("made", "expected"), CASES)
def test_a_db_is_what_its_class_and_arguments_make_it(
    program: Make, made: str, expected: str
) -> None:
    assert [one.db for one in program(f"{IMPORTS}agent = Agent(db={made})").agents()] == [expected]


@pytest.mark.parametrize(
    ("agents", "expected"), [("find_agents()", "unknown"), ("[]", "none"), ("[agent]", "durable")]
)
def test_an_agent_os_with_agents_that_are_not_known_may_fill_any(
    program: Make, agents: str, expected: str
) -> None:
    made = program(f"""
from agno.os import AgentOS
from plugins import find_agents
agent = Agent(name="a")
agent_os = AgentOS(agents={agents}, db=PostgresDb(db_url="postgresql://h/d"))
""")

    assert [one.db for one in made.agents() if one.kind == "agent"] == [expected]


DISPATCH = """
from functools import singledispatch
class Prod: ...
class Test: ...
@singledispatch
def db_for(stage):
    raise TypeError
@db_for.register
def _(stage: Prod):
    return PostgresDb(db_url="postgresql://h/d")
@db_for.register(Test)
def _(stage):
    return InMemoryDb()
agent = Agent(db=db_for(Prod() if os.environ["APP_ENV"] == "production" else Test()))
"""
DEFAULT = """
from attrs import define, field
@define
class Conf:
    env: str = os.environ["APP_ENV"]
    durable: bool = field(init=False)
    @durable.default
    def _durable(self):
        return self.env == "production"
agent = Agent(db=PostgresDb(db_url="postgresql://h/d") if Conf().durable else InMemoryDb())
"""
EVOLVED = """
from attrs import define, evolve
@define
class Conf:
    durable: bool = False
conf = evolve(Conf(), durable=os.environ["APP_ENV"] == "production")
agent = Agent(db=PostgresDb(db_url="postgresql://h/d") if conf.durable else InMemoryDb())
"""


@pytest.mark.parametrize("source", [DISPATCH, DEFAULT, EVOLVED])
@pytest.mark.parametrize(("name", "db"), [("production", "durable"), ("test", "volatile")])
def test_functions_by_class_and_defaults_by_method(
    program: Make, source: str, name: str, db: str
) -> None:
    assert [one.db for one in program(source, {"APP_ENV": name}).agents()] == [db]


SETTINGS = """
from pydantic_settings import BaseSettings, SettingsConfigDict
class S(BaseSettings):
    model_config = SettingsConfigDict({})
    backend: str = "memory"
agent = Agent(db=PostgresDb(db_url="postgresql://h/d") if S().backend == "pg" else InMemoryDb())
"""


@pytest.mark.parametrize(
    ("options", "expected"), [('secrets_dir="/run/secrets"', "unknown"), ("", "volatile")]
)
def test_a_folder_of_secrets_may_set_any_field(program: Make, options: str, expected: str) -> None:
    made = program(SETTINGS.replace("({})", f"({options})"))

    assert [one.db for one in made.agents()] == [expected]


@pytest.mark.parametrize(("kind", "count"), [('Literal["production", "test"]', 0), ("str", 1)])
def test_a_literal_refuses_what_it_does_not_name(program: Make, kind: str, count: int) -> None:
    made = program(
        f"""
from typing import Literal
from pydantic_settings import BaseSettings
class S(BaseSettings):
    app_env: {kind}
agent = Agent(db=PostgresDb(db_url="postgresql://h/d")
              if S().app_env == "production" else InMemoryDb())
""",
        {"APP_ENV": "production"},
    )

    assert len(made.fallbacks()) == count
