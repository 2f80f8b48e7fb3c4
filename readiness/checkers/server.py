"""Checkers of single settings of the server, as it has them or as a role gets them."""

from collections.abc import Iterator, Sequence
from math import inf

from readiness import Database, Finding, Matcher, NotApplicable, Program, checker, ok, problem
from readiness.checkers.grants import hidden_among, quoted
from readiness.checkers.providers import provider_of, set_server
from readiness.checkers.roles import app_roles, unknown_users

_USUAL = 5.0


@checker("server.settings", privileges=hidden_among)
def settings(
    database: Database, *, expect: dict[str, Matcher], not_at: Sequence[str] = ()
) -> Iterator[Finding]:
    """Settings of the server are as expected.

    ``expect`` maps each setting to an expectation of the server's own text (`on`, `64`).
    ``not_at`` names managed services, such as Neon, where the setting means nothing.
    """
    if (provider := provider_of(database)) in not_at:
        raise NotApplicable(f"{provider} keeps the data in its own way, without this setting")
    for name, matcher in expect.items():
        found = database.setting(name)
        data = {name: found.text, "source": found.source}
        if matcher.accepts(found.text):
            yield ok(f"{name} is {found.shown}", data=data)
        else:
            yield problem(
                f"{name} is {found.shown or 'empty'}, expected is {matcher}",
                hint=f"{set_server(database, name, '…')}; or mend it where it was set "
                f"({found.source})",
                data=data,
            )


@checker("server.role-settings", privileges=hidden_among)
def role_settings(
    database: Database,
    program: Program | None,
    *,
    expect: dict[str, Matcher],
    app_role: str | None = None,
) -> Iterator[Finding]:
    """Settings are as expected in the sessions of the application's role.

    ALTER ROLE and ALTER DATABASE count; ``expect`` is as in `server.settings`.
    """
    yield from unknown_users(program, app_role)
    for role, whence in app_roles(database, program, app_role):
        for name, matcher in expect.items():
            found = database.effective_setting(name, role)
            data = {name: found.text, "role": role, "source": found.source}
            if matcher.accepts(found.text):
                yield ok(f"{name} is {found.shown} for {role} ({whence})", data=data)
            else:
                yield problem(
                    f"{name} is {found.shown} for {role} ({whence}), expected is {matcher}",
                    hint=f"ALTER ROLE {quoted(role)} SET {name} = …",
                    data=data,
                )


@checker("server.time-limit", privileges=hidden_among)
def time_limit(
    database: Database,
    program: Program | None,
    *,
    setting: str,
    max_seconds: float | None = None,
    app_role: str | None = None,
) -> Iterator[Finding]:
    """A time limit is set in the sessions of the application's role, and not too long.

    ``setting`` is one such as statement_timeout, where 0 means no limit. Without
    ``max_seconds`` any limit will do.
    """
    yield from unknown_users(program, app_role)
    for role, whence in app_roles(database, program, app_role):
        found = database.effective_setting(setting, role)
        seconds = found.seconds
        data = {setting: found.text, "seconds": seconds, "role": role}
        if 0 < seconds <= (inf if max_seconds is None else max_seconds):
            yield ok(f"{setting} is {found.shown} for {role} ({whence})", data=data)
            continue
        state = "is not set" if seconds <= 0 else f"is {found.shown}"
        wanted = "a limit" if max_seconds is None else f"at most {max_seconds:g} s"
        yield problem(
            f"{setting} {state} for {role} ({whence}), {wanted} is required",
            hint=f"ALTER ROLE {quoted(role)} SET {setting} = '{max_seconds or _USUAL:g}s'",
            data=data,
        )
