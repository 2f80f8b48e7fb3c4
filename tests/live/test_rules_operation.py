"""The rules of connections, archiving, monitoring and health, on real servers in both states."""

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from readiness.checker.answers import Answers
from readiness.checkers.marked_rows import marked_rows
from readiness.checkers.releases import RELEASES
from readiness.database import Address, Database
from readiness.database.read import EVERYTHING, read
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.clock import Clock
from readiness.project import Project
from readiness.testing import check

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
STATEMENTS = "pg_stat_statements"
STOCK: dict[str, str | float] = {
    "max_connections": 20,
    "superuser_reserved_connections": 3,
    "shared_buffers": "128MB",
    "autovacuum": "off",
    "track_counts": "off",
}
TUNED: dict[str, str | float] = {
    "max_connections": 100,
    "shared_buffers": "48MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_min_duration_statement": "250ms",
    "log_lock_waits": "on",
    "log_checkpoints": "on",
}
CODE = """from sqlalchemy import create_engine

engine = create_engine("postgresql://app@db/postgres", pool_size=5, max_overflow=5)
"""
COMPOSE = """services:
  api:
    build: .
    command: uvicorn db:app --workers 2
    deploy: {replicas: 2}
"""
FIRST = b"revision = 'a1'\ndown_revision = None\n"
SECOND = b"revision = 'b2'\ndown_revision = 'a1'\n"


@pytest.fixture(scope="module", params=[15, 16, 18], ids="postgresql-{}".format)
def template(templates: Any, request: pytest.FixtureRequest) -> Template:
    made: Template = templates.of(request.param)
    return made


@pytest.fixture(scope="module")
def server(template: Template) -> Iterator[Server]:
    with Server.start(template=template, settings=STOCK) as running:
        running.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        running.execute(
            f"CREATE ROLE monitor LOGIN PASSWORD '{STRONG}'; GRANT pg_monitor TO monitor"
        )
        yield running


@pytest.fixture(scope="module")
def tuned(template: Template) -> Iterator[Server]:
    with Server.start(template=template, settings=TUNED) as running:
        yield running


def look(server: Server, user: str = "monitor", dbname: str = "postgres") -> Database:
    return read(Address.parse(server.url(user, STRONG, dbname)))


def look_as_admin(server: Server) -> Database:
    # All but the passwords' verifiers, whose comparison takes longer than all the rest.
    return read(Address.parse(server.url(local=True)), wanted=EVERYTHING - {"verifiers"})


def outcome(rule: str, database: Database, /, *facts: Any, **parameters: Any) -> str:
    return str(check(rule, database, *facts, **parameters).outcome)


@contextlib.contextmanager
def changed(server: Server, do: str, undo: str) -> Iterator[Database]:
    """Give what is seen of the server between two statements."""
    server.execute(do)
    try:
        yield look(server)
    finally:
        server.execute(undo)


def wait_for(server: Server, query: str) -> None:
    """Wait until a query gives true: what archives is another process."""
    end = time.monotonic() + 20
    while not server.execute(query)[0][0]:
        assert time.monotonic() < end, query
        time.sleep(0.05)


def test_connections_in_use_leave_room_or_not(server: Server) -> None:
    good = look(server)
    with contextlib.ExitStack() as held:
        for _ in range(13):
            held.enter_context(psycopg.connect(server.url(local=True)))
        bad = look(server)

    assert outcome("capacity.usage", good) == "pass"
    assert outcome("capacity.usage", bad) == "fail"


def test_code_compose_file_and_server_are_joined(server: Server, tuned: Server) -> None:
    files = Project({"db.py": CODE.encode(), "compose.yaml": COMPOSE.encode()})

    small = check("capacity.demand", look(server), files)
    large = check("capacity.demand", look_as_admin(tuned), files)

    assert small.outcome == "fail"
    assert small.problems[0].data == {"demand": [40, 40], "usable": 15}
    assert "db.py:3" in small.problems[0].message
    assert "compose.yaml:" in small.problems[0].message
    assert large.outcome == "pass"
    assert large.oks[0].data["usable"] == 87


