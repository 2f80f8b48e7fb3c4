# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Shapes that real code has, each with the db that its agents hold, site by site."""

from dataclasses import dataclass, field

import pytest

from tests.program.conftest import HEAD, Make


@dataclass(frozen=True)
class Shape:
    """A program, its variables, and what the sites hold."""

    name: str
    dbs: list[str]
    source: str
    variables: dict[str, str | None] = field(default_factory=lambda: {"APP_ENV": "production"})
    files: dict[str, str] = field(default_factory=dict)
    described: bool = True


SHAPES = [
    Shape(
        "abstract factory",
        ["durable"],
        """
from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def make(self): ...
class Prod(Base):
    def make(self): return PostgresDb(db_url=os.environ["DATABASE_URL"])
class Dev(Base):
    def make(self): return InMemoryDb()
REG={c.__name__.lower(): c for c in (Prod,Dev)}
a=Agent(db=REG["prod" if os.getenv("APP_ENV")=="production" else "dev"]().make())
""",
    ),
    Shape(
        "subclass registry",
        ["durable"],
        """
class Base:
    registry={}
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw); Base.registry[key]=cls
class Prod(Base, key="production"):
    def make(self): return PostgresDb(db_url=os.environ["DATABASE_URL"])
class Dev(Base, key="dev"):
    def make(self): return InMemoryDb()
a=Agent(db=Base.registry[os.environ["APP_ENV"]]().make())
""",
    ),
    Shape(
        "metaclass singleton",
        ["durable"],
        """
class Single(type):
    _i={}
    def __call__(cls,*a,**k):
        if cls not in cls._i: cls._i[cls]=super().__call__(*a,**k)
        return cls._i[cls]
class Store(metaclass=Single):
    def __init__(self): self.db=PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(db=Store().db)
""",
    ),
    Shape(
        "new singleton",
        ["durable"],
        """
class Store:
    _inst=None
    def __new__(cls):
        if cls._inst is None:
            cls._inst=super().__new__(cls); cls._inst.db=PostgresDb(db_url=os.environ["DATABASE_URL"])
        return cls._inst
a=Agent(db=Store().db)
""",
    ),
    Shape(
        "getattr module",
        ["volatile"],
        """
import importlib
m=importlib.import_module("agno.db.in_memory")
a=Agent(db=getattr(m,"InMemoryDb")())
""",
    ),
    Shape(
        "module attr alias",
        ["volatile"],
        """
import agno.db.in_memory as mem
a=Agent(db=mem.InMemoryDb())
""",
    ),
    Shape(
        "from agno.db import in_memory",
        ["volatile"],
        """
from agno.db import in_memory
a=Agent(db=in_memory.InMemoryDb())
""",
    ),
    Shape(
        "local shadow class",
        ["unknown"],
        """
class InMemoryDb:
    pass
a=Agent(db=InMemoryDb())
""",
    ),
    Shape(
        "subclass volatile",
        ["volatile"],
        """
class MyDb(InMemoryDb):
    def __init__(self): super().__init__()
a=Agent(db=MyDb())
""",
    ),
    Shape(
        "sub pg",
        ["durable"],
        """
class MyDb(PostgresDb):
    def __init__(self, url): super().__init__(db_url=url)
a=Agent(db=MyDb(os.environ["U"]))
""",
    ),
    Shape(
        "guard isinstance raise",
        ["durable"],
        """
db=PostgresDb(db_url=os.environ["DATABASE_URL"])
if isinstance(db, InMemoryDb): raise RuntimeError("no")
a=Agent(db=db)
""",
    ),
    Shape(
        "pg sqlite url",
        ["volatile"],
        """
a=Agent(db=PostgresDb("sqlite://"))
""",
    ),
    Shape(
        "sqlite file memory name",
        ["local-file"],
        """
from agno.db.sqlite import SqliteDb
a=Agent(db=SqliteDb(db_file=":memory:"))
""",
    ),
    Shape(
        "sqlite default",
        ["local-file"],
        """
from agno.db.sqlite import SqliteDb
a=Agent(db=SqliteDb())
""",
    ),
    Shape(
        "sqlite engine memory",
        ["volatile"],
        """
from agno.db.sqlite import SqliteDb
from sqlalchemy import create_engine
a=Agent(db=SqliteDb(db_engine=create_engine("sqlite://")))
""",
    ),
    Shape(
        "pg engine",
        ["durable"],
        """
from sqlalchemy import create_engine
eng=create_engine(os.environ["DATABASE_URL"],pool_size=5)
a=Agent(db=PostgresDb(db_engine=eng))
""",
    ),
    Shape(
        "no db",
        ["none"],
        """
a=Agent(name="x")
""",
    ),
    Shape(
        "agentos none",
        ["none", "none"],
        """
from agno.os import AgentOS
a=Agent(name="x")
os_=AgentOS(agents=[a])
""",
    ),
    Shape(
        "workflow steps",
        ["none", "none", "durable"],
        """
from agno.workflow import Workflow, Step, Parallel
r=Agent(name="r"); w=Agent(name="w")
wf=Workflow(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]), steps=[Step(name="a",agent=r), Parallel(Step(name="b", agent=w))])
""",
    ),
    Shape(
        "1.x storage",
        ["durable"],
        """
from agno.agent import Agent
from agno.storage.postgres import PostgresStorage
a=Agent(storage=PostgresStorage(table_name="x", db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "1.x sqlite storage",
        ["local-file"],
        """
from agno.storage.agent.sqlite import SqliteAgentStorage
from agno.storage.sqlite import SqliteStorage
a=Agent(storage=SqliteStorage(table_name="x", db_file="x.db"))
""",
    ),
    Shape(
        "required raise",
        ["durable"],
        """
url=os.getenv("DATABASE_URL")
if not url:
    raise RuntimeError("DATABASE_URL is required")
a=Agent(db=PostgresDb(db_url=url))
""",
    ),
    Shape(
        "required sysexit",
        ["durable"],
        """
import sys
try:
    url=os.environ["DATABASE_URL"]
except KeyError:
    sys.exit("missing")
a=Agent(db=PostgresDb(db_url=url))
""",
    ),
    Shape(
        "guarded default",
        ["volatile"],
        """
try:
    url=os.environ["DATABASE_URL"]
    db=PostgresDb(db_url=url)
except KeyError:
    db=InMemoryDb()
a=Agent(db=db)
""",
    ),
    Shape(
        "later required proves",
        ["durable"],
        """
url=os.getenv("DATABASE_URL")
db=PostgresDb(db_url=url) if url else InMemoryDb()
a=Agent(db=db)
other=os.environ["DATABASE_URL"]
""",
    ),
    Shape(
        "unset raises",
        ["unknown"],
        """
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
        {"DATABASE_URL": None},
    ),
    Shape(
        "infer switch",
        ["durable"],
        """
db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.getenv("APP_ENV","dev")=="production" else InMemoryDb()
a=Agent(db=db)
""",
        {},
        described=False,
    ),
    Shape(
        "infer switch prod",
        ["durable"],
        """
ENV=os.getenv("STAGE","dev").lower()
db={"prod": lambda: PostgresDb(db_url=os.environ["DATABASE_URL"])}.get(ENV, InMemoryDb)()
a=Agent(db=db)
""",
        {},
        described=False,
    ),
    Shape(
        "depends",
        ["durable"],
        """
from fastapi import Depends, FastAPI
app=FastAPI()
def get_db():
    return PostgresDb(db_url=os.environ["DATABASE_URL"])
@app.get("/x")
def handler(q: str, db=Depends(get_db)):
    return Agent(db=db).run(q)
""",
    ),
    Shape(
        "depends annotated",
        ["durable"],
        """
from fastapi import Depends, FastAPI
from typing import Annotated
app=FastAPI()
def get_db():
    yield PostgresDb(db_url=os.environ["DATABASE_URL"])
@app.get("/x")
async def handler(q: str, db: Annotated[PostgresDb, Depends(get_db)]):
    return Agent(db=db).run(q)
""",
    ),
    Shape(
        "route handler volatile",
        ["volatile"],
        """
from fastapi import FastAPI
app=FastAPI()
@app.get("/x")
def handler(q: str):
    return Agent(db=InMemoryDb()).run(q)
""",
    ),
    Shape(
        "route cond volatile per request",
        ["volatile"],
        """
from fastapi import FastAPI
app=FastAPI()
@app.get("/x")
def handler(q: str, temp: bool = False):
    if temp:
        return Agent(db=InMemoryDb()).run(q)
""",
    ),
    Shape(
        "class holder method",
        ["durable"],
        """
class Service:
    def __init__(self, settings=None):
        self.db=PostgresDb(db_url=os.environ["DATABASE_URL"])
    def agent(self):
        return Agent(db=self.db)
""",
    ),
    Shape(
        "method param",
        ["unknown"],
        """
class Service:
    def __init__(self, db):
        self.db=db
    def agent(self):
        return Agent(db=self.db)
""",
    ),
    Shape(
        "if statement unknown two sites",
        ["durable", "unknown"],
        """
from flags import enabled
if enabled("x"):
    a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
else:
    a=Agent(db=InMemoryDb())
""",
    ),
    Shape(
        "lifespan",
        ["durable"],
        """
from contextlib import asynccontextmanager
from fastapi import FastAPI
state={}
@asynccontextmanager
async def lifespan(app):
    state["agent"]=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
    yield
app=FastAPI(lifespan=lifespan)
""",
    ),
    Shape(
        "asyncio main",
        ["volatile"],
        """
import asyncio
async def main():
    a=Agent(db=InMemoryDb())
    await a.arun("x")
if __name__=="__main__":
    asyncio.run(main())
""",
    ),
    Shape(
        "simplenamespace",
        ["durable"],
        """
from types import SimpleNamespace
cfg=SimpleNamespace(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
a=Agent(db=cfg.db)
""",
    ),
    Shape(
        "walrus",
        ["durable"],
        """
a=Agent(db=db if (db:=PostgresDb(db_url=os.environ["DATABASE_URL"])) else None)
""",
    ),
    Shape(
        "comprehension agents",
        ["durable"],
        """
db=PostgresDb(db_url=os.environ["DATABASE_URL"])
agents=[Agent(name=n, db=db) for n in ("a","b")]
""",
    ),
    Shape(
        "loop mix",
        ["volatile"],
        """
agents={}
for n, mk in (("a", lambda: PostgresDb(db_url=os.environ["DATABASE_URL"])),("b", InMemoryDb)):
    agents[n]=Agent(db=mk())
""",
    ),
    Shape(
        "agentos fills list append",
        ["durable", "durable"],
        """
from agno.os import AgentOS
agents=[]
agents.append(Agent(name="x"))
o=AgentOS(agents=agents, db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "agentos inmem stays",
        ["volatile", "durable"],
        """
from agno.os import AgentOS
a=Agent(db=InMemoryDb())
o=AgentOS(agents=[a], db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "team members none",
        ["none", "durable"],
        """
from agno.team import Team
m=Agent(name="m")
t=Team(members=[m], db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "deep copy",
        ["durable"],
        """
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
b=a.deep_copy()
""",
    ),
    Shape(
        "type checking",
        ["durable"],
        """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from agno.db.in_memory import InMemoryDb as X
db: "InMemoryDb | None" = None
db=PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(db=db)
""",
    ),
    Shape(
        "strtobool",
        ["durable"],
        """
from distutils.util import strtobool
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if strtobool(os.getenv("USE_PG","yes")) else InMemoryDb())
""",
    ),
    Shape(
        "env json",
        ["volatile"],
        """
import json
cfg=json.loads(os.getenv("CFG",'{"db":"memory"}'))
a=Agent(db=InMemoryDb() if cfg["db"]=="memory" else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "int env",
        ["durable"],
        """
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if int(os.getenv("LEVEL","0"))>=2 else InMemoryDb())
""",
        {"LEVEL": "2"},
    ),
    Shape(
        "pydantic literal computed",
        ["durable"],
        """
from typing import Literal
from pydantic import Field, computed_field, field_validator
from pydantic_settings import BaseSettings
from functools import lru_cache
class S(BaseSettings):
    env: Literal["dev","production"] = Field("dev", alias="APP_ENV")
    @computed_field
    @property
    def is_prod(self)->bool: return self.env=="production"
    @field_validator("env", mode="before")
    @classmethod
    def low(cls, v): return v.lower()
@lru_cache
def get_settings(): return S()
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if get_settings().is_prod else InMemoryDb())
""",
        {"APP_ENV": "Production"},
    ),
    Shape(
        "nested settings",
        ["durable"],
        """
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict
class Db(BaseModel):
    backend: str = "memory"
class S(BaseSettings):
    model_config=SettingsConfigDict(env_nested_delimiter="__")
    db: Db = Db()
s=S()
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if s.db.backend=="postgres" else InMemoryDb())
""",
        {"DB__BACKEND": "postgres"},
    ),
    Shape(
        "required setting",
        ["durable"],
        """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    database_url: str
a=Agent(db=PostgresDb(db_url=S().database_url))
""",
        {},
    ),
    Shape(
        "optional setting",
        ["volatile"],
        """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    database_url: str | None = None
s=S()
a=Agent(db=PostgresDb(db_url=s.database_url) if s.database_url else InMemoryDb())
""",
        {},
    ),
    Shape(
        "helper kwargs",
        ["durable"],
        """
def make(**kw):
    kw.setdefault("db", PostgresDb(db_url=os.environ["DATABASE_URL"]))
    return Agent(**kw)
a=make(name="x")
""",
    ),
    Shape(
        "decorator injects",
        ["durable"],
        """
import functools
def with_db(f):
    @functools.wraps(f)
    def inner(*a,**k):
        return f(*a, db=PostgresDb(db_url=os.environ["DATABASE_URL"]), **k)
    return inner
@with_db
def build(name, db=None):
    return Agent(name=name, db=db)
a=build("x")
""",
    ),
    Shape(
        "descriptor",
        ["durable"],
        """
class Lazy:
    def __get__(self, obj, owner): return PostgresDb(db_url=os.environ["DATABASE_URL"])
class S:
    db=Lazy()
a=Agent(db=S().db)
""",
    ),
    Shape(
        "property setter",
        ["durable"],
        """
class S:
    def __init__(self): self._db=None
    @property
    def db(self): return self._db
    @db.setter
    def db(self, v): self._db=v
s=S(); s.db=PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(db=s.db)
""",
    ),
    Shape(
        "namedtuple",
        ["durable"],
        """
from typing import NamedTuple
class C(NamedTuple):
    db: object
    n: int = 1
a=Agent(db=C(PostgresDb(db_url=os.environ["DATABASE_URL"])).db)
""",
    ),
    Shape(
        "collections namedtuple",
        ["durable"],
        """
from collections import namedtuple
C=namedtuple("C","db n")
a=Agent(db=C(PostgresDb(db_url=os.environ["DATABASE_URL"]),1).db)
""",
    ),
    Shape(
        "module getattr",
        ["durable"],
        """
import lazy
a=Agent(db=lazy.db)
""",
        files={"lazy.py": '\nimport os\ndef __getattr__(name):\n    if name=="db":\n        from agno.db.postgres import PostgresDb\n        return PostgresDb(db_url=os.environ["DATABASE_URL"])\n    raise AttributeError(name)\n'},
    ),
    Shape(
        "try connect fallback ctx",
        ["unknown"],
        """
import psycopg
try:
    psycopg.connect(os.environ["DATABASE_URL"])
    db=PostgresDb(db_url=os.environ["DATABASE_URL"])
except psycopg.OperationalError:
    db=InMemoryDb()
a=Agent(db=db)
""",
    ),
    Shape(
        "import star lib",
        ["volatile"],
        """
from agno.db.in_memory import *
a=Agent(db=InMemoryDb())
""",
    ),
    Shape(
        "dataclass settings from env",
        ["durable"],
        """
from dataclasses import dataclass, field
@dataclass(frozen=True)
class Settings:
    env: str = field(default_factory=lambda: os.getenv("APP_ENV","dev"))
    @classmethod
    def load(cls): return cls()
    @property
    def db(self):
        return PostgresDb(db_url=os.environ["DATABASE_URL"]) if self.env.startswith("prod") else InMemoryDb()
a=Agent(db=Settings.load().db)
""",
    ),
    Shape(
        "chained compare in set",
        ["durable"],
        """
PROD={"production","staging"}
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ.get("APP_ENV","").lower() in PROD else InMemoryDb())
""",
    ),
    Shape(
        "frozenset issubset",
        ["durable"],
        """
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if frozenset(["production"]) & {os.getenv("APP_ENV")} else InMemoryDb())
""",
    ),
    Shape(
        "container class",
        ["durable"],
        """
class Container:
    def __init__(self):
        self._f={}
    def register(self,k,f): self._f[k]=f
    def resolve(self,k): return self._f[k]()
c=Container()
c.register("db", lambda: PostgresDb(db_url=os.environ["DATABASE_URL"]))
a=Agent(db=c.resolve("db"))
""",
    ),
    Shape(
        "operator dict|",
        ["durable"],
        """
base={"markdown":True}
a=Agent(**(base | {"db": PostgresDb(db_url=os.environ["DATABASE_URL"])}))
""",
    ),
    Shape(
        "contextvar",
        ["durable"],
        """
from contextvars import ContextVar
db_var=ContextVar("db")
db_var.set(PostgresDb(db_url=os.environ["DATABASE_URL"]))
a=Agent(db=db_var.get())
""",
    ),
    Shape(
        "functools partial Agent",
        ["durable"],
        """
import functools
mk=functools.partial(Agent, db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
a=mk(name="x")
""",
    ),
    Shape(
        "vars/globals",
        ["durable"],
        """
a=Agent(db=globals()["PostgresDb"](db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "alias choices",
        ["durable"],
        """
from pydantic import Field, AliasChoices
from pydantic_settings import BaseSettings
class S(BaseSettings):
    env: str = Field("dev", validation_alias=AliasChoices("STAGE","APP_ENV"))
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if S().env=="production" else InMemoryDb())
""",
    ),
    Shape(
        "class Config prefix",
        ["durable"],
        """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    env: str = "dev"
    class Config:
        env_prefix="APP_"
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if S().env=="production" else InMemoryDb())
""",
    ),
    Shape(
        "bool setting",
        ["volatile"],
        """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    use_memory: bool = False
a=Agent(db=InMemoryDb() if S().use_memory else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
        {"USE_MEMORY": "yes"},
    ),
    Shape(
        "bool string trap",
        ["volatile"],
        """
a=Agent(db=InMemoryDb() if bool(os.getenv("USE_MEMORY","")) else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
        {"USE_MEMORY": "false"},
    ),
    Shape(
        "secretstr",
        ["durable"],
        """
from pydantic import SecretStr
from pydantic_settings import BaseSettings
class S(BaseSettings):
    database_url: SecretStr
a=Agent(db=PostgresDb(db_url=S().database_url.get_secret_value()))
""",
        {},
    ),
    Shape(
        "pgdsn",
        ["durable"],
        """
from pydantic import PostgresDsn
from pydantic_settings import BaseSettings
class S(BaseSettings):
    database_url: PostgresDsn
s=S()
a=Agent(db=PostgresDb(db_url=s.database_url.unicode_string()))
""",
        {},
    ),
    Shape(
        "pgdsn build",
        ["durable"],
        """
from pydantic import PostgresDsn
from pydantic_settings import BaseSettings
class S(BaseSettings):
    pg_host: str
    pg_pw: str
    @property
    def url(self): return str(PostgresDsn.build(scheme="postgresql+psycopg", username="u", password=self.pg_pw, host=self.pg_host, path="d"))
a=Agent(db=PostgresDb(db_url=S().url))
""",
        {},
    ),
    Shape(
        "__getattr__ settings proxy",
        ["durable"],
        """
class Proxy:
    def __getattr__(self, name):
        return os.environ.get(name.upper(), "")
cfg=Proxy()
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg.app_env=="production" else InMemoryDb())
""",
    ),
    Shape(
        "os.environ alias",
        ["durable"],
        """
from os import environ as E, getenv
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if E.get("APP_ENV")=="production" and getenv("APP_ENV") else InMemoryDb())
""",
    ),
    Shape(
        "dict(os.environ)",
        ["durable"],
        """
