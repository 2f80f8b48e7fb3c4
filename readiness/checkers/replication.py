"""Checkers of the standbys that follow the server."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Standby,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.grants import grant_of

_BACKUP = "backup"


@checker("replication.standbys", privileges=("statistics",))
def standbys(database: Database, *, expected: int = 0, max_lag: float = 60) -> Iterator[Finding]:
    """Every standby streams, and is less than ``max_lag`` seconds behind.

    At least ``expected`` of them are connected.
    """
    if database.session.standby:
        raise NotApplicable("the server is a standby; what follows it is its primary's business")
    found = [one for one in database.standbys if one.state != _BACKUP]
    if len(found) < expected:
        yield problem(
            f"{counted(len(found), 'standby is', 'standbys are')} connected, at least {expected} "
            f"{'is' if expected == 1 else 'are'} expected",
            hint="read the standby's log: its primary_conninfo, its slot, the line in pg_hba.conf",
            data={"standbys": len(found), "expected": expected},
        )
    elif not found:
        raise NotApplicable("no standby is connected, and the rule expects none")
    for one in found:
        yield _judge(one, database.session.user, max_lag)


def _judge(one: Standby, user: str, max_lag: float) -> Finding:
    data = {"standby": one.name, "state": one.state, "lag": one.lag, "behind": one.behind}
    if one.state is None:
        return undecided(
            f"the state of the standby {one.name} is hidden from the role {user}",
            hint=grant_of("pg_read_all_stats", user),
            data=data,
        )
    if one.state != "streaming":
        return problem(
            f"the standby {one.name} is in the state {one.state}, streaming is required",
            hint="wait until it has caught up, or read its log",
            data=data,
        )
    if one.lag is not None and one.lag > max_lag:
        return problem(
            f"the standby {one.name} is {one.lag:.0f} s behind, at most {max_lag:g} s are allowed",
            hint="look for a paused replay, a long query there, a slow disk or network",
            data=data,
        )
    if one.lag is None and one.behind != 0:
        return undecided(
            f"the standby {one.name} streams, and how far it is behind was not measured yet",
            hint="check again while the server writes",
            data=data,
        )
    lag = "and has everything" if one.lag is None else f"{one.lag:.1f} s behind"
    return ok(f"the standby {one.name} streams, {lag}", data=data)
