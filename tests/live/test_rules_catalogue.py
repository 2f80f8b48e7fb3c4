"""Rules of owners, row security, the checker's own role and old transactions, on real servers."""

import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest

from readiness.database import Address, Database
from readiness.database.read import EVERYTHING, Word, read
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.place import Place
from readiness.model.rule import Rule
from readiness.model.secret import Secret
from readiness.testing import Judged, check, rules
from tests.live.everywhere import listening_everywhere

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
RULES: Mapping[str, Rule] = {rule.id: rule for rule in rules("checklists")}
ROLES = f"""
CREATE ROLE owner NOLOGIN;
CREATE ROLE app LOGIN PASSWORD '{STRONG}';
CREATE ROLE monitor LOGIN PASSWORD '{STRONG}';
GRANT pg_monitor TO monitor;
CREATE ROLE reader LOGIN PASSWORD '{STRONG}';
"""
TABLE = """
CREATE TABLE orders (id int, tenant_id int);
ALTER TABLE orders OWNER TO {owner};
GRANT SELECT, INSERT ON orders TO app;
{more}
"""
DROP = "DROP TABLE orders"


@pytest.fixture(scope="module", params=[15, 16, 18], ids="postgresql-{}".format)
def template(templates: Any, request: pytest.FixtureRequest) -> Template:
    made: Template = templates.of(request.param)
    return made


@pytest.fixture(scope="module")
def server(template: Template) -> Iterator[Server]:
    with Server.start(template=template, settings={"max_prepared_transactions": 2}) as running:
        running.execute(ROLES)
        yield running


def look(server: Server, user: str = "app", password: str = STRONG, *words: Word) -> Database:
    return read(Address.parse(server.url(user, password)), words=words)


def look_as_admin(server: Server) -> Database:
    # All but the passwords' verifiers, whose comparison takes longer than all the rest.
    return read(Address.parse(server.url(local=True)), wanted=EVERYTHING - {"verifiers"})


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


@pytest.mark.parametrize(
    ("password", "expected", "said"),
    [
        (STRONG, "pass", "16 characters or more"),
        ("changeme", "fail", "can be guessed"),
        ("app123", "fail", "can be guessed"),
        ("k3!xQz9", "fail", "shorter than 16"),
    ],
    ids=["strong", "default", "own-name", "short"],
)
def test_the_password_of_the_address_is_judged_without_a_query(
    server: Server, password: str, expected: str, said: str
) -> None:
    with changed(
        server, f"ALTER ROLE app PASSWORD '{password}'", f"ALTER ROLE app PASSWORD '{STRONG}'"
    ):
        result = judge("auth-dsn-password", look(server, "app", password))

    assert result.outcome == expected
    assert said in str(result)
    assert password not in str(result)


def test_the_password_of_the_address_that_the_repository_shows_is_found(server: Server) -> None:
    shown = (Secret(STRONG), Place("compose.yaml", 6))

    result = judge("auth-dsn-password", look(server, "app", STRONG, shown))

    assert [str(finding.at) for finding in result.problems] == ["compose.yaml:6"]
    assert STRONG not in str(result)


def test_the_application_owns_its_tables_or_not(server: Server) -> None:
    assert outcome("role-app-owner", look(server)) == "not-applicable"
    with changed(server, TABLE.format(owner="owner", more=""), DROP):
        good = look(server)
        with changed(server, "GRANT owner TO app", "REVOKE owner FROM app"):
            through = look(server)
    with changed(server, TABLE.format(owner="app", more=""), DROP):
        bad = look(server)

    assert outcome("role-app-owner", good) == "pass"
    assert outcome("role-app-owner", through) == "fail"
    assert outcome("role-app-owner", bad) == "fail"


