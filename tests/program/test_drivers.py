"""What each driver takes for TLS, when it reads it, and what becomes of an URL on the way."""

import pytest

from tests.program.conftest import Make

HEAD = """import os, ssl, psycopg
from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
"""
MODES = [
    ("create_async_engine('postgresql+asyncpg://a@db/x', connect_args={'ssl': 'require'})",
     "require"),
    ("create_async_engine('postgresql+asyncpg://a@db/x', connect_args={'sslmode': 'require'})",
     None),
    ("create_async_engine('postgresql+asyncpg://a@db/x?ssl=require')", "require"),
    ("create_async_engine('postgresql+asyncpg://a@db/x?sslmode=require')", None),
    ("create_engine('postgresql+psycopg://a@db/x?sslmode=require')", "require"),
    ("create_engine('postgresql+psycopg://a@db/x?ssl=require')", None),
    ("create_engine('postgresql+pg8000://a@db/x',"
     " connect_args={'ssl_context': ssl.create_default_context()})", "verify-full"),
    ("create_engine('postgresql+pg8000://a@db/x')", "prefer"),
    ("create_engine(make_url('postgresql://a@db/x').update_query_dict({'sslmode': 'disable'}))",
     "disable"),
    ("create_engine(make_url('postgresql://a@db/x').update_query_string('sslmode=require'))",
     "require"),
    ("create_engine(make_url('postgresql://a@db/x').set(query={'sslmode': 'require'}))",
     "require"),
    ("create_engine(URL.create('postgresql', host='db').update_query_dict("
     "{'sslmode': 'require'}))", "require"),
    ("create_engine(make_url('postgresql://a@db/x').update_query_dict({'sslmode': 'require'})"
     ".render_as_string(hide_password=False))", "require"),
    ("create_engine(make_url('postgresql://a@db/x').update_query_dict(os.environ['Q']))", None),
    ("create_engine('postgresql+psycopg://', creator=os.environ['MAKER'])", None),
]  # fmt: skip


@pytest.mark.parametrize(("call", "mode"), MODES)
def test_the_mode_is_what_the_driver_would_take(program: Make, call: str, mode: str) -> None:
    engines = program(f"{HEAD}e = {call}", head=False).engines()

    assert [(one.sslmode, bool(one.sslmode_reason)) for one in engines] == [(mode, mode is None)]


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("host={H} dbname=d sslmode=require", "require"),
        ("host={H} dbname=d", "prefer"),
        ("host={H} {MORE}", None),
    ],
)
def test_what_the_platform_puts_after_a_word_is_its_value(
    program: Make, words: str, mode: str | None
) -> None:
    said = words.replace("{H}", "{os.environ['H']}").replace("{MORE}", "{os.environ['MORE']}")
    made = program(f'import psycopg\nconnection = psycopg.connect(f"{said}")')

    assert made.engines()[0].sslmode == mode


@pytest.mark.parametrize(
    ("words", "mode"), [("host=db sslmode=require", "require"), ("host=db", "prefer")]
)
def test_the_connections_of_a_creator_are_those_of_the_engine(
    program: Make, words: str, mode: str
) -> None:
    call = f"create_engine('postgresql+psycopg://', creator=lambda: psycopg.connect('{words}'))"

    engines = program(f"{HEAD}e = {call}", head=False).engines()

    assert {one.sslmode for one in engines} == {mode}


LATER = "os.environ['PGSSLMODE'] = 'require'"
DIRECT = "c = psycopg.connect('postgresql://a@db/x')"
LAZY = "e = create_engine('postgresql://a@db/x')"


@pytest.mark.parametrize(
    ("source", "mode"),
    [
        (f"{DIRECT}\n{LATER}", "prefer"),
        (f"{LATER}\n{DIRECT}", "require"),
        (f"{LAZY}\n{LATER}", "require"),
    ],
)
def test_a_variable_of_libpq_counts_when_the_connection_is_made(
    program: Make, source: str, mode: str
) -> None:
    engines = program(f"{HEAD}{source}", head=False).engines()

    assert [one.sslmode for one in engines] == [mode]


