"""How large a pool is, and what else it is told."""

from msgspec import Struct

from readiness.program.engines.reading import Values, is_none, number
from readiness.program.interpreter.machine import Machine
from readiness.program.values import Class, Constant, External, Instance, Unknown, Value

NULL, STATIC = "sqlalchemy.pool.NullPool", "sqlalchemy.pool.StaticPool"
QUEUES = frozenset({"sqlalchemy.pool.QueuePool", "sqlalchemy.pool.AsyncAdaptedQueuePool",
                    "sqlalchemy.pool.FallbackAsyncAdaptedQueuePool"})  # fmt: skip


class Size(Struct, frozen=True):
    """A pool: None as its size is unknown where ``pooled``, else there is none."""

    pooled: bool = True
    size: int | None = None
    is_set: bool = False
    reason: str = ""
    overflow: int | None = None


def of_sqlalchemy(machine: Machine, values: Values) -> Size:
    """The pool of ``create_engine``."""
    pool = values.get("pool")
    if isinstance(pool, Instance) and isinstance(pool.cls, External):
        return _of_class(machine, pool.cls, {**values, **_held(pool)})
    if not is_none(pool):
        return Size(reason="its pool is made elsewhere")
    return _of_class(machine, values.get("poolclass"), values)


def _held(pool: Instance) -> dict[str, Value]:
    return {str(key): value for key, value in pool.slots.values.items()}


def _of_class(machine: Machine, given: Value | None, values: Values) -> Size:
    names = machine.library.names_of(given) if isinstance(given, (Class, External)) else []
    if NULL in names:
        return Size(pooled=False)
    if STATIC in names:
        return Size(size=1, is_set=True, overflow=0)
    if not is_none(given) and not QUEUES & set(names):
        why = given.reason if isinstance(given, Unknown) else "its class is not known here"
        return Size(reason=f"the pool is of another kind: {why}")
    size, is_set, reason = number(values, "pool_size", 5)
    overflow, _, _ = number(values, "max_overflow", 10)
    unseen = values.get("**")
    if isinstance(unseen, Unknown) and not is_set:
        return Size(size=None, reason=unseen.reason, overflow=overflow)
    return Size(size=size, is_set=is_set, reason=reason, overflow=overflow)


def pings(values: Values) -> bool | None:
    """Whether a pool tries each connection before use; None where that is not known."""
    ping = values.get("pool_pre_ping")
    return bool(ping.value) if isinstance(ping, Constant) else (False if ping is None else None)


def recycles(values: Values) -> int | None:
    """After how many seconds a pool renews a connection; -1 is never."""
    found = values.get("pool_recycle")
    held = found.value if isinstance(found, Constant) else (-1 if found is None else None)
    return held if isinstance(held, int) else None
