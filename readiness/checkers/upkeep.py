"""Checkers of the server's upkeep: vacuum, transaction numbers, indexes, collations."""

from collections.abc import Iterator, Sequence

from readiness import Database, Finding, Undecidable, checker, ok, problem, undecided
from readiness.checkers.grants import grant_of, quoted
from readiness.checkers.providers import reset_server
from readiness.checkers.switched import on_is_required

_FACTOR = 1.5
_COLLATIONS = 15


@checker("health.autovacuum")
def autovacuum(database: Database, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Autovacuum is on, with what it counts by, and for every table but those in ``allow``."""
    for name in ("autovacuum", "track_counts"):
        yield on_is_required(database, name, hint=reset_server(database, name))
    for table in database.tables:
        if not table.autovacuum and not {table.name, str(table)} & set(allow):
            place = f"{quoted(table.schema)}.{quoted(table.name)}"
            yield problem(
                f"autovacuum is switched off for the table {table}",
                hint=f"ALTER TABLE {place} RESET (autovacuum_enabled), or list it under `allow`",
                data={"table": str(table)},
            )


@checker("health.wraparound")
def wraparound(database: Database, *, max_age: int | None = None) -> Iterator[Finding]:
    """The oldest transaction of every database is far from where the numbers end.

    ``max_age`` is in transactions; without it one and a half times the age at which
    autovacuum begins to freeze by itself.
    """
    limits = {
        "xid": ("transaction", _limit(database, "autovacuum_freeze_max_age", max_age)),
        "mxid": ("multixact", _limit(database, "autovacuum_multixact_freeze_max_age", max_age)),
    }
    for one in database.databases:
        ages = {"xid": one.xid_age, "mxid": one.mxid_age}
        data = {"database": one.name, **ages}
        old = [kind for kind, age in ages.items() if age > limits[kind][1]]
        for kind in old:
            word, limit = limits[kind]
            yield problem(
                f"the oldest {word} of the database {one.name} is {ages[kind]} numbers old, "
                f"at most {limit} are allowed",
                hint=f"VACUUM (FREEZE) in {one.name}; find what holds vacuum back: old "
                "transactions, slots",
                data=data,
            )
        if not old:
            yield ok(f"the oldest transaction of {one.name} is {one.xid_age} numbers old",
                     data=data)  # fmt: skip


def _limit(database: Database, name: str, most: int | None) -> int:
    if most is not None:
        return most
    value = database.setting(name).text
    if not value.isdecimal():
        raise Undecidable(f"{name} is {value}, which is no number")
    return int(int(value) * _FACTOR)


@checker("health.invalid-index", privileges=("statistics",))
def invalid_index(database: Database) -> Iterator[Finding]:
    """No index is invalid, but for those that are being built."""
    found = database.invalid_indexes
    for one in found:
        data = {"index": str(one), "table": one.table}
        if one.hidden:
            yield undecided(
                f"the index {one} is not valid; whether it is being built is hidden from the "
                f"role {database.session.user}",
                hint=grant_of("pg_read_all_stats", database.session.user),
                data=data,
            )
        else:
            place = f"{quoted(one.schema)}.{quoted(one.name)}"
            yield problem(
                f"the index {one} of {one.table} is invalid: no query uses it, every write pays",
                hint=f"REINDEX INDEX CONCURRENTLY {place}, or DROP INDEX CONCURRENTLY {place}",
                data=data,
            )
    if not found:
        yield ok("no index is invalid", data={"indexes": 0})


@checker("health.collation")
def collation(database: Database) -> Iterator[Finding]:
    """The database sorts text by the version of the collation that it was built with."""
    if database.version.major < _COLLATIONS:
        raise Undecidable(f"PostgreSQL {database.version} does not record it", "upgrade to 15")
    name = database.session.database
    one = next((held for held in database.databases if held.name == name), None)
    if one is None:
        raise Undecidable(f"the database {name} is not among those of the server")
    data = {"database": name, "recorded": one.collation, "now": one.collation_now}
    mend = f"reindex what sorts text, then ALTER DATABASE {quoted(name)} REFRESH COLLATION VERSION"
    if one.collation == one.collation_now:
        version = one.collation or "none, as the collation has no version"
        yield ok(f"the collation's version is as recorded: {version}", data=data)
    elif one.collation is None:
        yield undecided(
            f"nobody recorded with which version of its collation {name} was built; now it is "
            f"{one.collation_now}",
            hint=mend,
            data=data,
        )
    else:
        yield problem(
            f"{name} was built with version {one.collation} of its collation, and the system "
            f"has {one.collation_now or 'none'}: indexes of text may lie",
            hint=mend,
            data=data,
        )
