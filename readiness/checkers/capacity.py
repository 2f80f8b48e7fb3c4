"""Checkers of connections: what the application may open, and what the server has left."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from readiness import (
    Database,
    Deployment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    Step,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.demand import Demand
from readiness.checkers.factors import django_pools, pools_of, services_of, unread_pools
from readiness.checkers.mends import needed_maximum, single_changes
from readiness.checkers.understood import CONNECTS, doubts

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Room:
    """How many connections there may be, in words and as a number, and what would widen it."""

    text: str
    limit: int
    wider: str | None
    step: Step


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
) -> Iterator[Finding]:
    """All pools of all processes together fit into the connections of the server.

    Demand is instances x workers x (pool_size + max_overflow of every engine), times
    ``surge`` while a deployment rolls, plus ``others`` (migrations, monitoring). Usable
    is max_connections less the reserved ones and the ``headroom``. ``instances`` and
    ``workers`` are declared where no file says them.
    """
    pools = (*pools_of(program), *unread_pools(program, project))
    if not any(engine.library == "django" for engine in program.engines()):
        pools += tuple(django_pools(project, deployment.environment))
    if not pools:
        unknown = [*doubts(program, project, CONNECTS, "pools", absent=True)]
        yield from unknown
        if unknown:
            return
        raise NotApplicable("the code builds no engine that connects to PostgreSQL")
    asked = Demand(pools, services_of(deployment, program, instances, workers), surge, others)
    yield _judge(asked, _of_server(database, asked, headroom), pooled=database.session.pooled)
    for room, part in (*_of_roles(database, asked), *_of_database(database, asked)):
        yield _judge(part, room, pooled=False)


def _of_server(database: Database, asked: Demand, headroom: float) -> _Room:
    capacity = database.capacity
    reserved = capacity.superuser_reserved + capacity.reserved
    usable = math.floor(round(capacity.usable - headroom * capacity.maximum, 6))
    needed = needed_maximum(asked, reserved, headroom)
    text = (
        f"max_connections {capacity.maximum} - {reserved} reserved - {headroom:.0%} "
        f"head-room leaves {usable}"
    )
    wider = f"max_connections = {needed} (and a restart)" if needed else None
    return _Room(text, usable, wider, Step("variable", text))


def _of_roles(database: Database, asked: Demand) -> Iterator[tuple[_Room, Demand]]:
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
            wider = f"ALTER ROLE {user} CONNECTION LIMIT with a greater number"
            yield _Room(text, limit, wider, Step("variable", text)), asked.only(chosen)


def _of_database(database: Database, asked: Demand) -> Iterator[tuple[_Room, Demand]]:
    """The connection limit of the database itself."""
    limit, name = database.capacity.database_limit, database.session.database
    if limit >= 0:
        chosen = [n for n, pool in enumerate(asked.pools) if pool.database in {None, name}]
        text = f"the connection limit of the database {name} is {limit}"
        wider = f"ALTER DATABASE {name} CONNECTION LIMIT with a greater number"
        yield _Room(text, limit, wider, Step("variable", text)), asked.only(chosen)


def _judge(asked: Demand, room: _Room, *, pooled: bool) -> Finding:
    need, at, trace = asked.span, _largest(asked), (*asked.steps, room.step)
    data = {"demand": [need.low, need.high], "usable": room.limit}
    figure = f"the application may open {need.of('connection')}: {_product(asked)}; {room.text}"
    if need.high is not None and need.high <= room.limit:
        return ok(figure, at=at, trace=trace, data=data)
    if pooled:
        return undecided(
            f"{figure}; a pooler stands between and decides how many reach the server",
            at=at,
            hint="compare with default_pool_size and max_db_connections of the pooler",
            trace=trace,
            data=data,
        )
    if need.low > room.limit:
        return problem(figure, at=at, hint=_advice(asked, room), trace=trace, data=data)
    return undecided(figure, at=at, hint=_missing(asked), trace=trace, data=data)


def _product(asked: Demand) -> str:
    parts = [_processes(asked), _per_process(asked)]
    if asked.surge != 1:
        parts.append(f"{asked.surge:g} while a deployment rolls")
    others = f" + {asked.others} others" if asked.others else ""
    return " x ".join(parts) + others


def _processes(asked: Demand) -> str:
    if len(asked.services) > 1:
        return f"{asked.processes} processes of {len(asked.services)} services"
    (one,) = asked.services
    return (
        f"{one.instances.span.of('instance')}{_where(one.instances.at)} x "
        f"{one.workers.span.of('worker')}{_where(one.workers.at)}"
    )


def _per_process(asked: Demand) -> str:
    count = sum(pool.count for pool in asked.pools)
    if len(asked.pools) == 1:
        (one,) = asked.pools
        size = f"{count} pools of {one.factor.span}" if count > 1 else f"{one.span} in the pool"
        return f"{size}{_where(one.factor.at)}"
    sizes = " + ".join(f"{pool.span}{_where(pool.factor.at)}" for pool in asked.pools[:_SHOWN])
    more = f" + {len(asked.pools) - _SHOWN} more" if len(asked.pools) > _SHOWN else ""
    return f"{count} pools ({sizes}{more})"


def _where(at: Place | None) -> str:
    return f" ({at})" if at else ""


def _advice(asked: Demand, room: _Room) -> str:
    changes = [*single_changes(asked, room.limit), *([room.wider] if room.wider else [])]
    if not changes:
        return "no single change makes it fit: put PgBouncer between, or lower several factors"
    return f"any one of these makes it fit: {'; '.join(changes)}; or PgBouncer in between"


def _missing(asked: Demand) -> str:
    """What would settle it: the first factors that nobody knows."""
    found = [pool.factor for pool in asked.pools]
    for service in asked.services:
        found += [service.workers, service.instances]
    open_ones = [factor.text for factor in found if not factor.span.is_exact]
    if not open_ones:
        return "say in the rule's `instances` and `workers` how many processes hold the pools"
    return (
        f"not known: {'; '.join(open_ones)}. Say it in the code or the deployment files, or "
        "declare `instances` and `workers` in the rule"
    )


def _largest(asked: Demand) -> Place | None:
    pool = max(asked.pools, key=lambda pool: pool.span.low, default=None)
    return pool.factor.at if pool else None


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
