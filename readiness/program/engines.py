"""Every database engine, pool and connection, with the values that it would really have."""

from collections.abc import Mapping
from dataclasses import replace

from readiness.model.place import Place
from readiness.program import origins, urls
from readiness.program.answers import Engine, Password, Piece, Url
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.machine import Event, Machine
from readiness.program.models import agno, databases, django
from readiness.program.provenance import joined
from readiness.program.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

AGNO_SQL = frozenset(
    name for name in agno.DATABASES
    if name.rpartition(".")[2] in {"PostgresDb", "AsyncPostgresDb"}
) | {"agno.storage.postgres.PostgresStorage", "agno.memory.v2.db.postgres.PostgresMemoryDb",
     "agno.vectordb.pgvector.PgVector"}  # fmt: skip
DEFAULT_SSLMODE = "prefer"
# What connects, and reads libpq's variables, when it is called; all else does so later.
AT_ONCE = frozenset(name for name in databases.CONNECTS) | {
    "psycopg2.pool.SimpleConnectionPool", "psycopg2.pool.ThreadedConnectionPool"}  # fmt: skip
TLS_WORDS = ("sslmode", "ssl", "ssl_context")
# Each driver's own word for it as an argument; drivers that are not listed take libpq's.
ARGUMENTS: Mapping[str, str] = {"asyncpg": "ssl", "pg8000": "ssl_context", "aiopg": "sslmode"}
UNPOOLED = frozenset({"sqlalchemy.pool.NullPool", "sqlalchemy.NullPool",
                      "sqlalchemy.pool.impl.NullPool"})  # fmt: skip


def engines(machine: Machine) -> tuple[Engine, ...]:
    """All engines of the code, in order of path and line; each site and address once.

    A site that runs several times makes an engine, with a pool of its own, each time.
    """
    found: dict[tuple[object, ...], Engine] = {}
    for event in machine.records.events:
        for engine in _asked(machine, event):
            key = (engine.at, engine.library, str(engine.url), engine.sslmode, engine.pool_size)
            before = found.get(key)
            found[key] = replace(before, count=before.count + 1) if before else engine
    for engine in _django(machine):
        found.setdefault((engine.at, engine.library, str(engine.url)), engine)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.library)))


def _asked(machine: Machine, event: Event) -> list[Engine]:
    """The engines of an event; one of which nothing is known where the answer fails."""
    try:
        return _of_event(machine, event)
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        reason = getattr(fault, "reason", f"the evaluation failed: {type(fault).__name__}")
        return [
            Engine(event.name.partition(".")[0], event.at, urls.unknown_url(reason),
                   sslmode_reason=reason, pool_reason=reason, trace=event.trace)
        ]  # fmt: skip


def _of_event(machine: Machine, event: Event) -> list[Engine]:
    assumed = dict(event.path)
    values = {name: restrict(value, assumed) for name, value in event.arguments.items()}
    under = tuple(c.text if truth else f"not: {c.text}" for c, truth in event.path)
    made: list[Engine] = []
    if event.name in databases.CREATORS:
        made += [
            replace(_sqlalchemy(machine, event, {**values, "url": address}), under=why)
            for address, why in _addresses(values.get("url", NONE))
        ]
    elif event.name in AGNO_SQL:
        made += _agno(machine, event, values)
    elif event.name in databases.CONNECTS:
        made.append(_connection(machine, event, values))
    elif event.name in databases.POOLS:
        made.append(_pool(machine, event, values))
    return [
        origins.explained(machine, event, values, replace(engine, under=(*under, *engine.under)))
        for engine in made
    ]


def _addresses(value: Value) -> list[tuple[Value, tuple[str, ...]]]:
    """The addresses that a value may be, each with the conditions that nothing decides."""
    if not isinstance(value, Choice):
        return [(value, ())]
    text = value.condition.text
    yes, no = _addresses(value.then), _addresses(value.otherwise)
    return [*((one, (text, *why)) for one, why in yes),
            *((one, (f"not: {text}", *why)) for one, why in no)]  # fmt: skip


def _is_none(value: Value | None) -> bool:
    return value is None or (isinstance(value, Constant) and value.value is None)


