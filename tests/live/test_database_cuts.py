"""A server that goes away at any moment of a run: one sentence in time, and nothing left there."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from readiness.database import Address, Database, Query
from readiness.database.read import read
from readiness.database.unreachable import Unreachable
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.engine.check import run
from readiness.engine.request import Request
from readiness.testing import check
from tests.live.relay import Fault, Relay, ends

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
QUERY = Query("SELECT 1 AS one")
LINES = ("hostssl all all 127.0.0.1/32 scram-sha-256", "hostnossl all all all reject")
PLAIN, ENCRYPTED, CERTIFICATE, VERIFICATION, SESSION = range(5)
GONE = {"lost", "refused", "starting", "shutting-down", "ended"}
SLACK = 10.0
"""What a hang would take longer than: no measure of speed."""


@pytest.fixture(scope="module")
def server(templates: Any, certificate: Certificate) -> Iterator[Server]:
    with Server.start(template=templates.with_tls(), tls=certificate, hba=LINES) as running:
        running.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        yield running


@pytest.fixture(scope="module")
def in_clear(templates: Any) -> Iterator[Server]:
    with Server.start(template=templates.newest()) as running:
        running.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        yield running


def address(relay: Relay, server: Server, *, tls: bool = True) -> Address:
    url = verified(server) if tls else server.url("app", STRONG)
    return replace(Address.parse(url), port=relay.port)


def verified(server: Server) -> str:
    return server.url("app", STRONG, sslmode="verify-full", sslrootcert=str(server.ca_file))


def sizes(server: Server, *, tls: bool = True) -> list[bytes]:
    """What the server says on each connection of a run that nothing disturbs."""
    with Relay(server.port).run() as relay:
        read(address(relay, server, tls=tls), queries=[QUERY])
    return [bytes(one) for one in relay.said]


@pytest.fixture(scope="module")
def said(server: Server) -> list[bytes]:
    return sizes(server)


@pytest.fixture(scope="module")
def said_in_clear(in_clear: Server) -> list[bytes]:
    return sizes(in_clear, tls=False)


def seen(
    server: Server, fault: Fault, *, tls: bool = True, timeout: float = 10.0
) -> Database | Unreachable:
    """One run through a way that breaks; it ends in time, and holds no secret."""
    with Relay(server.port, fault).run() as relay:
        begin = time.monotonic()
        found: Database | Unreachable
        try:
            found = read(address(relay, server, tls=tls), queries=[QUERY], timeout=timeout)
        except Unreachable as error:
            found = error
    assert time.monotonic() - begin < timeout + SLACK
    if isinstance(found, Unreachable):
        assert STRONG not in f"{found.reason} {found.hint}"
        assert found.hint
    return found


def left(server: Server) -> int:
    """The sessions of the run that are still there, once the server had time to see."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"
    for _ in range(200):
        ((number,),) = server.execute(count)
        if not number:
            return 0
        time.sleep(0.02)
    return int(number)


CONNECTIONS = pytest.mark.parametrize(
    "connection", [PLAIN, ENCRYPTED, CERTIFICATE, VERIFICATION, SESSION]
)


@CONNECTIONS
@pytest.mark.parametrize("what", ["close", "reset"])
def test_every_connection_may_break_at_every_moment(
    server: Server, said: list[bytes], connection: int, what: str
) -> None:
    for part in (0.0, 0.01, 0.5, 0.9):
        fault = Fault(connection, int(part * len(said[connection])), what)

        found = seen(server, fault)

        assert isinstance(found, Unreachable)
        assert found.kind == "lost", (fault, found.reason)
    assert left(server) == 0


@CONNECTIONS
def test_garbage_is_never_taken_for_an_answer(
    server: Server, said: list[bytes], connection: int
) -> None:
    for part in (0.0, 0.01, 0.5):
        found = seen(server, Fault(connection, int(part * len(said[connection])), "garbage"))

        if isinstance(found, Unreachable):
            assert found.kind in {"not-postgres", "lost", "certificate"}, found.reason
        else:
            # What only one probe was to tell is missing, or the text of its refusal is spoilt.
            verified = check("tls.verify", found).outcome
            assert (connection, verified) in {(ENCRYPTED, "unknown"), (PLAIN, "pass")}
    assert left(server) == 0


@pytest.mark.parametrize("connection", [PLAIN, ENCRYPTED, VERIFICATION, SESSION])
def test_every_connection_may_fall_silent(
    server: Server, said: list[bytes], connection: int
) -> None:
    for part in (0.0, 0.5):
        fault = Fault(connection, int(part * len(said[connection])), "stall", lasting=True)

        found = seen(server, fault, timeout=0.8)

        assert isinstance(found, Unreachable)
        assert found.kind == "timed-out"
        assert "within 0.8 s" in found.reason
        assert "--timeout" in str(found.hint)
    assert left(server) == 0


