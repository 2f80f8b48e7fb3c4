"""Which db an agent holds: each shape with its good and its bad twin."""

import pytest

from tests.program.conftest import Make

DURABLE = 'PostgresDb(db_url=os.environ["DATABASE_URL"])'


def dbs(made: object) -> list[str]:
    return [one.db for one in made.agents()]  # type: ignore[attr-defined]


SWITCHED = {
    "a ternary": """
environment = os.getenv("APP_ENV", "test")
agent = Agent(db=GOOD if environment in ["production"] else InMemoryDb())
""",
    "a match with alternatives": """
def pick():
    match os.environ["APP_ENV"]:
        case "production" | "staging":
            return GOOD
        case _:
            return InMemoryDb()
agent = Agent(db=pick())
""",
    "a registry of factories": """
BACKENDS = {"production": lambda: GOOD, "test": InMemoryDb}
agent = Agent(db=BACKENDS[os.getenv("APP_ENV", "test")]())
""",
    "a registry filled by subclasses": """
class Base:
    known = {}
    def __init_subclass__(cls, key=None, **rest):
        super().__init_subclass__(**rest)
        Base.known[key] = cls
class One(Base, key="production"):
    def make(self):
        return GOOD
class Other(Base, key="test"):
    def make(self):
        return InMemoryDb()
agent = Agent(db=Base.known[os.environ["APP_ENV"]]().make())
""",
    "an enumeration with a property": """
from enum import Enum
class Stage(str, Enum):
    TEST = "test"
    PRODUCTION = "production"
    @property
    def durable(self):
        return self is Stage.PRODUCTION
agent = Agent(db=GOOD if Stage(os.environ["APP_ENV"]).durable else InMemoryDb())
""",
    "a settings class with a validator": """
from typing import Literal
from functools import lru_cache
from pydantic import Field, computed_field, field_validator
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    env: Literal["test", "production"] = Field("test", alias="APP_ENV")
    @computed_field
    @property
    def is_production(self) -> bool:
        return self.env == "production"
    @field_validator("env", mode="before")
    @classmethod
    def lowered(cls, value):
        return value.lower()
@lru_cache
def settings():
    return Settings()
agent = Agent(db=GOOD if settings().is_production else InMemoryDb())
""",
    "a dataclass with a factory": """
from dataclasses import dataclass, field
@dataclass(frozen=True)
class Settings:
    env: str = field(default_factory=lambda: os.getenv("APP_ENV", "dev"))
    @property
    def db(self):
        return GOOD if self.env.startswith("prod") else InMemoryDb()
agent = Agent(db=Settings().db)
""",
    "a late attribute": """
agent = Agent(db=InMemoryDb())
if os.getenv("APP_ENV") == "production":
    agent.db = GOOD
""",
    "a lazy singleton": """
_db = None
def get_db():
    global _db
    if _db is None:
        _db = GOOD if os.getenv("APP_ENV") == "production" else InMemoryDb()
    return _db
agent = Agent(db=get_db())
""",
    "decouple": """
from decouple import config
agent = Agent(db=GOOD if config("APP_ENV", default="dev") == "production" else InMemoryDb())
""",
    "environs": """
from environs import Env
env = Env()
env.read_env()
with env.prefixed("APP_"):
    name = env.str("ENV", "dev")
agent = Agent(db=GOOD if name == "production" else InMemoryDb())
""",
    "environs with a prefix of its own": """
from environs import Env
env = Env(prefix="AP")
with env.prefixed("P_"):
    name = env("ENV", "dev")
agent = Agent(db=GOOD if name == "production" else InMemoryDb())
""",
}


@pytest.mark.parametrize("shape", SWITCHED)
@pytest.mark.parametrize(("name", "db"), [("production", "durable"), ("test", "volatile")])
def test_a_switch_is_decided_by_the_environment(
    program: Make, shape: str, name: str, db: str
) -> None:
    made = program(SWITCHED[shape].replace("GOOD", DURABLE), {"APP_ENV": name})

    assert dbs(made) == [db]


