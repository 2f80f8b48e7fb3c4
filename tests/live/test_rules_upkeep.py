"""Rules of grants to everybody, predefined roles and upkeep, on real servers in both states."""

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest

from readiness.database import Address, Database
from readiness.database.read import read
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.rule import Rule
from readiness.testing import Judged, check, rules

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
RULES: Mapping[str, Rule] = {rule.id: rule for rule in rules("checklists")}
ROLES = f"""
CREATE ROLE app LOGIN PASSWORD '{STRONG}';
CREATE ROLE monitor LOGIN PASSWORD '{STRONG}';
GRANT pg_monitor TO monitor;
"""
DEFINER = "CREATE FUNCTION pay(a int) RETURNS int LANGUAGE sql SECURITY DEFINER {} AS 'SELECT a'"
OLD = "(((txid_current() - 1300000000 + 4294967296) % 4294967296)::text)::xid"
# What the matrix does not show: other ways into a state that it shows already.
BOTH_STATES = [
    (
        "acl-public-tables",
        "CREATE TABLE open_one (a int); GRANT SELECT (a) ON open_one TO PUBLIC",
        "DROP TABLE open_one",
    ),
    (
        "acl-public-tables",
        "CREATE VIEW open_one AS SELECT 1 AS a; GRANT SELECT ON open_one TO PUBLIC",
        "DROP VIEW open_one",
    ),
    (
        "role-powerful-members",
        "CREATE ROLE staff; GRANT pg_execute_server_program TO staff; GRANT staff TO app",
        "DROP ROLE staff",
    ),
    ("mon-role", "ALTER ROLE monitor NOLOGIN", "ALTER ROLE monitor LOGIN"),
]


@pytest.fixture(scope="module", params=[15, 16, 18], ids="postgresql-{}".format)
def template(templates: Any, request: pytest.FixtureRequest) -> Template:
    made: Template = templates.of(request.param)
    return made


@pytest.fixture(scope="module")
def server(template: Template) -> Iterator[Server]:
    with Server.start(template=template) as running:
        running.execute(ROLES)
        running.execute("ALTER ROLE app CONNECTION LIMIT 9")
        yield running


def look(server: Server, user: str = "monitor") -> Database:
    return read(Address.parse(server.url(user, STRONG)))


def look_as_admin(server: Server) -> Database:
    return read(Address.parse(server.url(local=True)))


def judge(rule: str, database: Database, **parameters: Any) -> Judged:
    return check(RULES[rule], database, **parameters)


def outcome(rule: str, database: Database, **parameters: Any) -> str:
    return str(judge(rule, database, **parameters).outcome)


@contextlib.contextmanager
def changed(server: Server, do: str, undo: str) -> Iterator[None]:
    server.execute(do)
    try:
        yield
    finally:
        server.execute(undo)


@pytest.mark.parametrize(("rule", "do", "undo"), BOTH_STATES)
def test_a_rule_passes_and_fails(server: Server, rule: str, do: str, undo: str) -> None:
    good = look(server, "app")
    with changed(server, do, undo):
        bad = look(server, "app")

    assert outcome(rule, good) == "pass"
    assert outcome(rule, bad) == "fail"


def test_the_next_password_would_be_kept_as_md5_or_not(server: Server) -> None:
    good = look_as_admin(server)
    server.configure(password_encryption="md5")
    server.reload()
    try:
        bad, hidden = look_as_admin(server), look(server)
    finally:
        server.configure(password_encryption="scram-sha-256")
        server.reload()

    assert outcome("auth-md5-verifiers", good) == "pass"
    assert outcome("auth-md5-verifiers", bad) == "fail"
    assert outcome("auth-md5-verifiers", hidden) == "fail"
    assert outcome("auth-md5-verifiers", look(server)) == "unknown"


def test_the_same_is_seen_without_any_grant(server: Server) -> None:
    """What the catalogue of any database tells everybody needs no privilege."""
    names = ("acl-public-create", "acl-public-tables", "role-powerful-members", "mon-role",
             "health-autovacuum", "health-collation", "health-wraparound", "health-invalid-index",
             "health-wraparound-soon")  # fmt: skip

    database = look(server, "app")

    assert {name: outcome(name, database) for name in names} == dict.fromkeys(names, "pass")


def as_declared(server: Server, conf: str) -> Judged:
    facts = look_as_admin(server).to_facts()
    return check(
        RULES["settings-applied"], {"files": {"postgresql.conf": conf}, "database": facts}
    )


def test_what_is_declared_is_compared_with_what_the_server_has(server: Server) -> None:
    most = server.execute("SHOW max_connections")[0][0]
    declared = f"max_connections = {most}\nwork_mem = '4MB'\nlog_min_duration_statement = -1\n"

    assert as_declared(server, declared).outcome == "pass"
    assert "was not applied" in as_declared(server, "work_mem = 5MB").problems[0].message


