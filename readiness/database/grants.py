"""The least role that may look at a server, as SQL to be run once."""

from collections.abc import Collection, Iterator

from msgspec import Struct

from readiness.database.catalogue import ARCHIVE, HBA, VERIFIERS, quoted, text_of


class Privilege(Struct, frozen=True):
    """What a checker may need beyond what any role reads: why, and the statement that gives it."""

    why: str
    grant: str


PRIVILEGES = {
    "settings": Privilege(
        "Settings that only some may see.", "GRANT pg_read_all_settings TO {role};"
    ),
    "statistics": Privilege(
        "What the sessions of other roles do.", "GRANT pg_read_all_stats TO {role};"
    ),
    "archive": Privilege("How much of the log waits for its archive.", ARCHIVE.grant),
    "hba": Privilege("pg_hba.conf, for the rules on who gets in.", HBA.grant),
    "verifiers": Privilege(
        "Sensitive: the passwords' verifiers, for the rules on passwords.", VERIFIERS.grant
    ),
    "versions": Privilege(
        "The tables in which tools record the version of a schema, as far as they are there now.",
        text_of("grant_version_tables"),
    ),
}
"""Every privilege that a checker can name, in the order in which they are granted."""

_WATCHING = ("settings", "statistics")
_MONITOR = "GRANT pg_monitor TO {role};"


def least_role(
    privileges: Collection[str] | None = None,
    *,
    role: str = "readiness",
    database: str = "app",
    asking: Collection[str] = (),
) -> str:
    """Give the SQL that makes the role; its password is chosen by whoever runs it.

    ``privileges`` are those that the rules need, all of them where it is left out;
    ``asking`` names the rules that put SQL of their own.
    """
    name, text = quoted(role), "'" + role.replace("'", "''") + "'"
    wanted = PRIVILEGES if privileges is None else privileges
    own = "-- The rule {} puts SQL of its own: grant SELECT on what it reads."
    console = "-- Where PgBouncer stands between, in pgbouncer.ini, for its console: stats_users ="
    lines = [
        f"-- Run as a superuser in the database {_line(database)}, to which the grants belong.",
        f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 2;",
        f"ALTER ROLE {name} SET default_transaction_read_only = on;",
        f"GRANT CONNECT ON DATABASE {quoted(database)} TO {name};",
        *(line.format(role=name, text=text) for line in _granting(frozenset(wanted))),
        *map(own.format, asking),
        f"{console} {_line(role)}",
        f"-- The password: \\password {_line(name)}",
    ]
    return "\n".join((*lines, ""))


def _line(name: str) -> str:
    """A name in a comment, which ends with its line."""
    return " ".join(name.split())


def _granting(wanted: frozenset[str]) -> Iterator[str]:
    """The grants, each under its reason; pg_monitor stands for what it contains."""
    monitor = "archive" in wanted or wanted.issuperset(_WATCHING)
    if monitor:
        yield "-- Settings, statistics and the archive status."
        yield _MONITOR
    for key, privilege in PRIVILEGES.items():
        if key in wanted and not (monitor and key in {*_WATCHING, "archive"}):
            yield f"-- {privilege.why}"
            yield privilege.grant
