"""Checkers of transactions that stay open for too long."""

from collections.abc import Iterator

from readiness import Database, Finding, checker, ok, problem, undecided
from readiness.checkers.grants import grant_of
from readiness.checkers.providers import reset_server

_STATISTICS = "pg_read_all_stats"


@checker("health.transactions", privileges=("statistics",))
def transactions(database: Database, *, max_seconds: float = 300) -> Iterator[Finding]:
    """No transaction of a client is older than ``max_seconds``, prepared ones included."""
    found = database.transactions
    old = [one for one in found.open if one.age > max_seconds]
    for one in old:
        what = _name(one.name) if one.prepared else f"{one.pid} ({one.state})"
        kind = "prepared transaction" if one.prepared else "transaction of the process"
        yield problem(
            f"the {kind} {what} of {one.role} in {one.database} is {one.age:.0f} s old; "
            f"at most {max_seconds:g} s are allowed",
            hint=f"ROLLBACK PREPARED {_name(one.name)}, or COMMIT PREPARED, in {one.database}"
            if one.prepared
            else f"SELECT pg_terminate_backend({one.pid}), and set a time limit for {one.role}",
            data={"age": round(one.age), "role": one.role, "prepared": one.prepared},
        )
    if found.hidden:
        yield undecided(
            f"the transactions of {found.hidden} sessions of other roles are hidden from the "
            f"role {database.session.user}",
            hint=grant_of(_STATISTICS, database.session.user),
            data={"hidden": found.hidden},
        )
    if found.untracked:
        yield undecided(
            f"the server keeps no record of the transactions of {found.untracked} sessions",
            hint=reset_server(database, "track_activities"),
            data={"untracked": found.untracked},
        )
    if not old:
        oldest = max((one.age for one in found.open), default=0.0)
        yield ok(
            f"{len(found.open)} open transactions were seen, the oldest of {oldest:.0f} s",
            data={"open": len(found.open)},
        )


def _name(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"
