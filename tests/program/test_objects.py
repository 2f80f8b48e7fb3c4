# ruff: noqa: E501 - programs as people write them
"""Classes, objects and modules that decide by themselves which db an agent gets."""

import pytest

from tests.program.conftest import Make, spelled

SHAPES = {
    "dc post init": {
        "app.py": """
from dataclasses import dataclass, field, InitVar
@dataclass(frozen=True, kw_only=True)
class Settings:
    env: str = field(default_factory=lambda: os.environ.get("APP_ENV", "dev"))
    override: InitVar[str | None] = None
    db: object = field(init=False, repr=False)
    def __post_init__(self, override):
        e = override or self.env
        object.__setattr__(self, "db", PostgresDb(URL) if e == "production" else InMemoryDb())
agent = Agent(db=Settings().db)
forced = Agent(db=Settings(override="production").db)
""",
    },
    "dc replace": {
        "app.py": """
from dataclasses import dataclass, replace, asdict, fields
@dataclass
class Conf:
    env: str = "dev"
    durable: bool = False
base = Conf()
conf = replace(base, env=os.environ["APP_ENV"])
conf = replace(conf, durable=conf.env == "production")
d = asdict(conf)
agent = Agent(db=PostgresDb(URL) if d["durable"] else InMemoryDb())
""",
    },
    "ps modelvalidator before": {
        "app.py": """
from pydantic import model_validator
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    app_env: str = "test"
    durable: bool = False
    @model_validator(mode="before")
    @classmethod
    def fill(cls, data):
        if isinstance(data, dict) and data.get("app_env") == "production":
            data = {**data, "durable": True}
        return data
s = Settings()
agent = Agent(db=PostgresDb(URL) if s.durable else InMemoryDb())
""",
    },
    "ps bool default validator": {
        "app.py": """
from pydantic import BaseModel, field_validator
from pydantic_settings import BaseSettings
class S(BaseSettings):
    debug: bool = False
    db: str = "postgres"
    @field_validator("db")
    @classmethod
    def check(cls, v, info):
        return "memory" if info.data.get("debug") else v
s = S()
agent = Agent(db=InMemoryDb() if s.db == "memory" else PostgresDb(URL))
""",
    },
    "di dependency injector": {
        "app.py": """
from dependency_injector import containers, providers
class Container(containers.DeclarativeContainer):
    config = providers.Configuration()
    db = providers.Singleton(PostgresDb, db_url=URL)
    agent = providers.Factory(Agent, name="x", db=db)
c = Container()
if os.environ["APP_ENV"] != "production":
    c.db.override(providers.Singleton(InMemoryDb))
agent = c.agent()
""",
    },
    "di selector": {
        "app.py": """
from dependency_injector import containers, providers
class Container(containers.DeclarativeContainer):
    config = providers.Configuration()
    config.env.from_env("APP_ENV", default="test")
    db = providers.Selector(config.env, production=providers.Singleton(PostgresDb, URL), test=providers.Singleton(InMemoryDb))
agent = Agent(db=Container().db())
""",
    },
    "di signature inject": {
        "app.py": """
import inspect, functools
PROVIDERS = {"db": lambda: PostgresDb(URL) if os.environ["APP_ENV"] == "production" else InMemoryDb()}
def inject(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        for name in inspect.signature(fn).parameters:
            if name not in kwargs and name in PROVIDERS:
                kwargs[name] = PROVIDERS[name]()
        return fn(*args, **kwargs)
    return wrapper
@inject
def build(name, *, db):
    return Agent(name=name, db=db)
a = build("x")
""",
    },
    "ctxmanager db": {
        "app.py": """
from contextlib import contextmanager, closing, ExitStack, nullcontext
@contextmanager
def db_scope(env):
    db = PostgresDb(URL) if env == "production" else InMemoryDb()
    try:
        yield db
    finally:
        pass
with db_scope(os.environ["APP_ENV"]) as db, nullcontext(db) as same:
    agent = Agent(db=same)
class Scope:
    def __enter__(self):
        return InMemoryDb() if os.environ["APP_ENV"] != "production" else PostgresDb(URL)
    def __exit__(self, *exc):
        return False
with ExitStack() as stack:
    other = Agent(db=stack.enter_context(Scope()))
""",
    },
    "partialmethod": {
        "app.py": """
from functools import partialmethod
class F:
    def _make(self, kind, name):
        return Agent(name=name, db=PostgresDb(URL) if kind == "pg" else InMemoryDb())
    pg = partialmethod(_make, "pg")
    mem = partialmethod(_make, kind="mem")
f = F()
a = f.pg("x") if os.environ["APP_ENV"] == "production" else f.mem(name="x")
""",
    },
    "protocol": {
        "app.py": """
from typing import Protocol, runtime_checkable
@runtime_checkable
class Provider(Protocol):
    def get(self): ...
class Pg:
    def get(self):
        return PostgresDb(URL)
class Mem:
    def get(self):
        return InMemoryDb()
def build(p: Provider):
    assert isinstance(p, Provider)
    return Agent(db=p.get())
a = build(Pg() if os.environ["APP_ENV"] == "production" else Mem())
""",
    },
    "class getitem": {
        "app.py": """
class Db:
    def __class_getitem__(cls, env):
        return PostgresDb(URL) if env == "production" else InMemoryDb()
agent = Agent(db=Db[os.environ["APP_ENV"]])
""",
    },
    "descriptor": {
        "app.py": """
class EnvVar:
    def __init__(self, default=None):
        self.default = default
    def __set_name__(self, owner, name):
        self.name = name.upper()
    def __get__(self, obj, owner=None):
        return os.environ.get(self.name, self.default)
class Conf:
    app_env = EnvVar("dev")
    other = EnvVar("memory")
agent = Agent(db=PostgresDb(URL) if Conf.app_env == "production" else InMemoryDb())
agent2 = Agent(db=PostgresDb(URL) if Conf().other != "memory" else InMemoryDb())
""",
    },
    "eq hash": {
        "app.py": """
class Env:
    def __init__(self, v):
        self.v = v.lower()
    def __eq__(self, o):
        return self.v == (o.v if isinstance(o, Env) else str(o).lower())
    def __hash__(self):
        return hash(self.v)
PROD = Env("Production")
agent = Agent(db=PostgresDb(URL) if Env(os.environ["APP_ENV"]) == PROD else InMemoryDb())
m = {Env("PRODUCTION"): lambda: PostgresDb(URL)}
agent2 = Agent(db=m.get(Env(os.environ["APP_ENV"]), InMemoryDb)())
""",
    },
    "osenvb": {
        "app.py": """
agent = Agent(db=PostgresDb(URL) if os.environb.get(b"MODE", b"") == b"prod" else InMemoryDb())
other = Agent(db=PostgresDb(URL) if os.getenvb(b"MODE") == b"prod" else InMemoryDb())
""",
    },
    "sysmodules swap": {
        "app.py": """
import sys
import fake_db
sys.modules["real_db"] = fake_db
if os.environ["APP_ENV"] == "production":
    del sys.modules["real_db"]
from real_db import make
agent = Agent(db=make())
""",
        "fake_db.py": """
@from agno.db.in_memory import InMemoryDb
def make():
    return InMemoryDb()
""",
        "real_db.py": """
@from agno.db.postgres import PostgresDb
def make():
    return PostgresDb("postgresql+psycopg://h/d")
""",
    },
    "sysmodules self": {
        "app.py": """
import conf
agent = Agent(db=PostgresDb(URL) if conf.env == "production" else InMemoryDb())
""",
        "conf.py": """
@import os, sys
class _Conf:
    @property
    def env(self):
        return os.environ["APP_ENV"]
sys.modules[__name__] = _Conf()
""",
    },
    "wf condition else": {
        "app.py": """
from agno.workflow import Workflow, Step
from agno.workflow.condition import Condition
a = Agent(name="a")
b = Agent(name="b")
wf = Workflow(name="w", db=PostgresDb(URL), steps=[Condition(name="c", evaluator=lambda x: True, steps=[a],
    else_steps=[b])])
""",
    },
}
CASES = [
    ("dc post init", {"APP_ENV": "production"}, "durable durable"),
    ("dc post init", {"APP_ENV": "test"}, "volatile durable"),
    ("dc replace", {"APP_ENV": "production"}, "durable"),
    ("dc replace", {"APP_ENV": "test"}, "volatile"),
    ("ps modelvalidator before", {"APP_ENV": "production"}, "durable"),
    ("ps modelvalidator before", {"APP_ENV": "test"}, "volatile"),
    ("ps bool default validator", {"DEBUG": "true"}, "volatile"),
    ("ps bool default validator", {"DEBUG": "0"}, "durable"),
    ("ps bool default validator", {"DEBUG": None}, "durable"),
    ("di dependency injector", {"APP_ENV": "production"}, "durable"),
    ("di dependency injector", {"APP_ENV": "test"}, "volatile"),
    ("di selector", {"APP_ENV": "production"}, "durable"),
    ("di selector", {"APP_ENV": "test"}, "volatile"),
    ("di signature inject", {"APP_ENV": "production"}, "durable"),
    ("di signature inject", {"APP_ENV": "test"}, "volatile"),
    ("ctxmanager db", {"APP_ENV": "production"}, "durable durable"),
    ("ctxmanager db", {"APP_ENV": "test"}, "volatile volatile"),
    ("partialmethod", {"APP_ENV": "production"}, "durable"),
    ("partialmethod", {"APP_ENV": "test"}, "volatile"),
    ("protocol", {"APP_ENV": "production"}, "durable"),
    ("protocol", {"APP_ENV": "test"}, "volatile"),
    ("class getitem", {"APP_ENV": "production"}, "durable"),
    ("class getitem", {"APP_ENV": "test"}, "volatile"),
    ("descriptor", {"APP_ENV": "production"}, "durable volatile"),
    ("descriptor", {"APP_ENV": "test"}, "volatile volatile"),
    ("eq hash", {"APP_ENV": "production"}, "durable durable"),
    ("eq hash", {"APP_ENV": "test"}, "volatile volatile"),
    ("osenvb", {"MODE": "prod"}, "durable durable"),
    ("osenvb", {"MODE": "x"}, "volatile volatile"),
    ("sysmodules swap", {"APP_ENV": "production"}, "durable"),
    ("sysmodules swap", {"APP_ENV": "test"}, "volatile"),
    ("sysmodules self", {"APP_ENV": "production"}, "durable"),
    ("sysmodules self", {"APP_ENV": "test"}, "volatile"),
    ("wf condition else", {"X": None}, "none none durable"),
]


@pytest.mark.parametrize(("shape", "variables", "expected"), CASES)
def test_an_idiom_is_decided_as_the_interpreter_does(
    program: Make, shape: str, variables: dict[str, str | None], expected: str
) -> None:
    made = program("", variables, head=False, files=spelled(SHAPES[shape]))

    assert " ".join(one.db for one in made.agents()) == expected
