"""The databases of agno: those of 2.x and 3.x, the storages and memories of 1.x."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Instance,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PINGS_SINCE = (2, 3, 22)
"""The release from which on a PostgresDb has its engine try and renew connections."""
VOLATILE = frozenset({"InMemoryDb", "InMemoryStorage"})
LOCAL = frozenset({"JsonDb", "JsonStorage", "YamlStorage"})
SQLITE = frozenset({"SqliteDb", "AsyncSqliteDb", "SqliteStorage", "SqliteMemoryDb"})
SQLITE_1_X = frozenset({"SqliteStorage", "SqliteMemoryDb"})
ABSTRACT = frozenset({"BaseDb", "AsyncBaseDb", "Storage"})
KEEPS_NONE = frozenset({"ClickhouseDb"})
"""Databases for traces: they refuse every session, and a run goes on without."""


def is_none(value: Value | None) -> bool:
    """Whether nothing, or None, is given."""
    return value is None or (isinstance(value, Constant) and value.value is None)


def is_storage(machine: "Machine", value: Value | None) -> bool:
    """Whether something is a storage of 1.x, which later releases do not have."""
    return any(isinstance(one, Instance) and any(
        name.startswith("agno.storage.") for name in machine.library.names_of(one.cls))
        for one in alternatives(value or NONE))  # fmt: skip


def _engine_of(machine: "Machine", value: Instance, at: object) -> Value:
    """``db.db_engine``: what was given, or what the library makes."""
    given = value.slots.values.get("db_engine")
    if given is not None and not is_none(given):
        return given
    return value.data if isinstance(value.data, Instance) else Unknown("the engine of a db")


def _postgres(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A PostgresDb makes an engine of its own where none is given; without both it raises."""
    if machine.fragile:
        machine.may_fail("making the db", arguments.at)
    values = {**arguments.keywords}
    for name, value in values.items():
        instance.slots.values[name] = value
    url, engine = values.get("db_url", NONE), values.get("db_engine", NONE)
    if is_none(url) and is_none(engine) and arguments.open is None:
        message = "One of db_url or db_engine must be provided"
        raise machine.error("ValueError", message, arguments.at, url.trace)


def _db(*parameters: str, sql: bool = False) -> LibraryClass:
    return LibraryClass(
        parameters,
        ("agno.db.base.BaseDb",),
        recorded=True,
        build=_postgres if sql else None,
        attributes={"db_engine": _engine_of} if sql else {},
    )


DATABASES: dict[str, LibraryClass] = {
    "agno.db.in_memory.InMemoryDb": _db(),
    "agno.db.json.JsonDb": _db("db_path"),
    "agno.db.sqlite.SqliteDb": _db("db_file", "db_engine", "db_url"),
    "agno.db.sqlite.AsyncSqliteDb": _db("db_file", "db_engine", "db_url"),
    "agno.db.gcs_json.GcsJsonDb": _db("bucket_name", "prefix"),
    "agno.db.postgres.PostgresDb": _db("db_url", "db_engine", "db_schema", sql=True),
    "agno.db.postgres.AsyncPostgresDb": _db("id", "db_url", "db_engine", "db_schema", sql=True),
    "agno.db.mysql.MySQLDb": _db("id", "db_engine", "db_schema", "db_url", sql=True),
    "agno.db.mysql.AsyncMySQLDb": _db("id", "db_url", "db_engine", "db_schema", sql=True),
    "agno.db.singlestore.SingleStoreDb": _db("id", "db_engine", "db_schema", "db_url", sql=True),
    "agno.db.mongo.MongoDb": _db("db_client", "db_name", "db_url"),
    "agno.db.mongo.AsyncMongoDb": _db("db_client", "db_name", "db_url"),
    "agno.db.redis.RedisDb": _db("id", "redis_client", "db_url", "db_prefix", "expire"),
    "agno.db.valkey.ValkeyDb": _db(
        "id",
        "valkey_client",
        "host",
        "port",
        "database_id",
        "username",
        "password",
        "use_tls",
        "request_timeout",
        "db_prefix",
        "client_name",
        "expire",
    ),
    "agno.db.dynamo.DynamoDb": _db("db_client", "region_name"),
    "agno.db.firestore.FirestoreDb": _db("db_client", "project_id"),
    "agno.db.surrealdb.SurrealDb": _db("client", "db_url", "db_creds", "db_ns", "db_db"),
    "agno.db.clickhouse.ClickhouseDb": _db("host", "port"),
}
_OLD = {
    "in_memory": "InMemoryStorage", "json": "JsonStorage", "yaml": "YamlStorage",
    "sqlite": "SqliteStorage", "postgres": "PostgresStorage", "mysql": "MySQLStorage",
    "mongodb": "MongoDbStorage", "redis": "RedisStorage", "dynamodb": "DynamoDbStorage",
    "firestore": "FirestoreStorage", "gcs_json": "GCSJsonStorage",
    "singlestore": "SingleStoreStorage",
}  # fmt: skip
_SQL = {"sqlite", "postgres", "mysql", "singlestore"}
STORAGES: dict[str, LibraryClass] = {
    f"agno.storage.{module}.{name}": LibraryClass(
        ("table_name", "schema", "db_url", "db_engine") if module in _SQL - {"sqlite"}
        else ("table_name", "db_url", "db_file", "db_engine") if module == "sqlite" else (),
        ("agno.storage.base.Storage",), recorded=True)
    for module, name in _OLD.items()
}  # fmt: skip
_MEMORY_DBS = {
    f"agno.memory.v2.db.{module}.{name}": LibraryClass(
        ("table_name", "schema", "db_url", "db_engine") if module == "postgres"
        else ("table_name", "db_engine", "db_url", "db_file"), recorded=True)
    for module, name in {
        "sqlite": "SqliteMemoryDb", "postgres": "PostgresMemoryDb", "mongodb": "MongoMemoryDb",
        "redis": "RedisMemoryDb", "firestore": "FirestoreMemoryDb"}.items()
}  # fmt: skip


def _aliases() -> dict[str, str]:
    found = {"agno.db.async_postgres": "agno.db.postgres"}
    for name in DATABASES:
        package, _, cls = name.rpartition(".")
        last = package.rpartition(".")[2]
        for module in (last, f"{last}_db", f"async_{last}", "postgres", "sqlite", "mysql",
                       "mongo", "json_db", "in_memory_db"):  # fmt: skip
            found[f"{package}.{module}.{cls}"] = name
        found[f"agno.db.{cls}"] = name
    for name in STORAGES:
        _, _, module, cls = name.split(".")
        for folder in ("agent", "workflow", "session"):
            found[f"agno.storage.{folder}.{module}.{cls}"] = name
            stem = f"{cls.removesuffix('Storage')}{folder.title()}Storage"
            found[f"agno.storage.{folder}.{module}.{stem}"] = name
        found[f"agno.storage.{cls}"] = name
    for name in _MEMORY_DBS:
        found[f"agno.memory.v2.db.{name.rpartition('.')[2]}"] = name
    return found


_BASES = {
    "agno.db.base.BaseDb": LibraryClass(), "agno.db.base.AsyncBaseDb": LibraryClass(),
    "agno.storage.base.Storage": LibraryClass(),
}  # fmt: skip
_PLAIN = frozenset({"agno.db.in_memory", "agno.db.json"})
"""The modules that stand on nothing but agno itself."""
TABLE = Table(
    classes={**DATABASES, **STORAGES, **_MEMORY_DBS, **_BASES},
    aliases=_aliases(),
    optional=frozenset(name.rpartition(".")[0] for name in DATABASES) - _PLAIN,
)
