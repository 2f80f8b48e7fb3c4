# ruff: noqa: E501 - the lines of the programs are as long as they are
"""The variables of the process: read, written, and given to settings."""

PROCESS = {
    "writes": """
os.environ.setdefault("<name>", "<word>")
if <test>:
    os.environ["<name>"] = <str>
if <test>:
    os.environ.pop("<name>", None)
made$ = <any>
""",
    "write then read": """
os.environ["<name>"] = <str>
os.environ.update({"<name>": "<word>", "MODE": "m"}, TAGS=<str>)
made$ = (os.getenv("<name>"), os.environ.get("MODE"), os.getenv("TAGS", "none"))
""",
    "delete": """
try:
    del os.environ["<name>"]
    made$ = "deleted"
except KeyError as error:
    made$ = error.args
made$ = (made$, "<name>" in os.environ, os.getenv("<name>", "d"))
""",
    "pop": """
try:
    made$ = os.environ.pop("<name>")
except KeyError:
    made$ = "none"
made$ = (made$, os.environ.pop("<name>", "again"), os.getenv("<name>"))
""",
    "helper": """
def env$(name, default=None, *, cast=str, required=False):
    value = os.environ.get(name)
    if value is None or value == "":
        if required:
            raise RuntimeError(f"{name} is not set")
        return default
    return cast(value)
try:
    made$ = (env$("<name>", "d"), env$("LIMIT", 3, cast=int), env$("<name>", required=True), env$("MODE", cast=lambda v: v.split(",")))
except (RuntimeError, ValueError) as error:
    made$ = (type(error).__name__, error.args)
""",
    "bad value": """
try:
    os.environ["MODE"] = 3
    made$ = "set"
except TypeError:
    made$ = os.getenv("MODE")
""",
    "first of": """
made$ = next((os.environ[n] for n in ("<name>", "<name>", "MODE") if os.environ.get(n)), None)
""",
    "copy of variables": """
held$ = os.environ.copy()
os.environ["MODE"] = "later"
held$["TAGS"] = "own"
made$ = (held$.get("MODE"), os.environ.get("MODE"), os.environ.get("TAGS"), held$["TAGS"])
""",
    "aliases": """
from os import environ as e$, getenv as g$
import os as o$
read$ = os.environ.get
made$ = (e$.get("<name>"), g$("<name>", "x"), o$.environ.get("MODE"), read$("<name>"), "<name>" in e$, e$ is os.environ)
""",
    "mapping": """
made$ = ({k: os.environ.get(k) for k in ("<name>", "MODE")}, [k for k in ("APP_ENV", "TAGS") if k in os.environ], {k[:3] for k in os.environ if k == "MODE"}, dict(os.environ).get("TAGS"), os.environ.keys() & {"MODE"}, sorted(k for k in os.environ if k in ("APP_ENV", "MODE")))
""",
    "prefix": """
made$ = {k.removeprefix("APP_").lower(): v for k, v in sorted(os.environ.items()) if k.startswith("APP_")}
""",
    "temporary": """
old$ = os.environ.get("MODE")
os.environ["MODE"] = "inside"
try:
    inside$ = os.getenv("MODE")
finally:
    if old$ is None:
        del os.environ["MODE"]
    else:
        os.environ["MODE"] = old$
made$ = (inside$, os.getenv("MODE"))
""",
    "expand": """
os.environ["MODE"] = "x"
made$ = (os.path.expandvars("$MODE/${MODE}"), string.Template("$MODE").substitute(os.environ))
""",
    "format map": """
made$ = ("{MODE}".format_map({"MODE": <str>}), "{a}".format(**<dict0>))
""",
    "settings object": """
class Settings$:
    ENV = os.getenv("APP_ENV", "development")
    DEBUG = ENV != "production"
    def __init__(self, **over):
        self.url = over.get("url") or os.getenv("DATABASE_URL") or "sqlite://"
        self.size = int(over.get("size", <n>))
    @property
    def durable(self):
        return self.url.startswith(("postgres", "mysql"))
s$ = Settings$(**({"url": <str>} if <test> else {}))
made$ = (s$.ENV, s$.DEBUG, s$.durable, s$.size)
""",
    "settings by environment": """
class Config$:
    DB = None
    POOL = 5
class Production$(Config$):
    DB = <str>
class Development$(Config$):
    DB = "sqlite://"
    POOL = 1
configs$ = {"production": Production$, "prod": Production$, "dev": Development$}
config$ = configs$.get(os.getenv("APP_ENV", "dev").lower(), Config$)()
made$ = (config$.DB, config$.POOL, type(config$).__name__)
""",
    "loop over settings": """
class S$:
    pass
for name$, default$ in {"APP_ENV": "dev", "LIMIT": "5", "MODE": ""}.items():
    setattr(S$, name$.lower(), os.getenv(name$, default$))
made$ = (S$.app_env, S$.limit, getattr(S$, "mode"))
""",
}
PYDANTIC = {
    "pydantic settings": """
from pydantic_settings import BaseSettings
class S$(BaseSettings):
    app_env: str = "<word>"
    mode: str | None = None
    tags: str = <str>
try:
    s$ = S$()
    made$ = (s$.app_env, s$.mode, s$.tags)
except ValueError:
    made$ = "invalid"
""",
    "pydantic settings types": """
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic import Field
class S$(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", extra="ignore")
    env: str = "dev"
    limit: int = Field(default=<int>, alias="LIMIT")
    use_memory: bool = Field(False, validation_alias="USE_MEMORY")
try:
    s$ = S$()
    made$ = (s$.env, s$.limit, s$.use_memory)
except ValueError:
    made$ = "invalid"
""",
    "pydantic settings given": """
from pydantic_settings import BaseSettings
class S$(BaseSettings):
    mode: str = "a"
    app_env: str = "b"
    @property
    def both(self):
        return self.mode + self.app_env
made$ = (S$(mode=<str>).both, S$().mode)
""",
    "pydantic settings required": """
from pydantic_settings import BaseSettings
class S$(BaseSettings):
    database_url: str
    limit: float = 1
try:
    made$ = S$().database_url
except ValueError:
    made$ = "missing"
""",
    "pydantic model": """
from pydantic import BaseModel, Field, field_validator
class Inner$(BaseModel):
    n: int = 1
class M$(BaseModel):
    name: str = Field(default=<str>)
    size: int = 2
    tags: list[str] = Field(default_factory=lambda: <list>)
    inner: Inner$ = Inner$()
    @field_validator("name")
    @classmethod
    def lower(cls, value):
        return value.lower()
try:
    m$ = M$(name=<str>, size=<str>)
except ValueError:
    m$ = M$(inner={"n": 3})
made$ = (m$.name, m$.size, m$.tags, m$.inner.n, m$.model_dump(include={"size"}))
""",
}
DOTENV = {
    "load dotenv": """
from dotenv import load_dotenv
before$ = os.getenv("<name>")
load_dotenv(<override>)
made$ = (before$, os.getenv("<name>"), os.getenv("FROM_FILE"), os.environ.get("MODE", "none"))
""",
    "load dotenv file": """
from dotenv import load_dotenv
load_dotenv("settings.env"<override2>)
load_dotenv(dotenv_path=Path("missing.env"))
made$ = (os.getenv("MODE"), os.getenv("ONLY_THERE", "none"), os.getenv("QUOTED"), os.getenv("EXPANDED"))
""",
    "dotenv values": """
from dotenv import dotenv_values
held$ = {**dotenv_values("settings.env"), **os.environ}
made$ = (held$.get("MODE"), held$["ONLY_THERE"], dotenv_values(".env").get("FROM_FILE"), "QUOTED" in held$)
""",
    "read dotenv by hand": """
held$ = {}
for line$ in Path("settings.env").read_text().splitlines():
    if not line$.strip() or line$.startswith("#"):
        continue
    key$, _, value$ = line$.partition("=")
    held$[key$.strip()] = value$.strip()
    os.environ.setdefault(key$.strip(), value$.strip().strip('"'))
made$ = (held$, os.environ["ONLY_THERE"], os.getenv("MODE"))
""",
}
DOCUMENTS = {
    "json file": """
with open("config.json") as file$:
    data$ = json.load(file$)
env$ = data$["environments"].get(<str>, data$["environments"]["default"])
made$ = (data$, env$["db"], data$.get("none", {}).get("x"), data$["sizes"][-1] + 1)
""",
    "json text": """
data$ = json.loads(Path("config.json").read_text())
try:
    json.loads("{" + <str>)
    made$ = "parsed"
except json.JSONDecodeError:
    made$ = "not json"
made$ = (made$, data$["flag"], json.loads('[1, 2.5, null, true, "\\\\u00e9"]'), json.dumps({"b": [1, None], "a": <str>}, sort_keys=True), json.dumps([1], indent=1))
""",
    "yaml file": """
import yaml
with open("config.yaml", encoding="utf-8") as file$:
    data$ = yaml.safe_load(file$)
made$ = (data$["db"]["url"], data$["list"], data$["on_text"], data$["number"], data$.get("nothing", "d"), data$["anchor"] == data$["alias"])
""",
    "toml file": """
import tomllib
with open("config.toml", "rb") as file$:
    data$ = tomllib.load(file$)
made$ = (data$["db"]["url"], data$["db"]["pool"]["size"], data$["names"], tomllib.loads("a = 1")["a"])
""",
    "ini file": """
import configparser
parser$ = configparser.ConfigParser()
parser$.read("config.ini")
made$ = (parser$["db"]["url"], parser$.get("db", "size"), parser$.getint("db", "size"), parser$.get("db", "none", fallback="f"), parser$.sections(), parser$.has_section("x"), parser$.getboolean("db", "flag"), parser$["db"].get("zz", "d"))
""",
    "missing file": """
try:
    with open("missing.json") as file$:
        made$ = json.load(file$)
except FileNotFoundError:
    made$ = <any>
""",
    "file by name": """
name$ = f"{<str0>}.json"
path$ = Path(__file__).parent / (name$ if Path(name$).exists() else "config.json")
made$ = json.loads(path$.read_text())["sizes"]
""",
}
FILES = {
    ".env": "FROM_FILE=yes\nMODE=from-file\nAPP_ENV='dev'\nexport LIMIT=9\n",
    "settings.env": '# settings\nMODE=settings\nONLY_THERE=there\nQUOTED="a b"\nEXPANDED=${ONLY_THERE}/x\n',
    "config.json": '{"environments": {"production": {"db": "pg"}, "default": {"db": "mem"}},\n "sizes": [1, 2, 3], "flag": true}\n',
    "config.yaml": "db:\n  url: postgresql://db/app\nlist: [a, 1, 2.5, null]\non_text: 'on'\nnumber: 012\nanchor: &x {a: 1}\nalias: *x\n",
    "config.toml": 'names = ["a", "b"]\n[db]\nurl = "postgresql://db/app"\n[db.pool]\nsize = 5\n',
    "config.ini": "[db]\nurl = postgresql://db/app\nsize = 7\nflag = yes\n",
}
ENGINES = {
    "engine": """
from sqlalchemy import create_engine
made$ = create_engine(os.getenv("DATABASE_URL", "postgresql://db/app"), pool_size=<int>, echo=<test>)
""",
    "url of parts": """
from sqlalchemy import create_engine
user$, host$ = os.getenv("MODE", "app"), <str>
made$ = create_engine(f"postgresql://{user$}:{urllib.parse.quote('p@ss')}@{host$ or 'db'}:{int(os.getenv('LIMIT') or 5)}/{os.getenv('TAGS') or 'app'}")
""",
    "url rewritten": """
from sqlalchemy import create_engine
url$ = os.environ.get("DATABASE_URL") or "postgres://u:p@db/app"
if url$.startswith("postgres://"):
    url$ = url$.replace("postgres://", "postgresql+psycopg://", 1)
if "sslmode" not in url$:
    url$ += ("&" if "?" in url$ else "?") + "sslmode=" + ("require" if <test> else "prefer")
made$ = create_engine(url$, connect_args={"options": <str>})
""",
    "url joined": """
from sqlalchemy import create_engine
parts$ = {"host": <str>, "port": 5432, "db": "app"}
options$ = {"sslmode": "require", **({"application_name": "x"} if <test> else {})}
made$ = create_engine("postgresql://{host}:{port}/{db}".format(**parts$) + "?" + "&".join(f"{k}={v}" for k, v in options$.items()), **{"pool_pre_ping": <test>})
""",
    "url parsed": """
from sqlalchemy import create_engine
p$ = urllib.parse.urlparse(os.getenv("DATABASE_URL", "postgresql://u:p@db:5433/app?x=1"))
made$ = create_engine(f"{p$.scheme}://{p$.hostname}:{p$.port or 5432}/{p$.path.lstrip('/')}?{p$.query}")
""",
    "url replaced": """
from sqlalchemy import create_engine
p$ = urllib.parse.urlsplit("postgresql://u:p@db:5433/app")
made$ = create_engine(urllib.parse.urlunsplit(p$._replace(scheme="postgresql+psycopg", query=urllib.parse.urlencode({"sslmode": <str>}))))
""",
    "engine factory": """
from sqlalchemy import create_engine
@functools.lru_cache
def engine$(name="default"):
    return create_engine({"default": "postgresql://db/app", "other": <str>}[name], **options$)
options$ = dict(pool_size=<int>)
engine$()
engine$("other")
made$ = engine$()
""",
    "engines in a loop": """
from sqlalchemy import create_engine
engines$ = {}
for i$, name$ in enumerate(("a", "b")):
    engines$[name$] = create_engine(f"postgresql://{name$}/app{i$}", pool_size=i$ + 1)
made$ = engines$
""",
    "db over an engine": """
from sqlalchemy import create_engine
made$ = PostgresDb(db_engine=create_engine(<str>)) if <test> else PostgresDb(db_url=<str>)
""",
}
