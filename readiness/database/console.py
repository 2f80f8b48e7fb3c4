"""Reading PgBouncer's console: it answers SHOW and nothing else that we would say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from readiness.database import unreachable as because
from readiness.database.address import Address
from readiness.database.bounds import bounded
from readiness.database.connecting import connect
from readiness.database.dialling import Deadline, WireError
from readiness.database.facts import Missing
from readiness.database.pooler import CONSOLE, Pool, Pooler, Route
from readiness.database.probe import Wire, probe, within
from readiness.database.session import Row, Rows
from readiness.database.unreachable import Unreachable

if TYPE_CHECKING:
    from psycopg import Connection

STATEMENTS = ("SHOW VERSION", "SHOW CONFIG", "SHOW DATABASES", "SHOW POOLS")
"""All that is said at the console: no transaction, no parameters, nothing that changes it."""

_REFUSED = "refused-session"


class Console(Struct, frozen=True):
    """Where the console is: as the user names it, or where the pooler itself was found."""

    address: Address
    wire: Wire | None = None

    @classmethod
    def beside(cls, address: Address, wire: Wire) -> "Console":
        """The console of the pooler that answers at the address of the database."""
        console = replace(address, dbname=CONSOLE)
        return cls(console, replace(wire, target=replace(wire.target, address=console)))


def read_console(console: Console, deadline: Deadline, *, between: bool) -> Pooler | Missing:
    """Read the console, or say why it could not be read."""
    address = console.address
    try:
        wire = console.wire or within(deadline, lambda: probe(address, deadline))
        connection = connect(address, wire, deadline)
    except WireError as error:
        return _unread(address, because.of_wire(error, address, deadline.limit))
    except Unreachable as error:
        return _unread(address, error)
    return _shown(connection, address, deadline, between=between)


def _shown(
    connection: "Connection[Any]", address: Address, deadline: Deadline, *, between: bool
) -> Pooler | Missing:
    import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

    try:
        with bounded(connection, deadline):
            rows = [connection.execute(sql.encode()).fetchall() for sql in STATEMENTS]
    except psycopg.Error as error:
        return _no_console(address, error.sqlstate)
    try:
        return replace(_pooler(*rows), between=between)
    except (KeyError, IndexError, TypeError, ValueError):
        return _no_console(address, None)


def _unread(address: Address, error: Unreachable) -> Missing:
    if error.kind == _REFUSED:
        return Missing(
            f"the console of PgBouncer at {address.place} is not open to {address.user}",
            f"add {address.user} to `stats_users` in pgbouncer.ini and RELOAD, or name a user "
            "who may: --pooler env:NAME",
        )
    return Missing(
        f"the console of the pooler could not be read: {error.reason}",
        "name it: --pooler env:NAME; a pooler that is not PgBouncer has none",
    )


def _no_console(address: Address, code: str | None) -> Missing:
    said = f" ({code})" if code else ""
    return Missing(
        f"what answers at {address.place} as {address.dbname} is no console of PgBouncer{said}",
        "name the console: --pooler env:NAME, with the database pgbouncer",
    )


def _pooler(version: Rows, config: Rows, databases: Rows, pools: Rows) -> Pooler:
    said = {row["key"]: row["value"] for row in config}
    own = {CONSOLE}
    return Pooler(
        version=str(version[0]["version"]),
        mode=said["pool_mode"],
        client_tls=said.get("client_tls_sslmode"),
        server_tls=said.get("server_tls_sslmode"),
        listens=said.get("listen_addr"),
        listen_port=_number(said, "listen_port"),
        clients=_number(said, "max_client_conn"),
        size=_number(said, "default_pool_size") or 0,
        reserve=_number(said, "reserve_pool_size") or 0,
        most=_number(said, "max_db_connections") or 0,
        per_user=_number(said, "max_user_connections") or 0,
        prepared=_number(said, "max_prepared_statements"),
        ignored=said.get("ignore_startup_parameters") or "",
        shared_port=said.get("so_reuseport") == "1",
        pools=tuple(_pool(row) for row in pools if row["database"] not in own),
        routes=tuple(_routes(databases)),
    )


def _pool(row: Row) -> Pool:
    servers = sum(int(row.get(name) or 0) for name in _SERVERS)
    return Pool(
        database=row["database"],
        user=row["user"],
        mode=row.get("pool_mode") or "",
        active=int(row["cl_active"]),
        waiting=int(row["cl_waiting"]),
        servers=servers,
        wait=int(row["maxwait"]) + int(row.get("maxwait_us") or 0) / 1e6,
    )


_SERVERS = ("sv_active", "sv_idle", "sv_used", "sv_tested", "sv_login")


def _routes(databases: Rows) -> Iterator[Route]:
    for row in databases:
        if row["name"] == CONSOLE:
            continue
        yield Route(
            name=row["name"],
            host=row["host"] or None,
            port=int(row["port"] or 5432),
            database=row["database"] or "",
            user=row["force_user"] or None,
            size=int(row["pool_size"]),
            # 1.24 renamed it.
            reserve=int(_first(row, ("reserve_pool", "reserve_pool_size"))),
            least=int(row.get("min_pool_size") or 0),
            most=int(row["max_connections"] or 0),
            mode=row["pool_mode"] or None,
        )


def _first(row: Row, names: Sequence[str]) -> Any:
    return next(row[name] for name in names if name in row) or 0


def _number(said: Mapping[str, Any], name: str) -> int | None:
    return int(said[name]) if said.get(name) not in {None, ""} else None
