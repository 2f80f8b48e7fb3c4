"""Whether each driver keeps prepared statements, told from what it is given."""

import pytest

from tests.program.conftest import Make

SA = "from sqlalchemy import create_engine\nfrom sqlalchemy.pool import NullPool\n"
ASYNC = "from sqlalchemy.ext.asyncio import create_async_engine\n"
NAMES = '"prepared_statement_name_func": name'
CASES = [
    ("import psycopg\npsycopg.connect('host=db')", True),
    ("import psycopg\npsycopg.connect('host=db', prepare_threshold=None)", False),
    ("import psycopg\npsycopg.connect('host=db', prepare_threshold=0)", True),
    ("import psycopg\npsycopg.connect('host=db', prepare_threshold=elsewhere())", None),
    ("import psycopg2\npsycopg2.connect('host=db')", False),
    ("from psycopg_pool import ConnectionPool\nConnectionPool('host=db')", True),
    (
        "from psycopg_pool import ConnectionPool\n"
        "ConnectionPool('host=db', kwargs={'prepare_threshold': None})",
        False,
    ),
    ("import asyncpg\nasync def f():\n    await asyncpg.connect('postgresql://db/x')", True),
    (
        "import asyncpg\nasync def f():\n"
        "    await asyncpg.create_pool('postgresql://db/x', statement_cache_size=0)",
        False,
    ),
    (SA + "create_engine('postgresql+psycopg://db/x')", True),
    (
        SA
        + "create_engine('postgresql+psycopg://db/x', connect_args={'prepare_threshold': None})",
        False,
    ),
    (SA + "create_engine('postgresql+psycopg://db/x', connect_args=elsewhere())", None),
    (SA + "create_engine('postgresql+psycopg2://db/x')", False),
    (SA + "create_engine('postgresql://db/x')", None),
    (SA + "create_engine('postgresql+pg8000://db/x')", None),
    (SA + "create_engine('postgresql+psycopg://db/x', creator=elsewhere)", None),
    (ASYNC + "create_async_engine('postgresql+asyncpg://db/x')", True),
    (
        ASYNC + "create_async_engine('postgresql+asyncpg://db/x',"
        " connect_args={'statement_cache_size': 0})",
        False,
    ),
    (
        ASYNC + "create_async_engine('postgresql+asyncpg://db/x?prepared_statement_cache_size=0')",
        True,
    ),
    (
        ASYNC + "def name(): ...\ncreate_async_engine('postgresql+asyncpg://db/x',"
        f" connect_args={{{NAMES}}})",
        True,
    ),
    (
        ASYNC + "def name(): ...\n"
        "create_async_engine('postgresql+asyncpg://db/x?prepared_statement_cache_size=0',"
        f" connect_args={{{NAMES}}})",
        False,
    ),
    (
        ASYNC + "def name(): ...\ncreate_async_engine('postgresql+asyncpg://db/x',"
        f" connect_args={{{NAMES}, 'statement_cache_size': 0}})",
        True,
    ),
    (
        "from agno.db.postgres import PostgresDb\nPostgresDb(db_url='postgresql+psycopg://db/x')",
        True,
    ),
]


@pytest.mark.parametrize(("code", "expected"), CASES)
def test_a_driver_prepares_by_its_own_words(
    program: Make, code: str, expected: bool | None
) -> None:
    (engine,) = program(f"{code}\n").engines()

    assert engine.prepares is expected
    assert bool(engine.prepares_reason) is (expected is None)


@pytest.mark.parametrize(
    ("options", "expected"),
    [("{}", False), ("{'prepare_threshold': 5}", True), ("{'prepare_threshold': None}", False)],
)
def test_django_switches_it_off_unless_it_is_told_otherwise(
    program: Make, options: str, expected: bool
) -> None:
    made = program(
        f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "main"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "HOST": "db",
                           "NAME": "x", "OPTIONS": {options}}}}}
"""
    )

    assert [engine.prepares for engine in made.engines()] == [expected]
