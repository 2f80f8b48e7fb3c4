"""Why a real server could not be looked at: each in its own sentence, none with a secret."""

import signal
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import trustme

from readiness.database import Address
from readiness.database.connecting import _refuse_early
from readiness.database.dialling import Deadline
from readiness.database.probe import probe
from readiness.database.read import Unreachable, read
from readiness.drills.server import Server
from readiness.drills.template import Template

Start = Callable[..., Server]

pytestmark = pytest.mark.postgres

SECRET = "zu-geheim-fuer-jeden-Bericht"
LIMIT = 10.0


def kind_of(url: str, timeout: float = LIMIT) -> str:
    """Why it cannot be reached; the sentence and its trace hold no secret."""
    with pytest.raises(Unreachable) as caught:
        read(Address.parse(url), timeout=timeout)
    said = "".join(traceback.format_exception(caught.value)) + str(caught.value.hint)
    assert SECRET not in said
    assert caught.value.reason
    assert caught.value.hint
    assert caught.value.__cause__ is None
    return caught.value.kind


@pytest.fixture
def template(templates: Any) -> Template:
    """One version is enough: refusals have had their codes for twenty years."""
    made: Template = templates.newest()
    return made


@pytest.fixture
def server(start: Start) -> Server:
    made = start(settings={"max_connections": 8, "superuser_reserved_connections": 2})
    made.execute(f"CREATE ROLE app LOGIN PASSWORD '{SECRET}'")
    return made


def test_a_wrong_password(server: Server) -> None:
    assert kind_of(server.url("app", f"{SECRET}-not")) == "password"


def test_a_wrong_password_by_md5(start: Start) -> None:
    server = start(settings={"password_encryption": "md5"}, hba=["host all all 127.0.0.1/32 md5"])
    server.execute(f"CREATE ROLE app LOGIN PASSWORD '{SECRET}'")

    assert kind_of(server.url("app", f"{SECRET}-not")) == "password"


def test_no_password_at_all(server: Server) -> None:
    assert kind_of(server.url("app")) == "password"


def test_a_role_that_does_not_exist_looks_like_a_wrong_password(server: Server) -> None:
    assert kind_of(server.url("nobody", SECRET)) == "password"


def test_a_role_that_may_not_log_in(server: Server) -> None:
    server.execute("ALTER ROLE app NOLOGIN")

    assert kind_of(server.url("app", SECRET)) == "no-role"


def test_a_role_that_does_not_exist_where_everybody_is_trusted(start: Start) -> None:
    server = start(hba=["host all all 127.0.0.1/32 trust"])

    assert kind_of(server.url("nobody", SECRET)) == "no-role"


def test_a_database_that_does_not_exist(server: Server) -> None:
    assert kind_of(server.url("app", SECRET, "nowhere")) == "no-database"


def test_a_database_that_the_role_may_not_enter(server: Server) -> None:
    server.execute("CREATE DATABASE closed")
    server.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")

    assert kind_of(server.url("app", SECRET, "closed")) == "no-connect"


def test_no_entry_in_pg_hba(server: Server) -> None:
    server.allow("host all all 10.0.0.0/8 scram-sha-256")
    server.reload()

    assert kind_of(server.url("app", SECRET)) == "no-hba"


def test_slots_that_are_kept_for_superusers(server: Server) -> None:
    with _held(server, 6):
        assert kind_of(server.url("app", SECRET)) == "slots"


def test_no_slot_at_all(server: Server) -> None:
    with _held(server, 6), _held(server, 2, admin=True):
        assert kind_of(server.url("app", SECRET)) == "slots"


def test_the_roles_own_limit(server: Server) -> None:
    server.execute("ALTER ROLE app CONNECTION LIMIT 0")

    assert kind_of(server.url("app", SECRET)) == "slots"


def test_a_server_that_is_being_shut_down(server: Server) -> None:
    with _held(server, 1):
        assert server._process
        server._process.send_signal(signal.SIGTERM)

        kinds = {kind_of(server.url("app", SECRET)) for _ in range(20)}

    assert "starting" in kinds


def test_a_server_that_was_stopped(server: Server) -> None:
    server.stop()

    assert kind_of(server.url("app", SECRET)) == "refused"


