"""What a look leaves in a session that others go on using, and what it costs to look."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from readiness.database import Address, Database, Query
from readiness.database.read import read
from readiness.drills.server import Server
from readiness.drills.template import Template
from tests.live.bouncer import PROGRAM, Bouncer

Start = Callable[..., Server]
Look = Callable[..., Database]

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(PROGRAM is None, reason="not possible here: PgBouncer is not installed"),
]

STRONG = "q7Vt-mNc2-Wx94-hRb8"
ROLES = f"""
CREATE ROLE app LOGIN PASSWORD '{STRONG}';
CREATE ROLE staff; GRANT staff TO app;
CREATE FUNCTION loading() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION fleeting() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('statement_timeout', '7s', false);
    PERFORM set_config('search_path', 'nowhere', false);
    PERFORM pg_advisory_xact_lock(3);
    EXECUTE 'SET ROLE staff';
    EXECUTE 'LISTEN somebody';
    EXECUTE 'DECLARE held CURSOR WITH HOLD FOR SELECT 1';
    RETURN 1;
END $$;
CREATE FUNCTION locking(key bigint) RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock(key); RETURN 1; END $$;
CREATE FUNCTION locking_shared() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock_shared(1, 2); RETURN 1; END $$;
CREATE FUNCTION preparing() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN EXECUTE 'PREPARE kept AS SELECT 1'; RETURN 1; END $$;
CREATE FUNCTION failing() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock(5); RETURN 1 / 0; END $$;
"""
STATE = """
SELECT 'setting', name, setting, source FROM pg_settings WHERE name !~ '^transaction_'
UNION ALL SELECT 'statement', name, statement, NULL FROM pg_prepared_statements
UNION ALL SELECT 'lock', mode, objid::text, NULL FROM pg_locks
          WHERE locktype = 'advisory' AND pid = pg_backend_pid()
UNION ALL SELECT 'cursor', name, NULL, NULL FROM pg_cursors WHERE name <> ''
UNION ALL SELECT 'channel', c, NULL, NULL FROM pg_listening_channels() c
UNION ALL SELECT 'temporary', pg_my_temp_schema()::text, NULL, NULL
UNION ALL SELECT 'user', current_user, session_user, NULL
"""


@pytest.fixture(scope="module")
def bouncer(templates: Any) -> Iterator[Bouncer]:
    with Server.start(template=templates.newest()) as server:
        server.execute(ROLES)
        with Bouncer.start(
            server, {"app": STRONG}, pool_mode="transaction", default_pool_size=1
        ) as running:
            yield running


def state(bouncer: Bouncer) -> tuple[int, set[tuple[Any, ...]]]:
    """The one session that everybody shares: its process, and all that it remembers."""
    with psycopg.connect(
        bouncer.url("app", application_name="readiness"), prepare_threshold=None
    ) as shared:
        # The settings of a language are there from its first use on.
        shared.execute("SELECT loading()")
        return shared.execute("SELECT pg_backend_pid()").fetchall()[0][0], set(
            shared.execute(STATE).fetchall()
        )


def look_through(bouncer: Bouncer, *queries: str) -> list[str | None]:
    asked = [Query(sql) for sql in queries]
    database = read(Address.parse(bouncer.url("app")), queries=asked)
    assert database.session.pooled
    return [database.answer(query).error for query in asked]


def test_no_state_survives_in_a_session_that_a_pooler_hands_on(bouncer: Bouncer) -> None:
    before = state(bouncer)

    errors = look_through(bouncer, "SELECT 1", "SELECT fleeting()", "SELECT 1 / 0", "SELECT 2")

    assert [error is None for error in errors] == [True, True, False, True]
    assert state(bouncer) == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT locking(7)", "left an advisory lock behind"),
        ("SELECT locking(7), locking(7)", "left an advisory lock behind"),
        ("SELECT locking_shared()", "left an advisory lock behind"),
        ("SELECT preparing()", "left a prepared statement behind"),
        ("SELECT failing()", "left an advisory lock behind"),
    ],
)
def test_a_session_in_which_a_rules_function_leaves_something_is_handed_on_to_nobody(
    bouncer: Bouncer, sql: str, said: str
) -> None:
    pid, before = state(bouncer)

    first, guilty, after = look_through(bouncer, "SELECT 1", sql, "SELECT 2")

    assert first is None
    assert said in str(guilty)
    assert "the session was ended" in str(after)
    new, now = state(bouncer)
    assert now == before
    assert new != pid
    assert bouncer.server.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'") == []


def test_what_the_application_itself_left_in_a_pooled_session_stays(bouncer: Bouncer) -> None:
    with psycopg.connect(bouncer.url("app"), prepare_threshold=None) as careless:
        careless.execute("SELECT pg_advisory_lock(11)")
    before = state(bouncer)

    errors = look_through(bouncer, "SELECT 1", "SELECT fleeting()")

    assert errors == [None, None]
    assert state(bouncer) == before
    with psycopg.connect(bouncer.url("app"), prepare_threshold=None) as careless:
        careless.execute("SELECT pg_advisory_unlock_all()")


def test_a_lock_that_a_rules_function_keeps_ends_with_the_query(start: Start, look: Look) -> None:
    server = start()
    server.execute(ROLES)
    guilty, after = Query("SELECT locking(7)"), Query("SELECT 1")

    database = look(server, "app", STRONG, queries=[guilty, after])

    assert "left an advisory lock behind" in str(database.answer(guilty).error)
    assert "the session was ended" in str(database.answer(after).error)
    assert database.settings


def test_names_in_databases_of_other_encodings_are_read_as_text(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "SQL_ASCII")
    query, found = Query("SELECT 'é' AS said"), {}
    with Server.start(template=template) as server:
        for encoding in ("SQL_ASCII", "LATIN1"):
            server.execute(
                f"CREATE DATABASE {encoding} ENCODING '{encoding}' TEMPLATE template0 LOCALE 'C'"
            )
            url = server.url(dbname=encoding.lower())
            with psycopg.connect(url, client_encoding="utf8") as maker:
                maker.execute("CREATE TABLE é (a int)")
            found[encoding] = read(Address.parse(url), queries=[query], allow_superuser_sql=True)

    for database in found.values():
        assert [str(table) for table in database.tables] == ["public.é"]
        assert database.session.user == "postgres"
        assert database.answer(query).rows == ({"said": "é"},)
