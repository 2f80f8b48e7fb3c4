"""agno 1.x, 2.x and 3.x: agents, teams, workflows, AgentOS and their databases."""

from typing import TYPE_CHECKING

from readiness.program.answers import HolderKind
from readiness.program.interpreter import items
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.models.making import named
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Choice,
    Condition,
    Constant,
    Dict,
    Function,
    Instance,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PINGS_SINCE = (2, 3, 22)
"""The release from which on a PostgresDb has its engine try and renew connections."""
AGENT = "agno.agent.Agent"
TEAM = "agno.team.Team"
WORKFLOW = "agno.workflow.Workflow"
AGENT_OS = "agno.os.AgentOS"
HOLDERS: dict[str, HolderKind] = {
    AGENT: "agent",
    TEAM: "team",
    WORKFLOW: "workflow",
    AGENT_OS: "agentos",
}


def _with_db(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """Every holder has a db, None where none is given."""
    _ = machine
    for name, value in arguments.keywords.items():
        instance.slots.values[name] = value
    if arguments.open is not None:
        instance.slots.values["**"] = arguments.open
    for name in ("db", "storage", "memory", "members", "agents", "teams", "workflows", "steps"):
        instance.slots.values.setdefault(name, arguments.open or NONE)


def _team(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A team may be given a function that makes its members when it runs."""
    _with_db(machine, instance, arguments)
    members = instance.slots.values["members"]
    if isinstance(members, (Function, Bound)):
        function = members.function if isinstance(members, Bound) else members
        count = len(function.node.args.args) if isinstance(function, Function) else 0
        count -= isinstance(members, Bound)
        told = Unknown("what a run is told", arguments.at, free=True)
        given = (told,) * count
        made = machine.call(members, Arguments(given, {}, arguments.at))
        instance.slots.values["members"] = made


def _agent_os(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """AgentOS hands its db to what it is given and that has none."""
    _with_db(machine, instance, arguments)
    values = instance.slots.values
    for name in ("agents", "teams", "workflows"):
        _fill(machine, values[name], values["db"], arguments)


def _fill(machine: "Machine", given: Value, db: Value, arguments: Arguments) -> None:
    for one in alternatives(given):
        for item in () if _is_none(one) else items.known(machine, one, arguments.at):
            for holder in alternatives(item):
                if isinstance(holder, Instance):
                    _give(machine, holder, db, arguments)


def _give(machine: "Machine", holder: Instance, db: Value, arguments: Arguments) -> None:
    own = holder.slots.values.get("db", NONE)

    def filled(value: Value) -> Value:
        if isinstance(value, Unknown):
            key = ("none", value)
            condition = Condition(key, f"the db is None ({value.reason})", arguments.at, value)
            return choose(condition, db, value)
        return db if _is_none(value) else value

    if _is_none(own):
        put = (arguments.at, holder.slots, "AgentOS hands its db on")
        machine.records.put[id(holder.slots), "db"] = put
    machine.state.write(holder.slots, "db", mapped(own, filled))


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _copy(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``deep_copy`` shares the db."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    update = arguments.get("update", 0)
    held = dict(receiver.slots.values)
    if isinstance(update, Dict):
        held.update(update.slots.values)
    made = Instance(receiver.cls, held, arguments.at)
    made.data = receiver
    kinds = [name for name in machine.library.names_of(receiver.cls) if name in HOLDERS]
    for name in kinds[:1]:
        given = {str(key): value for key, value in held.items()}
        machine.record(name, given, arguments.at, made)
    return made


def _engine_of(machine: "Machine", value: Instance, at: object) -> Value:
    """``db.db_engine``: what was given, or what the library makes."""
    _ = machine, at
    given = value.slots.values.get("db_engine")
    if given is not None and not _is_none(given):
        return given
    return value.data if isinstance(value.data, Instance) else Unknown("the engine of a db")


def _serve(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``agent_os.serve()`` runs uvicorn."""
    _ = receiver
    machine.record(f"{AGENT_OS}.serve", named(arguments), arguments.at)
    return NONE


_METHODS = {"deep_copy": _copy}
_AGENT = LibraryClass(
    ("model",), recorded=True, positional=None, build=_with_db, methods=_METHODS)  # fmt: skip
_TEAM = LibraryClass(("members",), recorded=True, build=_team, methods=_METHODS)
_WORKFLOW = LibraryClass(("id",), recorded=True, build=_with_db, methods=_METHODS)
_OS = LibraryClass(
    ("id", "name", "description", "version", "db", "checkpoint", "agents", "teams", "workflows"),
    recorded=True, build=_agent_os, methods={"serve": _serve},
)  # fmt: skip


def _postgres(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A PostgresDb makes an engine of its own where none is given; without both it raises."""
    if machine.fragile:
        machine.may_fail("making the db", arguments.at)
    values = {**arguments.keywords}
    for name, value in values.items():
        instance.slots.values[name] = value
    url, engine = values.get("db_url", NONE), values.get("db_engine", NONE)
    if _is_none(url) and _is_none(engine) and arguments.open is None:
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
_VECTORS = {
    "agno.vectordb.pgvector.PgVector": LibraryClass(
        ("table_name", "schema", "name", "description", "id", "db_url", "db_engine"),
        recorded=True),
}  # fmt: skip
_BASES = {
    "agno.db.base.BaseDb": LibraryClass(), "agno.db.base.AsyncBaseDb": LibraryClass(),
    "agno.storage.base.Storage": LibraryClass(),
    "agno.memory.agent.AgentMemory": LibraryClass(), "agno.memory.team.TeamMemory": LibraryClass(),
    "agno.memory.v2.memory.Memory": LibraryClass(("model", "memory_manager", "summarizer", "db")),
}  # fmt: skip
_STEPS = {
    "agno.workflow.step.Step": LibraryClass(("name", "agent", "team", "executor", "workflow")),
    "agno.workflow.steps.Steps": LibraryClass(("name", "description", "steps")),
    "agno.workflow.loop.Loop": LibraryClass(("steps",)),
    "agno.workflow.condition.Condition": LibraryClass(("evaluator", "steps", "else_steps")),
    "agno.workflow.router.Router": LibraryClass(("choices", "selector")),
}


def _parallel(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``Parallel(*steps)``."""
    from readiness.program.values import List  # noqa: PLC0415

    steps = [value for name, value in arguments.keywords.items() if name.startswith("step")]
    instance.slots.values["steps"] = List(tuple(steps))
    _ = machine


_STEPS["agno.workflow.parallel.Parallel"] = LibraryClass(
    tuple(f"step{number}" for number in range(40)), build=_parallel
)


def _aliases() -> dict[str, str]:
    found = {
        "agno.agent.agent.Agent": AGENT, "agno.team.team.Team": TEAM, "agno.Agent": AGENT,
        "agno.workflow.workflow.Workflow": WORKFLOW, "agno.os.app.AgentOS": AGENT_OS,
        "agno.workflow.v2.workflow.Workflow": WORKFLOW, "agno.workflow.v2.Workflow": WORKFLOW,
        "agno.db.async_postgres": "agno.db.postgres",
        "agno.vectordb.pgvector.pgvector.PgVector": "agno.vectordb.pgvector.PgVector",
        "agno.memory.v2.Memory": "agno.memory.v2.memory.Memory",
        "agno.memory.AgentMemory": "agno.memory.agent.AgentMemory",
        "agno.memory.TeamMemory": "agno.memory.team.TeamMemory",
        "agno.memory.Memory": "agno.memory.v2.memory.Memory",
    }  # fmt: skip
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
    for name in _STEPS:
        cls = name.rpartition(".")[2]
        found[f"agno.workflow.{cls}"] = name
        found[f"agno.workflow.v2.{cls}"] = name
        found[f"agno.workflow.types.{cls}"] = name
    return found


TABLE = Table(
    classes={AGENT: _AGENT, TEAM: _TEAM, WORKFLOW: _WORKFLOW, AGENT_OS: _OS,
             **DATABASES, **STORAGES, **_MEMORY_DBS, **_BASES, **_STEPS,
             **_VECTORS},
    aliases=_aliases(),
)  # fmt: skip

__all__ = ["TABLE", "Choice"]