def _sqlalchemy(machine: Machine, event: Event, values: Mapping[str, Value]) -> Engine:
    """``create_engine``: what ``connect_args`` say beats the URL, PGSSLMODE comes last."""
    url = urls.parse(values["url"])
    driver = _driver(url, event.name)
    arguments = values.get("connect_args")
    maker = values.get("creator", values.get("async_creator", NONE))
    if _is_none(maker):
        mode, is_set, why, at = _sslmode(machine, url, arguments, driver, event)
    else:
        url, (mode, is_set, why, at) = _created(machine, url, values, event)
    own = not event.name.startswith("agno.")
    size, size_set, size_why = _number(values, "pool_size", 5)
    pool = values.get("poolclass")
    overflow = _number(values, "max_overflow", 10)[0]
    ping, recycle = _ping(values, own=own)
    pooled = not (isinstance(pool, External) and pool.name in UNPOOLED)
    url = _with_arguments(url, arguments)
    unseen = values.get("**")
    if isinstance(unseen, Unknown) and not size_set:
        size, size_why = None, unseen.reason
    return Engine(
        "agno" if event.name.startswith("agno.") else "sqlalchemy",
        event.at, url, _dialect(url), mode, is_set, why, at, pooled, size if pooled else None,
        size_set, size_why, overflow if pooled else None, ping, recycle, own,
        trace=joined((), event.trace, values["url"].trace),
    )  # fmt: skip


def _created(
    machine: Machine, url: Url, values: Mapping[str, Value], event: Event
) -> tuple[Url, tuple[str | None, bool, str, Place | None]]:
    """What ``creator=`` connects to, which replaces the address of the engine."""
    made = values.get(databases.CREATED)
    inner = next((one for one in machine.records.events if one.instance is made), None)
    if made is None or inner is None or inner.name not in databases.CONNECTS:
        reason = "its connections are made by a function (creator) that is not understood"
        return replace(urls.unknown_url(reason), dialect=url.dialect), (
            None, False, reason, event.at)  # fmt: skip
    held = {name: restrict(value, dict(inner.path)) for name, value in inner.arguments.items()}
    address = _address(held)
    late = replace(inner, sslmode=machine.variables.slots.values.get("PGSSLMODE"))
    return replace(address, dialect=url.dialect), _by_keywords(machine, address, held, late)


def _ping(values: Mapping[str, Value], *, own: bool) -> tuple[bool | None, int | None]:
    ping = values.get("pool_pre_ping")
    recycle = values.get("pool_recycle")
    if not own:
        return True, 3600
    found = bool(ping.value) if isinstance(ping, Constant) else (False if ping is None else None)
    held = recycle.value if isinstance(recycle, Constant) else (-1 if recycle is None else None)
    return found, held if isinstance(held, int) else None


def _dialect(url: Url) -> str | None:
    if url.dialect is None:
        return None
    name = url.dialect.partition("+")[0]
    return "postgresql" if name == "postgres" else name


def _driver(url: Url, function: str) -> str:
    dialect = url.dialect or ""
    if "+" in dialect:
        return dialect.partition("+")[2]
    return "asyncpg" if "async" in function and not dialect else "libpq"


def _number(values: Mapping[str, Value], name: str, default: int) -> tuple[int | None, bool, str]:
    """A number that is passed, or the library's default; None with a reason if not known."""
    value = values.get(name)
    if value is None:
        return default, False, ""
    if isinstance(value, Constant) and isinstance(value.value, int):
        return value.value, True, ""
    if isinstance(value, Unknown):
        return None, True, value.reason
    if isinstance(value, Choice):
        return None, True, f"it hangs on: {value.condition.text}"
    return None, True, "it is not a number"


def _entries(value: Value | None) -> dict[str, Value]:
    if isinstance(value, Dict):
        return {str(key): item for key, item in value.slots.values.items()}
    return {}


def _sslmode(
    machine: Machine, url: Url, arguments: Value | None, driver: str, event: Event
) -> tuple[str | None, bool, str, Place | None]:
    """The sslmode that counts: the arguments', the URL's, PGSSLMODE's, or the default."""
    if isinstance(arguments, (Unknown, Choice)):
        why = arguments.reason if isinstance(arguments, Unknown) else arguments.condition.text
        return None, False, f"the connection's arguments are not known: {why}", event.at
    given = _entries(arguments)
    known = TLS_WORDS if url.dialect is None else (ARGUMENTS.get(driver, "sslmode"),)
    # SQLAlchemy hands both the arguments and the query to the driver's own connect()
    strange = next((n for n in TLS_WORDS if n not in known and (n in given or n in url.query)), "")
    if strange:
        return None, False, f"{driver} has no argument {strange}: it cannot connect", event.at
    for name in known:
        if name in given:
            return _mode(given[name], event)
    for name in known:
        if name in url.query:
            return _told(url.query[name], event)
    return _by_variable(machine, url, arguments, event)


