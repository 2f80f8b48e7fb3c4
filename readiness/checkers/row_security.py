"""Checkers of row security, which keeps one tenant's rows from another."""

from collections.abc import Iterator, Sequence

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Program,
    Undecidable,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.grants import quoted
from readiness.checkers.roles import app_roles, reached, unknown_users

_PAST = {"SUPERUSER", "BYPASSRLS"}


@checker("schema.row-security")
def row_security(
    database: Database,
    program: Program | None,
    *,
    columns: Sequence[str] = (),
    allow: Sequence[str] = (),
    app_role: str | None = None,
) -> Iterator[Finding]:
    """Row security holds the application's role in every table with one of ``columns``.

    It is enabled, and forced where the role owns the table. ``allow`` names tables that
    need none, as ``schema.table`` or ``table``. Without ``columns`` nothing is judged.
    """
    if not columns:
        raise NotApplicable("the rule names no column of a tenant, such as tenant_id")
    wanted, allowed = set(columns), set(allow)
    found = [
        one
        for one in database.columns
        if wanted & set(one.columns) and not {one.name, str(one)} & allowed
    ]
    if not found:
        raise NotApplicable(f"no table has a column {' or '.join(sorted(wanted))}")
    powers = {role.name: set(role.powers) for role in database.roles}
    yield from unknown_users(program, app_role)
    for role, whence in app_roles(database, program, app_role):
        if role not in powers:
            yield undecided(f"{role} ({whence}) is no role of this server")
        elif past := sorted(powers[role] & _PAST):
            yield _unheld(role, whence, past, len(found))
        else:
            rights = {role, "PUBLIC", *reached(database, role, rights=True)}
            for one in found:
                used = bool(rights & set(one.granted)) or not one.partition
                yield from _judge(database, str(one), role, rights, used=used)


def _unheld(role: str, whence: str, past: Sequence[str], tables: int) -> Finding:
    return problem(
        f"{role} ({whence}) has {' and '.join(past)}, so no row security holds it in "
        f"{counted(tables, 'table')} with a tenant",
        hint=f"ALTER ROLE {quoted(role)} {' '.join(f'NO{word}' for word in past)}",
        data={"role": role, "powers": past},
    )


def _judge(
    database: Database, name: str, role: str, rights: set[str], *, used: bool
) -> Iterator[Finding]:
    table = database.table(name)
    if table is None:
        raise Undecidable(f"the table {name} was not there any more when it was looked at")
    owned = table.owner in rights
    data = {"table": name, "role": role, "owned": owned}
    place = f"{quoted(table.schema)}.{quoted(table.name)}"
    if not table.row_security and (used or owned):
        yield problem(
            f"the table {name} has a tenant's column and no row security",
            hint=f"ALTER TABLE {place} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, and "
            "CREATE POLICY",
            data=data,
        )
    elif table.row_security and owned and not table.row_security_forced:
        yield problem(
            f"the table {name} has row security that does not hold its owner, and {role} owns it",
            hint=f"ALTER TABLE {place} FORCE ROW LEVEL SECURITY, or give it another owner",
            data=data,
        )
    elif table.row_security:
        yield ok(f"row security of {name} holds {role}", data=data)
    else:
        yield ok(f"{name} is a partition that {role} reaches through its table only", data=data)
