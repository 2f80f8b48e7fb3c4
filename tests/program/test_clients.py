"""Libraries that make connections of their own, by the address that the code gives them."""

import pytest

from tests.program.conftest import Make

SAVER = "from langgraph.checkpoint.postgres import PostgresSaver\n"
AIO = "from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver\n"
STORE = "from langgraph.store.postgres import PostgresStore\n"
VECTOR = "from langchain_postgres import PGVector, PGEngine\n"
PICCOLO = "from piccolo.engine.postgres import PostgresEngine\n"
CONNINFO = "import psycopg\nfrom psycopg.conninfo import make_conninfo\n"
JOBS = "from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore as Jobs\n"
INDEX = "from llama_index.vector_stores.postgres import PGVectorStore\n"
ENTER = "stack.enter_async_context(AsyncPostgresSaver.from_conn_string(URL))"
CALLS = {
    "a saver": f"{SAVER}with PostgresSaver.from_conn_string(URL) as s:\n    s.setup()",
    "a stack": f"{AIO}async def go(stack):\n    return await {ENTER}",
    "entered by hand": f"{SAVER}s = PostgresSaver.from_conn_string(URL).__enter__()",
    "a store": f"{STORE}with PostgresStore.from_conn_string(URL) as s:\n    pass",
    "vectors": f"{VECTOR}v = PGVector(embeddings=None, connection=URL)",
    "documents": f"{VECTOR}def go(d):\n    return PGVector.from_documents(d, connection=URL)",
    "piccolo": f"{PICCOLO}DB = PostgresEngine(config={{'dsn': URL}})",
    "dataset": "import dataset\ndb = dataset.connect(URL)",
    "records": "import records\ndb = records.Database(URL)",
    "jobs": f"{JOBS}j = Jobs(url=URL)",
    "a conninfo": f"{CONNINFO}c = psycopg.connect(make_conninfo(URL, connect_timeout=5))",
    "another user": f"{CONNINFO}c = psycopg.connect(make_conninfo(URL, user='x', password=None))",
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(("more", "mode"), [("?sslmode=require", "require"), ("", "prefer")])
def test_the_address_that_a_library_is_given_counts(
    program: Make, name: str, more: str, mode: str
) -> None:
    source = f'URL = "postgresql://app@db.internal/shop{more}"\n{CALLS[name]}'

    engines = program(source, head=False).engines()

    assert [(one.url.host.text, one.sslmode) for one in engines] == [("db.internal", mode)]
    assert [one.at.path for one in engines] == ["app.py"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sslmode='verify-full'", ("db.internal", "verify-full")),
        ("sslmode='disable'", ("db.internal", "disable")),
        ("host='other'", ("other", "require")),
        ("**more()", (None, None)),
    ],
)
def test_the_words_of_a_conninfo_beat_its_address(
    program: Make, words: str, expected: tuple[str | None, str | None]
) -> None:
    made = f"make_conninfo(os.environ['U'], {words})"
    source = f"import os\nfrom more import more\n{CONNINFO}c = psycopg.connect({made})"
    variables = {"U": "postgresql://app@db.internal/shop?sslmode=require"}

    [engine] = program(source, variables, head=False).engines()

    assert (engine.url.host.text, engine.sslmode) == expected
    assert engine.variables == {"U"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("U(URL + '?ssl=true')", ("db.internal", "shop", "verify-full")),
        ("U(URL).replace(hostname='other')", ("other", "shop", "prefer")),
        ("U(URL).replace(database='x')", ("db.internal", "x", "prefer")),
        ("U(URL).replace(path='/x')", (None, None, None)),
    ],
)
def test_an_address_of_databases_is_changed(
    program: Make, address: str, expected: tuple[str | None, ...]
) -> None:
    head = (
        "from databases import Database, DatabaseURL as U\nURL = 'postgresql://db.internal/shop'\n"
    )

    [engine] = program(f"{head}d = Database({address})", head=False).engines()

    assert (engine.url.host.text, engine.url.database.text, engine.sslmode) == expected


@pytest.mark.parametrize(("more", "mode"), [(", sslmode='require'", "require"), ("", "prefer")])
@pytest.mark.parametrize(
    "kind", ["'postgres', ", "provider='postgres', ", "{'provider': 'postgres'}, "]
)
def test_pony_binds_a_database(program: Make, kind: str, more: str, mode: str) -> None:
    source = f"from pony.orm import Database\ndb = Database()\ndb.bind({kind}host='db'{more})"

    assert [one.sslmode for one in program(source, head=False).engines()] == [mode]


SIZED = "create_engine('postgresql://db/x', pool_size=7)"
POOLS = [
    (f"{VECTOR}v = PGVector(None, connection='postgresql://db/x')", [(5, False, False)]),
    (
        f"{VECTOR}v = PGVector(connection='postgresql://db/x', engine_args={{'pool_size': 9}})",
        [(9, True, False)],
    ),
    (
        f"from sqlalchemy import create_engine\n{VECTOR}v = PGVector(None, connection={SIZED})",
        [(7, True, True)],
    ),
    (
        f"{STORE}with PostgresStore.from_conn_string('postgresql://db/x', "
        "pool_config={'max_size': 8}) as s:\n    pass",
        [(8, True, True)],
    ),
    (
        f"{PICCOLO}DB = PostgresEngine(config={{'host': 'db'}})\nasync def go():\n"
        "    await DB.start_connection_pool(max_size=20)",
        [(None, False, True), (20, True, True)],
    ),
    (
        f"{INDEX}v = PGVectorStore.from_params(host='db', port=5432, database='x', user='u', "
        "password='p', create_engine_kwargs={'pool_size': 6})",
        [(6, True, False), (6, True, False)],
    ),
]


