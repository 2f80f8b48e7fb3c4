"""What one value is as a db: by its class, and by the arguments that it was built with."""

from collections.abc import Iterable

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program import story
from readiness.program.answers import Db
from readiness.program.interpreter.machine import Machine
from readiness.program.models.libraries.agno_databases import (
    ABSTRACT,
    KEEPS_NONE,
    LOCAL,
    SQLITE,
    SQLITE_1_X,
    VOLATILE,
    is_none,
)
from readiness.program.models.libraries.fakes import FAKES
from readiness.program.provenance import joined
from readiness.program.urls import dialect_of, kind_of
from readiness.program.values import (
    MISSING,
    NONE,
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Instance,
    Unknown,
    Value,
    alternatives,
)

WORST: tuple[Db, ...] = ("volatile", "none", "unknown", "local-file", "durable")


class Judged(Struct, frozen=True):
    """What one value is as a db."""

    db: Db
    name: str | None = None
    at: Place | None = None
    reason: str = ""
    trace: Trace = ()


def is_free(path: Iterable[tuple[Condition, bool]]) -> bool:
    """Whether every condition is chosen anew with each request."""
    return all(condition.is_free for condition, _ in path)


def _conditions(value: Value) -> list[tuple[Condition, bool]]:
    """All conditions that choose between the alternatives of a value."""
    if not isinstance(value, Choice):
        return []
    inner = [*_conditions(value.then), *_conditions(value.otherwise)]
    return [(value.condition, True), *inner]


def certain(found: list[Judged], value: Value) -> Judged:
    """One verdict of several possible values: the same, or unknown with the condition."""
    kinds = {one.db for one in found}
    if len(kinds) == 1:
        return found[0]
    unknown = next((one for one in found if one.db == "unknown"), None)
    condition = value.condition.text if isinstance(value, Choice) else ""
    if isinstance(value, Choice) and is_free(_conditions(value)):
        return min(found, key=lambda one: WORST.index(one.db))
    if unknown is not None and not condition:
        return unknown
    bad = next((one for one in found if one.db in {"volatile", "none"}), found[0])
    if not kinds & {"volatile", "none", "unknown"}:
        return next(one for one in found if one.db == "local-file")
    return Judged("unknown", bad.name, bad.at, f"it hangs on: {condition}",
                  joined((), *(one.trace for one in found)))  # fmt: skip


def judge(machine: Machine, value: Value) -> Judged:
    """What a value is as a db, by class and by arguments."""
    if is_none(value) or value is MISSING:
        return Judged("none", trace=value.trace)
    if isinstance(value, Unknown):
        return Judged("unknown", None, value.at, value.reason, value.trace)
    if not isinstance(value, Instance):
        return Judged("unknown", None, None, "it is no db of agno", value.trace)
    trace = _birth(machine, value)
    for name in machine.library.names_of(value.cls):
        short = name.rpartition(".")[2]
        if name.startswith(("agno.db.", "agno.storage.", "agno.memory.")):
            return _by_class(machine, short, value, trace)
    shown = value.cls.name if isinstance(value.cls, (Class, External)) else "a class"
    return Judged("unknown", shown, value.at, f"{shown} is no class of agno's own", trace)


def _by_class(  # noqa: PLR0911 - one answer for each kind of db
    machine: Machine, short: str, value: Instance, trace: Trace
) -> Judged:
    at = value.at
    shown = value.cls.name if isinstance(value.cls, Class) else short
    if short in VOLATILE:
        return Judged("volatile", shown, at, trace=trace)
    if short in LOCAL:
        return Judged("local-file", shown, at, trace=trace)
    if short in ABSTRACT:
        return Judged("unknown", shown, at, f"{shown} is the code's own kind of db", trace)
    if short in KEEPS_NONE:
        return Judged("none", shown, at, trace=trace)
    if short == "Memory":
        return judge(machine, value.slots.values.get("db", NONE))
    if short in SQLITE:
        return _sqlite(machine, short, shown, value, trace)
    if _in_memory(value):
        return Judged("volatile", shown, at, trace=trace)
    if _address_text(value).startswith(_EMBEDDED):
        return Judged("local-file", shown, at, trace=trace)
    if (expire := value.slots.values.get("expire", NONE)) and not is_none(expire):
        return _expiring(shown, value, expire, trace)
    return _by_address(machine, shown, value, trace)