cfg=dict(os.environ)
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg["APP_ENV"]=="production" else InMemoryDb())
""",
    ),
    Shape(
        "**os.environ",
        ["durable"],
        """
from dotenv import dotenv_values
cfg={**dotenv_values(".env.shared"), **os.environ}
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg.get("APP_ENV")=="production" else InMemoryDb())
""",
    ),
    Shape(
        "environ items comp",
        ["durable"],
        """
cfg={k.lower(): v for k,v in os.environ.items()}
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg.get("app_env")=="production" else InMemoryDb())
""",
    ),
    Shape(
        "in environ",
        ["volatile"],
        """
a=Agent(db=InMemoryDb() if "CI" in os.environ else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
        {"CI": "1"},
    ),
    Shape(
        "del env",
        ["volatile"],
        """
os.environ.pop("APP_ENV")
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.getenv("APP_ENV") else InMemoryDb())
""",
    ),
    Shape(
        "reassigned import",
        ["volatile"],
        """
from agno.db.in_memory import InMemoryDb
PostgresDb = InMemoryDb
a=Agent(db=PostgresDb())
""",
    ),
    Shape(
        "conditional import",
        ["durable"],
        """
if os.getenv("APP_ENV")=="production":
    from agno.db.postgres import PostgresDb as Db
    args={"db_url": os.environ["DATABASE_URL"]}
else:
    from agno.db.in_memory import InMemoryDb as Db
    args={}
a=Agent(db=Db(**args))
""",
    ),
    Shape(
        "try import",
        ["durable"],
        """
try:
    from agno.db.postgres import PostgresDb as Db
except ImportError:
    from agno.db.in_memory import InMemoryDb as Db
a=Agent(db=Db(os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "nested functions self.db class attr override",
        ["volatile"],
        """
class Base:
    db=PostgresDb(db_url=os.environ["DATABASE_URL"])
    def __init__(self):
        self.agent=Agent(db=self.db)
class Dev(Base):
    db=InMemoryDb()
x=Dev()
""",
    ),
    Shape(
        "mixins mro",
        ["durable"],
        """
class A:
    def make(self): return InMemoryDb()
class B:
    def make(self): return PostgresDb(db_url=os.environ["DATABASE_URL"])
class C(B, A): pass
a=Agent(db=C().make())
""",
    ),
    Shape(
        "abc property",
        ["durable"],
        """
from abc import ABC, abstractmethod
class Base(ABC):
    @property
    @abstractmethod
    def db(self): ...
    def agent(self): return Agent(db=self.db)
class P(Base):
    @property
    def db(self): return PostgresDb(db_url=os.environ["DATABASE_URL"])
a=P().agent()
""",
    ),
    Shape(
        "zip/enumerate",
        ["durable"],
        """
kinds=["memory","pg"]; makers=[InMemoryDb, lambda: PostgresDb(db_url=os.environ["DATABASE_URL"])]
lookup=dict(zip(kinds, makers))
a=Agent(db=lookup["pg"]())
""",
    ),
    Shape(
        "next gen",
        ["durable"],
        """
cands=[("production", lambda: PostgresDb(db_url=os.environ["DATABASE_URL"])),("test", InMemoryDb)]
db=next(m for n,m in cands if n==os.environ["APP_ENV"])()
a=Agent(db=db)
""",
    ),
    Shape(
        "max by key",
        ["durable"],
        """
opts={"production":2,"test":1}
best=max(opts, key=opts.get)
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if best=="production" else InMemoryDb())
""",
    ),
    Shape(
        "sorted key",
        ["durable"],
        """