def _by_variable(
    machine: Machine, url: Url, arguments: Value | None, event: Event
) -> tuple[str | None, bool, str, Place | None]:
    variable = machine.variables.slots.values.get("PGSSLMODE")
    if event.name in AT_ONCE:
        variable = restrict(event.sslmode, dict(event.path)) if event.sslmode else None
    rest = arguments.rest if isinstance(arguments, Dict) else None
    if rest is not None:
        return None, False, f"the connection's arguments are not known: {rest.reason}", event.at
    if url.reason:
        return None, False, url.reason, event.at
    if isinstance(variable, Text):
        told = urls.piece_of(variable)
        return told.text, True, told.reason, next(iter(told.places), event.at)
    if variable is not None:
        return None, True, "what PGSSLMODE is hangs on what nothing decides", event.at
    return DEFAULT_SSLMODE, False, "", None


def _told(told: Piece, event: Event) -> tuple[str | None, bool, str, Place | None]:
    text = {"true": "require", "false": "disable"}.get((told.text or "").lower(), told.text)
    return text, True, told.reason, next(iter(told.places), event.at)


def _mode(value: Value, event: Event) -> tuple[str | None, bool, str, Place | None]:  # noqa: PLR0911 - one answer for each kind of value
    """What ``ssl=`` or ``sslmode=`` of a driver's arguments means."""
    if isinstance(value, Text):
        return _told(urls.piece_of(value), event)
    if isinstance(value, Constant):
        if value.value is True:
            return "require", True, "", event.at
        return ("disable" if value.value is False else DEFAULT_SSLMODE), True, "", event.at
    if isinstance(value, Instance) and value.cls == External("ssl.SSLContext"):
        return _context(value, event)
    if isinstance(value, Unknown):
        if "ssl.create_default_context" in value.reason:
            return "verify-full", True, "", event.at
        return None, True, value.reason, event.at
    if isinstance(value, Choice):
        return None, True, f"it hangs on: {value.condition.text}", event.at
    return None, True, "the TLS settings are not known", event.at


def _context(value: Instance, event: Event) -> tuple[str | None, bool, str, Place | None]:
    held = value.slots.values
    mode, names = held.get("verify_mode"), held.get("check_hostname")
    if isinstance(mode, External) and mode.name == "ssl.CERT_NONE":
        return "require", True, "", event.at
    if isinstance(names, Constant) and names.value is False:
        return "verify-ca", True, "", event.at
    return "verify-full", True, "", event.at


def _with_arguments(url: Url, arguments: Value | None) -> Url:
    """The address, where a driver's arguments replace parts of it."""
    given = _entries(arguments)
    changes: dict[str, object] = {}
    for name, field in (("host", "host"), ("port", "port"), ("user", "user"),
                        ("dbname", "database"), ("database", "database")):  # fmt: skip
        if name in given:
            changes[field] = urls.piece_of(given[name])
    if "password" in given:
        changes["password"] = urls.password_of(urls.piece_of(given["password"]))
    return replace(url, **changes) if changes else url  # type: ignore[arg-type]


def _agno(machine: Machine, event: Event, values: Mapping[str, Value]) -> list[Engine]:
    """An agno db makes an engine of its own from an URL; a given engine is somebody else's."""
    if not _is_none(values.get("db_engine")):
        return []
    made = []
    for address, under in _addresses(values.get("db_url", NONE)):
        url = urls.parse(address)
        mode, is_set, why, at = _sslmode(machine, url, None, _driver(url, event.name), event)
        made.append(
            Engine(
                "agno", event.at, url, _dialect(url), mode, is_set, why, at, pooled=True,
                pool_size=5, max_overflow=10, pre_ping=True, recycle=3600, own=False,
                under=under, trace=joined((), event.trace, address.trace),
            )
        )  # fmt: skip
    return made


