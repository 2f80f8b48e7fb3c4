"""Checkers of what the server tells its operators: statement statistics and the log."""

from collections.abc import Iterator

from readiness import Database, Finding, Undecidable, checker, ok, problem, undecided
from readiness.checkers.providers import set_server
from readiness.checkers.switched import on_is_required

_STATEMENTS = "pg_stat_statements"


@checker("observability.statements", privileges=("settings",))
def statements(database: Database) -> Iterator[Finding]:
    """pg_stat_statements is loaded by the server and created in this database."""
    created = any(one.name == _STATEMENTS for one in database.extensions)
    data = {"created": created}
    if not created:
        yield problem(
            f"the extension {_STATEMENTS} is not created in {database.session.database}; "
            "slow statements cannot be found",
            hint=f"add it to shared_preload_libraries, restart, CREATE EXTENSION {_STATEMENTS}",
            data=data,
        )
        return
    try:
        loaded = _STATEMENTS in database.setting("shared_preload_libraries").items
    except Undecidable as error:
        yield undecided(
            f"the extension {_STATEMENTS} is created; whether the server loads it cannot be "
            f"told: {error.reason}",
            hint=error.hint,
            data=data,
        )
        return
    data = {**data, "loaded": loaded}
    if loaded:
        yield ok(f"{_STATEMENTS} is loaded and created", data=data)
    else:
        yield problem(
            f"the extension {_STATEMENTS} is created, and shared_preload_libraries does not "
            "name it, so it counts nothing",
            hint=set_server(database, "shared_preload_libraries", _STATEMENTS, restart=True),
            data=data,
        )


@checker("observability.logging")
def logging(database: Database, *, slow_ms: int = 1000) -> Iterator[Finding]:
    """Slow statements, lock waits and checkpoints stand in the server's log.

    A statement is slow from ``slow_ms`` milliseconds on, at the latest.
    """
    slow = database.setting("log_min_duration_statement")
    threshold = slow.seconds
    data = {"log_min_duration_statement": slow.text}
    if threshold < 0:
        yield problem(
            "log_min_duration_statement is -1: no slow statement is logged; "
            f"at most {slow_ms} ms is required",
            hint=set_server(database, "log_min_duration_statement", f"{slow_ms}ms"),
            data=data,
        )
    elif threshold * 1000 > slow_ms:
        yield problem(
            f"log_min_duration_statement is {slow.shown}, at most {slow_ms} ms is required",
            hint=set_server(database, "log_min_duration_statement", f"{slow_ms}ms"),
            data=data,
        )
    else:
        yield ok(f"statements from {slow.shown} on are logged", data=data)
    for name in ("log_lock_waits", "log_checkpoints"):
        yield on_is_required(database, name, hint=set_server(database, name, "on"))
