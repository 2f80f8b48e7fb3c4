"""Each live rule passes and fails on a real server that is put into both states."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from readiness.database import Database, Query
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.model.rule import Rule
from readiness.testing import check, rules

Start = Callable[..., Server]
Look = Callable[..., Database]
Rules = Mapping[str, Rule]

pytestmark = pytest.mark.postgres

STRONG = "f7Jq0xGm2vKp9sLw4yTz"
HOST = "host all all 127.0.0.1/32 {}"
HOSTSSL = "hostssl all all 127.0.0.1/32 scram-sha-256"
REJECT = "hostnossl all all all reject"
APP = f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'"
# Rules see the server as it stands; from where it is looked at is no matter of theirs here.
ELSEWHERE = "host all all 10.0.0.0/8 {}"


@pytest.fixture(scope="session")
def rule_of() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in rules("checklists")}


def outcome(rule: Rule, database: Database, *more: Any, **parameters: Any) -> str:
    return str(check(rule, database, *more, **parameters).outcome)


def messages(rule: Rule, database: Database, *more: Any) -> str:
    return "; ".join(one.message for one in check(rule, database, *more).findings)


def test_tls_session_passes_over_tls_and_fails_in_clear(
    start_tls: Start, look: Look, rule_of: Rules
) -> None:
    server = start_tls()
    rule = rule_of["tls-session"]

    encrypted = look(server, address={"sslmode": "require"})
    clear = look(server, address={"sslmode": "disable"})

    assert encrypted.tls.client
    assert encrypted.tls.server
    assert encrypted.tls.version == "TLSv1.3"
    assert outcome(rule, encrypted) == "pass"
    assert outcome(rule, clear) == "fail"


def test_tls_session_does_not_apply_to_a_socket(start: Start, look: Look, rule_of: Rules) -> None:
    server = start()

    database = look(server, address={"local": True})

    assert outcome(rule_of["tls-session"], database) == "not-applicable"


def test_tls_session_never_passes_on_a_build_without_tls(
    templates: Any, look: Look, rule_of: Rules
) -> None:
    template = templates.of(18)
    with Server.start(template=template) as server:
        database = look(server)

    assert not database.tls.possible
    assert outcome(rule_of["tls-session"], database) == "not-applicable"


def test_tls_plain_refused_follows_pg_hba(start_tls: Start, look: Look, rule_of: Rules) -> None:
    server = start_tls(hba=[REJECT, HOSTSSL])
    rule = rule_of["tls-plain-refused"]

    refusing = look(server)
    server.allow(HOST.format("scram-sha-256"))
    server.reload()
    taking = look(server)

    assert refusing.offer(tls=False).code == "28000"
    assert outcome(rule, refusing, exempt_loopback=False) == "pass"
    assert taking.offer(tls=False).answer == "accepted"
    assert outcome(rule, taking, exempt_loopback=False) == "fail"


def test_auth_trust_is_seen_on_the_wire_without_any_privilege(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start(hba=[HOST.format("trust")])
    server.execute(APP)
    rule = rule_of["auth-trust"]

    open_ = look(server, "app")
    server.allow(HOST.format("scram-sha-256"))
    server.reload()
    closed = look(server, "app", STRONG)

    assert open_.offer(tls=False).method == "trust"
    assert outcome(rule, open_) == "fail"
    assert closed.offer(tls=False).method == "scram-sha-256"
    assert outcome(rule, closed) == "pass"


def test_auth_trust_is_seen_in_pg_hba_for_other_addresses(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start(hba=[HOST.format("scram-sha-256"), ELSEWHERE.format("trust")])

    database = look(server)

    assert [line.method for line in database.hba if line.kind == "host"] == [
        "scram-sha-256",
        "trust",
    ]
    assert outcome(rule_of["auth-trust"], database) == "fail"


@pytest.mark.parametrize("kind", ["scram-sha-256", "md5"])
def test_auth_default_password_finds_the_role_and_names_where_the_word_stands(
    start: Start, look: Look, rule_of: Rules, kind: str
) -> None:
    server = start(settings={"password_encryption": kind})
    server.execute("CREATE ROLE app LOGIN PASSWORD 'interview-dev-pw'")
    rule = rule_of["auth-default-password"]
    words = [("interview-dev-pw", "compose.yaml:7")]

    weak = look(server, words=words)
    server.execute(f"ALTER ROLE app PASSWORD '{STRONG}'")
    strong = look(server, words=words)

    (found,) = weak.verifiers.weak
    assert (found.role, found.word_source) == ("app", "compose.yaml:7")
    assert found.kind == ("md5" if kind == "md5" else "scram")
    assert outcome(rule, weak) == "fail"
    assert "compose.yaml:7" in messages(rule, weak)
    assert strong.verifiers.complete
    assert outcome(rule, strong) == "pass"
    assert "interview-dev-pw" not in repr(weak) + str(weak.to_facts())


@pytest.mark.parametrize(
    ("role", "password"), [("app", "app"), ("shop", "shop123"), ("api", "changeme")]
)
def test_auth_default_password_knows_names_and_defaults(
    start: Start, look: Look, rule_of: Rules, role: str, password: str
) -> None:
    server = start()
    server.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")

    database = look(server)

    assert [one.role for one in database.verifiers.weak] == [role]
    assert outcome(rule_of["auth-default-password"], database) == "fail"


def test_without_the_grant_the_addresss_own_password_is_judged_and_the_rest_is_open(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start()
    server.execute("CREATE ROLE app LOGIN PASSWORD 'app'")
    rule = rule_of["auth-default-password"]

    database = look(server, "app", "app")
    server.execute(f"ALTER ROLE app PASSWORD '{STRONG}'")
    strong = look(server, "app", STRONG)

    assert outcome(rule, database) == "fail"
    assert outcome(rule, strong) == "unknown"
    assert "pg_authid" in str([one.hint for one in check(rule, strong).findings])


def test_role_app_superuser_follows_the_roles_powers(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start()
    server.execute(APP)
    rule = rule_of["role-app-superuser"]

    plain = look(server, "app", STRONG)
    server.execute("ALTER ROLE app SUPERUSER")
    powerful = look(server, "app", STRONG)

    assert not plain.session.superuser
    assert outcome(rule, plain) == "pass"
    assert powerful.session.superuser
    assert outcome(rule, powerful) == "fail"


def test_conn_capacity_joins_the_code_with_the_servers_limit(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start(settings={"max_connections": 30})
    rule = rule_of["conn-capacity"]
    code = {
        "files": {
            "app.py": (
                "from sqlalchemy import create_engine\n"
                "engine = create_engine('postgresql://app@db/app', pool_size={}, max_overflow=0)\n"
            ),
            "Procfile": "web: python app.py\n",
        }
    }

    database = look(server)
    fitting = {"files": {**code["files"], "app.py": code["files"]["app.py"].format(5)}}
    large = {"files": {**code["files"], "app.py": code["files"]["app.py"].format(40)}}

    assert database.capacity.maximum == 30
    assert database.capacity.usable == 27
    assert outcome(rule, database, fitting, instances=1, workers=1) == "pass"
    assert outcome(rule, database, large, instances=1, workers=1) == "fail"


def test_conn_usage_counts_the_connections_of_everybody(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start(settings={"max_connections": 12, "superuser_reserved_connections": 2})
    server.execute(APP)
    rule = rule_of["conn-usage"]

    quiet = look(server, "app", STRONG)
    held = [psycopg.connect(server.url("app", STRONG)) for _ in range(9)]
    try:
        busy = look(server)
    finally:
        for one in held:
            one.close()

    assert outcome(rule, quiet) == "pass"
    assert busy.capacity.used is not None
    assert busy.capacity.used >= 10
    assert outcome(rule, busy) == "fail"


def test_backup_archiving_follows_the_archiver(start: Start, look: Look, rule_of: Rules) -> None:
    server = start(settings={"archive_mode": "on", "archive_command": "true"})
    rule = rule_of["backup-archiving"]

    server.execute("SELECT pg_switch_wal()")
    archived = _until(look, server, lambda database: database.archiver.archived > 0)
    server.configure(archive_command="false")
    server.reload()
    server.execute("CREATE TABLE written (); SELECT pg_switch_wal()")
    failing = _until(look, server, lambda database: database.archiver.failing)

    assert outcome(rule, archived) == "pass"
    assert failing.archive_waiting > 0
    assert outcome(rule, failing) == "fail"


@pytest.mark.parametrize(
    "settings", [{"archive_mode": "off"}, {"archive_mode": "on", "archive_command": ""}]
)
def test_backup_archiving_fails_where_nothing_is_archived(
    start: Start, look: Look, rule_of: Rules, settings: dict[str, str]
) -> None:
    server = start(settings=settings)

    database = look(server)

    assert outcome(rule_of["backup-archiving"], database) == "fail"


def test_mon_pgss_wants_the_library_and_the_extension(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start()
    rule = rule_of["mon-pgss"]
    before = look(server)
    assert outcome(rule, before) == "fail"
    if "pg_stat_statements" not in before.available_extensions:
        pytest.skip("not possible on this build: it has no pg_stat_statements")

    server.configure(shared_preload_libraries="pg_stat_statements")
    server.restart()
    loaded = look(server)
    server.execute("CREATE EXTENSION pg_stat_statements")
    both = look(server)
    server.execute(APP)
    hidden = look(server, "app", STRONG)

    assert outcome(rule, loaded) == "fail"
    assert outcome(rule, both) == "pass"
    assert outcome(rule, hidden) == "unknown"
    assert "pg_read_all_settings" in str(check(rule, hidden))


def test_mon_logging_follows_the_servers_settings(
    start: Start, look: Look, rule_of: Rules
) -> None:
    server = start()
    rule = rule_of["mon-logging"]

    stock = look(server)
    server.configure(log_min_duration_statement=500, log_lock_waits="on", log_checkpoints="on")
    server.reload()
    logging = look(server)

    assert outcome(rule, stock) == "fail"
    assert logging.setting("log_min_duration_statement").seconds == 0.5
    assert outcome(rule, logging) == "pass"


def test_health_version_follows_the_day(start: Start, look: Look, rule_of: Rules) -> None:
    rule = rule_of["health-version"]

    database = look(start())

    assert outcome(rule, database, {"today": "2036-01-01"}) != "pass"
    assert outcome(rule, database, {"today": "2026-11-23"}) in {"pass", "fail"}


def test_database_set_up_follows_what_is_there(start: Start, look: Look, rule_of: Rules) -> None:
    server = start()
    rule = rule_of["database-set-up"]
    wanted = {"schemas": ["ai"], "tables": ["ai.sessions"], "extensions": ["plpgsql"]}

    empty = look(server)
    server.execute("CREATE SCHEMA ai; CREATE UNLOGGED TABLE ai.sessions (id int)")
    filled = look(server)

    assert outcome(rule, empty, **wanted) == "fail"
    assert outcome(rule, filled, **wanted) == "pass"
    table = filled.table("ai.sessions")
    assert table is not None
    assert table.unlogged


def test_no_dev_data_finds_tables_made_for_tests(start: Start, look: Look, rule_of: Rules) -> None:
    server = start()
    rule = rule_of["no-dev-data"]
    server.execute("CREATE DATABASE app")
    server.execute("CREATE TABLE orders (id int)", "app")

    clean = look(server, dbname="app")
    server.execute("CREATE TABLE test_orders (id int)", "app")
    dirty = look(server, dbname="app")

    assert outcome(rule, clean) == "pass"
    assert outcome(rule, dirty) == "fail"


def test_certificates_are_read_by_our_own_handshake(templates: Any, look: Look) -> None:
    soon = datetime.now(UTC) + timedelta(days=9)
    tls = Certificate.make("127.0.0.1", not_after=soon)
    with Server.start(template=templates.with_tls(), tls=tls) as server:
        roots = {"sslrootcert": str(server.ca_file)}
        known = look(server, address={"sslmode": "verify-full", **roots})
        unknown = look(server, address={"sslmode": "require"})

    assert (known.certificate.trusted, known.certificate.name_matches) == (True, True)
    assert known.certificate.not_after is not None
    assert known.certificate.not_after[:10] == soon.date().isoformat()
    assert unknown.certificate.trusted is None


def test_a_rules_own_query_is_answered(start: Start, look: Look) -> None:
    server = start()
    server.execute(APP)
    query = Query("SELECT count(*) AS number, 'infinity'::timestamptz AS never FROM pg_roles")

    answer = look(server, "app", STRONG, queries=[query]).answer(query)

    assert answer.columns == ("number", "never")
    assert answer.rows[0]["number"] > 2
    assert answer.rows[0]["never"] == "infinity"


def _until(look: Look, server: Server, done: Callable[[Database], bool]) -> Database:
    """Look again until the archiver has done its work; it is another process."""
    for _ in range(60):
        database = look(server, wanted={"archiver", "archive_waiting", "settings"})
        if done(database):
            return database
    raise AssertionError("the archiver did nothing")
