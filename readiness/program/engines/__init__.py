"""Every database engine, pool and connection, with the values that it would really have."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program import origins, urls
from readiness.program.answers import Engine
from readiness.program.engines import agno, celery, connections, django, orms, pools, sqlalchemy
from readiness.program.engines.either_way import whole_ways
from readiness.program.engines.prepared import with_prepared
from readiness.program.engines.reading import Reader, ways
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.lost import lost

_READERS: Mapping[str, Reader] = {
    **sqlalchemy.READERS, **agno.READERS, **connections.READERS, **pools.READERS,
    **orms.READERS, **django.READERS, **celery.READERS,
}  # fmt: skip


def engines(machine: Machine) -> tuple[Engine, ...]:
    """All engines of the code, in order of path and line; each site and address once.

    A site that runs several times makes an engine, with a pool of its own, each time.
    """
    found: dict[tuple[object, ...], Engine] = {}
    again = machine.records.superseded
    events = [one for one in machine.records.events if id(one) not in again]
    for event in (*events, *django.events(machine), *celery.events(machine)):
        for engine in _asked(machine, event):
            key = (engine.at, engine.library, str(engine.url), engine.sslmode, engine.pool_size,
                   engine.under, engine.prepares)  # fmt: skip
            before = found.get(key)
            found[key] = _once_more(before, engine) if before else engine
    seen = {event.at for event in machine.records.events}
    for one in lost(machine, {*_READERS, *machine.library.connects}):
        if one.at not in seen:
            found[one.at, one.name] = _unknown(one.name, one.at, one.reason)
    whole = whole_ways(list(found.values()))
    return tuple(sorted(whole, key=lambda one: (one.at, one.library)))


def _once_more(before: Engine, engine: Engine) -> Engine:
    """One more of the same engine, which other variables may have led to."""
    variables = before.variables | engine.variables
    return replace(before, count=before.count + 1, variables=variables)


def _asked(machine: Machine, event: Event) -> list[Engine]:
    """The engines of an event; one of which nothing is known where the answer fails."""
    try:
        return list(_of_event(machine, event))
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        reason = getattr(fault, "reason", f"the evaluation failed: {type(fault).__name__}")
        return [replace(_unknown(event.name, event.at, reason), trace=event.trace)]


def _unknown(name: str, at: Place, reason: str) -> Engine:
    pooled = name not in connections.READERS
    return Engine(name.partition(".")[0], at, urls.unknown_url(reason), sslmode_reason=reason,
                  pooled=pooled, pool_reason=reason, prepares_reason=reason)  # fmt: skip


def _of_event(machine: Machine, event: Event) -> Iterator[Engine]:
    reader = _READERS.get(event.name)
    if reader is None:
        return
    path = tuple(c.text if truth else f"not: {c.text}" for c, truth in event.path
                 if not (truth and c.counts_rounds))  # fmt: skip
    made: dict[tuple[object, ...], list[Engine]] = {}
    for values, under in ways(event.arguments, event):
        engine = reader(machine, event, values)
        if engine is not None:
            alike = (str(engine.url), engine.url.key, engine.sslmode, engine.sslmode_reason,
                     engine.pool_size, engine.pool_reason, engine.prepares)  # fmt: skip
            engine = with_prepared(event, values, engine)
            engine = origins.explained(machine, event, values, engine)
            made.setdefault(alike, []).append(replace(engine, under=(*path, *under)))
    for several in made.values():
        yield several[0] if len(made) > 1 else replace(several[0], under=path)


__all__ = ["engines"]
