"""Checkers of roles: what the application's role may do, and who else is powerful."""

from collections.abc import Iterator, Sequence

from readiness import (
    PROVIDER_ROLES,
    Database,
    Finding,
    Program,
    checker,
    ok,
    problem,
    undecided,
)

MIGHTY = {
    "pg_execute_server_program": "a shell on the server",
    "pg_read_server_files": "every file of the server",
    "pg_write_server_files": "every file of the server",
    **dict.fromkeys(PROVIDER_ROLES, "the rights of the service's administrator"),
}
"""Roles that make their members as good as superusers, without any attribute."""


@checker("roles.application")
def application(
    database: Database,
    program: Program | None,
    *,
    app_role: str | None = None,
    allow: Sequence[str] = (),
) -> Iterator[Finding]:
    """The application's role has none of the powers of an administrator.

    The role is ``app_role``, else those that the code connects as, else the session's.
    ``allow`` names powers that it may have, such as CREATEDB, and roles that it may
    belong to.
    """
    roles = {role.name: role.powers for role in database.roles}
    for name, whence in app_roles(database, program, app_role):
        if name not in roles:
            yield undecided(
                f"{name} ({whence}) is no role of this server, so its powers are not known",
                hint="name the application's role with `app_role`",
            )
            continue
        held = {name: [power for power in roles[name] if power not in allow]}
        for other in reached(database, name, rights=False):
            held[other] = [power for power in roles.get(other, ()) if power not in allow]
        for other in reached(database, name, rights=True):
            if other in MIGHTY and other not in allow:
                held[other] = [MIGHTY[other]]
        yield _judge(name, whence, held)
    yield from unknown_users(program, app_role)


def unknown_users(program: Program | None, app_role: str | None) -> Iterator[Finding]:
    """Say of which engines the role is not known, so that it was not judged."""
    for engine in program.engines() if program and not app_role else ():
        dialect = engine.dialect or engine.url.dialect or "postgresql"
        user = engine.url.user
        why = user.reason or (engine.url.reason if user.text is None else "")
        if dialect.startswith("postgres") and why:
            yield undecided(
                f"the role that the code connects as is not known ({why}), so it was not judged",
                at=engine.at,
                hint="name the application's role with `app_role`, or supply the variable",
                source="code",
            )


def app_roles(
    database: Database, program: Program | None, app_role: str | None
) -> tuple[tuple[str, str], ...]:
    """The roles that the application connects as, each with how that is known."""
    if app_role:
        return ((app_role, "named by the rule"),)
    users: dict[str, str] = {}
    for engine in program.engines() if program else ():
        dialect = engine.dialect or engine.url.dialect or ""
        if dialect.startswith("postgres") and engine.url.user.text:
            users.setdefault(engine.url.user.text, f"the user of the engine at {engine.at}")
    if users:
        return tuple(sorted(users.items()))
    return ((database.session.user, "the role of this session"),)


def reached(database: Database, name: str, *, rights: bool) -> tuple[str, ...]:
    """The roles that a role may become step by step, or (``rights``) whose rights it has."""
    reached: list[str] = []
    waiting = [name]
    while waiting:
        current = waiting.pop()
        for one in database.memberships:
            counts = one.can_set or (rights and one.inherit)
            if one.member == current and counts and one.role not in {name, *reached}:
                reached.append(one.role)
                waiting.append(one.role)
    return tuple(sorted(reached))


def _judge(name: str, whence: str, held: dict[str, list[str]]) -> Finding:
    data = {"role": name, "powers": held[name]}
    if held[name]:
        words = " ".join(f"NO{power}" for power in held[name])
        return problem(
            f"{name} ({whence}) has {', '.join(held[name])}; an application needs none of it",
            hint=f"ALTER ROLE {name} {words}",
            data=data,
        )
    for other, powers in held.items():
        if powers:
            return problem(
                f"{name} ({whence}) belongs to {other}, which has {', '.join(powers)}; "
                "an application needs none of it",
                hint=f"REVOKE {other} FROM {name}",
                data={**data, "through": other},
            )
    return ok(f"{name} ({whence}) has no power of an administrator", data=data)


@checker("roles.superusers")
def superusers(database: Database, *, most: int = 1) -> Iterator[Finding]:
    """Few roles that may log in are superusers."""
    found = sorted(role.name for role in database.roles if role.superuser and role.login)
    text = f"superusers that may log in: {len(found)} ({', '.join(found) or 'none'})"
    if len(found) <= most:
        yield ok(text, data={"superusers": found})
    else:
        yield problem(
            f"{text}, at most {most} are allowed",
            hint="ALTER ROLE … NOSUPERUSER, or NOLOGIN",
            data={"superusers": found},
        )


@checker("roles.connection-limit")
def connection_limit(
    database: Database, program: Program | None, *, app_role: str | None = None
) -> Iterator[Finding]:
    """The application's role has a connection limit."""
    limits = {role.name: role.connection_limit for role in database.roles}
    yield from unknown_users(program, app_role)
    for name, whence in app_roles(database, program, app_role):
        if name not in limits:
            yield undecided(f"{name} ({whence}) is no role of this server")
        elif limits[name] <= 0:
            state = "may not connect at all (CONNECTION LIMIT 0)"
            yield problem(
                f"{name} ({whence}) has no connection limit, so it can take every slot"
                if limits[name] < 0
                else f"{name} ({whence}) {state}; a little above its pools' demand is required",
                hint=f"ALTER ROLE {name} CONNECTION LIMIT n, a little above its pools' demand",
                data={"role": name, "limit": limits[name]},
            )
        else:
            yield ok(
                f"{name} ({whence}) is limited to {limits[name]} connections",
                data={"role": name, "limit": limits[name]},
            )
