"""Checkers of the server's health: its version, its vacuum, its memory, its pending changes."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from readiness import (
    Clock,
    Database,
    Finding,
    NotApplicable,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.grants import grant_of
from readiness.checkers.providers import provider_of, set_server
from readiness.checkers.releases import RELEASES, Major

_STALE_DAYS = 120


@checker("health.version")
def version(database: Database, clock: Clock, *, eol_days: int = 0) -> Iterator[Finding]:
    """The major version is supported, and will be for ``eol_days`` more."""
    found = database.version
    major = _major(found.major, clock)
    end = major.supported_until
    data = {"version": str(found), "supported_until": end.isoformat()}
    if clock.today() > end:
        yield problem(
            f"PostgreSQL {found} has had no mends since {end}; a supported version is required",
            hint=f"upgrade to PostgreSQL {max(RELEASES.majors)}",
            data=data,
        )
    elif clock.today() + timedelta(days=eol_days) > end:
        yield problem(
            f"PostgreSQL {found} is supported until {end} only, "
            f"at least {eol_days} more days are required",
            hint=f"plan the upgrade to PostgreSQL {max(RELEASES.majors)}",
            data=data,
        )
    else:
        yield ok(f"PostgreSQL {found} is supported until {end}", data=data)


@checker("health.minor-version")
def minor_version(database: Database, clock: Clock, *, most_behind: int = 1) -> Iterator[Finding]:
    """The minor version is at most ``most_behind`` releases old."""
    found = database.version
    newest = _major(found.major, clock).minor
    behind = max(newest - found.minor, 0)
    data = {"version": str(found), "newest": f"{found.major}.{newest}", "behind": behind}
    if behind <= most_behind:
        yield ok(f"PostgreSQL {found}: {behind} releases behind {found.major}.{newest}", data=data)
    else:
        yield problem(
            f"PostgreSQL {found} is {behind} releases behind {found.major}.{newest}, "
            f"at most {most_behind} is allowed",
            hint="install the newest minor release and restart",
            data=data,
        )


def _major(number: int, clock: Clock) -> Major:
    if RELEASES.is_stale(clock.today(), _STALE_DAYS):
        raise Undecidable(
            f"what this program knows of releases is of {RELEASES.as_of}, more than "
            f"{_STALE_DAYS} days ago",
            "upgrade readiness",
        )
    if number not in RELEASES.majors:
        raise Undecidable(
            f"PostgreSQL {number} is not in the table of releases of {RELEASES.as_of}",
            "upgrade readiness",
        )
    return RELEASES.majors[number]


@checker("health.restart", privileges=("settings",))
def restart(database: Database) -> Iterator[Finding]:
    """No setting waits for a restart."""
    waiting = sorted(one.name for one in database.settings.values() if one.pending_restart)
    if waiting:
        yield problem(
            f"{', '.join(waiting)} was changed and waits for a restart of the server",
            hint="restart the server, or take the change back",
            data={"waiting": waiting},
        )
    elif not database.session.reads_settings:
        yield undecided(
            f"no setting that the role {database.session.user} may see waits for a restart; "
            "others are hidden from it",
            hint=grant_of("pg_read_all_settings", database.session.user),
            data={"waiting": []},
        )
    else:
        yield ok("no setting waits for a restart", data={"waiting": []})


@checker("health.memory")
def memory(
    database: Database, *, settings: Sequence[str] = ("shared_buffers",)
) -> Iterator[Finding]:
    """The server's memory is not left at what initdb chose."""
    if provider := provider_of(database):
        raise NotApplicable(f"{provider} sizes its servers itself")
    for name in settings:
        found = database.setting(name)
        data = {name: found.text, "stock": found.stock}
        if found.stock is None:
            yield undecided(
                f"{name} is {found.shown}; what it is by default is not known", data=data
            )
        elif found.text == found.stock:
            yield problem(
                f"{name} is {found.shown}, as it is when nobody sets it; about a quarter of the "
                "machine's memory is usual",
                hint=set_server(database, name, "…", restart=True),
                data=data,
            )
        else:
            yield ok(f"{name} is {found.shown}", data=data)
