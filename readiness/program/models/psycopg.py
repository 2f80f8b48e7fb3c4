"""psycopg, psycopg2 and their pools: all of libpq's words."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.connecting import connect, pools
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, Constant, External, Unknown, Value, text

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
    known = getattr(base, "known", None)
    words = {key: value for key, value in arguments.keywords.items()
             if key not in {"conninfo", "dsn"}}  # fmt: skip
    if (
        arguments.open is not None
        or (known is None and base is not NONE)
        or "://" in (known or "")
    ):
        return base if not words else Unknown("a conninfo made of parts", arguments.at)
    pieces: list[Value] = [base] if known else []
    for name, value in words.items():
        if not (isinstance(value, Constant) and value.value is None):
            shown = machine.invoke(External("builtins.str"), arguments.at, value)
            pieces += [text(f" {name}='"), shown, text("'")]
    return concatenated(machine, pieces, arguments.at)


_MODULES = {"psycopg.connection": "psycopg", "psycopg.connection_async": "psycopg",
            "psycopg_pool.pool": "psycopg_pool", "psycopg_pool.pool_async": "psycopg_pool",
            "psycopg_pool.null_pool": "psycopg_pool",
            "psycopg_pool.null_pool_async": "psycopg_pool"}  # fmt: skip

TABLE = Table(
    functions={
        **{name: connect(name) for name in CONNECTS},
        "psycopg.conninfo.make_conninfo": _made, "psycopg2.extensions.make_dsn": _made,
    },
    classes=pools(POOLS),
    aliases=_MODULES,
)  # fmt: skip
