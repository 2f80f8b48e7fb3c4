"""Holding a demand against the room that there is for it, and saying what would make it fit."""

import math

from msgspec import Struct

from readiness import Database, Finding, Place, Step, ok, problem, undecided
from readiness.checkers.demand import Demand
from readiness.checkers.mends import maximum_for, single_changes

_SHOWN = 4


class Room(Struct, frozen=True):
    """How many connections there may be, in words and as a number, and what would widen it."""

    text: str
    limit: int
    wider: str | None
    step: Step


def server_room(database: Database, high: int | None, headroom: float) -> Room:
    """What the server has left; it is to have room for ``high`` connections."""
    capacity = database.capacity
    reserved = capacity.superuser_reserved + capacity.reserved
    usable = math.floor(round(capacity.usable - headroom * capacity.maximum, 6))
    needed = maximum_for(high, reserved, headroom)
    text = (
        f"max_connections {capacity.maximum} - {reserved} reserved - {headroom:.0%} "
        f"head-room leaves {usable}"
    )
    wider = f"max_connections = {needed} (and a restart)" if needed else None
    if needed and database.provider:
        wider = f"{database.provider.set('max_connections', str(needed))} (and a restart)"
    return Room(text, usable, wider, Step("variable", text))


def judge(asked: Demand, room: Room, *, hidden: str | None = None) -> Finding:
    """Hold a demand against a room; ``hidden`` says what a pooler in between keeps hidden."""
    need, at, trace = asked.span, largest(asked), (*asked.steps, room.step)
    data = {"demand": [need.low, need.high], "usable": room.limit}
    figure = f"the application may open {need.of('connection')}: {_product(asked)}; {room.text}"
    if need.high is not None and need.high <= room.limit:
        return ok(figure, at=at, trace=trace, data=data)
    if hidden is not None:
        return undecided(
            f"{figure}; a pooler stands between and decides how many reach the server",
            at=at,
            hint=hidden,
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


def _advice(asked: Demand, room: Room) -> str:
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


def largest(asked: Demand) -> Place | None:
    """Where the largest pool stands."""
    pool = max(asked.pools, key=lambda pool: pool.span.low, default=None)
    return pool.factor.at if pool else None