@pytest.mark.parametrize(("source", "expected"), POOLS)
def test_a_library_has_a_pool_of_its_own_unless_it_is_told_otherwise(
    program: Make, source: str, expected: list[tuple[int | None, bool, bool]]
) -> None:
    found = program(source, head=False).engines()

    assert [(one.pool_size, one.pool_size_set, one.own) for one in found] == expected


def test_a_saver_of_a_given_connection_makes_none(program: Make) -> None:
    source = f"import psycopg\n{SAVER}s = PostgresSaver(psycopg.connect('postgresql://db/x'))"

    assert len(program(source, head=False).engines()) == 1


def test_a_module_of_the_project_is_not_the_library(program: Make) -> None:
    source, own = "import records\nd = records.Database()", {"records.py": "Database = object"}

    assert program(source, head=False, files=own).engines() == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("dialect='postgresql'", "postgresql+asyncpg"),
        ("driver=''", "postgres"),
        ("dialect='postgresql', driver=''", "postgresql"),
        ("scheme='postgresql'", "postgresql"),
        ("port=5433", "postgres+asyncpg"),
    ],
)
def test_the_scheme_of_an_address_of_databases_is_changed(
    program: Make, change: str, expected: str
) -> None:
    held = "PostgresDb('postgresql://h/d')"
    source = (
        "from databases import Database, DatabaseURL\n"
        f"url = DatabaseURL('postgres+asyncpg://a@db/x').replace({change})\n"
        "database = Database(url, max_size=20)\n"
        f"Agent(db={held} if url.scheme == {expected!r} else InMemoryDb())\n"
    )

    assert program(source).agents()[0].db == "durable"


@pytest.mark.parametrize("mode", ["require", "prefer"])
def test_a_function_may_tell_a_database_where_it_is(program: Make, mode: str) -> None:
    source = (
        "from playhouse.pool import PooledPostgresqlDatabase\n"
        "database = PooledPostgresqlDatabase(None)\n"
        f"def start():\n    database.init('shop', host='db', sslmode='{mode}')\n"
    )
    caller = "from app import start\ndef main():\n    start()\n"

    made = program(source, files={"run.py": caller})

    assert [one.sslmode for one in made.engines()] == [mode]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("PsycopgConnector(conninfo='host=db', kwargs={'sslmode': 'require'}, max_size=9)",
         [("require", 9)]),
        ("PsycopgConnector(conninfo='host=db dbname=x', max_size=9)", [("prefer", 9)]),
        ("SyncPsycopgConnector(conninfo='host=db dbname=x sslmode=require', min_size=6)",
         [("require", 6)]),
    ],
)  # fmt: skip
def test_a_queue_of_jobs_has_a_pool_of_its_driver(
    program: Make, made: str, expected: list[tuple[str, int]]
) -> None:
    source = f"import procrastinate\napp = procrastinate.App(connector=procrastinate.{made})\n"

    found = program(source, head=False).engines()

    assert [(one.sslmode, one.pool_size) for one in found] == expected


@pytest.mark.parametrize(
    ("files", "sizes"),
    [
        ({"start.py": "from conf import DB, POOL\nasync def main():\n"
                      "    await DB.start_connection_pool(**POOL)\n"}, [12, None]),
        ({"start.py": "import os\nos.environ['PICCOLO_CONF'] = 'conf'\n"
                      "from piccolo.engine import engine_finder\nasync def main():\n"
                      "    await engine_finder().start_connection_pool(max_size=20)\n"},
         [20, None]),
        ({"start.py": "async def main():\n    pass\n"}, [None]),
    ],
)  # fmt: skip
def test_a_pool_of_piccolo_may_be_started_elsewhere(
    program: Make, files: dict[str, str], sizes: list[int | None]
) -> None:
    conf = (
        "from piccolo.engine.postgres import PostgresEngine\nPOOL = {'max_size': 12}\n"
        "DB = PostgresEngine(config={'dsn': 'postgresql://a@db/x'})\n"
    )

    made = program("", files={"conf.py": conf, **files})

    assert sorted((one.pool_size for one in made.engines()), key=str) == sizes


@pytest.mark.parametrize(("hosts", "expected"), [("db1,db2", "db1,db2"), ("db1", "db1")])
def test_several_hosts_are_one_address(program: Make, hosts: str, expected: str) -> None:
    source = (
        "import asyncpg\nhosts = os.environ['HOSTS'].split(',')\n"
        "async def main():\n    await asyncpg.create_pool(host=hosts, port=[5432] * len(hosts))\n"
    )

    assert program(source, {"HOSTS": hosts}).engines()[0].url.host.text == expected
