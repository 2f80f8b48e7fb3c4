"""Reading a live server: the wire first, then two flights, then what needs no server."""

import getpass
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.database import unreachable as because
from readiness.database.address import Address
from readiness.database.catalogue import OLDEST, STATEMENTS
from readiness.database.connecting import connect
from readiness.database.console import Console, read_console
from readiness.database.database import Database, Missing
from readiness.database.guessing import candidates, compare, judge_own
from readiness.database.pooler import CONSOLE, Pooler
from readiness.database.probe import Wire, probe, within
from readiness.database.question import Query
from readiness.database.rows import facts_of
from readiness.database.session import Look, bounded, look
from readiness.database.unreachable import Unreachable
from readiness.database.wire import Deadline, WireError
from readiness.model.place import Place
from readiness.model.secret import Secret

if TYPE_CHECKING:
    from psycopg import Connection

__all__ = ["EVERYTHING", "TIMEOUT", "Unreachable", "Word", "read"]

TIMEOUT = 30.0
EVERYTHING = frozenset(one.fact for one in STATEMENTS) | {"schema_versions"}
"""Every fact that is read by SQL; the others always are, or need nothing."""

_SOCKETS = ("/var/run/postgresql", "/run/postgresql", "/tmp")  # noqa: S108 - where libpq looks

Word = tuple[Secret | str, Place | str | None]


def read(
    address: Address,
    *,
    wanted: Collection[str] | None = None,
    queries: Sequence[Query] = (),
    words: Sequence[Word] = (),
    timeout: float = TIMEOUT,
    allow_superuser_sql: bool = False,
    pooler: Address | bool = True,
) -> Database:
    """Look at a server once, without changing anything; raises `Unreachable`.

    ``wanted`` names facts (all of them where it is left out). ``words`` are passwords to
    compare with the roles' own, each with where it stands; one without a place is no
    known word and is left out. ``timeout`` bounds all of it, in seconds. Rules' queries
    are not put as a superuser unless that is allowed. ``pooler`` is where the console of
    PgBouncer is; True asks at the same address where a pooler is found between.
    """
    deadline = Deadline(timeout)
    because.refuse_vague(address)
    whole = _completed(address)
    try:
        wire = within(deadline, lambda: probe(whole, deadline))
    except WireError as error:
        raise because.of_wire(error, whole, timeout) from None
    connection = connect(whole, wire, deadline)
    seen = _look(connection, whole, deadline, _Asked(wanted, queries, allow_superuser_sql))
    found = _finish(seen, whole, wire, words, deadline)
    return _with_pooler(found, Console.beside(whole, wire), deadline, asked=pooler)


@dataclass(frozen=True, slots=True)
class _Asked:
    wanted: Collection[str] | None
    queries: Sequence[Query]
    superuser_sql: bool

    @property
    def facts(self) -> frozenset[str]:
        return EVERYTHING if self.wanted is None else frozenset(self.wanted) | {"system"}


@dataclass(slots=True)
class _Seen:
    look: Look
    pooled: bool
    encrypted: bool


def _look(
    connection: "Connection[Any]", address: Address, deadline: Deadline, asked: _Asked
) -> _Seen:
    import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

    try:
        with bounded(connection, deadline):
            version = connection.info.server_version
            if version < OLDEST or connection.info.dbname == "pgbouncer":
                raise because.too_old(address, version)
            pid, encrypted = connection.info.backend_pid, bool(connection.pgconn.ssl_in_use)
            seen = look(connection, asked.facts, asked.queries, superuser_sql=asked.superuser_sql)
    except psycopg.Error as error:
        code = error.sqlstate
    else:
        return _Seen(seen, pooled=seen.grants["pid"] != pid, encrypted=encrypted)
    if deadline.over:
        raise because.late(address, deadline.limit)
    raise because.foreign(address, code) if code else because.lost(address)


def _finish(
    seen: _Seen, address: Address, wire: Wire, words: Sequence[Word], deadline: Deadline
) -> Database:
    """Compare the passwords, and let go of the verifiers."""
    rows = seen.look.rows.pop("verifiers", None)
    facts = facts_of(seen.look, address, pooled=seen.pooled, encrypted=seen.encrypted)
    tried = candidates(tuple(_known(words)), address.dbname or "")
    facts["password"] = judge_own(address.password, address.user or "", tried)
    if rows is not None:
        facts["verifiers"] = compare(rows, tried, deadline.left)
    missing = dict(seen.look.missing)
    missing.pop("system", None)
    facts["offers"] = () if address.is_socket else wire.offers
    if wire.certificate:
        facts["certificate"] = wire.certificate
    else:
        missing["certificate"] = Missing("the server does not speak TLS, so it has none")
    return Database(
        facts=facts,
        missing=missing,
        answers=seen.look.answers,
        address=address.without_password,
        statements=tuple(seen.look.statements),
        read_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _with_pooler(
    database: Database, beside: Console, deadline: Deadline, *, asked: Address | bool
) -> Database:
    """Add what the pooler's console says; nothing where there is no pooler and none is named."""
    between = database.session.pooled
    found: Pooler | Missing
    if isinstance(asked, Address):
        console = Console(_completed(replace(asked, dbname=CONSOLE)))
        found = read_console(console, deadline, between=between)
    elif not between:
        return database
    elif asked:
        found = read_console(beside, deadline, between=between)
    else:
        found = Missing("the console of the pooler was left out (--pooler none)")
    if isinstance(found, Missing):
        return replace(database, missing={**database.missing, "pooler": found})
    return replace(database, facts={**database.facts, "pooler": found})


def _known(words: Sequence[Word]) -> Iterator[tuple[Secret, str]]:
    for word, source in words:
        if source is not None:
            yield word if isinstance(word, Secret) else Secret(word), str(source)


def _completed(address: Address) -> Address:
    """Fill in what libpq would: the local socket, and our own name."""
    host = address.host
    if host is None:
        kept = [f for f in _SOCKETS if Path(f, f".s.PGSQL.{address.port}").exists()]
        host = (kept or _SOCKETS)[0]
    user = address.user
    if user is None:
        with suppress(OSError, KeyError):
            user = getpass.getuser()
    return replace(address, host=host, user=user, dbname=address.dbname or user)