def test_a_socket_that_is_not_there(server: Server) -> None:
    server.stop()

    assert kind_of(server.url("app", SECRET, local=True)) == "refused"


def test_tls_asked_of_a_server_without_it(server: Server) -> None:
    assert kind_of(server.url("app", SECRET, sslmode="require")) == "tls-refused"


def test_a_clear_connection_to_a_server_that_takes_none(start_tls: Start) -> None:
    server = start_tls(hba=["hostssl all all 127.0.0.1/32 scram-sha-256"])

    assert kind_of(server.url("app", SECRET, sslmode="disable")) == "tls-required"


def test_a_certificate_of_an_unknown_authority(start_tls: Start, tmp_path: Path) -> None:
    server = start_tls()
    other = tmp_path / "other.crt"
    trustme.CA().cert_pem.write_to_path(str(other))

    for mode in ("verify-full", "verify-ca", "require"):
        url = server.url("app", SECRET, sslmode=mode, sslrootcert=str(other))
        assert kind_of(url) == "certificate"


def test_verification_without_an_authority(start_tls: Start) -> None:
    server = start_tls()

    assert kind_of(server.url("app", SECRET, sslmode="verify-full")) == "certificate"


def test_a_name_that_cannot_be_resolved() -> None:
    assert kind_of(f"postgresql://app:{SECRET}@nowhere.invalid/app") == "dns"


def test_several_hosts_are_not_one_server() -> None:
    assert kind_of(f"postgresql://app:{SECRET}@one,two/app") == "several-hosts"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\xff\xff\xff\xff\xff",
        b"R\x00\x00\x00\x04",
        b"-ERR unknown command\r\n",
    ],
)
def test_a_port_that_is_not_postgresqls(said: bytes) -> None:
    with _listener(said) as port:
        assert kind_of(f"postgresql://app:{SECRET}@127.0.0.1:{port}/app") == "not-postgres"


def test_a_port_that_hangs_up() -> None:
    with _listener(b"") as port:
        assert kind_of(f"postgresql://app:{SECRET}@127.0.0.1:{port}/app") == "lost"


def test_a_port_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        assert kind_of(f"postgresql://app:{SECRET}@127.0.0.1:{port}/app", 0.5) == "timed-out"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("57P03", "starting"),
        ("53300", "slots"),
        ("28P01", "password"),
        ("XX000", "refused-session"),
    ],
)
def test_a_refusal_before_any_password_is_told_by_its_code(code: str, kind: str) -> None:
    fields = f"SFATAL\0C{code}\0Mle serveur dit non\0\0".encode()
    said = b"E" + (len(fields) + 4).to_bytes(4, "big") + fields
    with _listener(said) as port:
        assert kind_of(f"postgresql://app:{SECRET}@127.0.0.1:{port}/app?sslmode=disable") == kind


def test_a_password_is_not_sent_in_clear_over_a_network() -> None:
    clear = b"R\x00\x00\x00\x08\x00\x00\x00\x03"
    heard: list[bytes] = []
    with _listener(clear, tls=b"N", heard=heard) as port:
        address = Address.parse(f"postgresql://app:{SECRET}@127.0.0.1:{port}/app")
        wire = probe(address, Deadline(LIMIT))
        elsewhere = Address.parse(f"postgresql://app:{SECRET}@db.example.com:{port}/app")
        with pytest.raises(Unreachable) as caught:
            _refuse_early(elsewhere, wire)

    assert caught.value.kind == "cleartext"
    assert SECRET.encode() not in b"".join(heard)


@contextmanager
def _held(server: Server, count: int, *, admin: bool = False) -> Iterator[None]:
    url = server.url(local=True) if admin else server.url("app", SECRET)
    held = [psycopg.connect(url) for _ in range(count)]
    try:
        yield
    finally:
        for one in held:
            one.close()


@contextmanager
def _listener(said: bytes, *, tls: bytes = b"", heard: list[bytes] | None = None) -> Iterator[int]:
    """A port that answers everybody with the same bytes, and a request for TLS with ``tls``."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    made, _ = listening.accept()
                except OSError:
                    return
                with made:
                    made.settimeout(5)
                    try:
                        begin = made.recv(4096)
                        asked = begin == b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
                        if heard is not None:
                            heard.append(begin)
                        made.sendall(tls if asked and tls else said)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)
