"""Checkers of what keeps the write-ahead log safe: archiving, and slots that hold it back."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.providers import provider_of

_SEGMENT = 16 * 2**20
_GIB = 2**30


@checker("archiving.works", privileges=("archive",))
def works(
    database: Database, *, max_age: int = 3600, max_waiting: int = 10, streamed: bool = False
) -> Iterator[Finding]:
    """The write-ahead log is archived, and the last try did not fail.

    ``max_age`` is in seconds, and at least twice archive_timeout; fewer than
    ``max_waiting`` files may wait. ``streamed`` says that
    pg_receivewal or Barman takes the log instead, which the server does not know of.
    """
    if streamed:
        raise NotApplicable("the log is streamed elsewhere, as the rule declares")
    if database.session.standby:
        raise NotApplicable("the server is a standby; archiving is the primary's business")
    if provider := provider_of(database):
        raise NotApplicable(
            f"{provider} archives in its own way; its backups need evidence of theirs"
        )
    mode = database.setting("archive_mode").text
    if mode not in {"on", "always"}:
        yield problem(
            f"archive_mode is {mode}, on is required: nothing after the last backup is kept",
            hint="ALTER SYSTEM SET archive_mode = on, set archive_command, restart",
            data={"archive_mode": mode},
        )
        return
    if not _target(database):
        yield problem(
            "archive_mode is on, and neither archive_command nor archive_library is set: "
            "the log piles up on the server",
            hint="ALTER SYSTEM SET archive_command = '…', then SELECT pg_reload_conf()",
            data={"archive_mode": mode},
        )
        return
    yield _judge(database, max_age)
    yield from _queue(database, max_waiting)


def _queue(database: Database, most: int) -> Iterator[Finding]:
    """Files that wait for being archived; servers before 12 do not tell."""
    try:
        waiting = database.archive_waiting
    except Undecidable as hidden:
        if "archive_waiting" in database.missing:
            yield undecided(f"how many files wait is not known: {hidden.reason}", hint=hidden.hint)
        return
    if waiting >= most:
        yield problem(
            f"{waiting} files wait for being archived, fewer than {most} are allowed",
            hint="find out why archive_command is slow or fails: the server's log has it",
            data={"waiting": waiting},
        )


def _target(database: Database) -> str:
    command = database.setting("archive_command").text.strip()
    if command not in {"", "(disabled)"}:
        return command
    if database.version.major < 15:  # noqa: PLR2004 - archive_library came with 15
        return ""
    return database.setting("archive_library").text.strip()


def _judge(database: Database, max_age: int) -> Finding:
    archiver = database.archiver
    limit = max(float(max_age), 2 * database.setting("archive_timeout").seconds)
    data = {
        "archived": archiver.archived,
        "failed": archiver.failed,
        "failing": archiver.failing,
        "age": None if archiver.age is None else round(archiver.age),
    }
    if archiver.failing:
        return problem(
            f"the last try to archive failed ({archiver.failed} failures so far); "
            "it is to succeed",
            hint="read the server's log for the output of archive_command",
            data=data,
        )
    if archiver.age is None:
        return undecided(
            "nothing was ever archived here, and nothing failed; one archived file would show "
            "that it works",
            hint="SELECT pg_switch_wal(), then check again",
            data=data,
        )
    if archiver.age <= limit:
        return ok(f"the last file was archived {archiver.age:.0f} s ago", data=data)
    if _is_idle(archiver.last_wal, archiver.current_wal, _segment(database)):
        return ok(
            f"every finished file is archived; the server wrote nothing for {archiver.age:.0f} s",
            data=data,
        )
    return problem(
        f"the last file was archived {archiver.age:.0f} s ago, at most {limit:.0f} s are allowed",
        hint="read the server's log for the output of archive_command",
        data=data,
    )


def _segment(database: Database) -> int:
    """The size of a file of the log; 16 MB unless initdb was told otherwise."""
    size = database.setting("wal_segment_size").bytes
    return size if size > 0 else _SEGMENT


def _is_idle(last: str | None, current: str | None, segment: int) -> bool:
    """Tell whether the file that is being written follows the one that was archived last."""
    if not last or not current:
        return False
    return last[:8] == current[:8] and _number(current, segment) - _number(last, segment) <= 1


def _number(name: str, segment: int) -> int:
    return int(name[8:16], 16) * (2**32 // segment) + int(name[16:24], 16)


@checker("archiving.slots")
def slots(database: Database, *, max_retained: int = _GIB) -> Iterator[Finding]:
    """No replication slot that nobody reads keeps the log back.

    ``max_retained`` is in bytes.
    """
    found = database.slots
    if not found:
        raise NotApplicable("the server has no replication slot")
    for slot in found:
        data = {"slot": slot.name, "active": slot.active, "retained": slot.retained}
        if slot.active and slot.wal_status in {None, "reserved"}:
            yield ok(f"the slot {slot.name} is read", data=data)
        elif slot.wal_status in {"extended", "unreserved", "lost"}:
            yield problem(
                f"the slot {slot.name} is {slot.wal_status}; its reader is too far behind",
                hint=f"mend its reader, or SELECT pg_drop_replication_slot('{slot.name}')",
                data=data,
            )
        elif slot.retained is None:
            yield undecided(f"what the idle slot {slot.name} keeps back is not known", data=data)
        elif slot.retained < max_retained:
            yield ok(f"the idle slot {slot.name} keeps {slot.retained} bytes back", data=data)
        else:
            yield problem(
                f"nobody reads the slot {slot.name}, and it keeps {slot.retained} bytes back; "
                f"less than {max_retained} are allowed",
                hint=f"mend its reader, or SELECT pg_drop_replication_slot('{slot.name}')",
                data=data,
            )
