# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]


def code(text: str, **others: str) -> Files:
    head = "import os\n\nimport asyncpg\nimport psycopg\nfrom sqlalchemy import create_engine\n"
    return {"db.py": f"{head}{text}\n", **others}


def env(text: str) -> Files:
    return {".env.production": f"{text}\n"}


def engine(arguments: str) -> Files:
    return code(f"engine = create_engine({arguments})")


URL = '"postgresql+psycopg://app@db/app"'
GIVEN = 'os.environ["DATABASE_URL"]'
MODE = 'mode = os.getenv("DB_SSL_MODE", "prefer")\nengine = create_engine(f"postgresql://app@db/app?sslmode={mode}")'
ASYNC = "async def go():\n    return await asyncpg.connect({})"
DJANGO = 'DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "HOST": "db", "NAME": "app", {}}}}}\n'

PSQLPY = "from psqlpy import ConnectionPool\n\ndb = {}\n"
TORTOISE = "from tortoise import Tortoise\n\nasync def go():\n    await Tortoise.init(db_url='postgres://app@db/app{}')\n"
TORTOISE_FAR = "from tortoise import Tortoise\nURL = 'postgres://app@db/app{}'\nCONFIG = {{'connections': {{'default': URL}}}}\nasync def go():\n    await Tortoise.init(\n        {}\n    )\n"

INI = "from configparser import ConfigParser\nfrom sqlalchemy import engine_from_config\ncp = ConfigParser()\ncp.read('a.ini')\nengine_from_config(dict(cp['db']), prefix='sqlalchemy.')\n"
FLASK = "from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\napp.config.from_object('conf.Production')\ndb = SQLAlchemy(app)\n"
CONF = "class Production:\n    SQLALCHEMY_DATABASE_URI = 'postgresql://app@db/app{}'\n"
RETRY = "import psycopg2\ndef connect(tries=3):\n    for one in range(tries):\n        try:\n            return psycopg2.connect(host='db', dbname='app'{})\n        except psycopg2.OperationalError:\n            pass\n"
SPLIT = {
    "conf/__init__.py": "", "conf/staging.py": "from .base import *\n",
    "conf/base.py": DJANGO.format('"OPTIONS": {}'),
    "conf/production.py": 'from .base import *\nDATABASES["default"]["OPTIONS"]["sslmode"] = "require"\n',
}  # fmt: skip
PACKED = {
    **{path: text for path, text in SPLIT.items() if path != "conf/base.py"},
    "conf/base/__init__.py": SPLIT["conf/base.py"],
    "conf/staging.py": SPLIT["conf/production.py"].replace("require", "prefer"),
}