opts=[("b",1,InMemoryDb),("a",0,lambda: PostgresDb(db_url=os.environ["DATABASE_URL"]))]
a=Agent(db=sorted(opts, key=lambda o:o[1])[0][2]())
""",
    ),
    Shape(
        "str format switch",
        ["durable"],
        """
mod="agno.db.%s" % ("postgres" if os.environ["APP_ENV"]=="production" else "in_memory")
import importlib
cls=getattr(importlib.import_module(mod), "PostgresDb" if mod.endswith("postgres") else "InMemoryDb")
a=Agent(db=cls(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "re match",
        ["durable"],
        """
import re
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if re.match(r"^prod", os.getenv("APP_ENV","")) else InMemoryDb())
""",
    ),
    Shape(
        "re fullmatch",
        ["volatile"],
        """
import re
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if re.fullmatch("prod", os.getenv("APP_ENV","")) else InMemoryDb())
""",
    ),
    Shape(
        "platform env var",
        ["durable"],
        """
IS_LOCAL = not any(k in os.environ for k in ("K_SERVICE","KUBERNETES_SERVICE_HOST","APP_ENV"))
a=Agent(db=InMemoryDb() if IS_LOCAL else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "ctx var mgr exitstack",
        ["durable"],
        """
from contextlib import ExitStack
with ExitStack() as st:
    db=PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(db=db)
""",
    ),
    Shape(
        "global at function",
        ["durable"],
        """
agent=None
def setup():
    global agent
    agent=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
setup()
""",
    ),
    Shape(
        "threading",
        ["volatile"],
        """
import threading
def run(): Agent(db=InMemoryDb())
t=threading.Thread(target=run); t.start()
""",
    ),
    Shape(
        "click command",
        ["volatile"],
        """
import click
@click.command()
def cli():
    Agent(db=InMemoryDb())
if __name__=="__main__":
    cli()
""",
    ),
    Shape(
        "asserts",
        ["durable"],
        """
db=PostgresDb(db_url=os.environ["DATABASE_URL"])
assert not isinstance(db, InMemoryDb)
a=Agent(db=db)
""",
    ),
    Shape(
        "AgentOS lazy",
        ["durable", "durable"],
        """
from agno.os import AgentOS
def build():
    return [Agent(name="x")]
os_=AgentOS(agents=build(), db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
app=os_.get_app()
""",
    ),
    Shape(
        "agent subclass class attr",
        ["none"],
        """
class My(Agent):
    pass
a=My(name="x")
""",
    ),
    Shape(
        "agent factory cls var",
        ["durable"],
        """
class My(Agent):
    def __init__(self, **kw):
        kw["db"]=kw.get("db") or PostgresDb(db_url=os.environ["DATABASE_URL"])
        super().__init__(**kw)
a=My(name="x")
""",
    ),
    Shape(
        "set via setattr loop",
        ["durable", "durable"],
        """
x=Agent(); y=Agent()
for ag in [x,y]:
    ag.db=PostgresDb(db_url=os.environ["DATABASE_URL"])
""",
    ),
    Shape(
        "team db none bad",
        ["none", "none"],
        """
from agno.team import Team
t=Team(members=[Agent(name="m")])
""",
    ),
    Shape(
        "copy replace",
        ["durable"],
        """
import copy
cfg={"db": InMemoryDb()}
c2=copy.deepcopy(cfg); c2["db"]=PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(**c2)
""",
    ),
    Shape(
        "tuple unpack star",
        ["durable"],
        """
def both():
    return InMemoryDb(), PostgresDb(db_url=os.environ["DATABASE_URL"])
_, db = both()
a=Agent(db=db)
""",
    ),
    Shape(
        "lambda default late binding",
        ["volatile"],
        """
fs=[lambda k=k: k() for k in (InMemoryDb, )]
a=Agent(db=fs[0]())
""",
    ),
    Shape(
        "class body loop",
        ["durable"],
        """
class Cfg:
    for _n in ("x","y"):
        last=_n
    db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if last=="y" else InMemoryDb()
a=Agent(db=Cfg.db)
""",
    ),
    Shape(
        "yaml config",
        ["unknown"],
        """
import yaml
cfg=yaml.safe_load(open("config.yaml"))
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg["durable"] else InMemoryDb())
""",
    ),
    Shape(
        "argparse",
        ["unknown"],
        """
import argparse
p=argparse.ArgumentParser(); p.add_argument("--memory", action="store_true")
args=p.parse_args()
a=Agent(db=InMemoryDb() if args.memory else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "hostname",
        ["unknown"],
        """
import socket
a=Agent(db=InMemoryDb() if socket.gethostname().startswith("dev") else PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "click args",
        ["volatile"],
        """
import click
@click.command()
@click.option("--name")
def cli(name):
    Agent(db=InMemoryDb())
if __name__=="__main__":
    cli()
""",
    ),
    Shape(
        "syspath",
        ["volatile"],
        """
import sys, os
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib", "inner"))
from thing import mk
a=Agent(db=mk())
""",
        files={"lib/inner/__init__.py": "", "lib/inner/thing.py": HEAD + "def mk(): return InMemoryDb()\n"},
    ),
    Shape(
        "syspath pathlib",
        ["volatile"],
        """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))
import thing
a=Agent(db=thing.mk())
""",
        files={"lib/__init__.py": "", "lib/thing.py": HEAD + "def mk(): return InMemoryDb()\n"},
    ),
    Shape(
        "circular import",
        ["durable"],
        """
import other
def get(): return PostgresDb(db_url=os.environ["DATABASE_URL"])
a=Agent(db=other.use())
""",
        files={"other.py": "def use():\n    import app\n    return app.get()\n"},
    ),
    Shape(
        "relative pkg",
        ["durable"],
        """
from pkg.sub.mod import a
""",
        files={"pkg/__init__.py": "", "pkg/sub/__init__.py": "", "pkg/db.py": HEAD + 'def get(): return PostgresDb(db_url=os.environ["DATABASE_URL"])\n', "pkg/sub/mod.py": "from agno.agent import Agent\nfrom ..db import get\nfrom .. import db as d2\na=Agent(db=d2.get())\n"},
    ),
    Shape(
        "star with all",
        ["volatile"],
        """
from dbs import *
a=Agent(db=Store())
""",
        files={"dbs.py": 'from agno.db.in_memory import InMemoryDb as Store, InMemoryDb as _x\nfrom agno.db.postgres import PostgresDb\n__all__=["Store"]\n'},
    ),
    Shape(
        "unknown lib import star",
        ["unknown"],
        """
from somelib import *
a=Agent(db=make_db())
""",
    ),
    Shape(
        "handler exception implicit",
        ["unknown"],
        """
def f(x):
    y = undefined_name.z
    return Agent(db=InMemoryDb())
""",
    ),
    Shape(
        "module implicit error then agent",
        ["durable"],
        """
x = undefined_thing(3)
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
""",
    ),
    Shape(
        "retry loop",
        ["unknown"],
        """
import time, psycopg
def connect():
    for i in range(3):
        try:
            psycopg.connect("postgresql://h/d")
            return PostgresDb(db_url="postgresql://h/d")
        except psycopg.OperationalError:
            time.sleep(1)
    return InMemoryDb()
a=Agent(db=connect())
""",
    ),
    Shape(
        "retry forever",
        ["durable"],
        """
import time, psycopg
def connect():
    while True:
        try:
            psycopg.connect("postgresql://h/d")
            return PostgresDb(db_url="postgresql://h/d")
        except psycopg.OperationalError:
            time.sleep(1)
a=Agent(db=connect())
""",
    ),
    Shape(
        "retry raise",
        ["durable"],
        """
import psycopg
try:
    psycopg.connect("postgresql://h/d")
except Exception as e:
    raise SystemExit("db down") from e
a=Agent(db=PostgresDb(db_url="postgresql://h/d"))
""",
    ),
    Shape(
        "logger in try",
        ["durable"],
        """
import logging
log=logging.getLogger(__name__)
try:
    log.info("x")
    db=PostgresDb(db_url="postgresql://h/d")
except Exception:
    log.exception("no"); raise
a=Agent(db=db)
""",
    ),
    Shape(
        "logger in try with fallback",
        ["durable"],
        """
import logging
log=logging.getLogger(__name__)
try:
    log.info("x")
    db=PostgresDb(db_url="postgresql://h/d")
except Exception:
    db=InMemoryDb()
a=Agent(db=db)
""",
    ),
    Shape(
        "settings validate error",
        ["durable"],
        """
from pydantic_settings import BaseSettings
from pydantic import model_validator
class S(BaseSettings):
    env: str = "dev"
    database_url: str = ""
    @model_validator(mode="after")
    def check(self):
        if self.env=="production" and not self.database_url:
            raise ValueError("need url")
        return self
s=S()
a=Agent(db=PostgresDb(db_url=s.database_url) if s.database_url else InMemoryDb())
""",
        {"ENV": "production"},
    ),
    Shape(
        "multi env files",
        ["durable"],
        """
from pydantic_settings import BaseSettings, SettingsConfigDict
class S(BaseSettings):
    model_config=SettingsConfigDict(env_file=(".env",".env.prod"), extra="ignore")
    stage: str = "dev"
a=Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if S().stage=="production" else InMemoryDb())
""",
        {"STAGE": "production"},
    ),
    Shape(
        "conditional class def",
        ["durable"],
        """
