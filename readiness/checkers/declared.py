"""What the repository asks of the server's settings, against what the server has."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from readiness import (
    Database,
    DeclaredSetting,
    Deployment,
    Finding,
    NotApplicable,
    Program,
    Undecidable,
    checker,
    ok,
    problem,
    shown,
    undecided,
)
from readiness.checkers.grants import quoted
from readiness.checkers.roles import app_roles

_AUTO = "postgresql.auto.conf"
# How a setting begins to say that ALTER ROLE or ALTER DATABASE gave it.
_PERSONAL = ("role ", "database ")
# What may hold a password is compared and never shown.
_DISCREET = ("conninfo", "command", "password", "secret")


@checker("database.as-declared", privileges=("settings",))
def as_declared(
    database: Database,
    deployment: Deployment,
    program: Program | None,
    *,
    ignore: Sequence[str] = (),
    app_role: str | None = None,
) -> Iterator[Finding]:
    """The server has the settings that the repository declares, for the application too.

    Declared are those of `postgresql.conf`, of the server's command, of Terraform's
    parameter groups and flags, of the values of charts and of operators of Kubernetes.
    ``ignore`` names settings that may differ; ``app_role`` is the application's role, else
    those that the code connects as, else the session's.
    """
    said = [one for one in deployment.settings if one.name not in ignore]
    if not said:
        raise NotApplicable("no file here declares a setting of the server")
    for name, declared in groupby(said, key=lambda one: one.name):
        asked = _Asked(name, tuple(declared))
        try:
            yield from _judge(database, asked)
            yield from _overridden(database, program, asked, app_role)
        except Undecidable as answer:
            yield undecided(f"whether {name} is as declared is not known: {answer.reason}",
                            at=asked.first.at, hint=answer.hint)  # fmt: skip


class _Asked(Struct, frozen=True):
    """Everything that is declared of one setting."""

    name: str
    declared: tuple[DeclaredSetting, ...]

    @property
    def first(self) -> DeclaredSetting:
        return self.declared[0]

    def shown(self, text: str | None) -> str:
        discreet = any(word in self.name for word in _DISCREET)
        if discreet or (text and shown(self.name, text) != text):
            return "another value"
        return text or "empty"


def _judge(database: Database, asked: _Asked) -> Iterator[Finding]:
    live = database.setting(asked.name)
    for one in asked.declared:
        if one.text is not None and live.is_as(one.text):
            yield ok(f"{asked.name} is {asked.shown(live.shown)}, as {one.source} declares",
                     at=one.at, data={"source": live.source})  # fmt: skip
            return
    if all(one.text is None for one in asked.declared):
        yield undecided(f"{asked.name} is computed where {asked.first.source} is applied",
                        at=asked.first.at)  # fmt: skip
        return
    why, hint = _difference(database, asked)
    for one in asked.declared:
        if one.text is not None:
            yield problem(
                f"{one.source} declares {asked.name} = {asked.shown(one.text)}; {why}",
                at=one.at,
                hint=hint,
                data={"source": live.source, "pending_restart": live.pending_restart},
            )


def _difference(database: Database, asked: _Asked) -> tuple[str, str]:
    """Why the server has another value, and what makes it the declared one."""
    live = database.setting(asked.name)
    has = f"the server has {asked.shown(live.shown)}"
    if live.pending_restart:
        return f"{has} and waits for a restart", "restart the server"
    if (live.place or "").startswith(_AUTO):
        return (f"{has}, since ALTER SYSTEM set it ({live.place})",
                f"ALTER SYSTEM RESET {asked.name}; SELECT pg_reload_conf();")  # fmt: skip
    if live.source == "database":
        name = quoted(database.session.database)
        return (f"{has}, since ALTER DATABASE set it",
                f"ALTER DATABASE {name} RESET {asked.name}")  # fmt: skip
    if live.source == "default":
        return f"{has}, its default: what is declared was not applied", _apply(asked)
    where = f"{live.source} {live.place}" if live.place else live.source
    return f"{has}, from the {where}", _apply(asked)


def _apply(asked: _Asked) -> str:
    later = asked.first.applied == "pending-reboot"
    return f"apply {asked.first.source}{' and restart the server' if later else ''}, or mend it"


def _overridden(
    database: Database, program: Program | None, asked: _Asked, app_role: str | None
) -> Iterator[Finding]:
    """Where the application's sessions start with another value than the declared one."""
    if not any(one.name == asked.name for one in database.role_settings):
        return
    for role, whence in app_roles(database, program, app_role):
        theirs = database.effective_setting(asked.name, role)
        texts = [one.text for one in asked.declared if one.text is not None]
        if texts and not any(map(theirs.is_as, texts)) and theirs.source.startswith(_PERSONAL):
            yield problem(
                f"{asked.first.source} declares {asked.name} = {asked.shown(texts[0])}; the "
                f"sessions of {role} ({whence}) start with {asked.shown(theirs.shown)}, "
                f"as set for the {theirs.source}",
                at=asked.first.at,
                hint=f"ALTER ROLE {quoted(role)} RESET {asked.name}, or declare it",
                data={"role": role},
            )
