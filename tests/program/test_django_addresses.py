# ruff: noqa: E501 - a table
"""Entries of `DATABASES`. The values are what dj-database-url 3.1 and django-environ 0.14 themselves gave."""

import pytest

from tests.program.conftest import Make

SAID = {
    'dj_database_url.config(env="V_U", default="postgres://x@y/z")': {
        "": "{}",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'NAME': 'shop', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgis://h/d?sslmode=prefer": "{'ENGINE': 'django.contrib.gis.db.backends.postgis', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'NAME': 'd', 'OPTIONS': {'sslmode': 'prefer'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'NAME': ':memory:', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'NAME': 'd', 'OPTIONS': {'pool': True}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p@h1,h2:5433/d": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'NAME': 'd', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'dj_database_url.config(env="V_U", conn_max_age=600, conn_health_checks=True, ssl_require=True)': {
        "": "{}",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'NAME': 'shop', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': True, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgis://h/d?sslmode=prefer": "{'ENGINE': 'django.contrib.gis.db.backends.postgis', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'NAME': 'd', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': True, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'NAME': ':memory:', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': True, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'NAME': 'd', 'OPTIONS': {'pool': True, 'sslmode': 'require'}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': True, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p@h1,h2:5433/d": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'NAME': 'd', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': True, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'dj_database_url.config(env="V_U", test_options={"NAME": "t"})': {
        "": "{}",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'NAME': 'shop', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'TEST': {'NAME': 't'}}",
        "postgis://h/d?sslmode=prefer": "{'ENGINE': 'django.contrib.gis.db.backends.postgis', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'NAME': 'd', 'OPTIONS': {'sslmode': 'prefer'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'TEST': {'NAME': 't'}}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'NAME': ':memory:', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'TEST': {'NAME': 't'}}",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'NAME': 'd', 'OPTIONS': {'pool': True}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'TEST': {'NAME': 't'}}",
        "postgres://u:p@h1,h2:5433/d": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'NAME': 'd', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'TEST': {'NAME': 't'}}",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'dj_database_url.parse(os.environ["V_U"])': {
        "": "EXC",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'NAME': 'shop', 'OPTIONS': {'sslmode': 'require'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgis://h/d?sslmode=prefer": "{'ENGINE': 'django.contrib.gis.db.backends.postgis', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'NAME': 'd', 'OPTIONS': {'sslmode': 'prefer'}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'NAME': ':memory:', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'NAME': 'd', 'OPTIONS': {'pool': True}, 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p@h1,h2:5433/d": "{'ENGINE': 'django.db.backends.postgresql', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'NAME': 'd', 'CONN_MAX_AGE': 0, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False}",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'dj_database_url.parse(os.environ["V_U"], engine="e")["ENGINE"]': {
        "": "EXC",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "'e'",
        "postgis://h/d?sslmode=prefer": "'e'",
        "sqlite://:memory:": "'django.db.backends.sqlite3'",
        "sqlite://": "'e'",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "'e'",
        "postgres://u:p@h1,h2:5433/d": "'e'",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'dj_database_url.parse(os.environ["V_U"]).get("OPTIONS", {}).get("sslmode")': {
        "": "EXC",
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "'require'",
        "postgis://h/d?sslmode=prefer": "'prefer'",
        "sqlite://:memory:": "None",
        "sqlite://": "None",
        "psql://u:p@h/d": "EXC",
        "postgres://u:p@h:5432/d?pool=true": "None",
        "postgres://u:p@h1,h2:5433/d": "None",
        "postgres://u:p#x@h/d": "EXC",
        "postgresql+psycopg://h/d": "EXC",
    },
    'env.db("V_U")': {
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'NAME': 'shop', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'OPTIONS': {'sslmode': 'require'}, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgis://h/d?sslmode=prefer": "{'NAME': 'd', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'OPTIONS': {'sslmode': 'prefer'}, 'ENGINE': 'django.contrib.gis.db.backends.postgis'}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'NAME': ':memory:', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'ENGINE': 'django.db.backends.sqlite3'}",
        "psql://u:p@h/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': '', 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p@h:5432/d?pool=true": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'OPTIONS': {'pool': 'true'}, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p@h1,h2:5433/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p#x@h/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p#x', 'HOST': 'h', 'PORT': '', 'ENGINE': 'django.db.backends.postgresql'}",
        "postgresql+psycopg://h/d": "{'NAME': 'd', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'ENGINE': 'postgresql+psycopg'}",
    },
    'env.db_url_config(os.environ["V_U"])': {
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'NAME': 'shop', 'USER': 'app', 'PASSWORD': 'pw', 'HOST': 'db.internal', 'PORT': 5432, 'OPTIONS': {'sslmode': 'require'}, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgis://h/d?sslmode=prefer": "{'NAME': 'd', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'OPTIONS': {'sslmode': 'prefer'}, 'ENGINE': 'django.contrib.gis.db.backends.postgis'}",
        "sqlite://:memory:": "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}",
        "sqlite://": "{'NAME': ':memory:', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'ENGINE': 'django.db.backends.sqlite3'}",
        "psql://u:p@h/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': '', 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p@h:5432/d?pool=true": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'OPTIONS': {'pool': 'true'}, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p@h1,h2:5433/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h1,h2', 'PORT': 5433, 'ENGINE': 'django.db.backends.postgresql'}",
        "postgres://u:p#x@h/d": "{'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p#x', 'HOST': 'h', 'PORT': '', 'ENGINE': 'django.db.backends.postgresql'}",
        "postgresql+psycopg://h/d": "{'NAME': 'd', 'USER': '', 'PASSWORD': '', 'HOST': 'h', 'PORT': '', 'ENGINE': 'postgresql+psycopg'}",
    },
    'env.db("V_U").get("OPTIONS")': {
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "{'sslmode': 'require'}",
        "postgis://h/d?sslmode=prefer": "{'sslmode': 'prefer'}",
        "sqlite://:memory:": "None",
        "sqlite://": "None",
        "psql://u:p@h/d": "None",
        "postgres://u:p@h:5432/d?pool=true": "{'pool': 'true'}",
        "postgres://u:p@h1,h2:5433/d": "None",
        "postgres://u:p#x@h/d": "None",
        "postgresql+psycopg://h/d": "None",
    },
    'env.db("V_U", engine="e")["ENGINE"]': {
        "postgres://app:pw@db.internal:5432/shop?sslmode=require": "'e'",
        "postgis://h/d?sslmode=prefer": "'e'",
        "sqlite://:memory:": "'django.db.backends.sqlite3'",
        "sqlite://": "'e'",
        "psql://u:p@h/d": "'e'",
        "postgres://u:p@h:5432/d?pool=true": "'e'",
        "postgres://u:p@h1,h2:5433/d": "'e'",
        "postgres://u:p#x@h/d": "'e'",
        "postgresql+psycopg://h/d": "'e'",
    },
}
CASES = [(call, value, shown) for call, values in SAID.items() for value, shown in values.items()]
HEAD = """import dj_database_url
import environ
env = environ.Env()
"""


@pytest.mark.parametrize(("call", "value", "shown"), CASES)
def test_an_entry_is_what_the_library_makes(
    program: Make, call: str, value: str, shown: str
) -> None:
    source = (
        f"{HEAD}try:\n    said = repr({call})\nexcept Exception:\n    said = 'EXC'\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    )

    assert [one.db for one in program(source, {"V_U": value}).agents()] == ["durable"]


@pytest.mark.parametrize(("found", "expected"), [("HOST", "unknown"), ("CONN_MAX_AGE", "durable")])
def test_of_an_address_that_the_platform_supplies_the_rest_is_known(
    program: Make, found: str, expected: str
) -> None:
    source = f"{HEAD}entry = dj_database_url.config(conn_max_age=9)\n"
    source += (
        f"Agent(db=PostgresDb('postgresql://h/d') if entry['{found}'] == 9 else InMemoryDb())\n"
    )

    made = program(source, {}, injected=("DATABASE_URL",))

    assert [one.db for one in made.agents()] == [expected]
