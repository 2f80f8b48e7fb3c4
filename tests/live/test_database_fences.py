"""What a rule's own SQL cannot do to a real server, shown by what is there afterwards."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace
from psycopg.rows import dict_row

from readiness.database import Address, Database, Query
from readiness.database.read import EVERYTHING, Unreachable, read
from readiness.database.session import Look as Taken
from readiness.database.session import _Session
from readiness.drills.server import Server

Start = Callable[..., Server]
Look = Callable[..., Database]

pytestmark = pytest.mark.postgres

ENDLESS = "generate_series(1, 100000000000) AS n"
APP = "f7Jq0xGm2vKp9sLw4yTz"
VICTIM = f"""
CREATE ROLE app LOGIN PASSWORD '{APP}';
CREATE TABLE victim (n int);
CREATE SEQUENCE counter;
CREATE FUNCTION strike() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO victim VALUES (2); RETURN 1; END $$;
CREATE FUNCTION unlock() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); RETURN 'open'; END $$;
CREATE FUNCTION slacken() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RETURN set_config('statement_timeout', '0', false); END $$;
GRANT ALL ON victim, counter TO app;
GRANT CREATE ON SCHEMA public TO app;
"""

ATTACKS = [
    "SELECT 1; COMMIT; INSERT INTO victim VALUES (99)",
    "SELECT 1; INSERT INTO victim VALUES (99)",
    "INSERT INTO victim VALUES (1) RETURNING n",
    "WITH w AS (INSERT INTO victim VALUES (1) RETURNING n) SELECT * FROM w",
    "WITH w AS (DELETE FROM victim RETURNING n) SELECT * FROM w",
    "DELETE FROM victim",
    "TRUNCATE victim",
    "COMMIT",
    "ROLLBACK",
    "COMMIT AND CHAIN",
    "END; INSERT INTO victim VALUES (1)",
    "SET TRANSACTION READ WRITE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "DO $$ BEGIN INSERT INTO victim VALUES (1); END $$",
    "SELECT * FROM victim FOR UPDATE",
    "SELECT * FROM victim FOR SHARE",
    "SELECT 1 INTO stolen",
    "CREATE TABLE stolen (n int)",
    "CREATE TEMP TABLE stolen (n int)",
    "LOCK TABLE victim IN ACCESS EXCLUSIVE MODE",
    "COPY victim FROM '/dev/null'",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "EXPLAIN ANALYZE INSERT INTO victim VALUES (1)",
    "PREPARE p AS INSERT INTO victim VALUES (1)",
    "SHOW server_version",
    "LISTEN somebody",
    "VACUUM victim",
    "CALL strike()",
    "SELECT strike()",
    "SELECT unlock(), strike()",
    "SELECT nextval('counter')",
    "SELECT set_config('transaction_read_only', 'off', true)",
    "SELECT pg_advisory_lock(1)",
    "SELECT PG_ADVISORY_LOCK (1)",
    'SELECT "pg_advisory_lock"(1)',
    "SELECT pg_catalog.pg_advisory_lock/**/(1)",
    "SELECT '--' || pg_advisory_lock/* /* */ */(1)",
    'SELECT U&"pg_advisory\\005flock"(1)',
    "SELECT query_to_xml('SELECT pg_advisory_' || 'lock(1)', true, true, '')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
    "SELECT 1 -- \n; COMMIT; INSERT INTO victim VALUES (1)",
    "SELECT 1\0; COMMIT",
    "SELECT pg_advisory_xact_lock(1)",
    "SELECT pg_try_advisory_lock_shared(1)",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_create(0)",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT setval('counter', 9)",
    "SELECT pg_notify('somebody', 'something')",
    "SELECT pg_switch_wal()",
    "SELECT setseed(0.5)",
    "SELECT txid_current()",
    "SELECT pg_current_xact_id()",
    "SELECT dblink_exec('dbname=postgres', 'DELETE FROM victim')",
    "NOTIFY somebody",
    "UNLISTEN *",
    "COPY victim TO STDOUT",
    "COPY victim TO PROGRAM 'id'",
    "EXPLAIN ANALYZE SELECT strike()",
    "EXPLAIN SELECT 1",
    "SELECT * FROM victim FOR NO KEY UPDATE",
    "SELECT * FROM victim FOR KEY SHARE",
    "PREPARE TRANSACTION 'kept'",
    "COMMIT PREPARED 'kept'",
    "DEALLOCATE ALL",
    "DISCARD ALL",
    "DECLARE held CURSOR WITH HOLD FOR SELECT 1",
    "WITH HOLD FOR SELECT 1",
    "FETCH ALL FROM rd",
    "CLOSE ALL",
    "LOAD 'auto_explain'",
    "SET ROLE postgres",
    "RESET ROLE",
    "RESET ALL",
    "SET SESSION AUTHORIZATION postgres",
    "SET LOCAL statement_timeout = 0",
    "ROLLBACK TO SAVEPOINT ours",
    "RELEASE SAVEPOINT rule",
    "SAVEPOINT mine",
    "START TRANSACTION READ WRITE",
    "ABORT",
    "CHECKPOINT",
    "ALTER SYSTEM SET fsync = off",
    "GRANT ALL ON victim TO PUBLIC",
    "DROP TABLE victim",
    "ANALYZE victim",
    "MERGE INTO victim USING (SELECT 1 AS n) s ON false WHEN NOT MATCHED THEN INSERT VALUES (1)",
    "WITH w AS (UPDATE victim SET n = 1 RETURNING n) SELECT * FROM w",
    "WITH w AS MATERIALIZED (SELECT strike()) SELECT * FROM w",
    "SELECT 1 \\; COMMIT",
    "SELECT $$;$$; COMMIT",
    "SELECT $a$ $$ ; $a$; DELETE FROM victim",
    "SELECT 1 /* ; */ ; COMMIT --",
    "SELECT 1 /* unended",
    "SELECT 'unended",
    "SELECT $$unended",
    "SELECT 1\uff1b COMMIT",
    "TABLE victim; DELETE FROM victim",
    "VALUES (1); DELETE FROM victim",
    "",
    ";",
]

UNCHANGED = """
SELECT (SELECT is_called FROM counter), (SELECT count(*) FROM pg_largeobject_metadata),
       (SELECT relacl::text FROM pg_class WHERE relname = 'victim'),
       (SELECT count(*) FROM pg_prepared_xacts), pg_walfile_name(pg_current_wal_lsn())
