"""TLS in every state that a server can be in, as the rules judge it, on real certificates."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from readiness.database import Address, Database
from readiness.database.read import read
from readiness.database.unreachable import Unreachable
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.testing import check
from tests.live.bouncer import PROGRAM, Bouncer

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
ONLY_TLS = ("hostssl all all 127.0.0.1/32 scram-sha-256", "hostnossl all all all reject")
EITHER = ("host all all 127.0.0.1/32 scram-sha-256",)
RULES = ("tls.session", "tls.plain-refused", "tls.expiry", "tls.verify", "tls.min-version")


@dataclass(frozen=True)
class State:
    """A server with TLS in one state, and what each rule says of it."""

    names: tuple[str, ...] = ("127.0.0.1", "localhost")
    days: float = 365
    hba: tuple[str, ...] = ONLY_TLS
    tls: bool = True
    known: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    expected: str = "pass pass pass pass pass"


GOOD = State()
STATES = {
    "valid": GOOD,
    "expired": replace(GOOD, days=-2, known=False, expected="pass pass fail unknown pass"),
    "about to expire": replace(GOOD, days=9, expected="pass pass fail pass pass"),
    "wrong name": replace(GOOD, names=("db.example.com",), expected="pass pass pass fail pass"),
    "unknown authority": replace(GOOD, known=False, expected="pass pass pass unknown pass"),
    "optional": replace(GOOD, hba=EITHER, expected="pass fail pass pass pass"),
    "off": replace(GOOD, tls=False, hba=EITHER, expected="fail fail unknown unknown pass"),
    "old protocols": replace(
        GOOD,
        settings={"ssl_min_protocol_version": "TLSv1"},
        expected="pass pass pass pass fail",
    ),
}


@pytest.fixture
def begin(templates: Any) -> Iterator[Any]:
    with ExitStack() as stack:

        def start(state: State) -> tuple[Server, Certificate | None]:
            made = _certificate(state) if state.tls else None
            server = stack.enter_context(
                Server.start(
                    template=templates.with_tls(), tls=made, hba=state.hba, settings=state.settings
                )
            )
            return server, made

        yield start


def _certificate(state: State) -> Certificate:
    end = datetime.now(UTC) + timedelta(days=state.days)
    made = Certificate.make(*state.names, not_after=end, not_before=end - timedelta(days=400))
    assert made is not None
    return made


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_rule_tells_the_state(begin: Any, state: State) -> None:
    server, _ = begin(state)
    words = {"sslmode": "require"} if state.tls else {}
    if state.tls and state.known:
        words["sslrootcert"] = str(server.ca_file)
    database = read(Address.parse(server.url(**words)))

    found = [str(check(rule, database).outcome) for rule in RULES]

    assert " ".join(found) == state.expected


@pytest.mark.parametrize(
    ("state", "mode", "reason", "expected"),
    [
        (replace(GOOD, days=-2), "verify-full", "certificate has expired", "pass fail fail"),
        (replace(GOOD, days=-2), "require", "certificate has expired", "pass fail fail"),
        (
            replace(GOOD, names=("db.example.com",), hba=EITHER),
            "verify-full",
            "IP address mismatch",
            "fail pass fail",
        ),
        (
            replace(GOOD, known=False),
            "verify-ca",
            "unable to get local issuer certificate",
            "pass pass fail",
        ),
        (
            replace(GOOD, tls=False, hba=EITHER),
            "require",
            "does not speak it",
            "fail unknown unknown",
        ),
    ],
    ids=["expired", "expired, roots given", "wrong name", "unknown authority", "off"],
)
def test_an_address_that_verifies_is_refused_with_the_reason_and_what_the_wire_told_is_judged(
    begin: Any, state: State, mode: str, reason: str, expected: str
) -> None:
    server, _ = begin(state)
    words = {"sslmode": mode}
    if state.tls:
        roots = server.ca_file if state.known else server.folder / "other.crt"
        if not state.known:
            roots.write_bytes(_certificate(GOOD).authority)
        words["sslrootcert"] = str(roots)

    with pytest.raises(Unreachable) as caught:
        read(Address.parse(server.url(**words)))

    assert reason in caught.value.reason
    assert server.admin_password not in f"{caught.value.reason} {caught.value.hint}"
    seen = caught.value.seen
    assert seen is not None
    found = [check(rule, seen) for rule in ("tls.plain-refused", "tls.expiry", "tls.verify")]
    assert " ".join(str(one.outcome) for one in found) == expected
    again = Database.from_facts(seen.to_facts())
    for rule in ("tls.session", "tls.min-version", "roles.superusers", "server.listen"):
        told = [check(rule, one).findings[0] for one in (seen, again)]
        assert [str(one.verdict) for one in told] == ["undecided"] * 2
        assert reason in told[0].message
        assert told[0] == told[1]


def test_a_refusal_of_everything_says_nothing_of_tls(begin: Any) -> None:
    """The lines are for others: whom they let in unencrypted cannot be seen from here."""
    server, _ = begin(replace(GOOD, hba=("host all all 10.0.0.0/8 scram-sha-256",)))
    with pytest.raises(Unreachable) as caught:
        read(Address.parse(server.url()))

    seen = caught.value.seen
    assert caught.value.kind == "no-hba"
    assert seen is not None
    for rule in ("tls.plain-refused", "authentication.trust"):
        assert check(rule, seen).outcome == "unknown"


def test_a_socket_has_no_leg_to_encrypt_and_loopback_may_be_exempt(begin: Any) -> None:
    server, _ = begin(replace(GOOD, tls=False, hba=EITHER))
    socket, loopback = (read(Address.parse(server.url(local=local))) for local in (True, False))

    for rule in RULES:
        assert check(rule, socket).outcome == "not-applicable"
    assert check("tls.plain-refused", loopback).outcome == "fail"
    exempt = check("tls.plain-refused", loopback, exempt_loopback=True)
    assert exempt.outcome == "not-applicable"


@pytest.mark.skipif(PROGRAM is None, reason="not possible here: PgBouncer is not installed")
@pytest.mark.parametrize(
    ("settings", "local", "expected"),
    [
        ({"client_tls_sslmode": "require", "server_tls_sslmode": "require"}, False, "pass pass"),
        ({"client_tls_sslmode": "allow", "server_tls_sslmode": "require"}, False, "pass fail"),
        ({"client_tls_sslmode": "require", "server_tls_sslmode": "disable"}, False, "fail pass"),
        ({"server_tls_sslmode": "require"}, False, "fail fail"),
        ({"server_tls_sslmode": "require"}, True, "pass not-applicable"),
        ({"server_tls_sslmode": "disable"}, True, "fail not-applicable"),
    ],
    ids=["both", "first optional", "last in clear", "first in clear", "socket", "socket, clear"],
)
def test_each_leg_of_the_way_through_a_pooler_is_told(
    begin: Any, settings: dict[str, Any], local: bool, expected: str
) -> None:
    state = replace(GOOD, hba=EITHER)
    server, made = begin(state)
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
    with Bouncer.start(server, {"app": STRONG}, tls=made, **settings) as bouncer:
        database = read(Address.parse(bouncer.url("app", local=local)))

    found = [str(check(rule, database).outcome) for rule in RULES[:2]]

    assert database.session.pooled
    assert " ".join(found) == expected


@pytest.mark.skipif(PROGRAM is None, reason="not possible here: PgBouncer is not installed")
def test_a_last_leg_that_is_a_socket_needs_no_encryption(begin: Any) -> None:
    server, _ = begin(replace(GOOD, hba=(*EITHER, "local all all scram-sha-256")))
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
    entry = f"host={server.folder} port={server.port} dbname=postgres"
    words: dict[str, Any] = {"databases": {"near": entry}, "server_tls_sslmode": "disable"}
    with Bouncer.start(server, {"app": STRONG}, **words) as bouncer:
        console = Address.parse(bouncer.url("stats", "pgbouncer"))
        near, far = (
            read(Address.parse(bouncer.url("app", name, local=True)), pooler=console)
            for name in ("near", "postgres")
        )

    assert (near.tls.server, far.tls.server) == (False, False)
    assert check("tls.session", near).outcome == "pass"
    assert check("tls.session", far).outcome == "fail"
