"""Checkers of the way to the server: encrypted, only encrypted, and with a good certificate."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from readiness import (
    Clock,
    Database,
    Finding,
    NotApplicable,
    Offer,
    Undecidable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.hba import unseen, ways_in_plain
from readiness.checkers.providers import set_server

_PROTOCOLS = ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_PROTOCOL = "08P01"
_REFUSED = "28000"
_HOSTSSL = (
    "in pg_hba.conf say `hostssl` instead of `host`, put `hostnossl all all all reject` first, "
    "then SELECT pg_reload_conf()"
)
_VERIFY = "put `sslmode=verify-full` and the CA's file (`sslrootcert`) into the address"


@checker("tls.session")
def session(database: Database, *, min_version: str = "TLSv1.2") -> Iterator[Finding]:
    """The connection to the server is encrypted on every leg of its way."""
    tls = database.tls
    if not (tls.socket and tls.pooled):
        _refuse_where_senseless(database)
    data = {"client": tls.client, "server": tls.server, "version": tls.version}
    if not (tls.client or tls.socket):
        yield problem(
            "the connection to the server is not encrypted; TLS is required",
            hint=_VERIFY,
            data=data,
        )
    elif _ends_in_a_socket(database):
        first = "a local socket" if tls.socket else "encrypted"
        yield ok(f"the way to the pooler is {first}, its own to the server is a local socket",
                 data=data)  # fmt: skip
    elif not tls.server:
        first = "a local socket" if tls.socket else "encrypted"
        yield problem(
            f"the connection is {first} to a pooler or proxy, and not encrypted from there to "
            "the server; both legs are required",
            hint="set `server_tls_sslmode = verify-full` in pgbouncer.ini",
            data=data,
        )
    elif _rank(tls.version) is None:
        yield undecided(
            f"the connection is encrypted, but its protocol ({tls.version}) is not known; "
            f"at least {min_version} is required",
            data=data,
        )
    elif (_rank(tls.version) or 0) < (_rank(min_version) or 0):
        yield problem(
            f"the connection speaks {tls.version}, at least {min_version} is required",
            hint=set_server(database, "ssl_min_protocol_version", min_version),
            data=data,
        )
    else:
        yield ok(f"the connection is encrypted with {tls.version}", data=data)


def _ends_in_a_socket(database: Database) -> bool:
    """Whether the last leg, from the pooler to the server, is no network."""
    name = database.address.dbname if database.address else None
    if not (database.tls.pooled and database.has("pooler") and database.pooler.between):
        return False
    route = database.pooler.route(name or database.session.database)
    return bool(route and route.is_socket)


@checker("tls.plain-refused", privileges=("hba",))
def plain_refused(database: Database, *, exempt_loopback: bool = False) -> Iterator[Finding]:
    """The server refuses every connection that is not encrypted."""
    _refuse_where_senseless(database)
    if exempt_loopback and database.is_local:
        raise NotApplicable("the connection stays on this machine, and loopback is exempt")
    offers = [offer for offer in database.offers if not offer.tls]
    if not offers:
        raise Undecidable(
            "nobody asked the server for an unencrypted connection",
            "run the check where the server can be reached over the network",
        )
    for offer in offers:
        if _is_of_the_pooler(database, offer.code):
            yield _refused_by_pooler(offer.user)
            continue
        if offer.code == _REFUSED and not database.has_way_in:
            yield _refused_anyhow(offer.user)
            continue
        finding = _judge_plain(database, offer)
        if finding.verdict is Verdict.OK:
            finding = replace(finding, hint=unseen(database))
        yield finding
    yield from _plain_lines(database)


def _refused_anyhow(user: str) -> Finding:
    return undecided(
        f"the server refuses {user} from here in TLS as without it ({_REFUSED}), which says "
        "nothing of those whom it lets in",
        hint="run the check from where the application connects, or as its role",
        source="wire",
        data={"answer": "refused", "code": _REFUSED, "user": user},
    )


def _is_of_the_pooler(database: Database, code: str | None) -> bool:
    """Whether a refusal is PgBouncer's for want of TLS.

    It has one code for everything, so that only the same login in TLS tells what it lacked.
    """
    encrypted = [offer for offer in database.offers if offer.tls]
    taken = any(offer.answer == "accepted" for offer in encrypted)
    return code == _PROTOCOL and database.pooled and taken


def _refused_by_pooler(user: str) -> Finding:
    return ok(
        f"the pooler refuses an unencrypted connection of {user} from here, and takes the same "
        "one in TLS; the server behind it was not asked",
        hint="`tls-pooler` judges the leg to the server; --database with the server's own "
        "address asks it",
        source="wire",
        data={"answer": "refused", "code": _PROTOCOL, "user": user},
    )


def _judge_plain(database: Database, offer: Offer) -> Finding:
    answer, code, user, reason = offer.answer, offer.code, offer.user, offer.reason
    data = {"answer": answer, "code": code, "user": user}
    if answer == "refused" and code == _REFUSED:
        return ok(
            f"the server refuses an unencrypted connection of {user} from here "
            "(28000, before any password)",
            source="wire",
            data=data,
        )
    if answer == "accepted":
        return problem(
            f"the server takes an unencrypted connection of {user} from here; "
            "it is to refuse it before a password is sent",
            hint=database.provider.refuse_plain if database.provider else _hostssl(database),
            source="wire",
            data=data,
        )
    return undecided(
        f"the server's answer to an unencrypted connection of {user} settles nothing "
        f"({reason or code or answer}); a refusal with 28000 is expected",
        source="wire",
        data=data,
    )


def _hostssl(database: Database) -> str:
    exempt = "; or exempt_loopback: true where clients are on this machine only"
    local = database.has("session") and database.is_local
    return _HOSTSSL + (exempt if local else "")


def _plain_lines(database: Database) -> Iterator[Finding]:
    """Lines that let somebody else in unencrypted; where they cannot be read, nothing."""
    try:
        ways = tuple(ways_in_plain(database))
    except Undecidable:
        return
    for way in ways:
        yield problem(
            f"line {way.number} of pg_hba.conf ({way.text}) takes unencrypted connections; "
            "lines for the network are to be `hostssl`",
            hint="say `hostssl` instead, then SELECT pg_reload_conf()",
            data={"line": way.number, "method": way.method},
        )


@checker("tls.expiry")
def expiry(database: Database, clock: Clock, *, min_days: int = 30) -> Iterator[Finding]:
    """The server's certificate does not expire soon."""
    _refuse_where_senseless(database)
    certificate = database.certificate
    if certificate.not_after is None:
        raise Undecidable("the server showed no certificate whose dates can be read")
    end = datetime.fromisoformat(certificate.not_after)
    days = (end - clock.now()).days
    data = {"not_after": end.date().isoformat(), "days": days}
    if days < 0:
        yield problem(
            f"the server's certificate expired on {end.date()}; it is to be valid",
            hint="replace it, then SELECT pg_reload_conf()",
            source="wire",
            data=data,
        )
    elif days < min_days:
        yield problem(
            f"the server's certificate expires on {end.date()}, in {days} days; "
            f"at least {min_days} are required",
            hint="replace it, then SELECT pg_reload_conf()",
            source="wire",
            data=data,
        )
    else:
        yield ok(f"the server's certificate is valid until {end.date()}", source="wire", data=data)


