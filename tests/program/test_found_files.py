# ruff: noqa: E501 - programs as people write them
"""Plug-ins that the code finds in folders, and what objects tell of themselves."""

import pytest

from tests.program.conftest import Make, spelled

SHAPES = {
    "glob plugins": {
        "app.py": """
import importlib.util, sys
from pathlib import Path
import importlib
BUILDERS = {}
for file in sorted((Path(__file__).parent / "backends").glob("*.py")):
    if file.stem.startswith("_"):
        continue
    mod = importlib.import_module(f"backends.{file.stem}")
    BUILDERS.update({env: mod.build for env in mod.ENVS})
agent = Agent(name="x", db=BUILDERS[os.environ["APP_ENV"]]())
""",
        "backends/__init__.py": "",
        "backends/durable.py": """
@import os
from agno.db.postgres import PostgresDb
ENVS = ("production",)
def build():
    return PostgresDb(db_url=os.environ["DATABASE_URL"])
""",
        "backends/volatile.py": """
@from agno.db.in_memory import InMemoryDb
ENVS = ("test",)
build = InMemoryDb
""",
    },
    "listdir plugins": {
        "app.py": """
import importlib
FOUND = {}
for name in os.listdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "plug")):
    if name.endswith(".py") and not name.startswith("__"):
        m = importlib.import_module("plug." + name[:-3])
        FOUND[m.KEY] = m
agent = Agent(name="x", db=FOUND["production" if os.environ["APP_ENV"] == "production" else "other"].make())
""",
        "plug/__init__.py": "",
        "plug/one.py": """
@from agno.db.postgres import PostgresDb
KEY = "production"
def make():
    return PostgresDb("postgresql+psycopg://u@h/d")
""",
        "plug/two.py": """
@from agno.db.in_memory import InMemoryDb
KEY = "other"
def make():
    return InMemoryDb()
""",
    },
    "dir registry": {
        "app.py": """
class Factories:
    def make_production(self):
        return PostgresDb(db_url=os.environ["DATABASE_URL"])
    def make_test(self):
        return InMemoryDb()
f = Factories()
table = {n.removeprefix("make_"): getattr(f, n) for n in dir(f) if n.startswith("make_")}
agent = Agent(name="x", db=table[os.environ["APP_ENV"]]())
""",
    },
    "annotations di": {
        "app.py": """
from agno.db.base import BaseDb
def provide_db() -> BaseDb:
    return PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb()
PROVIDERS = {fn.__annotations__["return"]: fn for fn in (provide_db,)}
def call(fn):
    return fn(**{k: PROVIDERS[t]() for k, t in fn.__annotations__.items() if k != "return"})
def make_agent(db: BaseDb) -> Agent:
    return Agent(name="x", db=db)
agent = call(make_agent)
""",
    },
    "knowledge contents": {
        "app.py": """
from agno.knowledge.knowledge import Knowledge
from agno.memory import MemoryManager
db = PostgresDb(db_url=os.environ["DATABASE_URL"])
k = Knowledge(name="k", contents_db=InMemoryDb() if os.environ["APP_ENV"] == "test" else db)
mm = MemoryManager(db=db)
agent = Agent(name="x", knowledge=k, memory_manager=mm, db=k.contents_db)
""",
    },
    "factory team async": {
        "app.py": """
from agno.team import Team, TeamFactory
from agno.os import AgentOS
db = PostgresDb(db_url=os.environ["DATABASE_URL"])
async def build(ctx):
    return Team(name="per-request", members=[Agent(name="m")])
agent_os = AgentOS(agents=[], teams=[TeamFactory(id="f", db=db, factory=build)], db=db)
""",
    },
}
CASES = [
    (
        "glob plugins",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "glob plugins",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "listdir plugins",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "listdir plugins",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "dir registry",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "dir registry",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "annotations di",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "annotations di",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "knowledge contents",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "knowledge contents",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "factory team async",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable", "none", "durable"],
    ),
]


@pytest.mark.parametrize(("shape", "variables", "dbs"), CASES)
def test_what_is_found_is_known(
    program: Make, shape: str, variables: dict[str, str | None], dbs: list[str]
) -> None:
    files = spelled(SHAPES[shape])
    made = program(files.pop("app.py"), variables, head=False, files=files)

    assert [one.db for one in made.agents()] == dbs
