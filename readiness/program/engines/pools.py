"""The pools of psycopg, psycopg2, asyncpg and aiopg."""

from collections.abc import Mapping

from readiness.program.answers import Engine
from readiness.program.engines.connections import settled, trace_of
from readiness.program.engines.names import POOLS
from readiness.program.engines.reading import Reader, Values, entries, is_none, number, unseen
from readiness.program.engines.sizes import Size
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.values import Unknown

_ASYNCPG = 10
_PSYCOPG = 4


def _pool(machine: Machine, event: Event, values: Values) -> Engine:
    url, said = settled(machine, event, {**values, **entries(values.get("kwargs"))})
    pool = _size(event.name, values)
    return Engine(event.name.partition(".")[0], event.at, url, "postgresql", said.mode,
                  said.is_set, said.reason, said.at, pool.pooled, pool.size, pool.is_set,
                  pool.reason, 0 if pool.pooled else None, own=True,
                  trace=trace_of(event, values))  # fmt: skip


def _size(name: str, values: Values) -> Size:
    if "NullConnectionPool" in name:
        return Size(pooled=False)
    more = values.get("**")
    found = _told(name, values)
    if isinstance(more, Unknown) and not found.is_set:
        return Size(reason=unseen(more))
    return found


def _told(name: str, values: Values) -> Size:
    if name == "asyncpg.create_pool":
        return _of_asyncpg(values)
    if name.startswith("aiopg."):
        return _of(number(values, "maxsize", 10))
    if name.startswith("psycopg2."):
        return _of(number(values, "maxconn", 0))
    if is_none(values.get("max_size")):
        return _of(number(values, "min_size", _PSYCOPG))
    return _within(values, "min_size", _PSYCOPG, "max_size")


def _of_asyncpg(values: Values) -> Size:
    if "max_size" not in values:
        size = _within(values, "min_size", _ASYNCPG, "max_size", _ASYNCPG)
        return Size(size=size.size, is_set=False, reason=size.reason)
    return _within(values, "min_size", _ASYNCPG, "max_size")


def _within(values: Values, least: str, default: int, most: str, otherwise: int = 0) -> Size:
    """The greatest size, which must not be below the least one: that raises."""
    found = _of(number(values, most, otherwise))
    floor, _, _ = number(values, least, default)
    if found.size is not None and floor is not None and floor > found.size:
        return Size(is_set=True, reason=f"{least} is {floor} and {most} only {found.size}, with "
                    "which it cannot be built")  # fmt: skip
    return found


def _of(told: tuple[int | None, bool, str]) -> Size:
    return Size(size=told[0], is_set=told[1], reason=told[2])


READERS: Mapping[str, Reader] = dict.fromkeys(POOLS, _pool)
