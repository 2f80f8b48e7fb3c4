"""One session with a server: log in, look, and say why where that ended early."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from readiness.database import endings
from readiness.database import unreachable as because
from readiness.database.address import Address
from readiness.database.bounds import bounded
from readiness.database.catalogue import BEGIN, OLDEST
from readiness.database.connecting import connect
from readiness.database.dialling import Deadline
from readiness.database.pooler import CONSOLE
from readiness.database.probe import Wire
from readiness.database.question import Query
from readiness.database.session import Look, look
from readiness.database.unreachable import Unreachable

# By ourselves, where the time is over.
_CANCELLED = "57014"


class Asked(Struct, frozen=True):
    """What one look is to give: facts, and answers to the rules' own queries."""

    facts: frozenset[str]
    queries: Sequence[Query] = ()
    superuser_sql: bool = False


class Seen(Struct, frozen=True):
    """What one look gave; ``pooled`` says that something stands between."""

    look: Look
    pooled: bool
    encrypted: bool


def enter(address: Address, wire: Wire, deadline: Deadline, asked: Asked) -> Seen:
    """Log in and look; raises `Unreachable`."""
    connection = connect(address, wire, deadline)
    import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

    try:
        with bounded(connection, deadline):
            version = connection.info.server_version
            if version < OLDEST or connection.info.dbname == CONSOLE:
                raise because.too_old(address, version)
            pid, encrypted = connection.info.backend_pid, bool(connection.pgconn.ssl_in_use)
            seen = look(connection, asked.facts, asked.queries, superuser_sql=asked.superuser_sql)
    except psycopg.Error as error:
        code = error.sqlstate
    else:
        return Seen(seen, pooled=seen.grants["pid"] != pid, encrypted=encrypted)
    if deadline.over and code in {None, _CANCELLED}:
        raise endings.late(address, deadline.limit)
    code = code or _told_singly(address, wire, deadline)
    raise endings.ended(address, code) if code else endings.lost(address)


def _told_singly(address: Address, wire: Wire, deadline: Deadline) -> str | None:
    """The code with which a server refuses a transaction.

    What it says before it hangs up is lost among statements that are already on their way.
    """
    import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

    with suppress(Unreachable):
        connection = connect(address, wire, deadline)
        try:
            with bounded(connection, deadline):
                connection.execute(BEGIN.encode())
        except psycopg.Error as error:
            return error.sqlstate
    return None
