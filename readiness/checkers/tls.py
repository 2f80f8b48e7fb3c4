"""Checkers of the way to the server: encrypted on every leg, by a protocol that is not too old."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.providers import set_server

_PROTOCOLS = ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_VERIFY = "put `sslmode=verify-full` and the CA's file (`sslrootcert`) into the address"


@checker("tls.session")
def session(database: Database, *, min_version: str = "TLSv1.2") -> Iterator[Finding]:
    """The connection to the server is encrypted on every leg of its way."""
    tls = database.tls
    if not (tls.socket and tls.pooled):
        refuse_where_senseless(database)
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


@checker("tls.min-version", privileges=("settings",))
def lowest(database: Database, *, min_version: str = "TLSv1.2") -> Iterator[Finding]:
    """The server speaks no protocol older than the given one."""
    refuse_where_senseless(database)
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


def refuse_where_senseless(database: Database) -> None:
    """Judge no way that leads over no network, or on which TLS is not possible at all."""
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
