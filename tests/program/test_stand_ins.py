# ruff: noqa: E501 - programs as people write them
"""Libraries whose model is Python that the interpreter runs: containers, settings, plug-ins."""

import ast

import pytest

from readiness.program.models import written
from readiness.program.stand_ins import HEAD, content
from tests.program.conftest import Make, spelled

SHAPES = {
    "decouple choices": {
        "app.py": """
from decouple import config, Choices
STORE = config("STORE", default="mem", cast=Choices(["pg", "mem"]))
agent = Agent(name="x", db={"pg": lambda: PostgresDb(db_url=config("DATABASE_URL")), "mem": InMemoryDb}[STORE]())
""",
    },
    "punq container": {
        "app.py": """
import punq
from agno.db.base import BaseDb
container = punq.Container()
if os.environ["APP_ENV"] == "production":
    container.register(BaseDb, instance=PostgresDb(db_url=os.environ["DATABASE_URL"]))
else:
    container.register(BaseDb, factory=InMemoryDb)
agent = Agent(name="x", db=container.resolve(BaseDb))
""",
    },
    "punq auto": {
        "app.py": """
import punq
from dataclasses import dataclass
from agno.db.base import BaseDb
@dataclass
class Repo:
    db: BaseDb
class Bot:
    def __init__(self, repo: Repo, name: str = "bot"):
        self.agent = Agent(name=name, db=repo.db)
c = punq.Container()
c.register(BaseDb, factory=(lambda: PostgresDb(db_url=os.environ["DATABASE_URL"])) if os.environ["APP_ENV"] == "production" else InMemoryDb, scope=punq.Scope.singleton)
c.register(Repo)
c.register(Bot)
bot = c.resolve(Bot)
""",
    },
    "injector module": {
        "app.py": """
from injector import Injector, Module, provider, singleton
from agno.db.base import BaseDb
class DbModule(Module):
    @singleton
    @provider
    def db(self) -> BaseDb:
        if os.environ["APP_ENV"] == "production":
            return PostgresDb(db_url=os.environ["DATABASE_URL"])
        return InMemoryDb()
inj = Injector([DbModule()])
agent = Agent(name="x", db=inj.get(BaseDb))
""",
    },
    "injector bind": {
        "app.py": """
from injector import Injector, Binder, inject, singleton
from agno.db.base import BaseDb
class Bot:
    @inject
    def __init__(self, db: BaseDb):
        self.agent = Agent(name="x", db=db)
def configure(binder: Binder) -> None:
    db = PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb()
    binder.bind(BaseDb, to=db, scope=singleton)
bot = Injector([configure]).get(Bot)
""",
    },
    "lagom container": {
        "app.py": """
from lagom import Container, Singleton
from agno.db.base import BaseDb
class Service:
    def __init__(self, db: BaseDb):
        self.agent = Agent(name="x", db=db)
container = Container()
container[BaseDb] = Singleton(lambda: PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb())
service = container[Service]
""",
    },
    "svcs registry": {
        "app.py": """
import svcs
from agno.db.base import BaseDb
registry = svcs.Registry()
if os.environ["APP_ENV"] == "production":
    registry.register_value(BaseDb, PostgresDb(db_url=os.environ["DATABASE_URL"]))
else:
    registry.register_factory(BaseDb, InMemoryDb)
def agent_factory(svcs_container: svcs.Container):
    return Agent(name="x", db=svcs_container.get_abstract(BaseDb))
registry.register_factory(Agent, agent_factory)
agent = svcs.Container(registry).get(Agent)
""",
    },
    "pluggy hook": {
        "app.py": """
import pluggy
hookspec = pluggy.HookspecMarker("app")
hookimpl = pluggy.HookimplMarker("app")
class Spec:
    @hookspec(firstresult=True)
    def make_db(self): ...
class Prod:
    @hookimpl
    def make_db(self): return PostgresDb(db_url=os.environ["DATABASE_URL"])
class Dev:
    @hookimpl
    def make_db(self): return InMemoryDb()
pm = pluggy.PluginManager("app")
pm.add_hookspecs(Spec)
pm.register(Prod() if os.environ["APP_ENV"] == "production" else Dev())
agent = Agent(name="x", db=pm.hook.make_db())
""",
    },
    "blinker start": {
        "app.py": """
from blinker import signal
started = signal("started")
made = {}
@started.connect
def on_start(sender, **kw):
    made["db"] = PostgresDb(db_url=os.environ["DATABASE_URL"]) if kw["env"] == "production" else InMemoryDb()
signal("started").send("app", env=os.environ["APP_ENV"])
agent = Agent(name="x", db=made["db"])
""",
    },
    "dynaconf switch": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=["settings.toml"], environments=True, load_dotenv=False)
db = PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.STORAGE == "postgres" else InMemoryDb()
agent = Agent(name="x", db=db)
""",
        "settings.toml": """
@[default]
storage = "memory"

[development]
storage = "memory"

[production]
storage = "postgres"
""",
    },
    "dynaconf prefix nested": {
        "app.py": """
from dynaconf import Dynaconf, Validator
settings = Dynaconf(envvar_prefix="MYAPP", settings_files=["settings.yaml", ".secrets.yaml"], validators=[Validator("DB.KIND", must_exist=True)])
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.db.kind == "postgres" else InMemoryDb())
""",
        "settings.yaml": """
@db:
  kind: memory
""",
    },
    "dynaconf bool env": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=[])
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.get("persist", False) is True else InMemoryDb())
""",
    },
    "omegaconf resolver": {
        "app.py": """
from omegaconf import OmegaConf
cfg = OmegaConf.create({"db": {"kind": "${oc.env:DB_KIND,memory}"}})
kinds = {"production": "postgres"}
os.environ.setdefault("DB_KIND", kinds.get(os.environ["APP_ENV"], "memory"))
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if cfg.db.kind == "postgres" else InMemoryDb())
""",
    },
    "dynaconf secrets": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=["s.toml"], secrets="more.toml")
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.get("durable") else InMemoryDb())
""",
        "s.toml": "\n@durable = false\n",
        "more.toml": "\n@durable = true\n",
    },
    "dynaconf includes": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=["s.toml"], includes=["more.*"])
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.get("durable") else InMemoryDb())
""",
        "s.toml": "\n@durable = false\n",
        "more.toml": "\n@durable = true\n",
    },
    "dynaconf included by a file": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=["s.toml"])
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.get("durable") else InMemoryDb())
""",
        "s.toml": "\n@dynaconf_include = ['more.toml']\ndurable = false\n",
        "more.toml": "\n@durable = true\n",
    },
    "dynaconf not included": {
        "app.py": """
from dynaconf import Dynaconf
settings = Dynaconf(settings_files=["s.toml"])
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if settings.get("durable") else InMemoryDb())
""",
        "s.toml": "\n@durable = false\n",
        "more.toml": "\n@durable = true\n",
    },
    "omegaconf missing": {
        "app.py": """
from omegaconf import OmegaConf
cfg = OmegaConf.create({"db": {}, "must": "???"})
if os.environ["APP_ENV"] == "production":
    cfg.db.kind = "postgres"
durable = hasattr(cfg.db, "kind") and "must" not in cfg and getattr(cfg, "other", "x") == "x"
agent = Agent(name="x", db=PostgresDb(db_url=os.environ["DATABASE_URL"]) if durable else InMemoryDb())
""",
    },
    "hydra style yaml": {
        "app.py": """
from omegaconf import OmegaConf
from pathlib import Path
here = Path(__file__).parent
cfg = OmegaConf.merge(OmegaConf.load(here / "conf/base.yaml"), OmegaConf.load(here / f"conf/{os.environ['APP_ENV']}.yaml"))
opts = OmegaConf.to_container(cfg.db, resolve=True)
kind = opts.pop("kind")
agent = Agent(name="x", db={"pg": PostgresDb, "mem": InMemoryDb}[kind](**opts))
""",
        "conf/base.yaml": """
@host: db.example.com
db:
  kind: mem
""",
        "conf/production.yaml": """
@db:
  kind: pg
  db_url: postgresql+psycopg://u@${host}/d
""",
        "conf/test.yaml": """
@db: {kind: mem}
""",
    },
    "starlette config": {
        "app.py": """
from starlette.config import Config
config = Config(".env")
ENV = config("APP_ENV", default="development")
PERSIST = config("PERSIST", cast=bool, default=ENV == "production")
agent = Agent(name="x", db=PostgresDb(db_url=config("DATABASE_URL")) if PERSIST else InMemoryDb())
""",
    },
    "starlette env file": {
        "app.py": """