@pytest.mark.parametrize(
    ("do", "undo", "words"),
    [
        ("ALTER SYSTEM SET work_mem = '8MB'", "ALTER SYSTEM RESET work_mem", "ALTER SYSTEM"),
        ("ALTER SYSTEM SET max_connections = 77", "ALTER SYSTEM RESET max_connections", "restart"),
        ("ALTER DATABASE postgres SET work_mem = '8MB'",
         "ALTER DATABASE postgres RESET work_mem", "ALTER DATABASE"),
    ],
)  # fmt: skip
def test_what_overrules_the_declared_is_named(
    server: Server, do: str, undo: str, words: str
) -> None:
    with changed(server, do, undo):
        server.reload()
        most = server.execute("SHOW max_connections")[0][0]
        asked = f"max_connections = {int(most) + 1}" if words == "restart" else "work_mem = 4MB"
        result = as_declared(server, asked)
    server.reload()

    assert words in result.problems[0].message


def test_a_function_with_borrowed_rights_says_where_names_are_looked_up(server: Server) -> None:
    rule, drop = "acl-secdef-path", "DROP FUNCTION pay(int)"
    none = look(server)
    with changed(server, DEFINER.format("SET search_path = pg_catalog"), drop):
        good = look(server)
    with changed(server, DEFINER.format(""), drop):
        bad = look(server)

    assert outcome(rule, none) == "not-applicable"
    assert outcome(rule, good) == "pass"
    assert "public.pay(a integer)" in judge(rule, bad).problems[0].message
    assert outcome(rule, bad, allow=["pay"]) == "not-applicable"


def test_vacuum_that_does_not_keep_up_is_seen_before_it_is_too_late(server: Server) -> None:
    kept = "CREATE TABLE kept AS SELECT datfrozenxid AS x FROM pg_database WHERE datname = "
    late = OLD.replace("1300000000", "310000000")
    back = "UPDATE pg_database SET datfrozenxid = (SELECT x FROM kept) WHERE datname = 'template1'"
    with changed(
        server,
        f"{kept} 'template1'; UPDATE pg_database SET datfrozenxid = {late} "
        "WHERE datname = 'template1'",
        f"{back}; DROP TABLE kept",
    ):
        database = look(server)

    assert outcome("health-wraparound-soon", database) == "fail"
    assert outcome("health-wraparound", database) == "pass"
    assert outcome("health-wraparound-soon", look(server)) == "pass"


def test_an_index_whose_build_failed_is_told_from_one_that_is_built(server: Server) -> None:
    rule = "health-invalid-index"
    server.execute("CREATE TABLE orders AS SELECT 1 AS total FROM generate_series(1, 2)")
    try:
        good = look(server)
        with pytest.raises(psycopg.errors.UniqueViolation):
            server.execute("CREATE UNIQUE INDEX CONCURRENTLY once ON orders (total)")
        bad = look(server)
        server.execute("DROP INDEX once")
        with _building(server):
            building, hidden = look(server), look(server, "app")
    finally:
        server.execute("DROP TABLE orders")

    assert outcome(rule, good) == "pass"
    assert "REINDEX INDEX CONCURRENTLY public.once" in str(judge(rule, bad).problems[0].hint)
    assert outcome(rule, building) == "pass"
    assert outcome(rule, hidden) == "unknown"
    assert judge(rule, hidden).undecided[0].hint == "GRANT pg_read_all_stats TO app;"


@contextlib.contextmanager
def _building(server: Server) -> Iterator[None]:
    """Let an index wait in the middle of its build for a transaction that stays open."""
    build = "CREATE INDEX CONCURRENTLY slow ON orders (total)"
    waiting = "SELECT count(*) FROM pg_stat_progress_create_index WHERE index_relid > 0"
    worker = threading.Thread(target=lambda: server.execute(build))
    with psycopg.connect(server.url(local=True)) as held:
        held.execute("INSERT INTO orders VALUES (7)")
        worker.start()
        end = time.monotonic() + 20
        while server.execute(waiting) == [(0,)]:
            assert time.monotonic() < end
            time.sleep(0.05)
        yield
    worker.join(20)


def test_a_restart_that_is_due_may_be_hidden(server: Server) -> None:
    rule = "health-pending-restart"

    assert outcome(rule, look(server)) == "pass"
    assert outcome(rule, look(server, "app")) == "unknown"


def test_a_setting_of_the_checkers_own_is_not_the_servers(server: Server) -> None:
    own = "ALTER ROLE monitor SET log_min_duration_statement = '100ms'"
    with changed(server, own, "ALTER ROLE monitor RESET ALL"):
        result = judge("mon-logging", look(server))

    assert result.outcome == "unknown"
    assert "own" in str(result)


def test_files_that_wait_for_the_archive_may_be_hidden(template: Template) -> None:
    settings = {"archive_mode": "on", "archive_command": "true"}
    with Server.start(template=template, settings=settings) as server:
        server.execute(ROLES)
        server.execute("CREATE TABLE t (a int); SELECT pg_switch_wal()")
        end = time.monotonic() + 20
        while not server.execute("SELECT archived_count > 0 FROM pg_stat_archiver")[0][0]:
            assert time.monotonic() < end
            time.sleep(0.05)
        seen, hidden = look(server), judge("backup-archiving", look(server, "app"))

    assert outcome("backup-archiving", seen) == "pass"
    assert hidden.outcome == "unknown"
    assert hidden.undecided[0].hint == "GRANT pg_monitor TO app;"
