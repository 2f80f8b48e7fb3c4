"""aiopg: psycopg2 within asyncio."""

from readiness.program.models.libraries.connecting import connect
from readiness.program.models.table import Table

CONNECTS = ("aiopg.connect",)
POOLS = ("aiopg.create_pool", "aiopg.sa.create_engine")

TABLE = Table(
    functions={name: connect(name) for name in (*CONNECTS, *POOLS)},
    aliases={"aiopg.connection.connect": "aiopg.connect",
             "aiopg.pool.create_pool": "aiopg.create_pool"},
)  # fmt: skip
