"""asyncpg: an address of its own reading, ``ssl`` in the place of ``sslmode``."""

from readiness.program.models.libraries.connecting import connect
from readiness.program.models.table import Table

CONNECTS = ("asyncpg.connect",)
POOLS = ("asyncpg.create_pool",)

TABLE = Table(
    functions={name: connect(name) for name in (*CONNECTS, *POOLS)},
    aliases={"asyncpg.pool.create_pool": "asyncpg.create_pool",
             "asyncpg.connection.connect": "asyncpg.connect"},
)  # fmt: skip