def test_a_connection_limit_of_the_database_is_part_of_the_join(tuned: Server) -> None:
    files = Project({"db.py": CODE.encode(), "compose.yaml": COMPOSE.encode()})
    tuned.execute("ALTER DATABASE postgres CONNECTION LIMIT 25")
    try:
        result = check("capacity.demand", look_as_admin(tuned), files)
    finally:
        tuned.execute("ALTER DATABASE postgres CONNECTION LIMIT -1")

    assert result.outcome == "fail"
    assert "the connection limit of the database postgres is 25" in result.problems[0].message


def test_archiving_that_is_off_fails(server: Server) -> None:
    assert outcome("archiving.works", look(server)) == "fail"


def test_archiving_is_judged_by_what_became_of_it(template: Template) -> None:
    settings = {"archive_mode": "on", "archive_command": ""}
    with Server.start(template=template, settings=settings) as server:
        empty = look_as_admin(server)
        server.configure(archive_command="true")
        server.reload()
        unused = look_as_admin(server)
        server.execute("CREATE TABLE t (a int); SELECT pg_switch_wal()")
        wait_for(server, "SELECT archived_count > 0 FROM pg_stat_archiver")
        good = look_as_admin(server)
        server.configure(archive_command="false")
        server.reload()
        server.execute("CREATE TABLE u (a int); SELECT pg_switch_wal()")
        wait_for(server, "SELECT failed_count > 0 FROM pg_stat_archiver")
        bad = look_as_admin(server)

    found = [outcome("archiving.works", one) for one in (empty, unused, good, bad)]
    assert found == ["fail", "unknown", "pass", "fail"]


def test_a_standby_leaves_archiving_to_its_primary(template: Template) -> None:
    with Server.start(template=template) as server:
        (server.data / "standby.signal").touch()
        template.owner.give(server.data)
        server.restart()
        database = look_as_admin(server)

    assert database.session.standby
    assert outcome("archiving.works", database) == "not-applicable"
    assert outcome("health.version", database) == "pass"


def test_an_idle_slot_that_keeps_the_log_back_is_seen(server: Server) -> None:
    assert outcome("archiving.slots", look(server)) == "not-applicable"
    with changed(
        server,
        "SELECT pg_create_physical_replication_slot('gone', true)",
        "SELECT pg_drop_replication_slot('gone')",
    ) as database:
        assert outcome("archiving.slots", database) == "pass"
        assert outcome("archiving.slots", database, max_retained=0) == "fail"


def test_statement_statistics_are_active_or_not(template: Template, server: Server) -> None:
    bad = look(server)
    assert outcome("observability.statements", bad) == "fail"
    if STATEMENTS not in bad.available_extensions:
        pytest.skip("not possible on this build: it has no pg_stat_statements")

    with Server.start(
        template=template, settings={"shared_preload_libraries": STATEMENTS}
    ) as watched:
        watched.execute(f"CREATE EXTENSION {STATEMENTS}")
        watched.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        seen, hidden = look_as_admin(watched), look(watched, "app")

    assert outcome("observability.statements", seen) == "pass"
    result = check("observability.statements", hidden)
    assert result.outcome == "unknown"
    assert result.undecided[0].hint == "GRANT pg_read_all_settings TO app;"


def test_an_extension_that_is_created_and_not_loaded_is_seen(server: Server) -> None:
    if STATEMENTS not in look(server).available_extensions:
        pytest.skip("not possible on this build: it has no pg_stat_statements")

    with changed(
        server, f"CREATE EXTENSION {STATEMENTS}", f"DROP EXTENSION {STATEMENTS}"
    ) as database:
        result = check("observability.statements", database)

    assert "counts nothing" in result.problems[0].message


def test_the_log_has_slow_statements_and_lock_waits_or_not(server: Server, tuned: Server) -> None:
    good = look_as_admin(tuned)

    assert outcome("observability.logging", look(server)) == "fail"
    assert outcome("observability.logging", good) == "pass"
    assert outcome("observability.logging", good, slow_ms=100) == "fail"


def test_the_version_is_supported_now_and_not_for_ever(server: Server) -> None:
    day = datetime.combine(RELEASES.as_of, datetime.min.time(), UTC)
    database, clock = look(server), Clock.fixed(day)

    assert outcome("health.version", database, clock) == "pass"
    assert outcome("health.version", database, clock, eol_days=4000) == "fail"
    assert outcome("health.minor-version", database, clock, most_behind=40) == "pass"
    assert outcome("health.minor-version", database, clock, most_behind=0) == "fail"


