"""The rules of PgBouncer, on a real one in every state, in front of a real server."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from readiness.database import Address, Database
from readiness.database.read import read
from readiness.database.unreachable import Unreachable
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.testing import check
from tests.live.bouncer import PROGRAM, Bouncer

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(PROGRAM is None, reason="not possible here: PgBouncer is not installed"),
]

STRONG = "q7Vt-mNc2-Wx94-hRb8"


@pytest.fixture(scope="module")
def certificate() -> Certificate:
    made = Certificate.make("127.0.0.1", "localhost")
    assert made is not None
    return made


@pytest.fixture(scope="module")
def server(templates: Any, certificate: Certificate) -> Iterator[Server]:
    with Server.start(template=templates.with_tls(), tls=certificate) as running:
        running.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        yield running


@pytest.fixture(scope="module")
def bouncer(server: Server) -> Iterator[Bouncer]:
    with Bouncer.start(server, {"app": STRONG}, pool_mode="transaction") as running:
        yield running


@pytest.fixture
def begin(server: Server) -> Iterator[Any]:
    """Start a PgBouncer with settings of its own."""
    with ExitStack() as stack:

        def start(**options: Any) -> Bouncer:
            return stack.enter_context(Bouncer.start(server, {"app": STRONG}, **options))

        yield start


def test_every_version_is_looked_at_through_the_pooler(start: Any) -> None:
    """Also those that were built without TLS; nothing of the look stays with the connection."""
    behind = start()
    behind.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'; GRANT pg_monitor TO app")
    with Bouncer.start(
        behind, {"app": STRONG}, pool_mode="transaction", default_pool_size=1
    ) as pooling:
        database = look(pooling)
        with psycopg.connect(pooling.url("app"), autocommit=True) as next_client:
            kept = next_client.execute(
                "SELECT current_setting('statement_timeout'), "
                "current_setting('transaction_read_only'), current_setting('search_path')"
            ).fetchone()

    assert str(database.version.major) == behind.version.split(".")[0]
    assert database.session.pooled
    assert set(database.missing) <= {"certificate", "hba", "verifiers"}
    assert kept == ("0", "off", '"$user", public')
    code_of_app = code(f"postgresql+psycopg://app@127.0.0.1:{pooling.port}/postgres")
    assert outcome("pooler.prepared", database, code_of_app) == "fail"
    assert outcome("pooler.mode", database, code_of_app) == "pass"
    assert outcome("pooler.waiting", database) == "pass"


def look(
    bouncer: Bouncer, user: str = "app", *, console: str | None = "stats", **words: Any
) -> Database:
    pooler = Address.parse(bouncer.url(console, "pgbouncer")) if console else True
    return read(Address.parse(bouncer.url(user, **words)), pooler=pooler)


def outcome(rule: str, *facts: Any, **parameters: Any) -> str:
    return str(check(rule, *facts, **parameters).outcome)


def test_the_console_is_read_as_a_fact_of_its_own(bouncer: Bouncer) -> None:
    pooler = look(bouncer).pooler

    assert pooler.version == "PgBouncer 1.18.0" or pooler.number > (1, 18)
    assert pooler.between
    assert pooler.mode == "transaction"
    assert (pooler.clients, pooler.listen_port) == (100, bouncer.port)
    assert [(route.name, route.port, route.size) for route in pooler.routes] == [
        ("postgres", bouncer.server.port, 20)
    ]
    assert [(pool.database, pool.user, pool.mode) for pool in pooler.pools] == [
        ("postgres", "app", "transaction")
    ]


def test_the_pooler_survives_a_snapshot(bouncer: Bouncer) -> None:
    database = look(bouncer)

    again = Database.from_facts(database.to_facts())

    assert again.pooler == database.pooler
    assert bouncer.passwords["stats"] not in str(database.to_facts())


def test_without_being_named_the_console_is_asked_where_the_pooler_is(bouncer: Bouncer) -> None:
    hidden = look(bouncer, console=None)
    bouncer.configure(stats_users="stats, app")
    bouncer.run()
    try:
        seen = look(bouncer, console=None)
    finally:
        bouncer.configure(stats_users="stats")
        bouncer.run()

    judged = check("pooler.waiting", hidden)
    assert judged.outcome == "unknown"
    assert "not open to app" in str(judged.reason or judged.undecided[0].message)
    assert "stats_users" in str(judged)
    assert outcome("pooler.waiting", seen) == "pass"


def test_a_session_without_a_pooler_has_none_to_judge(server: Server) -> None:
    database = read(Address.parse(server.url("app", STRONG)))

    assert not database.session.pooled
    assert outcome("pooler.tls", database) == "not-applicable"
    assert outcome("pooler.waiting", database) == "not-applicable"


def test_a_pooler_may_be_named_beside_a_session_that_does_not_use_it(
    server: Server, bouncer: Bouncer
) -> None:
    pooler = Address.parse(bouncer.url("stats", "pgbouncer"))
    database = read(Address.parse(server.url("app", STRONG)), pooler=pooler)

    assert not database.session.pooled
    assert not database.pooler.between
    assert outcome("pooler.waiting", database) == "pass"


def test_what_is_no_console_and_what_does_not_answer_is_unknown(server: Server) -> None:
    no_console = Address.parse(server.url())
    nobody = Address.parse("postgresql://stats@127.0.0.1:1/pgbouncer")

    for address, word in ((no_console, "pgbouncer"), (nobody, "nothing listens")):
        judged = check(
            "pooler.tls", read(Address.parse(server.url("app", STRONG)), pooler=address)
        )
        assert judged.outcome == "unknown"
        assert word in str(judged)
        assert server.admin_password not in str(judged)


@pytest.mark.parametrize(
    ("client", "to_server", "expected"),
    [
        ("require", "verify-ca", "pass"),
        ("verify-full", "verify-full", "pass"),
        ("allow", "verify-full", "fail"),
        ("disable", "verify-full", "fail"),
        ("require", "require", "fail"),
        ("require", "prefer", "fail"),
    ],
)
def test_both_legs_have_to_be_encrypted(
    begin: Any, certificate: Certificate, client: str, to_server: str, expected: str
) -> None:
    options: dict[str, Any] = {"tls": certificate} if client != "disable" else {}
    bouncer = begin(client_tls_sslmode=client, server_tls_sslmode=to_server, **options)

    database = look_by_admin(bouncer, client)

    assert outcome("pooler.tls", database) == expected
    assert outcome("pooler.tls", database, exempt_loopback=True) == "pass"


def look_by_admin(bouncer: Bouncer, client: str) -> Database:
    """Look without a certificate of our own, which `verify-full` would ask of clients."""
    if client != "verify-full":
        return look(bouncer)
    console = Address.parse(bouncer.url("stats", "pgbouncer", local=True))
    return read(Address.parse(bouncer.url("app", local=True)), pooler=console)


def test_a_plain_leg_to_the_pooler_is_seen_without_its_console(bouncer: Bouncer) -> None:
    database = look(bouncer, console=None)

    judged = check("pooler.tls", database)

    assert judged.outcome == "fail"
    assert "not encrypted" in judged.problems[0].message


def test_a_client_waits_or_none_does(begin: Any) -> None:
    bouncer = begin(pool_mode="transaction", default_pool_size=1)
    good = look(bouncer)
    release = threading.Event()
    waiter = threading.Thread(target=_wait, args=(bouncer.url("app"), release))

    with psycopg.connect(bouncer.url("app")) as holder:
        holder.execute("SELECT 1")
        waiter.start()
        try:
            bad = until_somebody_waits(bouncer)
        finally:
            holder.rollback()
            waiter.join(10)

    assert outcome("pooler.waiting", good) == "pass"
    judged = check("pooler.waiting", bad)
    assert judged.outcome == "fail"
    assert "1 clients wait" in judged.problems[0].message


def _wait(url: str, release: threading.Event) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT 1")
        release.set()


def until_somebody_waits(bouncer: Bouncer) -> Database:
    """The console only: the pool itself is full, so that no session would come through."""
    console = Address.parse(bouncer.url("stats", "pgbouncer"))
    for _ in range(200):
        found = read(Address.parse(bouncer.server.url("app", STRONG)), pooler=console)
        if any(pool.waiting for pool in found.pooler.pools):
            return found
    raise AssertionError("nobody ever waited")


def code(url: str, arguments: str = "") -> dict[str, Any]:
    address = url.replace("postgresql://", "postgresql+psycopg://")
    text = (
        f'from sqlalchemy import create_engine\n\nengine = create_engine("{address}"{arguments})\n'
    )
    return {"files": {"db.py": text}}


def test_prepared_statements_break_in_transaction_mode_and_are_seen(begin: Any) -> None:
    bouncer = begin(pool_mode="transaction", default_pool_size=1)
    url = bouncer.url("app")
    plain, off = code(url), code(url, ', connect_args={"prepare_threshold": None}')

    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as one:
        one.execute("SELECT 1")
        with (
            pytest.raises(psycopg.errors.DuplicatePreparedStatement),
            psycopg.connect(url, autocommit=True, prepare_threshold=0) as two,
        ):
            two.execute("SELECT 1")
    database = look(bouncer)

    assert outcome("pooler.prepared", database, plain) == "fail"
    assert outcome("pooler.prepared", database, off) == "pass"


def test_prepared_statements_are_safe_in_session_mode(begin: Any) -> None:
    bouncer = begin(pool_mode="session")
    url = bouncer.url("app")

    for _ in range(2):
        with psycopg.connect(url, autocommit=True, prepare_threshold=0) as one:
            one.execute("SELECT 1")

    assert outcome("pooler.prepared", look(bouncer), code(url)) == "pass"


def test_statement_mode_is_no_mode_for_transactions(bouncer: Bouncer, begin: Any) -> None:
    by_statement = begin(
        pool_mode="transaction", databases={"single": "pool_mode=statement", "postgres": ""}
    )
    url = by_statement.url("app", "single")
    with psycopg.connect(url) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 1")
    database = look(by_statement)

    assert outcome("pooler.mode", database, code(url)) == "fail"
    assert outcome("pooler.mode", look(bouncer), code(bouncer.url("app"))) == "pass"


def test_a_pooler_by_statement_is_told_although_nothing_can_be_read_through_it(begin: Any) -> None:
    by_statement = begin(pool_mode="statement")
    console = Address.parse(by_statement.url("stats", "pgbouncer"))

    with pytest.raises(Unreachable) as caught:
        read(Address.parse(by_statement.url("app")), pooler=console)

    seen = caught.value.seen
    assert caught.value.kind == "no-transactions"
    assert "pool_mode = transaction" in str(caught.value.hint)
    assert seen is not None
    assert outcome("pooler.mode", seen, code(by_statement.url("app"))) == "fail"
    assert outcome("roles.superusers", seen) == "unknown"


def test_start_up_options_are_refused_by_the_pooler(bouncer: Bouncer) -> None:
    url = bouncer.url("app", options="-c jit=off")
    with pytest.raises(psycopg.OperationalError, match="unsupported startup parameter"):
        psycopg.connect(url)

    assert outcome("pooler.mode", look(bouncer), code(url)) == "fail"


COMPOSE = (
    "services:\n  api:\n    build: .\n    command: uvicorn db:app --workers 4\n"
    "    deploy: {replicas: 2}\n"
)


def test_the_demand_is_held_against_the_poolers_limits_and_the_servers(
    server: Server, begin: Any
) -> None:
    bouncer = begin(pool_mode="transaction", default_pool_size=10, max_client_conn=200)
    joined = code(bouncer.url("app"), ", pool_size=5, max_overflow=10")
    joined["files"]["compose.yaml"] = COMPOSE

    fits = check("capacity.demand", look(bouncer), joined)
    bouncer.configure(default_pool_size=95)
    bouncer.run()
    too_many = check("capacity.demand", look(bouncer), joined)
    bouncer.configure(max_db_connections=80)
    bouncer.run()
    capped = check("capacity.demand", look(bouncer), joined)
    bouncer.configure(max_client_conn=100)
    bouncer.run()
    too_many_clients = check("capacity.demand", look(bouncer), joined)

    assert fits.outcome == "pass"
    assert [one.data["demand"] for one in fits.oks] == [[10, 10], [120, 120]]
    assert too_many.outcome == "fail"
    assert "default_pool_size (and pool_size) of at most 87" in str(too_many.problems[0].hint)
    assert capped.outcome == "pass"
    assert too_many_clients.outcome == "fail"
    assert "max_client_conn = 120" in str(too_many_clients.problems[0].hint)


def test_without_the_console_the_demand_behind_a_pooler_is_unknown(bouncer: Bouncer) -> None:
    joined = code(bouncer.url("app"), ", pool_size=5, max_overflow=10")
    joined["files"]["compose.yaml"] = COMPOSE

    result = check("capacity.demand", look(bouncer, console=None), joined)

    assert result.outcome == "unknown"
    assert "stats_users" in str(result.undecided[0].hint)


def test_in_session_mode_each_client_needs_a_connection_of_the_pool(begin: Any) -> None:
    bouncer = begin(pool_mode="session", default_pool_size=80, max_client_conn=200)
    joined = code(bouncer.url("app"), ", pool_size=5, max_overflow=10")
    joined["files"]["compose.yaml"] = COMPOSE

    bad = check("capacity.demand", look(bouncer), joined)
    good = check("capacity.demand", look(bouncer), joined, workers=2)

    assert bad.outcome == "fail"
    assert "in session mode" in bad.problems[0].message
    assert good.outcome == "pass"


def test_looking_at_the_console_leaves_no_complaint_in_the_poolers_log(bouncer: Bouncer) -> None:
    before = len(bouncer.log)

    look(bouncer)

    said = bouncer.log[before:]
    assert "pgbouncer/stats" in said
    assert "ERROR" not in said
    assert "WARNING" not in said
    assert bouncer.passwords["stats"] not in said