@pytest.mark.parametrize(("kind", "db"), [("${OTHER}", "unknown"), ("memory", "volatile")])
def test_variables_within_a_variable_are_put_in_by_environs_alone(
    program: Make, kind: str, db: str
) -> None:
    code = 'from environs import Env\nkind = Env({}).str("KIND")\n'
    code += f'agent = Agent(db={DURABLE} if kind == "pg" else InMemoryDb())'

    assert dbs(program(code.format("expand_vars=True"), {"KIND": kind, "OTHER": "pg"})) == [db]
    assert dbs(program(code.format(""), {"KIND": kind, "OTHER": "pg"})) == ["volatile"]


ALWAYS = [
    ("durable", f"agent = Agent(db={DURABLE})"),
    ("volatile", "import agno.db.in_memory as m\nagent = Agent(db=m.InMemoryDb())"),
    ("volatile", "from agno.db import in_memory\nagent = Agent(db=in_memory.InMemoryDb())"),
    ("volatile", 'agent = Agent(db=PostgresDb("sqlite://"))'),
    ("volatile", "class Own(InMemoryDb):\n    pass\nagent = Agent(db=Own())"),
    ("none", "agent = Agent(name='x')"),
    ("local-file", "from agno.db.sqlite import SqliteDb\n"
                   'agent = Agent(db=SqliteDb(db_file=":memory:"))'),
    ("volatile", "from agno.db.sqlite import SqliteDb\n"
                 'agent = Agent(db=SqliteDb(db_url="sqlite:///:memory:"))'),
    ("unknown", "class InMemoryDb:\n    pass\nagent = Agent(db=InMemoryDb())"),
    ("unknown", 'exec("db = 1")\nagent = Agent(db=db)'),
    ("unknown", "def build(db):\n    return Agent(db=db)"),
    ("durable", f"def build(**rest):\n    rest.setdefault('db', {DURABLE})\n"
                "    return Agent(**rest)\nagent = build(name='x')"),
    ("durable", "url = os.getenv('DATABASE_URL')\nif not url:\n    raise RuntimeError('no url')\n"
                "agent = Agent(db=PostgresDb(db_url=url))"),
    ("volatile", "try:\n    db = PostgresDb(db_url=os.environ['DATABASE_URL'])\n"
                 "except KeyError:\n    db = InMemoryDb()\nagent = Agent(db=db)"),
    ("unknown", "from flags import on\n"
                f"agent = Agent(db={DURABLE} if on('x') else InMemoryDb())"),
    ("volatile", "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\n"
                 "def answer(short: bool):\n    if short:\n"
                 "        return Agent(db=InMemoryDb()).run('x')"),
    ("durable", "from fastapi import Depends, FastAPI\napp = FastAPI()\ndef get_db():\n"
                f"    yield {DURABLE}\n@app.get('/')\ndef answer(db=Depends(get_db)):\n"
                "    return Agent(db=db).run('x')"),
]  # fmt: skip


@pytest.mark.parametrize(("db", "source"), ALWAYS)
def test_a_db_is_known_by_its_class_and_its_arguments(program: Make, db: str, source: str) -> None:
    assert dbs(program(source)) == [db]


def test_an_agent_os_fills_only_those_without_a_db(program: Make) -> None:
    made = program(f"""
from agno.os import AgentOS
without = Agent(name="a")
with_one = Agent(name="b", db=InMemoryDb())
agent_os = AgentOS(agents=[without, with_one], db={DURABLE})
""")

    assert dbs(made) == ["durable", "volatile", "durable"]


@pytest.mark.parametrize(
    ("db", "kinds"),
    [(DURABLE, ["durable", "durable"]), ("InMemoryDb()", ["volatile", "volatile"])],
)
def test_an_agent_os_fills_what_a_loop_of_unknown_rounds_has_built(
    program: Make, db: str, kinds: list[str]
) -> None:
    made = program(
        f"""
import os
from agno.os import AgentOS
agents = []
for name in os.environ["NAMES"].split(","):
    agents.append(Agent(name=name))
agents.append(Agent(name="last"))
AgentOS(agents=agents, db={db})
""",
        injected=("NAMES",),
    )

    assert dbs(made)[:2] == kinds


