"""Which way the connections of an engine go: through PgBouncer, past it, or nobody knows."""

from enum import StrEnum

from readiness import Database, Engine, Pooler

_PORT = "5432"


class Way(StrEnum):
    """How an engine comes to the server."""

    POOLED = "pooled"
    DIRECT = "direct"
    UNKNOWN = "unknown"


def way_of(engine: Engine, database: Database) -> Way:
    """Tell the way of an engine's connections.

    What the code does not know of its address is taken for the address that was asked: a
    session that went through the pooler speaks for the application. A name that only
    differs from the pooler's is undecided, as one host has many.
    """
    if not database.has_pooler:
        return Way.DIRECT
    pooler = database.pooler if database.has("pooler") else None
    host, port = engine.url.host, engine.url.port
    known_port = port.text or (_PORT if port.known and host.known else None)
    if known_port and known_port in _ports(database, pooler):
        return Way.POOLED
    if known_port is None or pooler is None:
        return usual_way(database)
    servers = {(route.host, str(route.port)) for route in pooler.routes}
    return Way.DIRECT if (host.text, known_port) in servers else Way.UNKNOWN


def usual_way(database: Database) -> Way:
    """The way of a connection of which nothing is known."""
    if not database.has_pooler:
        return Way.DIRECT
    return Way.POOLED if database.pooled else Way.UNKNOWN


def _ports(database: Database, pooler: Pooler | None) -> set[str]:
    """The ports at which the pooler answers, as far as anybody said."""
    found = set()
    if database.pooled and database.address:
        found.add(str(database.address.port))
    if pooler and pooler.listen_port:
        found.add(str(pooler.listen_port))
    return found
