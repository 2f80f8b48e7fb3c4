"""Django: one connection for each thread and entry of ``DATABASES``; pooled where asked."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.answers import Engine
from readiness.program.engines.drivers import LIBPQ
from readiness.program.engines.process import Process, completed
from readiness.program.engines.reading import Reader, Values, entries, is_none, number, unseen
from readiness.program.engines.sizes import Size
from readiness.program.engines.sqlalchemy import with_arguments
from readiness.program.engines.tls import Asked, tls
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import django
from readiness.program.values import Constant, Dict

EVENT = "django.DATABASES"


def events(machine: Machine) -> Iterator[Event]:
    """The entries of ``DATABASES``, as if each had been built where it stands."""
    for _, entry in django.databases(machine):
        yield Event(EVENT, {"entry": entry}, entry.at or Place(""), (), entry.trace)


def _engine(machine: Machine, event: Event, values: Values) -> Engine | None:
    entry = values["entry"]
    if not isinstance(entry, Dict) or not entry.slots.values:
        return None
    held = entry.slots.values
    options = held.get("OPTIONS")
    words = entries(options)
    process = Process(machine, event, LIBPQ)
    # what stands beside OPTIONS is put over them
    own = {name: value for name, value in words.items() if name != "pool"}
    url = django.address(entry)
    url = with_arguments(url, {k: v for k, v in own.items() if not _is_said(url, k)})
    url, service = completed(url, process, unseen(options))
    said = tls(Asked(LIBPQ, replace(url, dialect="postgresql"), own, (LIBPQ.word,), process, event,
                     unseen(options), service))  # fmt: skip
    pool = _size(words)
    age = held.get("CONN_MAX_AGE")
    recycle = age.value if isinstance(age, Constant) and isinstance(age.value, int) else None
    return Engine("django", event.at, url, url.dialect, said.mode, said.is_set, said.reason,
                  said.at, pool.pooled, pool.size, pool.is_set, pool.reason, 0,
                  recycle=0 if age is None else -1 if is_none(age) else recycle,
                  trace=entry.trace)  # fmt: skip


def _is_said(url: object, name: str) -> bool:
    field = {"dbname": "database"}.get(name, name)
    said = getattr(url, field, None)
    return bool(getattr(said, "text", None) or getattr(said, "reason", ""))


def _size(words: Values) -> Size:
    pool = words.get("pool")
    if is_none(pool) or (isinstance(pool, Constant) and not pool.value):
        return Size(pooled=False)
    if isinstance(pool, Dict):
        inner = entries(pool)
        name = "min_size" if is_none(inner.get("max_size")) else "max_size"
        size, is_set, reason = number(inner, name, 4)
        return Size(size=size, is_set=is_set, reason=reason or unseen(pool))
    if isinstance(pool, Constant) and pool.value is True:
        return Size(size=4)
    return Size(reason=unseen(pool))


READERS: Mapping[str, Reader] = {EVENT: _engine}
