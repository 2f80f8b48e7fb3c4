"""PostgreSQL's own protocol, as far as it goes without a password, and one step further."""

import socket
import ssl
import struct
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from readiness.database.access import Certificate, Offer
from readiness.database.address import Address
from readiness.database.der import validity
from readiness.database.scram import Exchange, md5_answer
from readiness.model.secret import Secret

_PROTOCOL = 196608
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_LARGEST = 1 << 16
_GOODBYE = 0.5
# Notices before an answer, messages of one login, blocks behind the end: nobody means to send
# more, and who sends without end is not heard out.
_MOST_NOTICES = 32
_MOST_BLOCKS = 16
_MOST_MESSAGES = 256
_METHODS = {0: "trust", 2: "kerberos", 3: "password", 5: "md5", 7: "gss", 9: "sspi"}
_SASL, _CONTINUE, _FINAL = 10, 11, 12
_CLEAR, _MD5 = 3, 5
# A server that is older than TLS, or that has no room to talk about it.
_NO_ANSWER = "no-answer"
_KNOWN = frozenset(b"RSKEZNAv")
_EXPIRED, _NOT_YET, _WRONG_NAMES = 10, 9, frozenset({62, 64})


class WireError(Exception):
    """No conversation came about; ``kind`` is a short name of the reason."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the server said when it let us not in: only its code is for machines."""

    code: str
    tls: bool = False


@dataclass(slots=True)
class Deadline:
    """When all of it has to be over."""

    limit: float
    end: float = field(init=False)

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.limit

    @property
    def left(self) -> float:
        """The seconds that are left, never less than a little."""
        return max(0.01, self.end - time.monotonic())

    def share(self, parts: int) -> "Deadline":
        """One of so many equal parts of what is left."""
        return Deadline(self.left / parts)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self.end


@dataclass(frozen=True, slots=True)
class Target:
    """One server, its name resolved: the family and address of its socket."""

    address: Address
    family: int
    where: tuple[str, int] | tuple[str, int, int, int] | str

    @property
    def ip(self) -> str | None:
        """The numeric address; None for a socket in the file system."""
        return None if isinstance(self.where, str) else self.where[0]

    def dial(self, deadline: Deadline) -> socket.socket:
        """Open a connection; raises `WireError`."""
        made = socket.socket(socket.AddressFamily(self.family), socket.SOCK_STREAM)
        made.settimeout(deadline.left)
        try:
            made.connect(self.where)
        except OSError as error:
            made.close()
            raise WireError(*_reason(error)) from None
        return made