from starlette.config import Config
config = Config(".env.local")
agent = Agent(name="x", db=PostgresDb(db_url=config("DATABASE_URL")) if config("PERSIST", cast=bool) else InMemoryDb())
""",
        ".env.local": """
@PERSIST=false
""",
    },
    "tenacity fallback": {
        "app.py": """
from tenacity import Retrying, stop_after_attempt
db = None
for attempt in Retrying(stop=stop_after_attempt(2), reraise=True):
    with attempt:
        db = PostgresDb(db_url=os.environ["DATABASE_URL"])
agent = Agent(name="x", db=db or InMemoryDb())
""",
    },
    "plugin scan pkgutil": {
        "app.py": """
@import os, pkgutil, importlib
import plugins
FOUND = {}
for info in pkgutil.iter_modules(plugins.__path__):
    mod = importlib.import_module(f"{plugins.__name__}.{info.name}")
    FOUND[mod.NAME] = mod.build
from agno.agent import Agent
agent = Agent(name="x", db=FOUND["pg" if os.environ["APP_ENV"] == "production" else "mem"]())
""",
        "plugins/__init__.py": "",
        "plugins/a_pg.py": """
@import os
from agno.db.postgres import PostgresDb
NAME = "pg"
def build():
    return PostgresDb(db_url=os.environ["DATABASE_URL"])
""",
        "plugins/b_mem.py": """
@from agno.db.in_memory import InMemoryDb
NAME = "mem"
def build():
    return InMemoryDb()
""",
    },
    "queue handover": {
        "app.py": """
import queue
q = queue.Queue()
q.put(PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb())
agent = Agent(name="x", db=q.get())
""",
    },
    "concurrent future": {
        "app.py": """
from concurrent.futures import ThreadPoolExecutor
def open_db(): return PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb()
with ThreadPoolExecutor() as ex:
    db = ex.submit(open_db).result()
agent = Agent(name="x", db=db)
""",
    },
    "cachetools cached": {
        "app.py": """
from cachetools import cached, TTLCache
CACHE = TTLCache(maxsize=2, ttl=60)
@cached(cache=TTLCache(maxsize=1, ttl=30))
def get_db():
    return PostgresDb(db_url=os.environ["DATABASE_URL"]) if os.environ["APP_ENV"] == "production" else InMemoryDb()
