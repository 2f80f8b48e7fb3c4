"""pg8000: no libpq, no address, ``ssl_context`` in the place of ``sslmode``."""

from readiness.program.models.libraries.connecting import connect
from readiness.program.models.table import Table

CONNECTS = ("pg8000.connect", "pg8000.native.Connection")
_PARAMETERS = ("user", "host", "database", "port", "password")

TABLE = Table(
    functions={name: connect(name, _PARAMETERS) for name in CONNECTS},
    aliases={"pg8000.dbapi.connect": "pg8000.connect",
             "pg8000.legacy.connect": "pg8000.connect"},
)  # fmt: skip