def test_a_change_that_waits_for_a_restart_is_seen(server: Server) -> None:
    good = look(server)
    server.execute("ALTER SYSTEM SET max_connections = 21")
    server.reload()
    try:
        bad = look(server)
    finally:
        server.execute("ALTER SYSTEM RESET max_connections")
        server.reload()

    assert outcome("health.restart", good) == "pass"
    assert outcome("health.restart", bad) == "fail"


def test_memory_is_stock_or_chosen(server: Server, tuned: Server) -> None:
    assert outcome("health.memory", look(server)) == "fail"
    assert outcome("health.memory", look_as_admin(tuned)) == "pass"


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "autovacuum", "track_counts"])
def test_a_switch_that_must_be_on_is_seen_in_both_states(
    server: Server, tuned: Server, name: str
) -> None:
    assert outcome("server.settings", look(server), expect={name: "on"}) == "fail"
    assert outcome("server.settings", look_as_admin(tuned), expect={name: "on"}) == "pass"


def test_checksums_are_on_or_off_by_version(server: Server) -> None:
    found = outcome("server.settings", look(server), expect={"data_checksums": "on"})

    assert found == ("pass" if server.template.binaries.major >= 18 else "fail")


def test_synchronous_commit_of_the_role_beats_the_servers(server: Server) -> None:
    rule: dict[str, Any] = {"expect": {"synchronous_commit": {"not": "off"}}, "app_role": "app"}
    bad = look(server)
    with changed(
        server, "ALTER ROLE app SET synchronous_commit = on", "ALTER ROLE app RESET ALL"
    ) as good:
        assert outcome("server.role-settings", good, **rule) == "pass"

    assert outcome("server.role-settings", bad, **rule) == "fail"


@pytest.mark.parametrize("setting", ["statement_timeout", "idle_in_transaction_session_timeout"])
def test_a_time_limit_of_the_role_is_seen(server: Server, setting: str) -> None:
    rule: dict[str, Any] = {"setting": setting, "max_seconds": 60.0, "app_role": "app"}
    bad = look(server)
    with changed(
        server, f"ALTER ROLE app SET {setting} = '30s'", "ALTER ROLE app RESET ALL"
    ) as good:
        assert outcome("server.time-limit", good, **rule) == "pass"

    assert outcome("server.time-limit", bad, **rule) == "fail"


def test_what_is_expected_is_there_or_not(server: Server) -> None:
    expected: dict[str, Any] = {
        "name": "postgres", "schemas": ["sales"], "tables": ["sales.orders"],
        "extensions": ["plpgsql"],
    }  # fmt: skip
    bad = check("schema.set-up", look(server), **expected)
    with changed(
        server,
        "CREATE SCHEMA sales; CREATE TABLE sales.orders (a int)",
        "DROP SCHEMA sales CASCADE",
    ) as database:
        good = check("schema.set-up", database, **expected)

    assert [finding.message for finding in bad.problems] == [
        "the schema sales is not there, it is expected",
        "the table sales.orders is not there, it is expected",
    ]
    assert good.outcome == "pass"


def test_another_database_than_the_expected_one_is_seen(server: Server) -> None:
    assert outcome("schema.set-up", look(server), name="shop") == "fail"


@pytest.mark.parametrize(("version", "expected"), [("3.0.0", "pass"), ("2.5.0", "fail")])
def test_agnos_schema_versions_are_current_or_not(
    server: Server, version: str, expected: str
) -> None:
    table = "CREATE TABLE ai.agno_schema_versions (table_name text, version text)"
    row = f"INSERT INTO ai.agno_schema_versions VALUES ('agno_sessions', '{version}')"
    grants = (
        "GRANT USAGE ON SCHEMA ai TO monitor; GRANT SELECT ON ALL TABLES IN SCHEMA ai TO monitor"
    )
    pinned = Project({"requirements.txt": b"agno[postgres]==3.1.10\n"})

    with changed(
        server, f"CREATE SCHEMA ai; {table}; {row}; {grants}", "DROP SCHEMA ai CASCADE"
    ) as database:
        assert outcome("schema.set-up", database, pinned) == expected