def _connection(machine: Machine, event: Event, values: Mapping[str, Value]) -> Engine:
    """A connection that is opened at once: the arguments beat the conninfo string."""
    library = event.name.partition(".")[0]
    url = _address(values)
    mode, is_set, why, at = _by_keywords(machine, url, values, event)
    pooled = event.name.endswith("create_pool")
    if library == "asyncpg" and pooled:
        size, size_set, size_why = _number(values, "max_size", 10)
    elif pooled:
        size, size_set, size_why = _number(values, "maxsize", 10)
    else:
        size, size_set, size_why = None, False, ""
    return Engine(library, event.at, url, "postgresql", mode, is_set, why, at, pooled, size,
                  size_set, size_why, 0 if pooled else None, own=True,
                  trace=joined((), event.trace, *(v.trace for v in values.values())))  # fmt: skip


def _address(values: Mapping[str, Value]) -> Url:
    base = values.get("conninfo", values.get("dsn", NONE))
    url = Url("postgresql") if _is_none(base) else urls.parse(base)
    url = replace(url, dialect=url.dialect or "postgresql")
    keywords = {name: urls.piece_of(value) for name, value in values.items()
                if name in {"host", "port", "user", "password", "dbname", "database"}}  # fmt: skip
    if not keywords:
        return url
    given = urls.from_pieces("postgresql", keywords)
    return replace(
        url,
        user=given.user if "user" in keywords else url.user,
        password=given.password if "password" in keywords else url.password,
        host=given.host if "host" in keywords else url.host,
        port=given.port if "port" in keywords else url.port,
        database=given.database if {"dbname", "database"} & set(keywords) else url.database,
    )


def _by_keywords(
    machine: Machine, url: Url, values: Mapping[str, Value], event: Event
) -> tuple[str | None, bool, str, Place | None]:
    driver = event.name.partition(".")[0]
    known = ARGUMENTS.get(driver, "sslmode")
    strange = next((name for name in TLS_WORDS if name != known and name in values), "")
    if strange:
        return None, False, f"{driver} has no argument {strange}: it cannot connect", event.at
    if known in values:
        return _mode(values[known], event)
    if "sslmode" in url.query:  # asyncpg understands libpq's word in an address
        return _told(url.query["sslmode"], event)
    unseen = values.get("**")
    if isinstance(unseen, Unknown):
        return None, False, unseen.reason, event.at
    return _by_variable(machine, url, None, event)


def _pool(machine: Machine, event: Event, values: Mapping[str, Value]) -> Engine:
    """Psycopg's and psycopg2's pools."""
    library = event.name.partition(".")[0]
    inner = values.get("kwargs")
    merged = {**values, **_entries(inner)}
    url = _address({name: value for name, value in merged.items() if name != "min_size"})
    mode, is_set, why, at = _by_keywords(machine, url, merged, event)
    if isinstance(inner, (Unknown, Choice)) and not is_set:
        mode, why = None, "the connection's arguments are not known"
    if library == "psycopg2":
        size, size_set, size_why = _number(values, "maxconn", 0)
    elif "max_size" in values:
        size, size_set, size_why = _number(values, "max_size", 4)
    else:
        size, size_set, size_why = _number(values, "min_size", 4)
    pooled = "NullConnectionPool" not in event.name
    return Engine(library, event.at, url, "postgresql", mode, is_set, why, at, pooled,
                  size if pooled else None, size_set, size_why, 0 if pooled else None, own=True,
                  trace=joined((), event.trace, *(v.trace for v in values.values())))  # fmt: skip


def _django(machine: Machine) -> list[Engine]:
    """One connection for each thread and entry of ``DATABASES``; pooled only where asked."""
    made = []
    for alias, entry in django.databases(machine):
        held = entry.slots.values
        url = django.address(entry)
        at = entry.at or Place("")
        event = Event("django.DATABASES", {}, at, (), entry.trace)
        options = held.get("OPTIONS")
        mode, is_set, why, where = _sslmode(machine, url, options, "libpq", event)
        pool = _entries(options).get("pool")
        size, size_set, size_why = (None, False, "")
        if isinstance(pool, Dict):
            size, size_set, size_why = _number(_entries(pool), "max_size", 4)
        elif isinstance(pool, Constant) and pool.value is True:
            size = 4
        _ = alias
        made.append(Engine("django", at, url, url.dialect, mode, is_set, why, where,
                           pooled=pool is not None, pool_size=size, pool_size_set=size_set,
                           pool_reason=size_why, max_overflow=0, trace=entry.trace))  # fmt: skip
        made[-1] = origins.explained(machine, event, held, made[-1])
    return made


__all__ = ["Class", "List", "Password", "Tuple", "engines"]