def _address(value: Instance) -> Value:
    slots = value.slots.values
    engine = slots.get("db_engine", NONE)
    if isinstance(engine, Instance):
        return engine.slots.values.get("url", Unknown("the URL of an engine", engine.at))
    if isinstance(engine, (Unknown, Choice)):
        return engine
    return slots.get("db_url", NONE)


def _forgets_its_file(value: Instance) -> bool:
    """Whether 1.x makes a database in memory: for no file and no URL, and for any engine."""
    slots = value.slots.values
    if isinstance(slots.get("db_engine"), Instance):
        return True
    return all(is_none(slots.get(name)) for name in ("db_engine", "db_url", "db_file"))


def _sqlite(machine: Machine, short: str, shown: str, value: Instance, trace: Trace) -> Judged:
    """A file, but for an URL that names none; an engine wins over an URL, that over a file."""
    if short in SQLITE_1_X and _forgets_its_file(value):
        return Judged("volatile", shown, value.at, trace=trace)
    address = _address(value)
    if is_none(address):
        return Judged("local-file", shown, value.at, trace=trace)
    return _each_address(machine, shown, value, address, trace, otherwise="local-file")


def _expiring(shown: str, value: Instance, expire: Value, trace: Trace) -> Judged:
    """A key of Redis or Valkey that ends by itself takes its session with it."""
    known = expire.value if isinstance(expire, Constant) else None
    after = f"{known} seconds" if isinstance(known, int) else "a time that is not known here"
    reason = (f"{shown} deletes each session {after} after its last write (expire=), and whether "
              "that is meant or a loss is not in the code")  # fmt: skip
    return Judged("unknown", shown, value.at, reason, trace)


_CLIENTS = ("redis_client", "db_client", "client", "valkey_client")


def _in_memory(value: Instance) -> bool:
    """Whether a db's server is only a part of the process: a fake client, SurrealDB's memory."""
    clients = (value.slots.values.get(name) for name in _CLIENTS)
    if any(isinstance(one, Instance) and getattr(one.cls, "name", "") in FAKES for one in clients):
        return True
    return _address_text(value) in {"mem://", "memory", "memory://"}


_EMBEDDED = ("file://", "surrealkv://", "rocksdb://")


def _address_text(value: Instance) -> str:
    return getattr(value.slots.values.get("db_url"), "known", None) or ""


def _by_address(machine: Machine, shown: str, value: Instance, trace: Trace) -> Judged:
    """A server, but for the URL of an SQLite database."""
    return _each_address(machine, shown, value, _address(value), trace, otherwise="durable")


def _each_address(  # noqa: PLR0917 - one verdict for each URL that it may have
    machine: Machine, shown: str, value: Instance, address: Value, trace: Trace, otherwise: Db
) -> Judged:
    _ = machine
    found = []
    for one in alternatives(address):
        dialect, database = dialect_of(one)
        db: Db = otherwise
        if dialect is not None and dialect.startswith("sqlite"):
            volatile = database is not None and (database in {"", ":memory:"}
                                                 or "mode=memory" in database)  # fmt: skip
            db = "volatile" if volatile else "local-file"
        reason = ""
        kind = kind_of(one)
        bears = story.bearing(one.trace, kind.variables, kind.places)
        found.append(Judged(db, shown, value.at, reason, joined(trace, bears)))
    return certain(found, address)


def _birth(machine: Machine, value: Instance) -> Trace:
    """The raw steps to where a db was built."""
    event = machine.records.birth(value)
    return value.trace if event is None else story.raw(machine, event)
