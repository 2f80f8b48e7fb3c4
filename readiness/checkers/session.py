"""Checkers of the session that the facts were read in."""

from collections.abc import Iterator

from readiness import Database, Finding, checker, ok, problem
from readiness.checkers.grants import quoted
from readiness.checkers.roles import MIGHTY, reached

_MEND = "make a role that only reads: `readiness database grants` prints it"
_WRITERS = {"pg_write_all_data": "the right to write every table"}


@checker("session.checker")
def harmless(database: Database) -> Iterator[Finding]:
    """The role that looks at the server could not change anything there."""
    session = database.session
    role = database.role(session.user)
    powers = list(role.powers) if role else []
    if session.superuser and "SUPERUSER" not in powers:
        powers.append("SUPERUSER")
    data = {"role": session.user, "powers": powers, "can_write": session.can_write}
    mighty = {**MIGHTY, **_WRITERS}
    through = [one for one in reached(database, session.user, rights=True) if one in mighty]
    if powers:
        yield problem(
            f"the checker's role {session.user} has {', '.join(powers)}; it needs none of it",
            hint=_MEND,
            data=data,
        )
    for one in through:
        yield problem(
            f"the checker's role {session.user} belongs to {one}, which gives it {mighty[one]}",
            hint=f"REVOKE {quoted(one)} FROM {quoted(session.user)}; or {_MEND}",
            data=data,
        )
    if session.can_write and not session.superuser:
        yield problem(
            f"the checker's role {session.user} may change a table of {session.database} or make "
            "one; it is only to read",
            hint=_MEND,
            data=data,
        )
    if not powers and not through and not session.can_write:
        yield ok(f"the checker's role {session.user} only reads", data=data)