def test_members_and_steps_are_told_from_agents(program: Make) -> None:
    made = program(f"""
from agno.team import Team
from agno.workflow import Parallel, Step, Workflow
member, step, other = Agent(), Agent(), Agent()
team = Team(members=[member], db={DURABLE})
workflow = Workflow(steps=[Parallel(Step(name="x", agent=step))], db={DURABLE})
""")

    members = [one.member for one in made.agents() if one.kind == "agent"]

    assert members == [True, True, False]


def test_a_variable_that_start_up_needs_is_injected_for_every_read(program: Make) -> None:
    source = """
url = os.getenv("DATABASE_URL")
agent = Agent(db=PostgresDb(db_url=url) if url else InMemoryDb())
"""

    guarded = program(source)
    needed = program(source + 'again = os.environ["DATABASE_URL"]\n')

    assert (dbs(guarded), dbs(needed)) == (["volatile"], ["durable"])


def test_an_unset_variable_that_is_needed_ends_start_up(program: Make) -> None:
    made = program(f"agent = Agent(db={DURABLE})", {"DATABASE_URL": None})

    assert dbs(made) == ["unknown"]
    assert "start-up ends with KeyError" in made.agents()[0].reason
    assert "KeyError" in made.coverage.left_out[0].reason


def test_the_switch_is_inferred_only_where_nothing_is_described(program: Make) -> None:
    source = f'agent = Agent(db={DURABLE} if os.getenv("STAGE") == "prod" else InMemoryDb())'

    alone = program(source, described=False)
    described = program(source)

    assert (dbs(alone), dbs(described)) == (["durable"], ["volatile"])
    assert "STAGE is assumed to be prod" in alone.assumptions[0]


@pytest.mark.parametrize(
    "names", ["('live', 'production')", "['production']", "{'production', 'staging'}"]
)
@pytest.mark.parametrize("negated", [False, True])
def test_the_switch_is_inferred_from_one_of_several_names(
    program: Make, names: str, *, negated: bool
) -> None:
    one, other = ("InMemoryDb()", DURABLE) if negated else (DURABLE, "InMemoryDb()")
    test = f"os.getenv('STAGE', 'test') {'not in' if negated else 'in'} {names}"

    alone = program(f"agent = Agent(db={one} if {test} else {other})", described=False)
    described = program(f"agent = Agent(db={one} if {test} else {other})")

    assert (dbs(alone), dbs(described)) == (["durable"], ["volatile"])


def test_the_trace_tells_the_variable_the_branch_and_the_call(program: Make) -> None:
    made = program(
        f"""
def get_db():
    name = os.getenv("APP_ENV", "test")
    return {DURABLE} if name == "production" else InMemoryDb()
agent = Agent(db=get_db())
""",
        {"APP_ENV": "production"},
    )

    told = [(step.kind, step.text, str(step.at)) for step in made.agents()[0].trace]

    assert ("variable", "APP_ENV is production (--set)", "app.py:7") in told
    way = "name == 'production' is true (otherwise InMemoryDb())"
    assert ("branch", way, "app.py:8") in told
    assert ("call", "get_db(), defined at app.py:6", "app.py:9") in told


def test_code_in_tests_counts_only_where_code_that_counts_imports_it(program: Make) -> None:
    tests = {"tests/test_it.py": "from agno.agent import Agent\nagent = Agent()\n"}

    assert dbs(program("x = 1", files=tests)) == []
    assert dbs(program("import tests.test_it", files=tests)) == ["none"]


@pytest.mark.parametrize("kind", ["Agent", "Workflow"])
def test_the_first_names_of_a_storage_mean_the_same_class(program: Make, kind: str) -> None:
    made = program(
        f"from agno.storage.{kind.lower()}.postgres import Postgres{kind}Storage as Storage\n"
        'agent = Agent(storage=Storage(table_name="t", db_url="postgresql://h/d"))'
    )

    assert dbs(made) == ["durable"]


def test_what_a_function_makes_for_a_team_is_a_member(program: Make) -> None:
    made = program(f"""
from agno.team import Team
def members():
    return [Agent(name="m")]
team = Team(members=members, db={DURABLE})
""")

    assert [(one.db, one.member) for one in made.agents()] == [("none", True), ("durable", False)]
