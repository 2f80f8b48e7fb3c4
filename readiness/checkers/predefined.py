"""Checkers of who belongs to PostgreSQL's own roles."""

from collections.abc import Iterator, Sequence

from readiness import PROVIDER_ROLES, Database, Finding, checker, ok, problem
from readiness.checkers.grants import quoted

POWERFUL = (
    "pg_read_all_data",
    "pg_write_all_data",
    "pg_execute_server_program",
    "pg_read_server_files",
    "pg_write_server_files",
)
"""Roles that reach every row, every verifier, or the server's own machine."""


@checker("roles.powerful-members")
def powerful(
    database: Database, *, roles: Sequence[str] = POWERFUL, allow: Sequence[str] = ()
) -> Iterator[Finding]:
    """Nobody but those in ``allow`` belongs to one of the powerful ``roles``.

    Superusers, whom another rule counts, and a managed service's own roles are left out.
    """
    superusers = {role.name for role in database.roles if role.superuser}
    found = [
        (member, role)
        for role in roles
        for member in _members(database, role)
        if member not in superusers and member not in allow
    ]
    for member, role in found:
        yield problem(
            f"{member} belongs to {role}",
            hint=f"REVOKE {role} FROM {quoted(member)}, or name {member} under `allow`",
            data={"member": member, "role": role},
        )
    if not found:
        yield ok(f"nobody unexpected belongs to {', '.join(roles)}", data={"members": 0})


@checker("roles.monitoring")
def monitoring(database: Database) -> Iterator[Finding]:
    """A role that may log in and is no superuser belongs to pg_monitor."""
    fit = {role.name for role in database.roles if role.login and not role.superuser}
    found = [member for member in _members(database, "pg_monitor") if member in fit]
    if found:
        yield ok(f"{', '.join(found)} may watch the server", data={"roles": found})
    else:
        yield problem(
            "no role that is not a superuser may watch the server",
            hint="CREATE ROLE exporter LOGIN CONNECTION LIMIT 3; GRANT pg_monitor TO exporter",
            data={"roles": []},
        )


def _members(database: Database, role: str) -> tuple[str, ...]:
    """Who belongs to a role, straight or through others that are no service's own."""
    found: set[str] = set()
    waiting = [role]
    while waiting:
        current = waiting.pop()
        own = {one.member for one in database.memberships if one.role == current}
        new = own - found - PROVIDER_ROLES.keys() - {role}
        found |= new
        waiting.extend(new)
    return tuple(sorted(found))
