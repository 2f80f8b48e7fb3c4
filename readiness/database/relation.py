"""What the database holds: extensions, schemas, tables, schema versions."""

from msgspec import Struct


class Extension(Struct, frozen=True):
    """An extension that this database has; ``default`` is the version on the server's disk."""

    name: str
    version: str = ""
    default: str | None = None
    schema: str | None = None


class Table(Struct, frozen=True):
    """A table of the application; ``rows`` is the planner's estimate, None if never counted."""

    name: str
    schema: str = "public"
    owner: str = ""
    kind: str = "table"
    unlogged: bool = False
    rows: int | None = None
    autovacuum: bool = True
    row_security: bool = False
    row_security_forced: bool = False

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


class Columns(Struct, frozen=True):
    """The columns of a table, and the roles that were granted its rows (``PUBLIC`` for all).

    ``partition`` says that it is a part of another table, through which it is used.
    """

    name: str
    schema: str = "public"
    columns: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    partition: bool = False

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


class SchemaVersion(Struct, frozen=True):
    """One recorded schema version: ``of`` says what it is the version of.

    ``tool`` is ``agno``, ``alembic`` or ``django``; for agno ``of`` is the table, for
    Django the application, for alembic it is empty.
    """

    tool: str
    version: str
    of: str = ""
    schema: str = "public"
