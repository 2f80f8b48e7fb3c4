"""SQLAlchemy's engines: what ``connect_args`` say beats the URL, variables come last."""

from collections.abc import Mapping

from msgspec.structs import replace

from readiness.program import urls
from readiness.program.answers import Engine, Url
from readiness.program.engines import sizes
from readiness.program.engines.drivers import WORDS, driver
from readiness.program.engines.listeners import Connected, connected
from readiness.program.engines.process import Process, completed
from readiness.program.engines.reading import Reader, Values, entries, unseen
from readiness.program.engines.tls import Asked, Tls, tls
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries.sqlalchemy import CREATORS
from readiness.program.provenance import joined
from readiness.program.values import NONE, Unknown

FIELDS = (("host", "host"), ("hostaddr", "host"), ("port", "port"), ("user", "user"),
          ("dbname", "database"), ("database", "database"))  # fmt: skip

OF_LIBRARY = "__library__"
"""What the stand-in of a library says with an engine that the library makes by itself."""


def _engine(machine: Machine, event: Event, values: Values) -> Engine:
    url = urls.parse(values.get("url", NONE))
    made = connected(machine, event, values)
    url, said = _settled(machine, event, values, url, made)
    agno = event.name.startswith("agno.")
    own = not (agno or OF_LIBRARY in values)
    pool = sizes.of_sqlalchemy(machine, values)
    ping, recycle = (sizes.pings(values), sizes.recycles(values)) if not agno else (True, 3600)
    trace = joined((), event.trace, values.get("url", NONE).trace)
    return Engine("agno" if agno else "sqlalchemy", event.at, url, dialect(url), said.mode,
                  said.is_set, said.reason, said.at, pool.pooled, pool.size, pool.is_set,
                  pool.reason, pool.overflow, ping, recycle, own, trace=trace)  # fmt: skip


def _settled(
    machine: Machine, event: Event, values: Values, url: Url, made: Connected
) -> tuple[Url, Tls]:
    """Where the engine connects, and how: by its own address, or by a function of the code."""
    if made.reason:
        lost = replace(urls.unknown_url(made.reason), dialect=url.dialect)
        return lost, Tls(None, reason=made.reason, at=event.at)
    if made.by is not None:
        from readiness.program.engines.connections import settled  # noqa: PLC0415 - of each other

        address, said = settled(machine, made.by, made.given)
        return replace(address, dialect=url.dialect or address.dialect), said
    name = driver_of(url, event.name)
    args = {**entries(values.get("connect_args")), **made.given}
    open_ = unseen(values.get("connect_args")) or _more(values)
    process = Process(machine, event, driver(name))
    whole = with_arguments(url, args)
    whole, service = completed(whole, process, open_)
    words = WORDS if url.dialect is None else (driver(name).word,)
    asked = Asked(driver(name), whole, args, words, process, event, open_, service)
    return whole, tls(asked)


def _more(values: Values) -> str:
    found = values.get("**")
    return found.reason if isinstance(found, Unknown) else ""


def dialect(url: Url) -> str | None:
    """The kind of server, without the driver."""
    if url.dialect is None:
        return None
    name = url.dialect.partition("+")[0]
    return "postgresql" if name == "postgres" else name


def driver_of(url: Url, function: str) -> str:
    """The driver of an address; libpq where it names none, in every version."""
    name = url.dialect or ""
    if "+" in name:
        return name.partition("+")[2]
    return "asyncpg" if "async" in function and not name else "libpq"


def with_arguments(url: Url, given: Values) -> Url:
    """The address, where a driver's arguments replace parts of it."""
    changes: dict[str, object] = {}
    for name, field in FIELDS:
        if name in given:
            changes[field] = urls.piece_of(given[name])
    if "password" in given:
        changes["password"] = urls.password_of(urls.piece_of(given["password"]))
    more = {"service": urls.piece_of(given["service"])} if "service" in given else {}
    if not (changes or more):
        return url
    query = {**{k: v for k, v in url.query.items() if k not in given}, **more}
    return replace(url, query=query, dsn=None, **changes)


READERS: Mapping[str, Reader] = dict.fromkeys(CREATORS, _engine)
