"""Every statement that reads a fact, for which versions, and what it needs."""

from functools import cache
from pathlib import Path

from msgspec import Struct

OLDEST = 100000
NEWEST = 10**9


class Need(Struct, frozen=True):
    """A privilege: the column of the first flight that tells of it, and the grant."""

    column: str
    reason: str
    grant: str


class Statement(Struct, frozen=True):
    """One fact's statement: its file, and the versions from ``since`` to below ``until``."""

    fact: str
    file: str
    since: int = OLDEST
    until: int = NEWEST
    need: Need | None = None

    @property
    def sql(self) -> str:
        """The statement as it is sent."""
        return text_of(self.file)

    def fits(self, version: int) -> bool:
        """Tell whether this version of PostgreSQL understands it."""
        return self.since <= version < self.until


HBA = Need(
    "may_hba",
    "pg_hba.conf is hidden from the role {role}",
    "GRANT SELECT ON pg_hba_file_rules TO {role}; "
    "GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO {role};",
)
VERIFIERS = Need(
    "may_verifiers",
    "the passwords' verifiers are hidden from the role {role}",
    "GRANT SELECT (rolname, rolpassword, rolcanlogin) ON pg_authid TO {role};",
)
ARCHIVE = Need(
    "may_archive_waiting",
    "the archive status is hidden from the role {role}",
    "GRANT pg_monitor TO {role};",
)
SYSTEM = Need(
    "may_system",
    "the system identifier is hidden from the role {role}",
    "GRANT EXECUTE ON FUNCTION pg_control_system() TO {role};",
)

STATEMENTS: tuple[Statement, ...] = (
    Statement("settings", "settings"),
    Statement("role_settings", "role_settings"),
    Statement("roles", "roles"),
    Statement("memberships", "memberships", until=160000),
    Statement("memberships", "memberships_16", since=160000),
    Statement("capacity", "capacity"),
    Statement("archiver", "archiver"),
    Statement("archive_waiting", "archive_waiting", since=120000, need=ARCHIVE),
    Statement("slots", "slots", until=130000),
    Statement("slots", "slots_13", since=130000),
    Statement("standbys", "standbys"),
    Statement("transactions", "transactions"),
    Statement("extensions", "extensions"),
    Statement("available_extensions", "available_extensions"),
    Statement("schemas", "schemas"),
    Statement("tables", "tables"),
    Statement("columns", "columns"),
    Statement("public_grants", "public_grants"),
    Statement("definers", "definers"),
    Statement("databases", "databases", until=150000),
    Statement("databases", "databases_15", since=150000),
    Statement("invalid_indexes", "invalid_indexes", since=120000),
    Statement("hba", "hba", until=160000, need=HBA),
    Statement("hba", "hba_16", since=160000, need=HBA),
    Statement("verifiers", "verifiers", need=VERIFIERS),
    Statement("system", "system", need=SYSTEM),
)

VERSION_TABLES = {
    "agno_schema_versions": "agno",
    "alembic_version": "alembic",
    "django_migrations": "django",
}
"""Tables in which tools record the version of a schema, each with its tool."""

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
END = "ROLLBACK"
# Our own statements mean PostgreSQL's own functions, whatever stands in other schemas; the
# rules' queries get the role's search path back.
OURS = ("SAVEPOINT ours", "SELECT pg_catalog.set_config('search_path', 'pg_catalog', true)")
OURS_END = "ROLLBACK TO SAVEPOINT ours"


@cache
def text_of(file: str) -> str:
    """The text of a statement's file."""
    return (Path(__file__).parent / "queries" / f"{file}.sql").read_text("utf-8").strip()


def quoted(name: str) -> str:
    """A name as SQL writes it, quoted where it has to be."""
    plain = name.isidentifier() and name.isascii() and name == name.lower()
    return name if plain else always_quoted(name)


def always_quoted(name: str) -> str:
    """A name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def version_query(schema: str, table: str) -> str:
    """The statement that reads one table of schema versions."""
    place = f"{always_quoted(schema)}.{always_quoted(table)}"
    return text_of(table).replace("{table}", place)
