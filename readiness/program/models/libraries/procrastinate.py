"""procrastinate: a queue of jobs in PostgreSQL, whose connectors make a driver's pool."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import Arguments, External, Instance

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_POOLS = {
    "procrastinate.PsycopgConnector": "psycopg_pool.AsyncConnectionPool",
    "procrastinate.SyncPsycopgConnector": "psycopg_pool.ConnectionPool",
    "procrastinate.contrib.psycopg2.Psycopg2Connector": "psycopg2.pool.ThreadedConnectionPool",
    "procrastinate.contrib.aiopg.AiopgConnector": "aiopg.create_pool",
}
CONNECTORS = frozenset(_POOLS)
_OWN = frozenset({"json_dumps", "json_loads", "pool_factory"})


def _made(pool: str) -> LibraryClass:
    def build(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
        """All words but its own are the pool's."""
        given = {key: one for key, one in arguments.keywords.items() if key not in _OWN}
        factory = arguments.keywords.get("pool_factory", External(pool))
        instance.slots.values["pool"] = machine.call(
            factory, Arguments((), given, arguments.at, arguments.open)
        )

    return LibraryClass(build=build)


TABLE = Table(
    classes={name: _made(pool) for name, pool in _POOLS.items()},
    connects=CONNECTORS,
    aliases={"procrastinate.psycopg_connector": "procrastinate",
             "procrastinate.sync_psycopg_connector": "procrastinate",
             "procrastinate.contrib.psycopg2.psycopg2_connector": "procrastinate.contrib.psycopg2",
             "procrastinate.contrib.aiopg.aiopg_connector":
                 "procrastinate.contrib.aiopg"},
)  # fmt: skip
