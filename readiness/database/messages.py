"""The messages of PostgreSQL's own protocol that come before anybody is let in."""

import socket
import struct
from collections.abc import Mapping

from readiness.database.dialling import LARGEST, WireError

_PROTOCOL = 196608
# Nobody means to send more before an answer, and who sends without end is not heard out.
_MOST_NOTICES = 32
_KNOWN = frozenset(b"RSKEZNAv")


def login_step(payload: bytes) -> int:
    """Which step of a login a message is; raises `WireError`."""
    if len(payload) < 4:  # noqa: PLR2004 - the length of an integer
        raise WireError("not-postgres")
    return int.from_bytes(payload[:4], "big", signed=True)


def send_start(made: socket.socket, user: str, database: str) -> None:
    """Say who wants to log in, and where."""
    words = ("user", user, "database", database, "application_name", "readiness")
    body = struct.pack("!i", _PROTOCOL) + b"".join(w.encode() + b"\0" for w in words) + b"\0"
    made.sendall(struct.pack("!i", len(body) + 4) + body)


def message(made: socket.socket) -> tuple[bytes, bytes]:
    """Read one message; raises `WireError` where it is none of PostgreSQL's."""
    for _ in range(_MOST_NOTICES):
        kind, payload = _any_message(made)
        # A server may say that it speaks an older protocol, or drop a notice, before it answers.
        if kind not in {b"v", b"N"}:
            return kind, payload
    raise WireError("not-postgres")


def _any_message(made: socket.socket) -> tuple[bytes, bytes]:
    kind = exactly(made, 1)
    if kind not in {bytes([one]) for one in _KNOWN}:
        raise WireError("not-postgres")
    length = struct.unpack("!i", exactly(made, 4))[0]
    if not 4 <= length <= LARGEST:  # noqa: PLR2004 - the length counts itself
        raise WireError("not-postgres")
    return kind, exactly(made, length - 4)


def exactly(made: socket.socket, count: int) -> bytes:
    """Read so many bytes; raises `WireError` where the server sends no more."""
    parts = b""
    while len(parts) < count:
        part = made.recv(count - len(parts))
        if not part:
            raise WireError("lost")
        parts += part
    return parts


def fields_of(payload: bytes) -> Mapping[str, str]:
    """The fields of an error, by their letters."""
    parts = [part for part in payload.split(b"\0") if part]
    return {chr(part[0]): part[1:].decode("utf-8", "replace") for part in parts}