@checker("tls.verify")
def verify(database: Database) -> Iterator[Finding]:
    """The server's certificate is signed by the known authority, for the server's name."""
    _refuse_where_senseless(database)
    certificate = database.certificate
    data = {"trusted": certificate.trusted, "name_matches": certificate.name_matches}
    reason = certificate.reason or "no reason was given"
    if certificate.trusted is None:
        yield undecided(
            "the server's certificate was not verified: no authority is known here",
            hint="name the CA's file with `sslrootcert` in the address",
            source="wire",
            data=data,
        )
    elif not certificate.trusted:
        yield problem(
            f"the server's certificate does not verify ({reason})",
            hint="reissue it by the CA that the clients know",
            source="wire",
            data=data,
        )
    elif certificate.name_matches is None:
        yield undecided(
            "the server's certificate verifies, its name was not compared",
            source="wire",
            data=data,
        )
    elif not certificate.name_matches:
        yield problem(
            f"the server's certificate is for another name ({reason}); "
            "it is to name the host that clients connect to",
            hint="reissue it with the host's name as subjectAltName",
            source="wire",
            data=data,
        )
    else:
        yield ok("the server's certificate verifies, name included", source="wire", data=data)


@checker("tls.min-version", privileges=("settings",))
def lowest(database: Database, *, min_version: str = "TLSv1.2") -> Iterator[Finding]:
    """The server speaks no protocol older than the given one."""
    _refuse_where_senseless(database)
    found = database.setting("ssl_min_protocol_version").text
    data = {"ssl_min_protocol_version": found}
    if (_rank(found) or 0) >= (_rank(min_version) or 0):
        yield ok(f"ssl_min_protocol_version is {found}", data=data)
    else:
        yield problem(
            f"ssl_min_protocol_version is {found or 'not set'}, "
            f"at least {min_version} is required",
            hint=set_server(database, "ssl_min_protocol_version", min_version),
            data=data,
        )


def _refuse_where_senseless(database: Database) -> None:
    if not database.entered:
        # What the wire told before a login that did not go is known all the same.
        if database.address and database.address.is_socket:
            raise NotApplicable("the connection is a local socket, which no network carries")
        return
    tls = database.tls
    if tls.socket:
        raise NotApplicable("the connection is a local socket, which no network carries")
    if not tls.possible and not tls.client and database.session.local:
        raise NotApplicable("not possible on this build: the server was compiled without OpenSSL")


def _rank(protocol: str | None) -> int | None:
    return _PROTOCOLS.index(protocol) if protocol in _PROTOCOLS else None
