"""What answers at the port may be anything: one sentence in time, and no secret to it."""

import socket
import struct
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat

import pytest

from readiness.database import Address
from readiness.database.read import read
from readiness.database.unreachable import Unreachable

SECRET = "zu-geheim-fuer-jeden-Bericht"
SLACK = 10.0
"""What a hang would take longer than: no measure of speed."""

Talk = Callable[[socket.socket], None]

_TLS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


def message(kind: bytes, payload: bytes) -> bytes:
    return kind + struct.pack("!i", len(payload) + 4) + payload


def error(code: str, severity: str = "FATAL") -> bytes:
    fields = f"S{severity}\0V{severity}\0C{code}\0Mdas Passwort {SECRET} stimmt nicht\0\0"
    return message(b"E", fields.encode())


LET_IN = message(b"R", struct.pack("!i", 0))
READY = message(b"Z", b"I")
VERSION = message(b"S", b"server_version\x0018.4\0") + message(b"S", b"client_encoding\0UTF8\0")
ROW_OF_A_GIGABYTE = b"D" + struct.pack("!i", 1 << 30)
SCRAM = message(b"R", struct.pack("!i", 10) + b"SCRAM-SHA-256\0\0")
SPOILT = message(b"R", struct.pack("!i", 11) + b"r=other,s=c2FsdA==,i=4096")
MYSQL = (
    b"J\0\0\0\x0a8.0.36\0\x08\0\0\0\x1a\x2b\x3c\x4d\x5e\x6f\x70\x01\0\xff\xff\xff\x02\0\xff\xdf"
    b"\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0caching_sha2_password\0"
)
MARIADB = b"N" + MYSQL[1:]


def says(*words: bytes) -> Talk:
    """Say each word in turn, one for each thing that is heard, then hang up."""

    def talk(made: socket.socket) -> None:
        for word in words:
            made.sendall(word)
            if not made.recv(65536):
                return

    return talk


def without_end(block: bytes) -> Talk:
    def talk(made: socket.socket) -> None:
        for one in repeat(block):
            made.sendall(one)

    return talk


def drips(text: bytes) -> Talk:
    """So slowly that no single wait is too long, and all of it together is."""

    def talk(made: socket.socket) -> None:
        for number in text:
            made.sendall(bytes([number]))
            time.sleep(0.1)

    return talk


def silent(made: socket.socket) -> None:
    while made.recv(65536):
        pass


def entered(*words: bytes) -> Talk:
    """Let everybody in, then say the words."""

    def talk(made: socket.socket) -> None:
        made.sendall(LET_IN + VERSION + READY)
        made.recv(65536)
        for word in words:
            made.sendall(word)
        silent(made)

    return talk


def refuses(code: str) -> Talk:
    """Let everybody in, and answer whatever is asked with one error."""

    def talk(made: socket.socket) -> None:
        made.sendall(LET_IN + VERSION + READY)
        while made.recv(65536):
            made.sendall(error(code, "ERROR") + READY)

    return talk


def ends_with(code: str) -> Talk:
    """Let everybody in, and hang up with an error whatever is asked."""

    def talk(made: socket.socket) -> None:
        made.sendall(LET_IN + VERSION + READY)
        made.recv(65536)
        made.sendall(error(code))

    return talk


STRANGERS: dict[str, tuple[Talk, str]] = {
    "HTTP": (says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), "not-postgres"),
    "TLS": (says(b"\x15\x03\x01\x00\x02\x02\x46"), "not-postgres"),
    "SSH": (says(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), "not-postgres"),
    "MySQL": (says(MYSQL), "not-postgres"),
    "MariaDB, whose greeting looks like a notice": (says(MARIADB), "not-postgres"),
    "Redis": (says(b"-ERR unknown command\r\n"), "not-postgres"),
    "SMTP": (says(b"220 mail.example.com ESMTP\r\n"), "not-postgres"),
    "zeros without end": (without_end(bytes(65536)), "not-postgres"),
    "letters without end": (without_end(b"R" * 65536), "not-postgres"),
    "notices without end": (without_end(message(b"N", b"\0") * 512), "not-postgres"),
    "a length of two gigabytes": (says(b"R\x7f\xff\xff\xff"), "not-postgres"),
    "a length below zero": (says(b"E\xff\xff\xff\xff"), "not-postgres"),
    "a length that does not count itself": (says(b"R\0\0\0\x03"), "not-postgres"),
    "a step of a login without its number": (says(message(b"R", b"")), "not-postgres"),
    "drips": (drips(error("28P01")), "timed-out"),
    "silence": (silent, "timed-out"),
    "a word and silence": (entered(b""), "timed-out"),
    "it hangs up": (says(), "lost"),
    "a server that starts": (says(error("57P03")), "starting"),
    "a server without a slot": (says(error("53300")), "slots"),
    "a server in a state of its own": (says(error("XX000")), "refused-session"),
    "an error without a code": (says(message(b"E", b"SFATAL\0\0")), "refused-session"),
    "a login with a spoilt challenge": (says(SCRAM, SPOILT), "not-postgres"),
    "a login that never ends": (
        says(SCRAM, message(b"R", struct.pack("!i", 0)) * 300),
        "not-postgres",
    ),
    "in, then garbage": (entered(b"\xff" * 4096), "lost"),
    "in, then a row of a gigabyte": (entered(ROW_OF_A_GIGABYTE), "timed-out"),
    "in, then it does not know SQL": (refuses("42601"), "foreign"),
    "in, then stopped": (ends_with("57P01"), "shutting-down"),
    "in, then crashed": (ends_with("57P02"), "shutting-down"),
    "in, then out of memory": (refuses("53200"), "ended"),
    "in, then no transaction": (refuses("08P01"), "no-transactions"),
}


@pytest.mark.parametrize(("talk", "kind"), STRANGERS.values(), ids=STRANGERS)
def test_whatever_answers_is_told_in_time(talk: Talk, kind: str) -> None:
    limit = 0.7 if kind == "timed-out" else 5.0
    with listener(talk) as port:
        begin = time.monotonic()
        url = f"postgresql://app:{SECRET}@127.0.0.1:{port}/app"
        with pytest.raises(Unreachable) as caught:
            read(Address.parse(url), timeout=limit)

    assert time.monotonic() - begin < limit + SLACK
    assert caught.value.kind == kind, caught.value.reason
    assert f"127.0.0.1:{port}" in caught.value.reason
    assert caught.value.hint
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@contextmanager
def listener(talk: Talk) -> Iterator[int]:
    """A port at which everybody is talked to alike; it does not speak TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken: list[socket.socket] = []

        def serve(made: socket.socket) -> None:
            with made, suppress(OSError):
                made.settimeout(20)
                if made.recv(65536) == _TLS:
                    made.sendall(b"N")
                    if not made.recv(65536):
                        return
                talk(made)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    made, _ = listening.accept()
                    taken.append(made)
                    threading.Thread(target=serve, args=(made,), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for one in taken:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