"""


@pytest.fixture
def server(start: Start) -> Server:
    made = start()
    made.execute(VICTIM)
    return made


@pytest.mark.parametrize(("user", "password"), [("app", APP), ("postgres", None)])
def test_no_attack_changes_anything_and_each_is_answered_with_a_sentence(
    server: Server, look: Look, user: str, password: str | None
) -> None:
    queries = [Query(sql) for sql in ATTACKS]
    last = Query("SELECT count(*) AS n FROM victim")
    before = server.execute(UNCHANGED)

    database = look(
        server, user, password, queries=[*queries, last], allow_superuser_sql=user == "postgres"
    )

    answers = {query.sql: database.answer(query) for query in queries}
    assert [sql for sql, answer in answers.items() if answer.error is None] == []
    assert database.answer(last).rows == ({"n": 0},)
    assert server.execute("TABLE victim") == []
    assert server.execute(UNCHANGED) == before
    assert server.execute("SELECT 1 FROM pg_class WHERE relname = 'stolen'") == []
    assert server.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'") == []


def test_a_query_cannot_slacken_the_limits_of_the_next(server: Server, look: Look) -> None:
    first, then = Query("SELECT slacken()"), Query("SELECT current_setting('statement_timeout')")
    mode = Query("SELECT unlock() AS said")
    still = Query("SELECT current_setting('transaction_read_only') AS only")

    database = look(server, "app", APP, queries=[first, then, mode, still])

    assert database.answer(first).error is None
    assert database.answer(then).rows[0]["current_setting"] == "5s"
    assert database.answer(mode).error is not None
    assert database.answer(still).rows == ({"only": "on"},)


def test_reading_queries_of_every_form_are_answered(server: Server, look: Look) -> None:
    server.execute("INSERT INTO victim SELECT generate_series(1, 250)")
    forms = ["TABLE victim", "VALUES (1), (2)", "WITH w AS (SELECT 1 AS a) SELECT * FROM w;"]

    database = look(server, "app", APP, queries=[Query(sql) for sql in forms])

    table, values, with_ = (database.answer(Query(sql)) for sql in forms)
    assert (len(table.rows), table.truncated) == (100, True)
    assert [row["column1"] for row in values.rows] == [1, 2]
    assert with_.rows == ({"a": 1},)


def test_a_wrong_query_says_what_is_wrong_and_the_others_are_answered(
    server: Server, look: Look
) -> None:
    wrong, right = Query("SELECT nothing FROM nowhere"), Query("SELECT 1 AS one")

    database = look(server, "app", APP, queries=[wrong, right])

    assert "does not exist" in (database.answer(wrong).error or "")
    assert database.answer(wrong).code == "42P01"
    assert database.answer(right).rows == ({"one": 1},)


def test_a_superuser_puts_no_query_unless_that_is_allowed(server: Server, look: Look) -> None:
    query = Query("SELECT 1 AS one")

    refused = look(server, queries=[query])
    allowed = look(server, queries=[query], allow_superuser_sql=True)

    assert "superuser" in (refused.answer(query).error or "")
    assert refused.settings
    assert allowed.answer(query).rows == ({"one": 1},)


def test_a_lock_on_a_table_keeps_nothing_up_but_the_query_that_reads_it(
    server: Server, look: Look
) -> None:
    query = Query("SELECT * FROM victim")
    with psycopg.connect(server.url()) as holder:
        holder.execute("LOCK TABLE victim IN ACCESS EXCLUSIVE MODE")

        database = look(server, "app", APP, queries=[query])

    assert database.table("victim") is not None
    assert "lock" in (database.answer(query).error or "")


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ("pg_class", "timed-out"),
        ("pg_authid", "timed-out"),
        ("pg_stat_activity", "timed-out"),
        ("pg_stat_ssl", "locked"),
    ],
)
def test_a_lock_on_the_catalogue_ends_the_look_in_time_and_with_a_sentence(
    templates: Any, held: str, kind: str
) -> None:
    with Server.start(template=templates.newest()) as server:
        server.execute(VICTIM)
        address = Address.parse(server.url("app", APP))
        with psycopg.connect(server.url()) as holder:
            holder.execute(f"LOCK TABLE pg_catalog.{held} IN ACCESS EXCLUSIVE MODE".encode())

            with pytest.raises(Unreachable) as caught:
                read(address, timeout=3.0)

        assert caught.value.kind == kind
        assert _sessions(server) == []
        assert read(address).settings


def test_a_lock_on_what_one_fact_reads_costs_that_fact_only(server: Server, look: Look) -> None:
    query = Query("SELECT 1 AS one")
    with psycopg.connect(server.url()) as holder:
        holder.execute("LOCK TABLE pg_catalog.pg_extension IN ACCESS EXCLUSIVE MODE")

        database = look(server, "app", APP, queries=[query])

    assert "55P03" in database.missing["extensions"].reason
    assert database.roles
    assert database.answer(query).rows == ({"one": 1},)


def test_where_it_cannot_be_told_what_a_query_leaves_none_is_put(
    server: Server, look: Look
) -> None:
    query = Query("SELECT strike()")
    with psycopg.connect(server.url()) as holder:
        holder.execute("LOCK TABLE pg_catalog.pg_locks IN ACCESS EXCLUSIVE MODE")

        database = look(server, "app", APP, queries=[query])

    assert "could not be told" in str(database.answer(query).error)
    assert not any("strike" in one for one in database.statements)


def test_the_checkers_own_timeouts_are_not_taken_for_the_servers(
    server: Server, look: Look
) -> None:
    server.configure(statement_timeout="30s", lock_timeout="7s")
    server.reload()
    server.execute("ALTER ROLE app SET statement_timeout = '20s'")

    as_app = look(server, "app", APP)
    as_admin = look(server)

    assert as_admin.setting("statement_timeout").seconds == 30
    assert as_admin.setting("lock_timeout").seconds == 7
    assert as_admin.effective_setting("statement_timeout", "app").seconds == 20
    assert as_app.effective_setting("statement_timeout").seconds == 20


def test_a_grant_that_goes_away_in_between_costs_one_fact_only(server: Server) -> None:
    server.execute("GRANT pg_monitor TO app")
    with psycopg.connect(
        server.url("app", APP), autocommit=True, prepare_threshold=None, row_factory=dict_row
    ) as connection:
        session = _Session(connection, Taken(connection.info.server_version))
        session.first_flight()
        session.look.grants["may_verifiers"] = True

        session.second_flight(EVERYTHING)
        session.end()

    assert "verifiers" in session.look.missing
    assert "42501" in session.look.missing["verifiers"].reason
    assert {"settings", "roles", "tables", "archive_waiting"} <= session.look.rows.keys()


def test_a_query_that_is_over_the_time_is_ended_on_the_server_and_costs_no_fact(
    server: Server, look: Look
) -> None:
    slow, after = Query(f"SELECT count(*) FROM {ENDLESS}"), Query("SELECT 1")

    database = look(server, "app", APP, queries=[slow, after], timeout=1.5)

    assert "time" in (database.answer(slow).error or "")
    assert "time" in (database.answer(after).error or "")
    assert database.settings
    assert _sessions(server) == []


def test_a_server_that_dies_during_a_query_costs_no_fact(server: Server, look: Look) -> None:
    slow = Query(f"SELECT count(*) FROM {ENDLESS}")
    killer = threading.Timer(1.0, lambda: server.stop(how=signal.SIGQUIT))
    killer.start()

    database = look(server, "app", APP, queries=[slow], timeout=15.0)
    killer.join()

    assert database.answer(slow).error
    assert database.settings


@pytest.mark.parametrize(("cut", "kind"), [(True, "lost"), (False, "timed-out")])
def test_a_connection_that_breaks_or_stalls_during_the_facts_is_a_sentence(
    server: Server, *, cut: bool, kind: str
) -> None:
    address = Address.parse(server.url("app", APP))
    with (
        _breaking(server.port, b"pg_replication_slots", cut=cut) as port,
        pytest.raises(Unreachable) as caught,
    ):
        read(replace(address, port=port), timeout=2.0)

    assert caught.value.kind == kind
    assert _sessions(server) == []


@contextmanager
def _breaking(port: int, sign: bytes, *, cut: bool) -> Iterator[int]:
    """A way to a server that ends, or goes silent, when it sees the sign."""
    over = threading.Event()

    def carry(source: socket.socket, target: socket.socket) -> None:
        seen = b""
        with suppress(OSError):
            while part := source.recv(65536):
                seen = (seen + part)[-200_000:]
                if sign in seen:
                    over.set()
                    if not cut:
                        continue
                    break
                if not over.is_set() or cut:
                    target.sendall(part)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def serve(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", port))
                for end in (near, far):
                    ends.enter_context(end)
                    # Closing alone does not end what another thread is waiting to read.
                    ends.callback(_hang_up, end)
                threading.Thread(target=carry, args=(near, far), daemon=True).start()
                threading.Thread(target=carry, args=(far, near), daemon=True).start()

    with ExitStack() as ends, socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,), daemon=True)
        server.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            server.join(5)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def _sessions(server: Server) -> list[tuple[Any, ...]]:
    """The sessions of this program, once the server had a moment to end them."""
    sql = "SELECT pid FROM pg_stat_activity WHERE application_name = 'readiness'"
    end = time.monotonic() + 10
    while (found := server.execute(sql)) and time.monotonic() < end:
        time.sleep(0.05)
    return found