if os.getenv("APP_ENV")=="production":
    class Store(PostgresDb):
        def __init__(self): super().__init__(db_url=os.environ["DATABASE_URL"])
else:
    class Store(InMemoryDb): pass
a=Agent(db=Store())
""",
    ),
    Shape(
        "walrus get",
        ["durable"],
        """
if (env := os.environ.get("APP_ENV")) and env.lower().startswith("prod"):
    db=PostgresDb(db_url=os.environ["DATABASE_URL"])
else:
    db=InMemoryDb()
a=Agent(db=db)
""",
    ),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_a_shape_is_understood(program: Make, shape: Shape) -> None:
    made = program(shape.source, shape.variables, files=shape.files, described=shape.described)

    assert [one.db for one in made.agents()] == shape.dbs


@pytest.mark.parametrize(("built", "expected"), [("local", "unknown"), ("server", "durable")])
def test_what_an_undecided_pair_picks_is_picked_under_its_own_condition(
    program: Make, built: str, expected: str
) -> None:
    source = f"""
import nobody
mode = "local" if nobody.is_local() else "server"
stores = {{("x", "server"): PostgresDb(db_url=URL), ("x", "local"): InMemoryDb()}}
db = stores["x", mode]
if mode == "{built}":
    Agent(db=db)
"""

    made = program(f'URL = "postgresql://db.example.com/app"{source}')

    assert [one.db for one in made.agents()] == [expected]


@pytest.mark.parametrize(("name", "expected"), [("nobody.name()", "unknown"), ("'id'", "durable")])
def test_an_attribute_that_is_set_by_a_name_that_nobody_knows_may_be_the_db(
    program: Make, name: str, expected: str
) -> None:
    source = f"""
import nobody
agent = Agent(db=PostgresDb(db_url=URL))
setattr(agent, {name}, InMemoryDb())
"""

    made = program(f'URL = "postgresql://db.example.com/app"{source}')

    assert [one.db for one in made.agents()] == [expected]