ORMS = [
    ("from databases import Database\nd = Database('postgresql://a@db/x?ssl=true&max_size=20')",
     "verify-full", 20, True),
    ("from databases import Database\nd = Database('postgresql://a@db/x')", "prefer", 10, False),
    ("from databases import Database\nd = Database('postgresql://a@db/x?sslmode=require')",
     "prefer", 10, False),
    ("from databases import Database\nd = Database('postgresql://a@db/x?ssl=true', ssl=False)",
     "disable", 10, False),
    ("from peewee import PostgresqlDatabase\nd = PostgresqlDatabase('x', host='db')",
     "prefer", None, False),
    ("from peewee import PostgresqlDatabase\nd = PostgresqlDatabase(None)\n"
     "d.init('x', host='db', sslmode='require')", "require", None, False),
    ("from playhouse.pool import PooledPostgresqlDatabase\n"
     "d = PooledPostgresqlDatabase('x', host='db', sslmode='allow', max_connections=8)",
     "allow", 8, True),
    ("from playhouse.db_url import connect\nd = connect('postgresql+pool://a@db/x?sslmode=require')",
     "require", 20, False),
    ("from tortoise import Tortoise\nasync def main():\n"
     "    await Tortoise.init(db_url='postgres://a@db/x?maxsize=7')", "prefer", 7, True),
    ("from tortoise import Tortoise\nasync def main():\n"
     "    await Tortoise.init(db_url='postgres://a@db/x?ssl=false')", "verify-full", 5, False),
    ("from tortoise import Tortoise\nasync def main():\n    await Tortoise.init(config={"
     "'connections': {'default': {'engine': 'tortoise.backends.asyncpg', 'credentials': {"
     "'host': 'db', 'ssl': 'require'}}}})", "require", 5, False),
    ("import aiopg\nasync def main():\n    await aiopg.create_pool('host=db sslmode=require')",
     "require", 10, False),
    ("import asyncpg\nasync def main():\n    await asyncpg.create_pool('postgresql://a@db/x', "
     "ssl=True, min_size=2, max_size=20)", "verify-full", 20, True),
    ("import asyncpg\nasync def main():\n    await asyncpg.create_pool('postgresql://a@db/x', "
     "max_size=5)", "prefer", None, True),
    ("import pg8000.dbapi\nc = pg8000.dbapi.connect('a', 'db', 'x', ssl_context=True)",
     "require", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("source", "mode", "size", "is_set"), ORMS)
def test_each_library_reads_its_own_words(
    program: Make, source: str, mode: str, size: int | None, *, is_set: bool
) -> None:
    engines = program(source, head=False).engines()

    assert [(one.sslmode, one.pool_size, one.pool_size_set) for one in engines] == [
        (mode, size, is_set)
    ]
    assert [one.url.host.text for one in engines] == ["db"]


LISTENER = """
e = create_engine("postgresql+psycopg2://a@db/x?sslmode=require")
@event.listens_for(e, "do_connect")
def receive(dialect, record, cargs, cparams):
    {}
"""


@pytest.mark.parametrize(
    ("body", "mode", "host"),
    [
        ("cparams['password'] = os.environ['TOKEN']", "require", "db"),
        ("cparams['sslmode'] = 'disable'", "disable", "db"),
        ("cparams['host'] = 'other'", "require", "other"),
        ("return psycopg.connect('host=other')", "prefer", "other"),
        ("cparams.update(os.environ['X'])", None, None),
    ],
)
def test_a_listener_has_the_last_word(
    program: Make, body: str, mode: str | None, host: str | None
) -> None:
    source = f"{HEAD}from sqlalchemy import event\n{LISTENER.format(body)}"

    engines = program(source, head=False).engines()

    ours = [one for one in engines if one.library == "sqlalchemy"]
    assert [(one.sslmode, one.url.host.text) for one in ours] == [(mode, host)]


SERVICE = "[shop]\nhost=db.internal\ndbname=shop\nsslmode=require\n"


def test_a_service_comes_before_the_variables_and_after_the_address(program: Make) -> None:
    source = "import psycopg2\nc = psycopg2.connect('service=shop dbname=other')"
    around = {"PGSERVICEFILE": "pg_service.conf", "PGSSLMODE": "disable", "PGHOST": "elsewhere"}

    known = program(source, around, files={"pg_service.conf": SERVICE}, head=False).engines()[0]
    lost = program(source, around, head=False).engines()[0]

    assert (known.sslmode, known.url.host.text, known.url.database.text) == (
        "require", "db.internal", "other",
    )  # fmt: skip
    assert (lost.sslmode, lost.url.host.known) == (None, False)


def test_each_answer_to_an_open_question_is_an_engine_of_its_own(program: Make) -> None:
    source = (
        "import flags\nsize = 20 if flags.on() else 2\n"
        "e = create_engine('postgresql://db/x', pool_size=size, connect_args={'sslmode': "
        "'require' if flags.on() else 'disable'})"
    )

    engines = program(f"{HEAD}{source}", head=False).engines()

    assert sorted((one.pool_size or 0, one.sslmode or "") for one in engines) == [
        (2, "disable"), (2, "require"), (20, "disable"), (20, "require"),
    ]  # fmt: skip
    assert all("flags.on()" in one.under[0] for one in engines)


PARSED = "import lib\nfrom urllib.parse import urlparse, urlunparse, urlencode, parse_qsl\n"


@pytest.mark.parametrize(
    ("call", "mode", "host"),
    [
        ("urlunparse(urlparse(u)._replace(query=urlencode({'sslmode': 'require'})))",
         "require", "db"),
        ("urlunparse(urlparse(u)._replace(query=urlencode("
         "{'application_name': lib.name(), 'options': 'x&sslmode=require'})))", "prefer", "db"),
        ("urlunparse(urlparse(u)._replace(query=urlencode("
         "{'application_name': lib.name(), 'sslmode': 'require'})))", "require", "db"),
        ("urlunparse(urlparse(u)._replace(netloc='a@other'))", "prefer", "other"),
        ("urlparse(u)._replace(query=urlencode(dict(parse_qsl('sslmode=allow')))).geturl()",
         "allow", "db"),
        ("f'postgresql://{urlparse(u).username}@{urlparse(u).hostname}/x?sslmode=verify-ca'",
         "verify-ca", "db"),
        ("make_url(u).set(host='other').update_query_dict({'sslmode': 'require'})"
         ".difference_update_query(['sslmode'])", "prefer", "other"),
        ("make_url(u).set(drivername='postgresql+psycopg').render_as_string(hide_password=False)",
         "prefer", "db"),
    ],
)  # fmt: skip
def test_an_address_may_be_taken_apart(program: Make, call: str, mode: str, host: str) -> None:
    engine = program(
        f"{HEAD}{PARSED}u = os.environ['U']\ne = create_engine({call})",
        {"U": "postgresql://a:Zk81kQpL@db/x"}, head=False,
    ).engines()[0]  # fmt: skip

    assert (engine.sslmode, engine.url.host.text) == (mode, host)


FLASK = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://db/x"
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 9}
app.config["SQLALCHEMY_BINDS"] = BINDS
database = SQLAlchemy(app, engine_options={"pool_size": 7, "max_overflow": 1})
"""


@pytest.mark.parametrize(
    ("binds", "sizes"),
    [
        ("{}", [9]),
        ("{'audit': 'postgresql://other/x'}", [7, 9]),
        ("{'audit': {'url': 'postgresql://other/x', 'pool_size': 2}}", [2, 9]),
    ],
)
def test_flask_makes_an_engine_for_each_bind(program: Make, binds: str, sizes: list[int]) -> None:
    engines = program(FLASK.replace("BINDS\n", f"{binds}\n"), head=False).engines()

    assert sorted(one.pool_size or 0 for one in engines) == sizes
    assert {one.max_overflow for one in engines} == {1}


def test_django_environ_reads_its_usual_variable(program: Make) -> None:
    source = "import environ\nenv = environ.Env()\nDATABASES = {'default': env.db()}"

    engine = program(
        source, {"DATABASE_URL": "postgres://a@db/x?sslmode=require"}, head=False
    ).engines()[0]

    assert (engine.sslmode, engine.url.host.text) == ("require", "db")


PLAN = """import environ
env = environ.Env(DB_SSL=(str, "DEFAULT"), DEBUG=(bool, False))
DATABASES = {"default": env.db("DB", default="postgres://a@db/x")}
DATABASES["default"]["OPTIONS"] = {"sslmode": "disable" if env("DEBUG") else env("DB_SSL")}
"""


@pytest.mark.parametrize(
    ("default", "variables", "mode"),
    [
        ("require", {}, "require"), ("prefer", {}, "prefer"),
        ("prefer", {"DB_SSL": "require"}, "require"),
        ("require", {"DEBUG": "on"}, "disable"), ("require", {"DEBUG": "off"}, "require"),
    ],
)  # fmt: skip
def test_django_environ_has_a_plan_of_types_and_defaults(
    program: Make, default: str, variables: dict[str, str], mode: str
) -> None:
    engine = program(PLAN.replace("DEFAULT", default), variables, head=False).engines()[0]

    assert engine.sslmode == mode


BUILT = """from pydantic_core import MultiHostUrl
from sqlmodel import create_engine
e = create_engine(str(MultiHostUrl.build(scheme="postgresql+psycopg", PARTS, path="x")))
"""


@pytest.mark.parametrize(
    ("parts", "host", "mode"),
    [
        ('host="db", query="sslmode=require"', "db", "require"), ('host="db"', "db", "prefer"),
        ('hosts=[{"host": "db"}]', None, None),
    ],
)  # fmt: skip
def test_an_address_may_be_built_by_parts(
    program: Make, parts: str, host: str | None, mode: str | None
) -> None:
    engine = program(BUILT.replace("PARTS", parts), head=False).engines()[0]

    assert (engine.url.host.text, engine.sslmode) == (host, mode)


TWICE = """import os
from sqlalchemy import create_engine
def made(name):
    return create_engine(os.environ[name])
