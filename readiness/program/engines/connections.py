"""Connections that the code opens itself: the arguments beat the conninfo string."""

from collections.abc import Mapping

from msgspec.structs import replace

from readiness.program import urls
from readiness.program.answers import Engine, Piece, Url
from readiness.program.engines.drivers import driver
from readiness.program.engines.names import CONNECTS
from readiness.program.engines.process import Process, completed
from readiness.program.engines.reading import Reader, Values, is_none, unseen
from readiness.program.engines.tls import Asked, Tls, tls
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.provenance import joined
from readiness.program.values import NONE, Unknown, Value

WORDS = frozenset({"host", "hostaddr", "port", "user", "password", "dbname", "database",
                   "service"})  # fmt: skip


def _connection(machine: Machine, event: Event, values: Values) -> Engine:
    url, said = settled(machine, event, values)
    return Engine(event.name.partition(".")[0], event.at, url, "postgresql", said.mode,
                  said.is_set, said.reason, said.at, pooled=False, own=True,
                  trace=trace_of(event, values))  # fmt: skip


def trace_of(event: Event, values: Values) -> tuple:  # type: ignore[type-arg]
    """How the program came to a connection, and where its arguments come from."""
    return joined((), event.trace, *(value.trace for value in values.values()))


def settled(machine: Machine, event: Event, values: Values) -> tuple[Url, Tls]:
    """Where a driver's own call connects, and with which sslmode."""
    name = event.name.partition(".")[0]
    given = driver(name if name in {"asyncpg", "pg8000"} else "libpq")
    process = Process(machine, event, given)
    url, service = completed(address(values), process, _open(values))
    if name == "pg8000" and url.host == Piece():
        url = replace(url, host=Piece("localhost"))
    asked = Asked(given, url, values, (given.address,), process, event, _open(values), service)
    return url, tls(asked)


def _open(values: Values) -> str:
    found = values.get("**")
    inner = unseen(values.get("kwargs"))
    return found.reason if isinstance(found, Unknown) else inner


def address(values: Values) -> Url:
    """The address of a conninfo, of which arguments replace parts."""
    base = values.get("conninfo", values.get("dsn", NONE))
    url = Url("postgresql") if is_none(base) else urls.parse(base)
    url = replace(url, dialect="postgresql")
    words = {name: value for name, value in values.items()
             if name in WORDS and not is_none(value)}  # fmt: skip
    return with_words(url, words) if words else url


def with_words(url: Url, words: Mapping[str, Value]) -> Url:
    """The address with libpq's words in place of its parts."""
    given = urls.from_pieces("postgresql", {n: urls.piece_of(v) for n, v in words.items()})
    changes: dict[str, object] = {"query": {**url.query, **given.query}}
    for field, names in (("user", {"user"}), ("password", {"password"}), ("port", {"port"}),
                         ("host", {"host", "hostaddr"}),
                         ("database", {"dbname", "database"})):  # fmt: skip
        if names & set(words):
            changes[field] = getattr(given, field)
    return replace(url, dsn=None, **changes)


READERS: Mapping[str, Reader] = dict.fromkeys(CONNECTS, _connection)
