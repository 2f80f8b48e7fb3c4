"""Tortoise, peewee and databases, which make connections of their own."""

from collections.abc import Mapping

from msgspec.structs import replace

from readiness.program import urls
from readiness.program.answers import Engine, Piece, Url
from readiness.program.engines.connections import trace_of
from readiness.program.engines.drivers import ASYNCPG, LIBPQ, WORDS, Driver
from readiness.program.engines.process import Process, completed
from readiness.program.engines.reading import Reader, Values, entries, number, unseen, whole
from readiness.program.engines.sizes import Size
from readiness.program.engines.sqlalchemy import with_arguments
from readiness.program.engines.tls import Asked, tls
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import encode_databases, peewee, tortoise
from readiness.program.values import FALSE, NONE, TRUE, Unknown, Value, text

_POSTGRES = ("postgres", "asyncpg", "psycopg", "cockroach")


def _tortoise(machine: Machine, event: Event, values: Values) -> Engine | None:
    """An address whose ``ssl`` is true whatever it says, or an engine with credentials."""
    given = entries(values.get("credentials"))
    url = urls.parse(values["url"]) if "url" in values else Url("postgresql")
    kind = url.dialect or getattr(values.get("engine"), "known", None) or ""
    if kind and not any(word in kind for word in _POSTGRES):
        return None
    if "ssl" in url.query and url.query["ssl"].text:
        given = {**given, "ssl": TRUE}
    if "psycopg" in kind:
        given = {**given, "sslmode": _mode(given.pop("ssl", None))}
    sizes = {**_sizes(url, "maxsize", "max_size"), **given}
    name = "max_size" if "max_size" in sizes else "maxsize"
    pool = _of(number({name: whole(sizes[name])} if name in sizes else {}, name, 5))  # type: ignore[dict-item]
    driver = LIBPQ if "psycopg" in kind else ASYNCPG
    return _engine(machine, event, values, url, given, driver, pool,
                   unseen(values.get("credentials")))  # fmt: skip


def _mode(ssl: Value | None) -> Value:
    """What Tortoise makes of ``ssl`` for psycopg."""
    return text("require") if ssl is not None and ssl not in {NONE, FALSE} else NONE


def _databases(machine: Machine, event: Event, values: Values) -> Engine | None:
    """An address of which ``ssl`` and the sizes are read, and keywords that beat it."""
    url = urls.parse(values.get("url", NONE))
    if url.dialect and not url.dialect.startswith("postgres"):
        return None
    given: dict[str, Value] = {}
    if "ssl" in url.query:
        said = (url.query["ssl"].text or "").lower()
        unknown = Unknown(url.query["ssl"].reason or "ssl of its address", event.at)
        given["ssl"] = {"true": TRUE, "false": FALSE}.get(said, text(said) if said else unknown)
    sizes = {**_sizes(url, "max_size"), **values}
    given |= {name: value for name, value in values.items() if name != "url"}
    pool = _of(number(sizes, "max_size", 10))
    return _engine(machine, event, values, url, given, ASYNCPG, pool, _more(values))


def _peewee(machine: Machine, event: Event, values: Values) -> Engine | None:
    """Libpq's words; the name of the database may be an address."""
    given = {name: value for name, value in values.items() if name not in {"database", "url"}}
    pooled = event.name in peewee.POOLED
    base = values.get("url") or values.get("database", NONE)
    known = getattr(base, "known", None) or ""
    if event.name == peewee.BY_ADDRESS or known.startswith("postgresql://"):
        url = urls.parse(base)
        if url.dialect and not url.dialect.startswith(("postgres", "psycopg")):
            return None
        pooled = pooled or (url.dialect or "").endswith("+pool")
        url = replace(url, dialect="postgresql" if url.dialect else None)
    else:
        url, given = Url("postgresql"), {**given, "database": base}
    sizes = {**_sizes(url, "max_connections"), **values}
    pool = _of(number(sizes, "max_connections", 20)) if pooled else Size(pooled=False)
    return _engine(machine, event, values, url, given, LIBPQ, pool, _more(values),
                   (LIBPQ.word,))  # fmt: skip


def _engine(  # noqa: PLR0917 - what makes a connection
    machine: Machine, event: Event, values: Values, url: Url, given: Values, driver: Driver,
    pool: Size, open_: str, words: tuple[str, ...] = (),
) -> Engine:  # fmt: skip
    process = Process(machine, event, driver)
    if not words:  # what the library reads of the address, it has read
        ours = {key: one for key, one in url.query.items() if key != "ssl"}
        ours = ours if event.name == tortoise.CONNECTION else _without_words(ours)
        url = replace(url, query=ours)
    whole_url, service = completed(with_arguments(url, given), process, open_)
    dialect = None if url.dialect is None else "postgresql"
    asked = Asked(driver, replace(whole_url, dialect="postgresql"), given, words, process, event,
                  open_, service)  # fmt: skip
    said = tls(asked)
    return Engine(event.name.partition(".")[0], event.at, replace(whole_url, dialect=dialect),
                  dialect, said.mode, said.is_set, said.reason, said.at, pool.pooled, pool.size,
                  pool.is_set, pool.reason, 0 if pool.pooled else None, own=True,
                  trace=trace_of(event, values))  # fmt: skip


def _without_words(query: Mapping[str, Piece]) -> dict[str, Piece]:
    return {key: one for key, one in query.items() if key not in WORDS}


def _sizes(url: Url, *names: str) -> dict[str, Value]:
    """The sizes that an address says."""
    found: dict[str, Value] = {}
    for name in names:
        piece = url.query.get(name)
        if piece is not None:
            said = text(piece.text) if piece.text is not None else Unknown(piece.reason)
            found[name] = whole(said) or said
    return found


def _more(values: Values) -> str:
    found = values.get("**")
    return found.reason if isinstance(found, Unknown) else ""


def _of(told: tuple[int | None, bool, str]) -> Size:
    return Size(size=told[0], is_set=told[1], reason=told[2])


READERS: Mapping[str, Reader] = {
    tortoise.CONNECTION: _tortoise, encode_databases.DATABASE: _databases,
    **dict.fromkeys((*peewee.PLAIN, *peewee.POOLED, peewee.BY_ADDRESS), _peewee),
}  # fmt: skip