engines = [made("FIRST"), made("SECOND")]
"""


def test_an_engine_that_is_made_twice_takes_up_both_variables(program: Make) -> None:
    address = "postgresql://a@db/x"

    engine = program(TWICE, {"FIRST": address, "SECOND": address}, head=False).engines()[0]

    assert engine.count == 2
    assert engine.variables >= {"FIRST", "SECOND"}


@pytest.mark.parametrize(
    ("lines", "mode"),
    [
        ("args['sslmode'] = 'require'\ne = create_engine('postgresql://db/x', connect_args=args)",
         "require"),
        ("e = create_engine('postgresql://db/x', connect_args=args)\nargs['sslmode'] = 'require'",
         "disable"),
    ],
)  # fmt: skip
def test_arguments_count_as_they_are_when_the_engine_is_made(
    program: Make, lines: str, mode: str
) -> None:
    engines = program(f"{HEAD}args = {{'sslmode': 'disable'}}\n{lines}", head=False).engines()

    assert [one.sslmode for one in engines] == [mode]


HELD = """
class Database:
    def __init__(self, size):
        self.size = size

    async def open(self):
        self.pool = await asyncpg.create_pool("postgresql://db/x", max_size=self.size)

db = Database({})
"""
STARTED = """from fastapi import FastAPI
from database import db
app = FastAPI()

