"""Checkers of connections: what the application may open, and what the server has left."""

from collections.abc import Iterator

from readiness import (
    Database,
    Deployment,
    Finding,
    NotApplicable,
    Program,
    Project,
    Step,
    Undecidable,
    checker,
    ok,
    problem,
)
from readiness.checkers.demand import Demand
from readiness.checkers.factors import django_pools, pools_of, services_of, unread_pools
from readiness.checkers.grants import quoted
from readiness.checkers.pooled import judge_pooled, poolers_of
from readiness.checkers.rooms import Room, judge, server_room
from readiness.checkers.understood import CONNECTS, doubts
from readiness.checkers.ways import usual_way


@checker("capacity.demand")
def demand(
    database: Database,
    program: Program,
    deployment: Deployment,
    project: Project,
    *,
    headroom: float = 0.1,
    surge: float = 1.0,
    others: int = 0,
    instances: int | None = None,
    workers: int | None = None,
    poolers: int | None = None,
) -> Iterator[Finding]:
    """All pools of all processes together fit into the connections of the server.

    Demand is instances x workers x (pool_size + max_overflow of every engine), times
    ``surge`` while a deployment rolls, plus ``others`` (migrations, monitoring). Usable
    is max_connections less the reserved ones and the ``headroom``. ``instances`` and
    ``workers`` are declared where no file says them. Where PgBouncer stands between, its
    pools are held against the server, and the demand against its `max_client_conn`;
    ``poolers`` of the kind may run.
    """
    usual = usual_way(database)
    pools = (*pools_of(program, database), *unread_pools(program, project, usual))
    if not any(engine.library == "django" for engine in program.engines()):
        pools += tuple(django_pools(project, deployment.environment, usual))
    if not pools:
        unknown = [*doubts(program, project, CONNECTS, "pools", absent=True)]
        yield from unknown
        if unknown:
            return
        raise NotApplicable("the code builds no engine that connects to PostgreSQL")
    asked = Demand(pools, services_of(deployment, program, instances, workers), surge, others)
    if database.has("pooler"):
        yield from judge_pooled(
            database, asked, headroom, poolers_of(database, deployment, poolers)
        )
        return
    hidden = _hidden(database)
    yield judge(asked, server_room(database, asked.span.high, headroom), hidden=hidden)
    for room, part in (*_of_roles(database, asked), *_of_database(database, asked)):
        yield judge(part, room, hidden=hidden)


def _hidden(database: Database) -> str | None:
    """What would show the pooler that stands between; None where there is none."""
    if not database.has_pooler:
        return None
    try:
        return str(database.pooler.version)
    except Undecidable as why:
        return why.hint or "compare with default_pool_size and max_db_connections of the pooler"


def _of_roles(database: Database, asked: Demand) -> Iterator[tuple[Room, Demand]]:
    """The connection limits of the roles that the code connects as."""
    users = sorted({pool.user for pool in asked.pools if pool.user})
    try:
        limits = {role.name: role.connection_limit for role in database.roles}
    except Undecidable:
        return
    for user in users:
        limit = limits.get(user, -1)
        if limit >= 0:
            chosen = [n for n, pool in enumerate(asked.pools) if pool.user == user]
            text = f"the connection limit of the role {user} is {limit}"
            part = asked.only(chosen)
            wider = f"ALTER ROLE {quoted(user)} CONNECTION LIMIT {_needed(part)}"
            yield Room(text, limit, wider, Step("variable", text)), part


def _of_database(database: Database, asked: Demand) -> Iterator[tuple[Room, Demand]]:
    """The connection limit of the database itself."""
    limit, name = database.capacity.database_limit, database.session.database
    if limit >= 0:
        chosen = [n for n, pool in enumerate(asked.pools) if pool.database in {None, name}]
        text = f"the connection limit of the database {name} is {limit}"
        part = asked.only(chosen)
        wider = f"ALTER DATABASE {quoted(name)} CONNECTION LIMIT {_needed(part)}"
        yield Room(text, limit, wider, Step("variable", text)), part


def _needed(asked: Demand) -> str:
    """The limit that the demand needs, where there is a number."""
    return str(asked.span.high) if asked.span.high is not None else "with a greater number"


@checker("capacity.usage")
def usage(database: Database, *, most: float = 0.8) -> Iterator[Finding]:
    """The connections in use now leave room."""
    capacity = database.capacity
    if capacity.used is None:
        raise Undecidable("the server did not say how many connections are in use")
    share = capacity.used / capacity.usable if capacity.usable > 0 else 1.0
    data = {"used": capacity.used, "usable": capacity.usable}
    text = f"{capacity.used} of {capacity.usable} connections are in use ({share:.0%})"
    if share < most:
        yield ok(text, data=data)
    else:
        yield problem(
            f"{text}; less than {most:.0%} is required",
            hint="find who holds them in pg_stat_activity; lower the pools or raise "
            "max_connections",
            data=data,
        )