def resolve(address: Address) -> list[Target]:
    """Find where a host is; the resolver knows no timeout. Raises `WireError`."""
    host = address.host or ""
    if host.startswith(("/", "@")):
        name = f"{host}/.s.PGSQL.{address.port}"
        where = "\0" + name[1:] if host.startswith("@") else name
        return [Target(address, socket.AF_UNIX, where)]
    wanted = str(address.options.get("hostaddr") or host)
    try:
        known = socket.getaddrinfo(wanted, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise WireError("dns") from None
    found = [
        Target(address, family, (where[0], where[1]) if len(where) == 2 else where)  # type: ignore[arg-type]  # noqa: PLR2004 - IPv4 has two parts, IPv6 four
        for family, _, _, _, where in known
    ]
    return list(dict.fromkeys(found))


def first_that_answers(targets: list[Target], deadline: Deadline) -> Target:
    """Choose the address that takes a connection; raises `WireError` of the first."""
    if len(targets) == 1:
        return targets[0]
    reasons: list[WireError] = []
    for number, target in enumerate(targets):
        try:
            _farewell(target.dial(deadline.share(len(targets) - number)))
        except WireError as error:
            reasons.append(error)
        else:
            return target
    raise reasons[0]


def offer(target: Target, *, tls: bool, deadline: Deadline) -> Offer:
    """Ask what the server offers to somebody without a password; raises `WireError`.

    Nothing secret is sent. Only errors that concern TLS alone become an answer.
    """
    user, database = _names(target.address)
    made = target.dial(deadline)
    try:
        if tls:
            secured = _secured(made, target.address, _unverified(), deadline)
            if secured is None:
                return Offer(tls, "no-tls", user=user, database=database)
            made = secured
        _send_start(made, user, database)
        kind, payload = _message(made)
        return _offer_of(kind, payload, Offer(tls, "failed", user=user, database=database))
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        reason = f"the TLS handshake failed ({error.reason})"
        return Offer(tls, "failed", user=user, database=database, reason=reason)
    except WireError as error:
        if error.kind != _NO_ANSWER:
            raise
        reason = "the server answers the request for TLS with an error"
        return Offer(tls, "failed", user=user, database=database, reason=reason)
    except OSError as error:
        raise WireError(*_reason(error)) from None
    finally:
        _farewell(made)


def certificate(target: Target, deadline: Deadline, *, roots: str | None) -> Certificate | None:
    """Look at the server's certificate; None where it does not speak TLS. Raises `WireError`.

    It is verified only where ``roots`` names the authorities (a file, or ``system``): a
    verification that fails leaves a line in the server's log.
    """
    made = target.dial(deadline)
    try:
        secured = _secured(made, target.address, _unverified(), deadline)
        if secured is None:
            return None
        made = secured
        dates = validity(secured.getpeercert(binary_form=True) or b"")
        protocol = secured.version()
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        return Certificate(reason=f"the TLS handshake failed ({error.reason})")
    except OSError as error:
        raise WireError(*_reason(error)) from None
    finally:
        _farewell(made)
    before, after = dates or (None, None)
    trusted, named, reason = _verified(target, deadline, roots)
    return Certificate(before, after, trusted, named, reason, protocol)


def login(
    target: Target, deadline: Deadline, *, tls: bool, context: ssl.SSLContext | None = None
) -> Refusal | None:
    """Log in once, only to learn the code of the refusal; None where there is none.

    The password goes out in clear only where nobody can listen. Raises `WireError`.
    """
    user, database = _names(target.address)
    made = target.dial(deadline)
    try:
        if tls:
            secured = _secured(made, target.address, context or _unverified(), deadline)
            if secured is None:
                raise WireError("no-tls")
            made = secured
        _send_start(made, user, database)
        code = _talk(made, target.address, safe=target.address.is_local)
    except (OSError, ValueError) as error:
        raise WireError(*_reason(error)) from None
    finally:
        _farewell(made)
    return Refusal(code, tls) if code else None


def verifying(roots: str | None, *, names: bool) -> ssl.SSLContext:
    """Make a context that verifies as libpq would; raises OSError where roots are unreadable."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = names
    if roots in {None, "system"}:
        context.load_default_certs()
    else:
        context.load_verify_locations(roots)
    return context


def _talk(made: socket.socket, address: Address, *, safe: bool) -> str | None:
    """Answer the server's questions until it lets us in or says why not."""
    exchange = Exchange.begin(address.password or Secret(""))
    for _ in range(_MOST_MESSAGES):
        kind, payload = _message(made)
        if kind == b"E":
            return _fields(payload).get("C", "")
        if kind == b"Z":
            return None
        step = _step(payload) if kind == b"R" else 0
        if step in {0, _FINAL}:
            continue
        said = _said(step, payload[4:], exchange, _names(address)[0], safe=safe)
        if said is None or address.password is None:
            return None
        made.sendall(b"p" + struct.pack("!i", len(said) + 4) + said)
    raise WireError("not-postgres")


def _step(payload: bytes) -> int:
    """Which step of a login a message is; raises `WireError`."""
    if len(payload) < 4:  # noqa: PLR2004 - the length of an integer
        raise WireError("not-postgres")
    return int.from_bytes(payload[:4], "big", signed=True)


def _said(step: int, payload: bytes, exchange: Exchange, user: str, *, safe: bool) -> bytes | None:
    """Say what a question of the server is answered with; None where it is not answered."""
    if step == _SASL:
        first = exchange.first
        return b"SCRAM-SHA-256\0" + struct.pack("!i", len(first)) + first
    if step == _CONTINUE:
        return exchange.final(payload)
    if step == _MD5:
        return md5_answer(exchange.password, user, payload[:4]) + b"\0"
    if step == _CLEAR and safe:
        return exchange.password.reveal().encode() + b"\0"
    return None


def _names(address: Address) -> tuple[str, str]:
    user = address.user or ""
    return user, address.dbname or user


def _offer_of(kind: bytes, payload: bytes, blank: Offer) -> Offer:
    parts: dict[str, str | None] = {}
    if kind == b"E":
        parts = {"answer": "refused", "code": _fields(payload).get("C", "")}
    elif kind == b"R":
        step = _step(payload)
        method = _METHODS.get(step) or (_mechanism(payload[4:]) if step == _SASL else None)
        parts = {"answer": "accepted", "method": method or f"method {step}"}
    else:
        raise WireError("not-postgres")
    return Offer(
        tls=blank.tls,
        answer=parts["answer"] or "",
        method=parts.get("method"),
        code=parts.get("code"),
        user=blank.user,
        database=blank.database,
    )


def _mechanism(payload: bytes) -> str:
    names = [name.decode("ascii", "replace") for name in payload.split(b"\0") if name]
    if any(name.startswith("SCRAM-SHA-256") for name in names):
        return "scram-sha-256"
    return "oauth" if "OAUTHBEARER" in names else ", ".join(names)


def _send_start(made: socket.socket, user: str, database: str) -> None:
    words = ("user", user, "database", database, "application_name", "readiness")
    body = struct.pack("!i", _PROTOCOL) + b"".join(w.encode() + b"\0" for w in words) + b"\0"
    made.sendall(struct.pack("!i", len(body) + 4) + body)


def _message(made: socket.socket) -> tuple[bytes, bytes]:
    """Read one message; raises `WireError` where it is none of PostgreSQL's."""
    for _ in range(_MOST_NOTICES):
        kind, payload = _any_message(made)
        # A server may say that it speaks an older protocol, or drop a notice, before it answers.
        if kind not in {b"v", b"N"}:
            return kind, payload
    raise WireError("not-postgres")


def _any_message(made: socket.socket) -> tuple[bytes, bytes]:
    kind = _exactly(made, 1)
    if kind not in {bytes([one]) for one in _KNOWN}:
        raise WireError("not-postgres")
    length = struct.unpack("!i", _exactly(made, 4))[0]
    if not 4 <= length <= _LARGEST:  # noqa: PLR2004 - the length counts itself
        raise WireError("not-postgres")
    return kind, _exactly(made, length - 4)


def _exactly(made: socket.socket, count: int) -> bytes:
    parts = b""
    while len(parts) < count:
        part = made.recv(count - len(parts))
        if not part:
            raise WireError("lost")
        parts += part
    return parts


def _fields(payload: bytes) -> Mapping[str, str]:
    parts = [part for part in payload.split(b"\0") if part]
    return {chr(part[0]): part[1:].decode("utf-8", "replace") for part in parts}


def _secured(
    made: socket.socket, address: Address, context: ssl.SSLContext, deadline: Deadline
) -> ssl.SSLSocket | None:
    """Go over to TLS; None where the server does not speak it."""
    made.settimeout(deadline.left)
    made.sendall(_SSL_REQUEST)
    # Exactly one byte: what else is already there was sent in clear by somebody between.
    answer = _exactly(made, 1)
    if answer == b"N":
        return None
    if answer == b"E":
        raise WireError(_NO_ANSWER)
    if answer != b"S":
        raise WireError("not-postgres")
    return context.wrap_socket(made, server_hostname=address.host)


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _verified(
    target: Target, deadline: Deadline, roots: str | None
) -> tuple[bool | None, bool | None, str | None]:
    """Whether the chain and the name are good, and why not."""
    if roots is None:
        return None, None, None
    try:
        context = verifying(roots, names=True)
    except (OSError, ssl.SSLError):
        return None, None, "the file of the authority (sslrootcert) cannot be read"
    made = target.dial(deadline)
    try:
        made = _secured(made, target.address, context, deadline) or made
    except ssl.SSLCertVerificationError as error:
        if error.verify_code in _WRONG_NAMES:
            return True, False, error.verify_message
        return False, None, error.verify_message
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        return None, None, f"the TLS handshake failed ({error.reason})"
    except OSError as error:
        raise WireError(*_reason(error)) from None
    finally:
        _farewell(made)
    return True, True, None


def _farewell(made: socket.socket) -> None:
    """Leave so that the server has nothing to log: read what it still sends, then close."""
    with suppress(OSError, ValueError):
        made.settimeout(_GOODBYE)
        if isinstance(made, ssl.SSLSocket):
            made = made.unwrap()
            made.settimeout(_GOODBYE)
        made.shutdown(socket.SHUT_WR)
        for _ in range(_MOST_BLOCKS):
            if not made.recv(_LARGEST):
                break
    made.close()


_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "timed-out"),
    (ConnectionRefusedError, "refused"),
    (FileNotFoundError, "no-socket"),
    (ConnectionResetError, "lost"),
    (BrokenPipeError, "lost"),
)


def _reason(error: BaseException) -> tuple[str, str]:
    if isinstance(error, WireError):
        return error.kind, error.detail
    named = next((name for kind, name in _KINDS if isinstance(error, kind)), None)
    if named is None and isinstance(error, OSError):
        return "unreachable", error.strerror or type(error).__name__
    return named or "not-postgres", ""
