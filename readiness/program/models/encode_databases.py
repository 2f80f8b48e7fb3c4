"""The library ``databases``: a pool of asyncpg by an address."""

from readiness.program.models.connecting import connect
from readiness.program.models.table import Table

DATABASE = "databases.Database"

TABLE = Table(
    functions={DATABASE: connect(DATABASE, ("url",))},
    aliases={"databases.core.Database": DATABASE},
)  # fmt: skip
