"""peewee's databases of PostgreSQL, with and without a pool."""

from typing import TYPE_CHECKING

from readiness.program.models.libraries.connecting import connect
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import NONE, Arguments, Constant, Instance, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PLAIN = ("peewee.PostgresqlDatabase", "playhouse.postgres_ext.PostgresqlExtDatabase",
         "playhouse.postgres_ext.Psycopg3Database")  # fmt: skip
POOLED = ("playhouse.pool.PooledPostgresqlDatabase", "playhouse.pool.PooledPostgresqlExtDatabase",
          "playhouse.pool.PooledPsycopg3Database")  # fmt: skip
BY_ADDRESS = "playhouse.db_url.connect"


def _made(name: str) -> LibraryClass:
    def build(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
        _record(machine, instance, arguments)

    def _record(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
        values = dict(arguments.keywords)
        if arguments.open is not None:
            values["**"] = arguments.open
        database = values.get("database", NONE)
        if not (isinstance(database, Constant) and database.value is None):
            machine.record(name, values, instance.at or arguments.at, instance)

    def init(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        """``db.init(name, …)`` of a database that was made without one."""
        if isinstance(receiver, Instance):
            values = dict(arguments.keywords)
            if arguments.positional:
                values["database"] = arguments.positional[0]
            _record(machine, receiver, Arguments((), values, arguments.at, arguments.open))
        return NONE

    return LibraryClass(("database",), build=build, methods={"init": init})


def _proxied(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return NONE


TABLE = Table(
    functions={BY_ADDRESS: connect(BY_ADDRESS, ("url",))},
    classes={
        **{name: _made(name) for name in (*PLAIN, *POOLED)},
        "peewee.DatabaseProxy": LibraryClass(methods={"initialize": _proxied}),
    },
    aliases={"peewee.Proxy": "peewee.DatabaseProxy",
             "playhouse.postgres_ext.PooledPostgresqlExtDatabase": POOLED[1]},
)  # fmt: skip
