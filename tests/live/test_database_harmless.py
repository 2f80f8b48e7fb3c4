"""The server's own log tells what was sent to it, and what the probes left there."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from readiness.database import Database, Query
from readiness.database.grants import least_role
from readiness.database.plan import statements
from readiness.drills.server import Server, Template
from readiness.model.finding import Undecidable

Start = Callable[..., Server]
Look = Callable[..., Database]

pytestmark = pytest.mark.postgres

APP = "f7Jq0xGm2vKp9sLw4yTz"
_SENT = re.compile(r"^readiness\|LOG:  (?:execute [^:]*|statement): (.*(?:\n\t.*)*)", re.MULTILINE)


def test_the_log_holds_nothing_but_what_the_plan_prints(start: Start, look: Look) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'; GRANT pg_monitor TO app")
    server.execute("CREATE TABLE alembic_version (version_num text)")
    server.execute("GRANT SELECT ON alembic_version TO app")
    server.configure(log_statement="all", log_line_prefix="%a|")
    server.reload()
    queries = [Query("SELECT 1 AS one"), Query("SELECT strike()"), Query("SELECT pg_sleep(9)")]

    as_app = look(server, "app", APP, queries=queries)
    as_admin = look(server, queries=queries)

    planned = {_plain(one) for one in statements(queries)}
    sent = [_plain(one.replace("\n\t", "\n")) for one in _SENT.findall(server.log)]
    assert len(sent) > 50
    assert {one for one in sent if one.replace('"public"', '"SCHEMA"') not in planned} == set()
    told = [_plain(one) for one in (*as_app.statements, *as_admin.statements)]
    assert set(sent) <= set(told)


def test_the_probes_leave_no_line_in_a_log_at_its_defaults(start: Start, look: Look) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")
    before = server.log

    look(server, "app", APP)

    assert server.log == before


def test_the_probes_in_tls_leave_no_line_either(start_tls: Start, look: Look) -> None:
    server = start_tls()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")
    before = server.log

    look(
        server, "app", APP, address={"sslmode": "verify-full", "sslrootcert": str(server.ca_file)}
    )

    assert server.log == before


def test_the_least_role_reads_every_fact(start: Start, look: Look) -> None:
    server = start()
    server.execute("CREATE DATABASE app")
    server.execute(least_role(role="Checker 1", database="app"), "app")
    server.execute(f"""ALTER ROLE "Checker 1" PASSWORD '{APP}'""")

    database = look(server, "Checker 1", APP, dbname="app")

    assert set(database.missing) <= {"certificate"}
    assert not database.session.superuser
    assert not database.session.can_write or database.version.major < 15


def test_each_missing_grant_is_named_and_helps(start: Start, look: Look) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")
    before = look(server, "app", APP)
    hints = [one.hint for one in before.missing.values() if one.hint]
    assert {"hba", "verifiers", "archive_waiting"} <= before.missing.keys()

    server.execute("; ".join(hint.rstrip(";") for hint in hints))
    after = look(server, "app", APP)

    assert set(after.missing) <= {"certificate"}
    assert after.hba
    assert after.verifiers.all
    assert after.archive_waiting == 0


def test_a_hidden_setting_is_undecided_and_one_that_does_not_exist_says_so(
    start: Start, look: Look
) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")

    with pytest.raises(Undecidable) as hidden:
        look(server, "app", APP).setting("shared_preload_libraries")
    with pytest.raises(Undecidable) as absent:
        look(server).setting("no_such_setting")

    assert hidden.value.hint == "GRANT pg_read_all_settings TO app;"
    assert absent.value.hint is None
    assert "no setting" in absent.value.reason


def test_an_interrupt_leaves_no_session_on_the_server(start: Start) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")
    program = textwrap.dedent("""
        import os
        from readiness.database import Address, Query
        from readiness.database.read import read
        slow = Query("SELECT count(*) FROM generate_series(1, 100000000000) AS n")
        read(Address.parse(os.environ["ADDRESS"]), queries=[slow], timeout=30.0)
    """)
    environment = {**os.environ, "ADDRESS": server.url("app", APP)}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert _waited(server, "query LIKE 'FETCH%' AND state = 'active'")

        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert "KeyboardInterrupt" in said
    assert APP not in said
    assert not _waited(server, "true", there=False)


def test_functions_of_others_are_not_taken_for_postgresqls_own(start: Start, look: Look) -> None:
    server = start()
    server.execute("CREATE TABLE trapped (n int)")
    server.execute(
        "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql AS "
        "'SELECT NULL::timestamptz'; "
        "CREATE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$SELECT 'trap'$$; "
        f"CREATE ROLE app LOGIN PASSWORD '{APP}'; "
        "ALTER ROLE app SET search_path = public, pg_catalog"
    )
    query = Query("SELECT version() AS said, current_setting('search_path') AS path")

    database = look(server, "app", APP, queries=[query])

    assert database.version.build.startswith("PostgreSQL")
    assert database.session.now is not None
    assert database.setting("search_path").text == "public, pg_catalog"
    assert database.answer(query).rows == ({"said": "trap", "path": "public, pg_catalog"},)


def test_a_standby_is_looked_at_like_any_other(template: Template, look: Look) -> None:
    with Server.start(template=template) as primary:
        primary.stop()
        (primary.data / "standby.signal").touch()
        copy = replace(primary.template, data=primary.data)
        with Server.start(template=copy) as standby:
            database = look(standby)

    assert database.session.standby
    assert set(database.missing) <= {"certificate"}
    assert database.archiver.current_wal is None
    assert database.settings


def test_nothing_of_the_session_outlives_it(start: Start, look: Look) -> None:
    server = start()
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")

    look(server, "app", APP, queries=[Query("SELECT 1")])

    assert not _waited(server, "true", there=False)


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def _rows(connection: Any, condition: str) -> list[Any]:
    sql = f"SELECT pid FROM pg_stat_activity WHERE application_name = 'readiness' AND {condition}"
    found: list[Any] = connection.execute(sql).fetchall()
    return found


def _waited(server: Server, condition: str, *, there: bool = True) -> bool:
    """Ask until sessions are there, or are not; a busy machine takes its time to start one."""
    end = time.monotonic() + 40
    with psycopg.connect(server.url(), autocommit=True) as connection:
        while bool(_rows(connection, condition)) is not there:
            if time.monotonic() > end:
                return not there
            time.sleep(0.01)
    return there
