"""How an engine came to have its address, its sslmode and its size."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from readiness.model.trace import Step, Trace
from readiness.program import story
from readiness.program.answers import Engine
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.provenance import joined, variables_of
from readiness.program.values import Dict, Instance, List, Tuple, Value, alternatives

_DEEPEST = 4
ADDRESSES = ("url", "db_url", "conninfo", "dsn", "host", "database", "dbname")
SIZES = ("pool_size", "max_size", "maxsize", "maxconn", "min_size", "poolclass", "pool")


def explained(
    machine: Machine, event: Event, values: Mapping[Any, Value], engine: Engine
) -> Engine:
    """The engine with the story of each of its properties."""
    inside = {key: tuple(_within(value)) for key, value in values.items()}
    every = joined((), engine.trace, *(one for found in inside.values() for one in found))
    site = (story.built(machine, event.at, *SIZES),)
    sizes = [one for name in SIZES for one in inside.get(name, ())]
    picked = joined((), *(one for name in ADDRESSES for one in inside.get(name, ())))
    way = story.raw(machine, event)
    built = (story.built(machine, event.at),)

    def told(*more: Trace) -> Trace:
        return story.worded(machine, joined((), way, *more))

    return replace(
        engine,
        variables=frozenset(variables_of(every)) | frozenset(variables_of(engine.trace)),
        trace=told(built, every),
        tls=told(built, _of_tls(machine, event, engine, every)),
        pool=told(*sizes, site, _of_size(engine)),
        login=told(built, _of_password(engine, every)),
        reach=told(built, _of_address(engine, every, picked)),
    )


def _within(value: Value, depth: int = 0) -> Iterator[Trace]:
    """The traces of a value and of what it holds."""
    for one in alternatives(value):
        yield one.trace
        held: Any = ()
        if depth < _DEEPEST and isinstance(one, (Dict, Instance, List)):
            held = [item for item in one.slots.values.values() if isinstance(item, Value)]
        elif depth < _DEEPEST and isinstance(one, Tuple):
            held = one.items
        for item in held:
            yield from _within(item, depth + 1)


def _of_tls(machine: Machine, event: Event, engine: Engine, every: Trace) -> Trace:
    """The steps to the sslmode; where nothing says it, to the host that is reached so."""
    ambient = [machine.variables.slots.values.get("PGSSLMODE"), event.process.get("PGSSLMODE")]
    every = joined((), every, *(value.trace for value in ambient if value is not None))
    if engine.sslmode_at is not None:
        places = [engine.sslmode_at]
        found = story.bearing(every, (), places)
        return found or (Step("call", "sslmode is written here", engine.sslmode_at),)
    names = set(engine.url.host.variables)
    if engine.sslmode is None:
        names |= engine.variables or set(variables_of(every))
        return story.bearing(every, names, engine.url.host.places)
    host = story.bearing(every, names, engine.url.host.places)
    neither = "" if "pg8000" in (engine.dialect or "") else ", PGSSLMODE neither"
    said = f"nothing sets sslmode{neither}, and the driver's default is {engine.sslmode}"
    return (*host, Step("default", said, event.at))


def _of_password(engine: Engine, every: Trace) -> Trace:
    password = engine.url.password
    found = story.bearing(every, password.variables, password.places)
    if found or not password.places:
        return found
    return (Step("default", "the password is written here", password.places[0]),)


def _of_address(engine: Engine, every: Trace, picked: Trace) -> Trace:
    """The steps to the address; where it is written out, what picks it from among others."""
    pieces = (engine.url.host, engine.url.port, engine.url.database)
    names = [name for piece in pieces for name in piece.variables]
    if not names and picked:
        return picked
    return story.bearing(every, names, [place for piece in pieces for place in piece.places])


def _of_size(engine: Engine) -> Trace:
    if not engine.pooled or engine.pool_size_set or engine.pool_size is None:
        return ()
    said = f"nothing sets the size, and the library's own is {engine.pool_size}"
    return (Step("default", said, engine.at),)