@pytest.mark.parametrize(
    ("owner", "more", "expected"),
    [
        ("owner", "", "fail"),
        ("owner", "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "pass"),
        ("app", "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "fail"),
        (
            "app",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            "pass",
        ),
    ],
    ids=["none", "enabled", "owner-passes", "forced"],
)
def test_row_security_is_judged_by_what_it_does_to_the_application(
    server: Server, owner: str, more: str, expected: str
) -> None:
    with changed(server, TABLE.format(owner=owner, more=more), DROP):
        database = look(server)
        server.execute("INSERT INTO orders VALUES (1, 1), (2, 2)")
        with psycopg.connect(server.url("app", STRONG)) as app:
            seen = app.execute("SELECT count(*) FROM orders").fetchone()

    found = outcome("rls-tenant-tables", database, columns=["tenant_id"])
    assert found == expected
    # No policy stands there, so row security shows nothing at all: the server agrees.
    assert seen == ((0,) if expected == "pass" else (2,))
    assert outcome("rls-tenant-tables", database) == "not-applicable"
    assert outcome("rls-tenant-tables", database, columns=["org_id"]) == "not-applicable"


def test_row_security_does_not_hold_a_role_that_passes_it(server: Server) -> None:
    secured = TABLE.format(owner="owner", more="ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
    with (
        changed(server, secured, DROP),
        changed(server, "ALTER ROLE app BYPASSRLS", "ALTER ROLE app NOBYPASSRLS"),
    ):
        result = judge("rls-tenant-tables", look(server), columns=["tenant_id"])

    assert "BYPASSRLS" in result.problems[0].message


def test_a_partition_needs_row_security_only_where_it_is_reached_by_itself(
    server: Server,
) -> None:
    parted = """
    CREATE TABLE orders (id int, tenant_id int) PARTITION BY LIST (tenant_id);
    CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1);
    ALTER TABLE orders OWNER TO owner; ALTER TABLE orders_1 OWNER TO owner;
    ALTER TABLE orders ENABLE ROW LEVEL SECURITY; GRANT SELECT ON orders TO app;
    """
    with changed(server, parted, DROP):
        good = look(server)
        server.execute("GRANT SELECT ON orders_1 TO PUBLIC")
        bad = look(server)

    assert outcome("rls-tenant-tables", good, columns=["tenant_id"]) == "pass"
    result = judge("rls-tenant-tables", bad, columns=["tenant_id"])
    assert [finding.data["table"] for finding in result.problems] == ["public.orders_1"]


def test_listening_on_every_address_is_judged_with_the_lines_that_admit(
    template: Template,
) -> None:
    rule, narrow = "net-listen", "host all all 127.0.0.1/32 scram-sha-256"
    with Server.start(template=template) as server:
        server.execute(ROLES)
        loopback = look_as_admin(server)
        with listening_everywhere(server):
            good, hidden = look_as_admin(server), look(server)
            server.allow(narrow, "host all all 0.0.0.0/0 scram-sha-256")
            bad = look_as_admin(server)

    assert outcome(rule, good) == "pass"
    assert outcome(rule, good, allow_star=False) == "fail"
    assert outcome(rule, bad) == "fail"
    assert outcome(rule, loopback) == "pass"
    assert outcome(rule, hidden) == "unknown"
    assert "GRANT SELECT ON pg_hba_file_rules TO app" in str(judge(rule, hidden))


def test_a_checker_that_only_reads_is_told_from_one_that_could_write(server: Server) -> None:
    rule = "session-checker"
    good, admin = look(server, "monitor"), look_as_admin(server)
    with changed(server, TABLE.format(owner="owner", more=""), DROP):
        writer = look(server)
    with changed(server, "ALTER ROLE reader CREATEROLE", "ALTER ROLE reader NOCREATEROLE"):
        powerful = look(server, "reader")
    with changed(
        server, "GRANT pg_write_all_data TO reader", "REVOKE pg_write_all_data FROM reader"
    ):
        through = look(server, "reader")
    with changed(
        server,
        "GRANT CREATE ON DATABASE postgres TO reader",
        "REVOKE CREATE ON DATABASE postgres FROM reader",
    ):
        maker = look(server, "reader")

    assert outcome(rule, good) == "pass"
    for bad in (admin, writer, powerful, through, maker):
        assert outcome(rule, bad) == "fail"


def test_waiting_for_a_lock_is_limited_or_not(server: Server) -> None:
    bad = look(server)
    with changed(server, "ALTER ROLE app SET lock_timeout = '5s'", "ALTER ROLE app RESET ALL"):
        good = look(server, "monitor")

    assert outcome("timeout-lock", bad) == "fail"
    assert outcome("timeout-lock", good, app_role="app") == "pass"
    assert outcome("timeout-lock", good, app_role="monitor") == "fail"


def test_an_old_transaction_is_seen_and_a_hidden_one_is_unknown(server: Server) -> None:
    rule = "health-long-tx"
    alone = look(server, "reader")
    with psycopg.connect(server.url("app", STRONG)) as held:
        held.execute("SELECT 1")
        time.sleep(0.2)
        seen, hidden = look(server, "monitor"), look(server, "reader")
        mine = look(server, "app")

    assert outcome(rule, alone) == "pass"
    assert outcome(rule, seen) == "pass"
    assert outcome(rule, seen, max_seconds=0.1) == "fail"
    assert "idle in transaction" in judge(rule, seen, max_seconds=0.1).problems[0].message
    assert outcome(rule, mine, max_seconds=0.1) == "fail"
    result = judge(rule, hidden, max_seconds=0.1)
    assert result.outcome == "unknown"
    assert result.undecided[0].hint == "GRANT pg_read_all_stats TO reader;"


def test_the_grant_that_is_named_shows_the_hidden_transaction(server: Server) -> None:
    with psycopg.connect(server.url("app", STRONG)) as held:
        held.execute("SELECT 1")
        hint = str(judge("health-long-tx", look(server, "reader")).undecided[0].hint)
        with changed(server, hint, "REVOKE pg_read_all_stats FROM reader"):
            result = judge("health-long-tx", look(server, "reader"))

    assert result.outcome == "pass"


def test_a_session_without_a_transaction_is_none(server: Server) -> None:
    with psycopg.connect(server.url("app", STRONG), autocommit=True) as idle:
        idle.execute("SELECT 1")
        result = judge("health-long-tx", look(server, "monitor"), max_seconds=0)

    assert result.outcome == "pass"


def test_a_transaction_that_the_server_does_not_track_is_unknown(server: Server) -> None:
    with (
        changed(
            server,
            "ALTER ROLE app SET track_activities = off; "
            "GRANT SET ON PARAMETER track_activities TO app",
            "ALTER ROLE app RESET ALL; REVOKE SET ON PARAMETER track_activities FROM app",
        ),
        psycopg.connect(server.url("app", STRONG)) as held,
    ):
        held.execute("SELECT 1")
        result = judge("health-long-tx", look(server, "monitor"))

    assert result.outcome == "unknown"
    assert "track_activities" in str(result.undecided[0].hint)


def test_a_prepared_transaction_is_seen_by_everybody(server: Server) -> None:
    with (
        psycopg.connect(server.url(local=True)) as held,
        changed(server, "SELECT 1", "ROLLBACK PREPARED 'transfer'"),
    ):
        held.execute("CREATE TABLE moved (a int)")
        held.execute("PREPARE TRANSACTION 'transfer'")
        held.commit()
        database = look(server, "reader")
        result = judge("health-long-tx", database, max_seconds=0)

    assert "ROLLBACK PREPARED 'transfer'" in str(result.problems[0].hint)
    assert outcome("health-long-tx", database) != "fail"


@pytest.mark.parametrize(
    ("mode", "expected"), [("require", "fail"), ("verify-ca", "fail"), ("verify-full", "pass")]
)
def test_only_the_mode_that_the_rule_wants_refuses_a_server_of_another_name(
    templates: Any, mode: str, expected: str
) -> None:
    other = Certificate.make("db.example.com")
    with Server.start(template=templates.with_tls(), tls=other) as impostor:
        impostor.execute(ROLES)
        url = impostor.url("app", STRONG, sslmode=mode)
        url += "" if mode == "require" else f"&sslrootcert={impostor.ca_file}"
        try:
            psycopg.connect(url).close()
            let_in = True
        except psycopg.OperationalError:
            let_in = False

    code = (
        f'import psycopg\n\npsycopg.connect("postgresql://app@db.internal/shop?sslmode={mode}")\n'
    )
    result = check(RULES["tls-client-mode"], {"files": {"app.py": code}})
    assert result.outcome == expected
    assert let_in == (expected == "fail")
