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