CACHE["db"] = get_db()
agent = Agent(name="x", db=CACHE["db"])
""",
    },
}
CASES = [
    (
        "queue handover",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "queue handover",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "concurrent future",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "concurrent future",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "cachetools cached",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "cachetools cached",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "decouple choices",
        {"APP_ENV": "production", "STORE": "pg", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "decouple choices",
        {"APP_ENV": "production", "STORE": "mem", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "decouple choices",
        {"APP_ENV": "production", "STORE": None, "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "punq container",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "punq container",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "punq auto",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "punq auto",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "injector module",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "injector module",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "injector bind",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "injector bind",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "lagom container",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "lagom container",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "svcs registry",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "svcs registry",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "pluggy hook",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "pluggy hook",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "blinker start",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "blinker start",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "dynaconf switch",
        {
            "APP_ENV": "production",
            "ENV_FOR_DYNACONF": "production",
            "DATABASE_URL": "postgresql+psycopg://u:p@h/d",
        },
        ["durable"],
    ),
    (
        "dynaconf switch",
        {
            "APP_ENV": "production",
            "ENV_FOR_DYNACONF": "development",
            "DATABASE_URL": "postgresql+psycopg://u:p@h/d",
        },
        ["volatile"],
    ),
    (
        "dynaconf prefix nested",
        {"MYAPP_DB__KIND": "postgres", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "dynaconf prefix nested",
        {"MYAPP_DB__KIND": None, "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "dynaconf bool env",
        {"DYNACONF_PERSIST": "true", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "dynaconf bool env",
        {"DYNACONF_PERSIST": None, "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "omegaconf resolver",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "omegaconf resolver",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "dynaconf secrets",
        {"DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "dynaconf includes",
        {"DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "dynaconf included by a file",
        {"DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["unknown"],
    ),
    (
        "dynaconf not included",
        {"DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "omegaconf missing",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "omegaconf missing",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "hydra style yaml",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "hydra style yaml",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "starlette config",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "starlette config",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "starlette config",
        {"APP_ENV": None, "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "starlette env file",
        {"APP_ENV": None, "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
    (
        "tenacity fallback",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "plugin scan pkgutil",
        {"APP_ENV": "production", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["durable"],
    ),
    (
        "plugin scan pkgutil",
        {"APP_ENV": "test", "DATABASE_URL": "postgresql+psycopg://u:p@h/d"},
        ["volatile"],
    ),
]


@pytest.mark.parametrize(("shape", "variables", "dbs"), CASES)
def test_what_a_library_hands_on_is_known(
    program: Make, shape: str, variables: dict[str, str | None], dbs: list[str]
) -> None:
    files = spelled(SHAPES[shape])
    made = program(files.pop("app.py"), variables, head=False, files=files)

    assert [one.db for one in made.agents()] == dbs, [one.reason for one in made.agents()]


def test_every_name_of_a_stand_in_is_there() -> None:
    for library, names in written.NAMES.items():
        tree = ast.parse(content(f"{HEAD}{library.replace('.', '_')}.py"))
        bound = {getattr(one, "name", None) for one in tree.body}
        bound |= {target.id for one in tree.body if isinstance(one, ast.Assign)
                  for target in one.targets if isinstance(target, ast.Name)}  # fmt: skip

        assert set(names) <= bound, library


def test_what_a_stand_in_makes_stands_where_the_project_asked(program: Make) -> None:
    files = spelled(SHAPES["punq auto"])
    made = program(files.pop("app.py"), {"APP_ENV": "test"}, head=False, files=files)

    (site,) = made.agents()

    assert site.db_at is not None
    assert site.db_at.path == "app.py"
    assert all(step.at is None or step.at.path == "app.py" for step in site.trace)


LAYERS = {
    "settings.toml": '[default]\nstore = "memory"\n[default.db]\nhost = "localhost"\n[production]\n'
                     'store = "pg"\n',
    "flat.toml": 'store = "memory"\n[db]\nhost = "localhost"\nname = "d"\n',
}  # fmt: skip


@pytest.mark.parametrize(
    ("made", "read", "variables", "shown"),
    [
        ("settings_files=['settings.toml'], environments=True", "s.STORE", {}, "'memory'"),
        ("settings_files=['settings.toml'], environments=True", "s.current_env", {},
         "'DEVELOPMENT'"),
        ("settings_files=['settings.toml'], environments=True, env='production'", "s.STORE", {},
         "'pg'"),
        ("settings_files=['settings.toml'], environments=True, env='production'", "s.STORE",
         {"ENV_FOR_DYNACONF": "staging"}, "'memory'"),
        ("settings_files=['settings.toml'], environments=True, env_switcher='APP_ENV'", "s.STORE",
         {"APP_ENV": "production"}, "'pg'"),
        ("settings_files=['settings.toml'], environments=True, env_switcher='APP_ENV'", "s.STORE",
         {"ENV_FOR_DYNACONF": "production"}, "'pg'"),
        ("settings_files=['flat.toml']", "s.current_env", {"ENV_FOR_DYNACONF": "production"},
         "'main'"),
        ("settings_files=['flat.toml']", "s.DB.HOST", {"DYNACONF_DB": "{host='q'}"}, "'q'"),
        ("settings_files=['flat.toml']", "s.DB.get('name')", {"DYNACONF_DB": "{host='q'}"},
         "None"),
        ("settings_files=['flat.toml'], merge_enabled=True", "s.DB.name",
         {"DYNACONF_DB": "{host='q'}"}, "'d'"),
        ("", "s.get('store', 'none')", {}, "'none'"),
    ],
)  # fmt: skip
def test_dynaconf_reads_what_it_is_told_to(
    program: Make, made: str, read: str, variables: dict[str, str], shown: str
) -> None:
    source = f"from dynaconf import Dynaconf\ns = Dynaconf({made})\nsaid = repr({read})\n"
    source += f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    unset = dict.fromkeys(("APP_ENV", "ENV_FOR_DYNACONF", "DYNACONF_DB", "DYNACONF_STORE"))
    agents = program(source, {**unset, **variables}, files=LAYERS).agents()

    assert [one.db for one in agents] == ["durable"]
