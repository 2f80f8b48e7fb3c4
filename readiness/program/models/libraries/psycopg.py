"""psycopg, psycopg2 and their pools: all of libpq's words."""

from typing import TYPE_CHECKING

from readiness.program.models.libraries.connecting import connect, pools
from readiness.program.models.libraries.conninfo_words import in_order, words_of, written
from readiness.program.models.libraries.sqlalchemy_urls import make_url, replaced, updated
from readiness.program.models.table import Table
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CONNECTS = ("psycopg.connect", "psycopg.Connection.connect", "psycopg.AsyncConnection.connect",
            "psycopg2.connect")  # fmt: skip
POOLS = {
    "psycopg_pool.ConnectionPool": ("conninfo",),
    "psycopg_pool.AsyncConnectionPool": ("conninfo",),
    "psycopg_pool.NullConnectionPool": ("conninfo",),
    "psycopg_pool.AsyncNullConnectionPool": ("conninfo",),
    "psycopg2.pool.SimpleConnectionPool": ("minconn", "maxconn", "dsn"),
    "psycopg2.pool.ThreadedConnectionPool": ("minconn", "maxconn", "dsn"),
}


def _made(machine: "Machine", arguments: Arguments) -> Value:
    """``make_conninfo(conninfo, **words)``: the words beat the conninfo."""
    base = arguments.get("conninfo", 0) or arguments.get("dsn", 0) or NONE
    words = {key: value for key, value in arguments.keywords.items()
             if key not in {"conninfo", "dsn"} and not _is_none(value)}  # fmt: skip
    if arguments.open is not None:
        return Unknown("a conninfo made of parts", arguments.at, base.trace)

    def one(value: Value) -> Value:
        if not words:
            return value
        held = {} if _is_none(value) else words_of(value)
        if held is None:
            return _changed(machine, value, words, arguments)
        return written(machine, held | words, arguments.at)

    return machine.each(base, one)


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _changed(
    machine: "Machine", base: Value, words: dict[str, Value], arguments: Arguments
) -> Value:
    """An address of which words replace parts, or come to its query."""
    parts = {_PARTS[name]: value for name, value in words.items() if name in _PARTS}
    more = {name: value for name, value in words.items() if name not in _PARTS}

    def one(url: Value) -> Value:
        if not isinstance(url, Instance):
            return Unknown("a conninfo made of parts", arguments.at, base.trace)
        return updated(machine, replaced(machine, url, parts, arguments.at), more, arguments.at)

    return machine.each(make_url(machine, Arguments((base,), {}, arguments.at)), one)


_PARTS = {"host": "host", "port": "port", "user": "username", "password": "password",
          "dbname": "database"}  # fmt: skip


def _parsed(machine: "Machine", arguments: Arguments) -> Value:
    """``conninfo_to_dict(conninfo, **words)``: the words of an address, or of words."""
    base = arguments.get("conninfo", 0) or arguments.get("dsn", 0) or NONE
    given = {key: value for key, value in arguments.keywords.items()
             if key not in {"conninfo", "dsn"} and not _is_none(value)}  # fmt: skip
    unknown = Unknown("the words of a conninfo", arguments.at, base.trace)
    if arguments.open is not None:
        return unknown

    def one(value: Value) -> Value:
        held = {} if _is_none(value) else words_of(value)
        if held is None:
            return unknown
        found = in_order({**held, **given})
        return Dict(dict(found), {key: text(key) for key in found})

    return machine.each(base, one)


_MODULES = {"psycopg.connection": "psycopg", "psycopg.connection_async": "psycopg",
            "psycopg_pool.pool": "psycopg_pool", "psycopg_pool.pool_async": "psycopg_pool",
            "psycopg_pool.null_pool": "psycopg_pool",
            "psycopg_pool.null_pool_async": "psycopg_pool"}  # fmt: skip

TABLE = Table(
    functions={
        **{name: connect(name) for name in CONNECTS},
        "psycopg.conninfo.make_conninfo": _made, "psycopg2.extensions.make_dsn": _made,
        "psycopg.conninfo.conninfo_to_dict": _parsed, "psycopg2.extensions.parse_dsn": _parsed,
    },
    classes=pools(POOLS),
    aliases=_MODULES,
)  # fmt: skip