@pytest.mark.parametrize("what", ["close", "garbage"])
def test_a_session_may_break_behind_every_message(
    in_clear: Server, said_in_clear: list[bytes], what: str
) -> None:
    """Login, first flight, second flight: nothing read in part is taken for the whole."""
    session = said_in_clear[-1]
    places = ends(session)
    number = len(said_in_clear) - 1
    ready = next(n for n, place in enumerate(places) if session[place : place + 1] == b"Z")
    final = _begin_of(session, places, b"one\0")

    for place in sorted({*places[: ready + 12 : 3], *places[ready + 12 : final : 60]}):
        found = seen(in_clear, Fault(number, place, what), tls=False)

        assert isinstance(found, Unreachable)
        assert found.kind in GONE | {"not-postgres"}, (place, found.reason)
    assert left(in_clear) == 0


def test_what_breaks_behind_the_facts_leaves_them_and_only_the_answer_is_missing(
    in_clear: Server, said_in_clear: list[bytes]
) -> None:
    session, number = said_in_clear[-1], len(said_in_clear) - 1
    places = ends(session)
    final = places[_begin_of(session, places, b"one\0")]

    cut = seen(in_clear, Fault(number, final - 1), tls=False)
    rolled_back = seen(in_clear, Fault(number, len(session) - 1), tls=False)

    assert isinstance(cut, Database)
    assert isinstance(rolled_back, Database)
    assert cut.tables == rolled_back.tables
    assert "connection ended" in str(cut.answer(QUERY).error)
    assert rolled_back.answer(QUERY).rows == ({"one": 1},)


def _begin_of(session: bytes, places: list[int], word: bytes) -> int:
    """Which message holds a word last."""
    place = session.rindex(word)
    return next(n for n, end in enumerate(places) if end > place) - 1


@pytest.mark.parametrize("how", ["stop", "kill", "restart"])
@pytest.mark.parametrize("part", [0.02, 0.4])
def test_a_server_that_is_stopped_or_restarted_while_it_is_read(
    templates: Any, how: str, part: float, said_in_clear: list[bytes]
) -> None:
    with Server.start(template=templates.newest()) as server:
        server.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        acts = {"stop": server.stop, "restart": server.restart, "kill": lambda: _kill(server)}
        number = len(said_in_clear) - 1
        fault = Fault(number, int(part * len(said_in_clear[-1])), "act")
        with (
            Relay(server.port, fault, acts[how]).run() as relay,
            pytest.raises(Unreachable) as caught,
        ):
            read(address(relay, server, tls=False), queries=[QUERY], timeout=20)

        assert caught.value.kind in GONE
        assert caught.value.hint


def _kill(server: Server) -> None:
    server.stop(how=signal.SIGQUIT)


@pytest.mark.parametrize("fault", [Fault(SESSION, 3000), Fault(PLAIN, 0, "stall", lasting=True)])
def test_the_run_says_why_and_is_not_green(
    server: Server, said: list[bytes], fault: Fault, tmp_path: Path
) -> None:
    assert len(said) > SESSION
    with Relay(server.port, fault).run() as relay:
        url = verified(server)
        report = run(
            Request.make(
                tmp_path,
                checklists=("postgres",),
                database=url.replace(f":{server.port}/", f":{relay.port}/"),
                timeout=1.5,
            )
        )

    live = [one for one in report.results if one.kind == "live"]
    reasons = {one.reason for one in live if one.outcome == "unknown" and one.findings[0].hint}
    assert report.exit_code == 3
    assert not [one.id for one in live if one.outcome in {"fail", "error"}]
    assert sum("127.0.0.1:" in str(reason) for reason in reasons) == 1
    assert STRONG not in str(report)


def test_an_address_that_swallows_all_packets() -> None:
    """A backlog that is full: packets to it are dropped, as a firewall would."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        held = [socket.socket() for _ in range(3)]
        for one in held:
            one.settimeout(0)
            one.connect_ex(full.getsockname())
        url = f"postgresql://app:{STRONG}@127.0.0.1:{full.getsockname()[1]}/app"
        before = threading.active_count()
        with pytest.raises(Unreachable) as caught:
            read(Address.parse(url), timeout=0.5)
        for one in held:
            one.close()

    assert caught.value.kind == "timed-out"
    assert "firewall" in str(caught.value.hint)
    assert threading.active_count() <= before + 1
