"""Why a server cannot be looked at, each in its own sentence."""

from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.database.address import Address
from readiness.database.dialling import WireError
from readiness.database.wire import Refusal

if TYPE_CHECKING:
    from readiness.database.database import Database


class Unreachable(Exception):  # noqa: N818 - an answer about a server, not an error of ours
    """Nothing could be read; ``reason`` is a sentence, ``kind`` its short name.

    ``seen`` holds what was learnt before and beside a login that did not go.
    """

    seen: "Database | None" = None

    def __init__(self, reason: str, hint: str | None = None, kind: str = "unreachable") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.kind = kind


class Words(Struct, frozen=True):
    """A short name for a reason, the sentence that says it, and what to do."""

    kind: str
    reason: str
    hint: str


_OF_THE_WIRE = {
    "dns": Words("dns", "the name {host} cannot be resolved", "check the name, and the resolver"),
    "refused": Words(
        "refused",
        "nothing listens at {place}",
        "check host and port, and whether the server runs (listen_addresses)",
    ),
    "no-socket": Words(
        "refused", "there is no server at {place}", "check the folder, and whether it runs"
    ),
    "timed-out": Words(
        "timed-out",
        "{place} did not answer within {limit:g} s",
        "a firewall may drop the packets; give more time with `--timeout`",
    ),
    "unreachable": Words(
        "unreachable", "{place} cannot be reached: {detail}", "check the route and the firewall"
    ),
    "not-postgres": Words(
        "not-postgres",
        "what answers at {place} is no PostgreSQL server",
        "check host and port: PostgreSQL's own is 5432",
    ),
    "lost": Words(
        "lost",
        "{place} closed the connection while it was being set up",
        "look at the server's log: it may be restarting, or be no PostgreSQL server at all",
    ),
    "no-tls": Words(
        "tls-refused",
        "the address asks for TLS (sslmode={mode}), and {place} does not speak it",
        "switch `ssl` on at the server, then SELECT pg_reload_conf()",
    ),
}

OF_THE_SERVER = {
    "28P01": Words(
        "password",
        "password authentication failed for the role {user} at {place}",
        "check the role's name and its password",
    ),
    "3D000": Words(
        "no-database",
        "there is no database {dbname} at {place}",
        "check the name, or create it: CREATE DATABASE",
    ),
    "42501": Words(
        "no-connect",
        "the role {user} may not connect to the database {dbname} at {place}",
        "GRANT CONNECT ON DATABASE {dbname} TO {user};",
    ),
    "53300": Words(
        "slots",
        "{place} has no connection slot left for the role {user}",
        "close connections, or raise max_connections or the role's or database's CONNECTION LIMIT",
    ),
    "57P03": Words(
        "starting",
        "the server at {place} takes no connections now: it starts, stops or recovers",
        "wait until it is up, then check again",
    ),
    "57P01": Words(
        "shutting-down", "the server at {place} is being shut down", "start it, then check again"
    ),
    "57P02": Words(
        "shutting-down",
        "the server at {place} crashed or was stopped at once",
        "look at its log, and check again when it is up",
    ),
    "55000": Words(
        "not-accepting",
        "the database {dbname} at {place} takes no connections",
        "ALTER DATABASE {dbname} ALLOW_CONNECTIONS true;",
    ),
}

_NO_LOGIN = Words(
    "no-role",
    "the server at {place} does not let the role {user} in: it does not exist, or it may not "
    "log in",
    "CREATE ROLE {user} LOGIN; or check the name",
)
_TLS_REQUIRED = Words(
    "tls-required",
    "{place} refuses connections that are not encrypted, and the address asks for none "
    "(sslmode={mode})",
    "put sslmode=verify-full (or require) into the address",
)
_NO_HBA = Words(
    "no-hba",
    "pg_hba.conf at {place} has no entry that lets the role {user} into {dbname} from here",
    "add a line for this address, user and database, then SELECT pg_reload_conf()",
)
_OTHER = Words(
    "refused-session",
    "{place} refuses the session of the role {user} (SQLSTATE {code})",
    "the server's log says why",
)


def of_wire(error: WireError, address: Address, limit: float) -> Unreachable:
    """Say why no conversation came about."""
    words = _OF_THE_WIRE.get(error.kind, _OF_THE_WIRE["unreachable"])
    return said(words, address, limit=limit, detail=error.detail)


def of_refusal(
    refusal: Refusal, address: Address, *, takes_tls: bool = False, known_role: bool = False
) -> Unreachable:
    """Say why the server let us not in, by its code; its text is of any language.

    ``takes_tls`` says that the same server would have taken an encrypted connection,
    ``known_role`` that pg_hba.conf had already let us go on.
    """
    if refusal.code == "28000":
        encrypted = takes_tls and not refusal.tls
        words = _TLS_REQUIRED if encrypted else _NO_LOGIN if known_role else _NO_HBA
    else:
        words = OF_THE_SERVER.get(refusal.code, _OTHER)
    return said(words, address, code=refusal.code)


def no_password(address: Address) -> Unreachable:
    """Say that the server wants a password and the address has none."""
    return said(
        Words(
            "password",
            "{place} asks the role {user} for a password, and the address has none",
            "put it into a variable and name that: --database env:NAME",
        ),
        address,
    )


def in_clear(address: Address) -> Unreachable:
    """Say that the password was not sent, because anybody could have read it."""
    return said(
        Words(
            "cleartext",
            "{place} asks for the password in clear on a connection that is not encrypted; it "
            "was not sent",
            "say scram-sha-256 in pg_hba.conf, or put sslmode=verify-full into the address",
        ),
        address,
    )


def of_certificate(address: Address, reason: str) -> Unreachable:
    """Say that the server's certificate does not verify."""
    return said(
        Words(
            "certificate",
            "the certificate of {place} does not verify (sslmode={mode}): {detail}",
            "reissue it, or name the right authority with sslrootcert",
        ),
        address,
        detail=reason,
    )


def too_old(address: Address, version: int) -> Unreachable:
    """Say that the server is older than this program understands."""
    return said(
        Words(
            "too-old",
            "{place} runs a server (version {code}) that this program does not understand",
            "PostgreSQL 10 and later are",
        ),
        address,
        code=str(version),
    )


def refuse_vague(address: Address) -> None:
    """Refuse an address that names more than one server, or none; raises `Unreachable`."""
    several = "," in (address.host or "") or "," in str(address.options.get("hostaddr", ""))
    if several or "service" in address.options:
        what = "several hosts" if several else "a service of pg_service.conf"
        raise Unreachable(
            f"the address names {what}, and one server is judged at a time",
            "name the one to look at: --database env:NAME",
            "several-hosts",
        )


def said(words: Words, address: Address, **more: object) -> Unreachable:
    """The reason in words, with the names of the server put in."""
    values = {
        "host": address.host or "",
        "place": address.place,
        "user": address.user or "of this user",
        "dbname": address.dbname or address.user or "",
        "mode": address.sslmode or "prefer",
    }
    values |= {name: str(value) for name, value in more.items() if name != "limit"}
    limit = more.get("limit", 0.0)
    return Unreachable(
        words.reason.format(**values, limit=limit), words.hint.format(**values), words.kind
    )
