"""Checkers of who owns what: an owner can drop a table, and passes its row security."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Program,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.grants import quoted
from readiness.checkers.roles import app_roles, reached, unknown_users

_SHOWN = 3
_HOLDING = frozenset({"table", "partitioned"})


@checker("roles.owner")
def owner(
    database: Database, program: Program | None, *, app_role: str | None = None
) -> Iterator[Finding]:
    """The application's role owns no table, also not through a role that it belongs to."""
    tables = [one for one in database.tables if one.kind in _HOLDING]
    if not tables:
        raise NotApplicable("the database has no table")
    roles = {role.name: role for role in database.roles}
    yield from unknown_users(program, app_role)
    for name, whence in app_roles(database, program, app_role):
        if name not in roles:
            yield undecided(f"{name} ({whence}) is no role of this server")
            continue
        own = {name, *reached(database, name, rights=True)}
        owned = [str(one) for one in tables if one.owner in own or roles[name].superuser]
        data = {"role": name, "owned": len(owned), "tables": len(tables)}
        if owned:
            more = ", …" if len(owned) > _SHOWN else ""
            yield problem(
                f"{name} ({whence}) has an owner's rights to {len(owned)} of "
                f"{counted(len(tables), 'table')} "
                f"({', '.join(owned[:_SHOWN])}{more}), so it can drop them",
                hint=f"let a role for migrations own them: REASSIGN OWNED BY {quoted(name)} TO "
                "owner",
                data=data,
            )
        else:
            yield ok(f"{name} ({whence}) owns none of {counted(len(tables), 'table')}", data=data)