TLS = [
    pytest.param({"a.py": TORTOISE.format("?ssl=true")}, {"a.py": TORTOISE.format("")}, "a.py:4", id="tortoise"),
    pytest.param({"a.py": TORTOISE_FAR.format("?ssl=true", "db_url=URL")}, {"a.py": TORTOISE_FAR.format("", "db_url=URL")}, "a.py:5", id="tortoise, an address with a name"),
    pytest.param({"a.py": TORTOISE_FAR.format("?ssl=true", "config=CONFIG")}, {"a.py": TORTOISE_FAR.format("", "config=CONFIG")}, "a.py:5", id="tortoise, a configuration with a name"),
    pytest.param(engine('"postgresql+psycopg://app@db/app?sslmode=require"'), engine('"postgresql+psycopg://app@db/app?sslmode=prefer"'), "db.py:6", id="require, or prefer"),
    pytest.param(engine('"postgresql+psycopg://app@db/app?sslmode=verify-full"'), engine(URL), "db.py:6", id="nothing means prefer"),
    pytest.param(engine(URL + ', connect_args={"sslmode": "require"}'), engine(URL + ', connect_args={"connect_timeout": 5}'), "db.py:6", id="connect_args"),
    pytest.param(code(MODE, **env("DB_SSL_MODE=require")), code(MODE, **env("DB_SSL_MOD=require")), "db.py:6", id="the default of a variable"),
    pytest.param(code(ASYNC.format('"postgresql://app@db/app", ssl="require"')), code(ASYNC.format('"postgresql://app@db/app"')), "db.py:7", id="asyncpg"),
    pytest.param(code('psycopg.connect(host="db", sslmode="require")'), code('psycopg.connect(host="db")'), "db.py:6", id="psycopg"),
    pytest.param({"settings.py": DJANGO.format('"OPTIONS": {"sslmode": "require"}')}, {"settings.py": DJANGO.format('"OPTIONS": {}')}, "settings.py:1", id="django"),
    pytest.param(env("DATABASE_URL=postgresql://app@db/app?sslmode=require"), env("DATABASE_URL=postgresql://app@db/app"), ".env.production:1", id="a variable that no engine takes"),
    pytest.param(env("DATABASE_URL=postgresql://app:${P}@db/app?sslmode=require"), env("DATABASE_URL=postgresql://app:${P}@db/app"), ".env.production:1", id="a password from outside"),
    pytest.param({**engine(GIVEN), **env("DATABASE_URL=postgresql://app:${P}@db/app?sslmode=require")}, {**engine(GIVEN), **env("DATABASE_URL=postgresql://app:${P}@db/app")}, ".env.production:1", id="an engine with a password from outside"),
    pytest.param({"a.py": INI, "a.ini": "[db]\nsqlalchemy.url = postgresql://app@db/app?sslmode=require\n"}, {"a.py": INI, "a.ini": "[db]\nsqlalchemy.url = postgresql://app@db/app\n"}, "a.py:5", id="a section of an ini file"),
    pytest.param({"a.py": FLASK, "conf.py": CONF.format("?sslmode=require")}, {"a.py": FLASK, "conf.py": CONF.format("")}, "a.py:5", id="flask by the name of a class"),
    pytest.param({"a.py": RETRY.format(", sslmode='require'")}, {"a.py": RETRY.format("")}, "a.py:5", id="tried again in a loop"),
    pytest.param({**PACKED, **env("DJANGO_SETTINGS_MODULE=conf.production")}, {**PACKED, **env("DJANGO_SETTINGS_MODULE=conf.staging")}, "conf/staging.py:2", id="settings of django whose base is a package"),
    pytest.param({**SPLIT, **env("DJANGO_SETTINGS_MODULE=conf.production")}, {**SPLIT, **env("DJANGO_SETTINGS_MODULE=conf.staging")}, "conf/base.py:1", id="settings of django that share a base"),
    pytest.param(env("DATABASE_URL=postgresql://app@db/app\nPGSSLMODE=require"), env("DATABASE_URL=postgresql://app@db/app\nPGSSLMODE=allow"), ".env.production:1", id="PGSSLMODE"),
    pytest.param(env("DB_HOST=db\nDB_SSL_MODE=verify-ca"), env("DB_HOST=db\nDB_SSL_MODE=disable"), ".env.production:2", id="the mode alone"),
    pytest.param(env("PGHOST=db\nPGSSLMODE=require"), env("PGHOST=db\nPGUSER=app"), ".env.production:1", id="the variables of libpq"),
    pytest.param(env("DATABASE_URL=postgresql://app@localhost/app"), env("DATABASE_URL=postgresql://app@db/app"), ".env.production:1", id="loopback is no network"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TLS)
def test_one_change_decides_about_tls(good: Files, bad: Files, line: str) -> None:
    fine = check("engines.ssl", {"files": good})
    wrong = check("engines.ssl", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_the_line_to_mend_is_the_address_that_the_engine_gets() -> None:
    files = {**engine(GIVEN), **env("DATABASE_URL=postgresql://app@db/app")}

    result = check("engines.ssl", {"files": files})

    assert [str(one.at) for one in result.problems] == [".env.production:1"]
    assert result.problems[0].data["sslmode"] == "prefer"


def test_an_address_from_outside_is_undecided() -> None:
    result = check("engines.ssl", {"files": engine(GIVEN)})

    assert result.outcome == "unknown"


def test_a_mode_in_the_code_holds_for_every_address() -> None:
    result = check(
        "engines.ssl", {"files": engine(f'{GIVEN}, connect_args={{"sslmode": "require"}}')}
    )

    assert result.outcome == "pass"


def test_a_socket_needs_no_tls() -> None:
    result = check(
        "engines.ssl",
        {"files": engine('"postgresql+psycopg://app@/app?host=/var/run/postgresql"')},
    )

    assert result.outcome == "pass"
    assert "socket" in result.oks[0].message


def test_sqlite_is_no_connection_to_judge() -> None:
    files = engine('"sqlite:///app.db"')

    assert check("engines.ssl", {"files": files}).outcome == "not-applicable"
    assert check("engines.pool", {"files": files}).outcome == "not-applicable"


def test_the_address_is_shown_masked() -> None:
    files = engine('"postgresql+psycopg://app:Zx81kQpL0vTn@db/app"')

    result = check("engines.ssl", {"files": files})

    assert "Zx81kQpL0vTn" not in repr(result.findings)
    assert result.problems[0].data["url"].startswith("postgresql")


NULL = code(
    f"from sqlalchemy.pool import NullPool\nengine = create_engine({URL}, poolclass=NullPool)"
)
POOLER = code(
    'from sqlalchemy.pool import NullPool\nengine = create_engine("postgresql://pgbouncer:6432/app", poolclass=NullPool)'
)
PSYCOPG = 'from psycopg_pool import ConnectionPool\npool = ConnectionPool("host=db dbname=app"{})'

POOLS = [
    pytest.param(engine(f"{GIVEN}, pool_size=20"), engine(GIVEN), "db.py:6", id="a size, or none"),
    pytest.param(engine(f"{GIVEN}, pool_size=5"), engine(f"{GIVEN}, pool_size=4"), "db.py:6", id="too small"),
    pytest.param(engine(f"{GIVEN}, pool_size=50"), engine(f"{GIVEN}, pool_size=51"), "db.py:6", id="too large"),
    pytest.param(engine(f'{GIVEN}, pool_size=int(os.getenv("POOL", "20"))'), engine(f'{GIVEN}, pool_size=int(os.getenv("POOL", "2"))'), "db.py:6", id="the default of a variable"),
    pytest.param(POOLER, NULL, "db.py:7", id="no pool, or one before the server"),
    pytest.param(code(PSYCOPG.format(", min_size=5, max_size=20")), code(PSYCOPG.format("")), "db.py:7", id="psycopg_pool"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), POOLS)
def test_one_change_decides_about_pools(good: Files, bad: Files, line: str) -> None:
    fine = check("engines.pool", {"files": good})
    wrong = check("engines.pool", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_a_size_from_outside_is_undecided() -> None:
    files = engine(f'{GIVEN}, pool_size=int(os.environ["DB_POOL_SIZE"])')

    assert check("engines.pool", {"files": files}).outcome == "unknown"


def test_the_pool_that_a_library_fixes_counts_as_it_is() -> None:
    text = """
import os
from agno.agent import Agent
from agno.db.postgres import PostgresDb

agent = Agent(db=PostgresDb(db_url=os.environ["DATABASE_URL"]))
"""

    result = check("engines.pool", {"files": {"app.py": text}})

    assert result.outcome == "pass"
    assert result.oks[0].data["pool_size"] == 5


def test_the_range_is_the_rules() -> None:
    files = engine(f"{GIVEN}, pool_size=3")

    assert check("engines.pool", {"files": files}, min=1, max=4).outcome == "pass"


@pytest.mark.parametrize("rule", ["engines.ssl", "engines.pool"])
def test_a_client_that_is_not_modelled_is_not_nothing(rule: str) -> None:
    nothing = check(rule, {"files": {"a.py": PSQLPY.format("ConnectionPool")}})
    something = check(rule, {"files": {"a.py": PSQLPY.format("ConnectionPool(host='db')")}})

    assert nothing.outcome == "not-applicable"
    assert (something.outcome, str(something.findings[0].at)) == ("unknown", "a.py:3")


@pytest.mark.parametrize("rule", ["engines.ssl", "engines.pool", "agents.no-fallback"])
def test_nothing_is_absent_from_a_file_that_nobody_understands(rule: str) -> None:
    other = check(rule, {"files": {"a.py": "def (:\n"}})
    speaks = check(rule, {"files": {"a.py": "import agno, psycopg\ndef (:\n"}})

    assert other.outcome == "not-applicable"
    assert (speaks.outcome, str(speaks.findings[0].at)) == ("unknown", "a.py")


@pytest.mark.parametrize(
    "text",
    [
        'BLOCKED = "postgres://"\nurl = url.replace("postgres://", "postgresql://")',
        'SHAPE = "postgresql://user:password@host:5432/name"',
        'class DevelopmentConfig:\n    URL = "postgresql://app@db/app"',
        'raise ValueError("give postgresql://user@host/name or none")',
        'engine = create_engine(f"postgresql://{os.environ[\'AT\']}?sslmode=require")\nprint("postgresql://{}")',
        f'engine = create_engine({URL}.replace("app@db", os.environ["HOST"]), connect_args={{"sslmode": "require"}})',
    ],
)
def test_a_text_that_only_speaks_of_addresses_is_none(text: str) -> None:
    result = check("engines.ssl", {"files": code(text)})

    assert result.problems == ()


def test_an_address_that_nothing_takes_up_is_told_once() -> None:
    result = check(
        "engines.ssl",
        {"files": {"a.py": 'def serve(url: str = "postgresql://u@db.acme.io/x"): ...\n'}},
    )

    assert len(result.problems) == 1


@pytest.mark.parametrize(
    "made",
    [
        '"postgresql://{}/{}?sslmode={}".format(*GIVEN)',
        '"postgresql://%s/%s?sslmode=%s" % GIVEN',
        '"postgresql://{at}/{db}?sslmode={m}".format(at=GIVEN[0], db=GIVEN[1], m=GIVEN[2])',
    ],
)
@pytest.mark.parametrize(("mode", "outcome"), [("require", "pass"), ("prefer", "fail")])
def test_a_template_that_an_engine_was_made_of_is_no_address_of_its_own(
    made: str, mode: str, outcome: str
) -> None:
    text = f"import json\nGIVEN = tuple(json.load(open('c.json')))\nURL = {made}\n\nengine = create_engine(URL)\n"
    files = {**code(text), "c.json": f'["db.acme.io", "app", "{mode}"]'}
    result = check("engines.ssl", {"files": files})

    assert (result.outcome, len(result.findings)) == (outcome, 1)


MIGRATING = """from sqlalchemy import create_engine, pool
{}
engine = create_engine("postgresql://app@db/app", poolclass=pool.NullPool)
"""


@pytest.mark.parametrize(
    ("age", "outcome"),
    [("600", "pass"), ("None", "pass"), ("0", "fail"), ('int(os.environ["AGE"])', "unknown")],
)
def test_a_thread_of_django_keeps_its_connection_where_it_is_told_to(
    age: str, outcome: str
) -> None:
    settings = "import os\n" + DJANGO.format(f'"CONN_MAX_AGE": {age}')

    assert check("engines.pool", {"files": {"settings.py": settings}}).outcome == outcome


@pytest.mark.parametrize(
    ("given", "outcome"), [("conn_max_age=600", "pass"), ("conn_max_age=0", "fail"), ("", "fail")]
)
def test_dj_database_url_puts_how_long_a_connection_is_kept_into_the_entry(
    given: str, outcome: str
) -> None:
    settings = (
        f"import dj_database_url\nDATABASES = {{'default': dj_database_url.config({given})}}\n"
    )
    files = {"settings.py": settings, **env("DATABASE_URL=postgresql://app@db.internal/shop")}

    assert check("engines.pool", {"files": files}).outcome == outcome


def test_what_runs_the_migrations_once_needs_no_pool() -> None:
    migrating = check(
        "engines.pool", {"files": {"env.py": MIGRATING.format("from alembic import context")}}
    )
    serving = check(
        "engines.pool", {"files": {"env.py": MIGRATING.format("from alembic import op")}}
    )

    assert migrating.outcome == "not-applicable"
    assert serving.outcome == "fail"


FLASK = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://app@db/app?sslmode={}"
db.init_app(app)
"""


@pytest.mark.parametrize(("mode", "outcome"), [("require", "pass"), ("allow", "fail")])
def test_an_extension_that_meets_its_application_later_is_one_connection(
    mode: str, outcome: str
) -> None:
    result = check("engines.ssl", {"files": {"a.py": FLASK.format(mode)}})

    assert (result.outcome, len(result.findings)) == (outcome, 1)


@pytest.mark.parametrize(
    ("host", "mode", "expected"),
    [
        ("db.internal", "verify-full", "pass"),
        ("db.internal", "verify-ca", "fail"),
        ("db.internal", "require", "fail"),
        ("localhost", "require", "pass"),
    ],
)
def test_a_rule_may_demand_that_the_server_is_verified(
    host: str, mode: str, expected: str
) -> None:
    url = f"DATABASE_URL=postgresql://app@{host}/shop?sslmode={mode}\n"

    result = check("engines.ssl", {"files": {".env.production": url}}, modes=["verify-full"])

    assert result.outcome == expected
    assert all("verify-full is expected" in one.message for one in result.problems)


RETRY = (
    "import psycopg\nimport time\n\ndef connect(make):\n    attempt = 0\n    while True:\n"
    "        attempt += 1\n        try:\n            return make()\n"
    "        except psycopg.OperationalError:\n            if attempt > 3:\n"
    "                raise\n        time.sleep(1)\n\n"
    "def start(url):\n    return connect(lambda: psycopg.connect(url, sslmode={}))\n"
)


@pytest.mark.parametrize(
    ("mode", "problems", "all_"),
    [
        ('"prefer"', 1, 1),
        ('"require"', 0, 1),
        ('"prefer" if url.startswith("a") else "disable"', 0, 2),
    ],
)
def test_a_loop_that_tries_again_is_one_finding_for_each_verdict(
    mode: str, problems: int, all_: int
) -> None:
    found = check("engines.ssl", {"files": {"db.py": RETRY.format(mode)}})

    assert (len(found.problems), len(found.findings)) == (problems, all_)


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("gino.Gino().set_bind(os.environ['DATABASE_URL'], ssl=os.environ['TLS'])", "unknown"),
        ("print(os.environ['DATABASE_URL'])", "fail"),
    ],
)
def test_a_client_that_is_not_known_may_set_more_than_an_address(call: str, outcome: str) -> None:
    files = {
        "db.py": f"import os\nimport gino\n{call}\n",
        ".env.production": "DATABASE_URL=postgresql://app@db.internal/shop\n",
    }

    assert check("engines.ssl", {"files": files}).outcome == outcome


@pytest.mark.parametrize(
    ("mode", "size", "outcomes"),
    [("require", 10, ("pass", "pass")), ("prefer", 2, ("fail", "fail"))],
)
def test_what_both_ways_have_hangs_on_no_condition(
    mode: str, size: int, outcomes: tuple[str, str]
) -> None:
    code = (
        "import acme\nfrom sqlalchemy import URL, create_engine\n"
        "url = URL.create('postgresql', host='db.internal', database=acme.name() or 'shop',\n"
        f"                 query={{'sslmode': '{mode}'}})\n"
        f"engine = create_engine(url, pool_size={size})\n"
    )
    files = {"db.py": code}

    found = tuple(
        check(rule, {"files": files}).outcome for rule in ("engines.ssl", "engines.pool")
    )

    assert found == outcomes


@pytest.mark.parametrize(
    ("value", "outcome"), [("Mode.REQUIRE", "pass"), ("Mode.PREFER", "fail"), ("Mode", "unknown")]
)
@pytest.mark.parametrize("base", ["StrEnum", "str, Enum"])
def test_a_member_of_an_enumeration_of_texts_is_a_mode(
    base: str, value: str, outcome: str
) -> None:
    code = (
        "import psycopg\nfrom enum import Enum, StrEnum\n"
        f"class Mode({base}):\n    REQUIRE = 'require'\n    PREFER = 'prefer'\n"
        f"psycopg.connect(host='db.internal', dbname='shop', sslmode={value})\n"
    )

    assert check("engines.ssl", {"files": {"db.py": code}}).outcome == outcome


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        ("create_engine(acme.hardened(os.environ['DATABASE_URL']))", "unknown"),
        ("create_engine(acme.address())", "fail"),
        ("print(os.environ['DATABASE_URL'])", "fail"),
    ],
)
def test_code_that_is_not_understood_may_make_an_address_of_another(
    made: str, outcome: str
) -> None:
    files = {
        "db.py": f"import os\nimport acme\nfrom sqlalchemy import create_engine\n{made}\n",
        ".env.production": "DATABASE_URL=postgresql://app@db.internal/shop\n",
    }

    assert check("engines.ssl", {"files": files}).outcome == outcome