def test_a_version_table_that_is_hidden_is_unknown_and_names_the_grant(server: Server) -> None:
    with changed(
        server, "CREATE TABLE alembic_version (version_num text)", "DROP TABLE alembic_version"
    ) as database:
        result = check("schema.set-up", database)

    assert result.outcome == "unknown"
    assert "GRANT SELECT" in str(result)


@pytest.mark.parametrize(("at", "expected"), [("b2", "pass"), ("a1", "fail")])
def test_alembic_is_at_the_head_or_not(server: Server, at: str, expected: str) -> None:
    files = Project({"migrations/versions/1.py": FIRST, "migrations/versions/2.py": SECOND})
    with changed(
        server,
        f"CREATE TABLE alembic_version AS SELECT '{at}'::text AS version_num; "
        "GRANT SELECT ON alembic_version TO monitor",
        "DROP TABLE alembic_version",
    ) as database:
        assert outcome("schema.set-up", database, files) == expected


def test_names_from_development_are_seen(server: Server) -> None:
    good = look(server)
    with changed(server, "CREATE TABLE users_test (a int)", "DROP TABLE users_test") as bad:
        assert outcome("schema.no-development-data", bad) == "fail"

    assert outcome("schema.no-development-data", good) == "pass"


def test_rows_from_development_are_seen(server: Server) -> None:
    """By a mark that the rule names; who may not read the table does not say that it is clean."""
    mark = {"rows": {"customers": "email LIKE '%@example.com'"}}
    question = marked_rows("customers", mark["rows"]["customers"])
    begin = (
        "CREATE TABLE customers (email text); "
        "INSERT INTO customers VALUES ('a@shop.de'), ('b@example.com'), ('c@example.com')"
    )
    grant, clean = (
        "GRANT SELECT ON customers TO monitor",
        "DELETE FROM customers WHERE email > 'b'",
    )
    found = []
    server.execute(begin)
    try:
        for change in ("SELECT 1", grant, clean):
            server.execute(change)
            database = read(Address.parse(server.url("monitor", STRONG)), queries=[question])
            answers = Answers({question: database.answer(question)}, {})
            found.append(check("schema.no-development-data", database, answers, **mark))
    finally:
        server.execute("DROP TABLE customers")

    assert [str(one.outcome) for one in found] == ["unknown", "fail", "pass"]
    assert "GRANT SELECT ON customers" in str(found[0].undecided[0].hint)
    assert "2 rows of customers" in found[1].problems[0].message


DJANGO = (
    b"from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    pass\n"
)


@pytest.mark.parametrize(
    ("applied", "expected"), [("0001_initial 0002_more", "pass"), ("0001_initial", "fail")]
)
def test_djangos_migrations_are_applied_or_not(
    server: Server, applied: str, expected: str
) -> None:
    folder = "shop/migrations"
    names = ("__init__", "0001_initial", "0002_more")
    made = {f"{folder}/{name}.py": DJANGO if name[0] == "0" else b"" for name in names}
    files = Project({"manage.py": b"", **made})
    rows = ", ".join(f"('shop', '{name}')" for name in applied.split())
    with changed(
        server,
        "CREATE TABLE django_migrations (app text, name text); "
        f"INSERT INTO django_migrations VALUES {rows}; "
        "GRANT SELECT ON django_migrations TO monitor",
        "DROP TABLE django_migrations",
    ) as database:
        assert outcome("schema.set-up", database, files) == expected


def test_a_database_from_development_is_seen(server: Server) -> None:
    server.execute("CREATE DATABASE shop_dev")
    try:
        database = look(server, dbname="shop_dev")
    finally:
        server.execute("DROP DATABASE shop_dev")

    assert outcome("schema.no-development-data", database) == "fail"


def test_unlogged_tables_are_seen(server: Server) -> None:
    with changed(server, "CREATE TABLE kept (a int)", "DROP TABLE kept") as good:
        assert outcome("schema.unlogged", good) == "pass"
    with changed(server, "CREATE UNLOGGED TABLE lost (a int)", "DROP TABLE lost") as bad:
        assert outcome("schema.unlogged", bad) == "fail"
