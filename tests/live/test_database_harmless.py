"""The server's own log tells what was sent to it, and what the probes left there."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace

from readiness.cli.edge import run
from readiness.database import Database, Query
from readiness.database.fence import SHED
from readiness.database.grants import least_role
from readiness.database.plan import statements
from readiness.database.read import Unreachable
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.finding import Undecidable

Start = Callable[..., Server]
Look = Callable[..., Database]

pytestmark = pytest.mark.postgres

APP = "f7Jq0xGm2vKp9sLw4yTz"
_SENT = re.compile(
    # What does not even parse stands below its error.
    r"^readiness\|(?:LOG:  (?:execute [^:]*|statement): |STATEMENT:  )(.*(?:\n\t.*)*)",
    re.MULTILINE,
)


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


CHECKLIST = """
checklist: everything
title: Every shipped rule, and questions of our own
extends: [production, postgres]
rules:
  - {id: rls-tenant-tables, with: {columns: [tenant_id]}}
  - {id: database-set-up, with: {tables: [orders], extensions: [plpgsql]}}
  - {id: one, title: One, severity: low, why: w, fix: f, check: sql.query,
     with: {sql: "SELECT count(*) FROM orders  -- of all", expect: {min: 0}}}
  - {id: two, title: Two, severity: low, why: w, fix: f, check: sql.query,
     with: {sql: "SELECT nothing FROM nowhere", rows: 1}}
  - {id: three, title: Three, severity: low, why: w, fix: f, check: sql.query,
     with: {sql: "SELECT locking()", rows: 1}}
  - {id: four, title: Four, severity: low, why: w, fix: f, check: sql.query,
     with: {sql: "SELECT pg_notify('a', 'b')", rows: 1}}
"""
# Which of them are only sent when something is amiss: a grant that goes away meanwhile.
SINGLY = {"SAVEPOINT fact", "ROLLBACK TO SAVEPOINT fact"}


def test_a_check_of_every_shipped_rule_sends_what_the_plan_prints_and_nothing_else(
    start: Start,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = start(settings={"log_statement": "all", "log_line_prefix": "%a|"})
    server.execute(EVERYTHING)
    server.execute(least_role(role="least", database="postgres"))
    server.execute(f"ALTER ROLE least PASSWORD '{APP}'; GRANT SELECT ON orders TO least")
    (tmp_path / "everything.yaml").write_text(CHECKLIST)
    (tmp_path / "app.py").write_text("print('nothing')\n")
    checklist = str(tmp_path / "everything.yaml")
    sent: dict[str, set[str]] = {}

    assert run(["database", "plan", "-c", checklist]) == 0
    printed = capsys.readouterr().out
    for user in ("app", "least", "postgres"):
        monkeypatch.setenv("ADDRESS", server.url(user, None if user == "postgres" else APP))
        before = len(server.log)
        run(["check", str(tmp_path), "-c", checklist, "--database", "env:ADDRESS", "--quiet"])
        log = server.log[before:]
        sent[user] = {_plain(one.replace("\n\t", "\n")) for one in _SENT.findall(log)}

    planned = _planned(printed, server.template.binaries.major)
    every = {one.replace('"public"', '"SCHEMA"') for one in set().union(*sent.values())}
    assert every - planned == set()
    assert planned - every == SINGLY | {_plain(SHED)} | _of_console(printed)
    assert len(sent["app"]) > 30
    assert not any("pg_notify" in one for one in (*every, *planned))
    assert not any("orders" in one for one in sent["postgres"])


EVERYTHING = f"""
CREATE ROLE app LOGIN PASSWORD '{APP}';
CREATE TABLE orders (id int, tenant_id int); GRANT SELECT ON orders TO app;
CREATE TABLE alembic_version (version_num text); GRANT SELECT ON alembic_version TO app;
CREATE TABLE agno_schema_versions (table_name text, version text);
CREATE TABLE django_migrations (app text, name text);
CREATE FUNCTION locking() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock(1); RETURN 1; END $$;
"""


def _planned(printed: str, major: int) -> set[str]:
    """What the plan prints for a version."""
    found = set()
    for one in printed.split(";\n\n"):
        said, _, sql = one.strip().partition("\n")
        only = re.fullmatch(r"-- PostgreSQL (?:before (\d+)|(\d+) and later)", said)
        if only is None:
            found.add(_plain(one))
        elif major < int(only[1] or 99) and major >= int(only[2] or 0):
            found.add(_plain(sql))
    return {one for one in found if not one.startswith("-- Before")}


def _of_console(printed: str) -> set[str]:
    return {_plain(one) for one in printed.split(";\n\n") if one.startswith("-- PgBouncer")}


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


@pytest.mark.parametrize(
    ("hba", "said"),
    [
        (["hostssl all all 127.0.0.1/32 scram-sha-256"], "no pg_hba.conf entry for host"),
        (["hostnossl all all all reject", "host all all all scram-sha-256"], "rejects connection"),
    ],
    ids=["no line", "reject"],
)
def test_a_server_that_refuses_plain_connections_logs_the_one_that_asks(
    start_tls: Start, look: Look, hba: list[str], said: str
) -> None:
    server = start_tls(hba=hba)
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{APP}'")
    before = len(server.log)

    database = look(server, "app", APP, address={"sslmode": "require"})

    (line,) = _lines(server, before)
    assert f"FATAL:  {'pg_hba.conf ' if said.startswith('rejects') else ''}{said}" in line
    assert "no encryption" in line
    assert database.offer(tls=False).code == "28000"


def test_a_certificate_that_does_not_verify_leaves_one_line(start_tls: Start, look: Look) -> None:
    server, other = start_tls(), Certificate.make("127.0.0.1")
    assert other
    server.ca_file.write_bytes(other.authority)
    before = len(server.log)

    with pytest.raises(Unreachable):
        look(server, address={"sslmode": "verify-full", "sslrootcert": str(server.ca_file)})

    (line,) = _lines(server, before)
    assert "LOG:  could not accept SSL connection" in line


def _lines(server: Server, before: int) -> list[str]:
    """What stands in the log now: another process writes it."""
    end = time.monotonic() + 20
    while len(server.log) == before and time.monotonic() < end:
        time.sleep(0.01)
    return server.log[before:].splitlines()


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
    server.execute(
        'CREATE SCHEMA "Sales"; CREATE TABLE "Sales".alembic_version (version_num text); '
        "CREATE TABLE django_migrations (app text, name text)"
    )
    before = look(server, "app", APP)
    hints = [one.hint for one in before.missing.values() if one.hint]
    assert {"hba", "verifiers", "archive_waiting", "schema_versions"} <= before.missing.keys()

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
