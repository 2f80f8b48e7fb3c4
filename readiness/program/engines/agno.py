"""The engines that agno makes by itself."""

from collections.abc import Mapping

from readiness.program import urls
from readiness.program.answers import Engine
from readiness.program.engines.drivers import WORDS, driver
from readiness.program.engines.process import Process, completed
from readiness.program.engines.reading import Reader, Values, is_none
from readiness.program.engines.sqlalchemy import dialect, driver_of
from readiness.program.engines.tls import Asked, tls
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import agno_databases as databases
from readiness.program.provenance import joined
from readiness.program.releases import at_least
from readiness.program.values import NONE

SQL = frozenset(
    name for name in databases.DATABASES
    if name.rpartition(".")[2] in {"PostgresDb", "AsyncPostgresDb"}
) | {"agno.storage.postgres.PostgresStorage", "agno.memory.v2.db.postgres.PostgresMemoryDb",
     "agno.vectordb.pgvector.PgVector"}  # fmt: skip


def _db(machine: Machine, event: Event, values: Values) -> Engine | None:
    """An agno db makes an engine of its own from an URL; a given engine is somebody else's."""
    if not is_none(values.get("db_engine")):
        return None
    url = urls.parse(values.get("db_url", NONE))
    found = driver(driver_of(url, event.name))
    process = Process(machine, event, found)
    whole, service = completed(url, process)
    words = WORDS if url.dialect is None else (found.word,)
    said = tls(Asked(found, whole, {}, words, process, event, service=service))
    trace = joined((), event.trace, values.get("db_url", NONE).trace)
    ping, recycle = _kept(machine, event.name)
    return Engine("agno", event.at, whole, dialect(url), said.mode, said.is_set, said.reason,
                  said.at, pooled=True, pool_size=5, max_overflow=10, pre_ping=ping,
                  recycle=recycle, own=False, trace=trace)  # fmt: skip


def _kept(machine: Machine, name: str) -> tuple[bool | None, int | None]:
    """Whether agno has its pool try connections, and renew them: the pinned release tells."""
    if name not in databases.DATABASES:
        return False, -1
    new = at_least(machine.sources.project, "agno", databases.PINGS_SINCE)
    if new is None:
        return None, None
    return (True, 3600) if new else (False, -1)


READERS: Mapping[str, Reader] = dict.fromkeys(SQL, _db)
