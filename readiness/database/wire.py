"""PostgreSQL's own protocol, as far as it goes without a password, and one step further."""

import socket
import ssl
import struct

from msgspec import Struct

from readiness.database.access import Offer
from readiness.database.address import Address
from readiness.database.dialling import Deadline, Target, WireError, failure, farewell
from readiness.database.messages import fields_of, login_step, message, send_start
from readiness.database.scram import Exchange, md5_answer
from readiness.database.securing import NO_ANSWER, over_tls, unverified
from readiness.model.secret import Secret

# Nobody means to send more in one login.
_MOST_MESSAGES = 256
_METHODS = {0: "trust", 2: "kerberos", 3: "password", 5: "md5", 7: "gss", 9: "sspi"}
_SASL, _CONTINUE, _FINAL = 10, 11, 12
_CLEAR, _MD5 = 3, 5


class Refusal(Struct, frozen=True):
    """What the server said when it let us not in: only its code is for machines."""

    code: str
    tls: bool = False


def offer(target: Target, *, tls: bool, deadline: Deadline) -> Offer:
    """Ask what the server offers to somebody without a password; raises `WireError`.

    Nothing secret is sent. Only errors that concern TLS alone become an answer.
    """
    user, database = _names(target.address)
    made = target.dial(deadline)
    try:
        if tls:
            secured = over_tls(made, target.address, unverified(), deadline)
            if secured is None:
                return Offer(tls, "no-tls", user=user, database=database)
            made = secured
        send_start(made, user, database)
        kind, payload = message(made)
        return _offer_of(kind, payload, Offer(tls, "failed", user=user, database=database))
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        reason = f"the TLS handshake failed ({error.reason})"
        return Offer(tls, "failed", user=user, database=database, reason=reason)
    except WireError as error:
        if error.kind != NO_ANSWER:
            raise
        reason = "the server answers the request for TLS with an error"
        return Offer(tls, "failed", user=user, database=database, reason=reason)
    except OSError as error:
        raise failure(error) from None
    finally:
        farewell(made)


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
            secured = over_tls(made, target.address, context or unverified(), deadline)
            if secured is None:
                raise WireError("no-tls")
            made = secured
        send_start(made, user, database)
        code = _talk(made, target.address, safe=target.address.is_local)
    except (OSError, ValueError) as error:
        raise failure(error) from None
    finally:
        farewell(made)
    return Refusal(code, tls) if code else None


def _talk(made: socket.socket, address: Address, *, safe: bool) -> str | None:
    """Answer the server's questions until it lets us in or says why not."""
    exchange = Exchange.begin(address.password or Secret(""))
    for _ in range(_MOST_MESSAGES):
        kind, payload = message(made)
        if kind == b"E":
            return fields_of(payload).get("C", "")
        if kind == b"Z":
            return None
        step = login_step(payload) if kind == b"R" else 0
        if step in {0, _FINAL}:
            continue
        said = _said(step, payload[4:], exchange, _names(address)[0], safe=safe)
        if said is None or address.password is None:
            return None
        made.sendall(b"p" + struct.pack("!i", len(said) + 4) + said)
    raise WireError("not-postgres")


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
        parts = {"answer": "refused", "code": fields_of(payload).get("C", "")}
    elif kind == b"R":
        step = login_step(payload)
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