@app.on_event("startup")
async def startup():
    await db.open()
"""


@pytest.mark.parametrize("size", [12, 30])
def test_what_uses_an_object_that_builds_has_its_turn_before_the_object_is_guessed(
    program: Make, size: int
) -> None:
    database = f"import asyncpg\n{HELD.format(size)}"

    found = program(STARTED, head=False, files={"database.py": database}).engines()

    assert [one.pool_size for one in found] == [size]


EITHER = """import os
from sqlalchemy import create_engine
_engines = {}

def engine(name="default"):
    try:
        return _engines[name]
    except KeyError:
        return create_engine(os.environ["URL"], pool_size=PICK)
"""


@pytest.mark.parametrize(("pick", "known"), [("2", 1), ("2 if name == 'small' else 9", 2)])
def test_a_condition_that_makes_no_difference_is_none(
    program: Make, pick: str, known: int
) -> None:
    found = program(
        EITHER.replace("PICK", pick), {"URL": "postgresql://db/x"}, head=False
    ).engines()

    assert len({(one.pool_size, bool(one.under)) for one in found}) == known
    assert all(one.under for one in found) is (known > 1)
    assert {one.count for one in found} == {1}


OWNED = """
class Container:
    def __init__(self, url=None, size=SIZE):
        self.url = url
        self.size = size

    @property
    def engine(self):
        return create_engine(self.url or "postgresql://db/x", pool_size=self.size)

container = Container()
"""


@pytest.mark.parametrize("size", [12, 2])
def test_a_property_that_builds_is_asked_of_the_object_that_is_there(
    program: Make, size: int
) -> None:
    route = (
        "from containers import container\ndef index():\n    return container.engine.connect()\n"
    )
    own = f"from sqlalchemy import create_engine\n{OWNED.replace('SIZE', str(size))}"

    found = program(route, head=False, files={"containers.py": own}).engines()

    assert [(one.pool_size, one.under) for one in found] == [(size, ())]


EACH = """from threading import local
from psycopg_pool import ConnectionPool
held = local()
def pool():
    if not hasattr(held, "pool"):
        held.pool = ConnectionPool("host=db", max_size=SIZE)
    return held.pool
"""


@pytest.mark.parametrize("size", [9, 20])
def test_what_a_thread_keeps_is_not_there_at_first(program: Make, size: int) -> None:
    found = program(EACH.replace("SIZE", str(size)), head=False).engines()

    assert [(one.pool_size, one.under) for one in found] == [(size, ())]
