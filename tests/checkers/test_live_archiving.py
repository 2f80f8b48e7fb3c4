"""The checkers of archiving and replication slots, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

ON = {"archive_mode": "on", "archive_command": "pgbackrest archive-push %p", "archive_timeout": 0}
SEGMENT = {"wal_segment_size": {"text": "16777216", "unit": "B"}}
FRESH = {"archived": 120, "failed": 4, "age": 40.0}
SESSION = {"user": "app", "database": "shop"}


def database(**facts: Any) -> dict[str, Any]:
    given = {"version": "18.4", "session": SESSION, "settings": ON, "archiver": FRESH, **facts}
    return {"database": given}


def test_an_archive_that_took_the_last_file_passes_whatever_failed_before() -> None:
    result = check("archiving.works", database())

    assert result.outcome == "pass"
    assert result.oks[0].message == "the last file was archived 40 s ago"


def test_archiving_that_is_off_fails() -> None:
    result = check("archiving.works", database(settings={"archive_mode": "off"}))

    assert "archive_mode is off" in result.problems[0].message


@pytest.mark.parametrize("command", ["", "(disabled)", "  "])
def test_an_empty_command_fails_though_nothing_is_counted_as_failed(command: str) -> None:
    settings = {**ON, "archive_command": command, "archive_library": ""}

    result = check("archiving.works", database(settings=settings))

    assert "piles up" in result.problems[0].message


def test_a_library_archives_without_a_command() -> None:
    settings = {**ON, "archive_command": "", "archive_library": "basic_archive"}

    assert check("archiving.works", database(settings=settings)).outcome == "pass"


def test_a_server_older_than_libraries_is_not_asked_for_one() -> None:
    settings = {**ON, "archive_command": ""}

    assert check("archiving.works", database(version="14.23", settings=settings)).outcome == "fail"


def test_a_last_try_that_failed_fails() -> None:
    result = check("archiving.works", database(archiver={**FRESH, "failing": True}))

    assert result.outcome == "fail"


def test_an_archive_that_was_never_used_is_unknown() -> None:
    assert check("archiving.works", database(archiver={"archived": 0})).outcome == "unknown"


def test_an_old_archive_fails() -> None:
    result = check("archiving.works", database(settings=ON | SEGMENT, archiver={"age": 9000.0}))

    assert "9000 s ago, at most 3600 s" in result.problems[0].message


def test_an_idle_server_has_nothing_to_archive() -> None:
    archiver = {
        "age": 90000.0,
        "last_wal": "0000000100000000000000FF",
        "current_wal": "000000010000000100000000",
    }

    result = check("archiving.works", database(settings=ON | SEGMENT, archiver=archiver))

    assert result.outcome == "pass"
    assert "wrote nothing" in result.oks[0].message


def test_files_between_the_archived_and_the_current_one_are_no_idle_server() -> None:
    archiver = {
        "age": 90000.0,
        "last_wal": "000000010000000000000003",
        "current_wal": "000000010000000000000007",
    }

    result = check("archiving.works", database(settings=ON | SEGMENT, archiver=archiver))

    assert result.outcome == "fail"


def test_a_long_archive_timeout_lengthens_the_allowed_age() -> None:
    settings = {**ON, "archive_timeout": {"text": "7200", "unit": "s"}}

    result = check("archiving.works", database(settings=settings, archiver={"age": 9000.0}))

    assert result.outcome == "pass"


def test_a_queue_of_files_fails() -> None:
    result = check("archiving.works", database(archive_waiting=31))

    assert "31 files wait" in result.problems[0].message


def test_a_standby_leaves_it_to_the_primary() -> None:
    session = {**SESSION, "standby": True}

    assert check("archiving.works", database(session=session)).outcome == "not-applicable"


def test_a_managed_service_archives_in_its_own_way() -> None:
    result = check("archiving.works", database(roles=["app", "cloudsqlsuperuser"]))

    assert result.outcome == "not-applicable"
    assert "Cloud SQL" in (result.reason or "")


def test_a_log_that_is_streamed_is_not_judged_here() -> None:
    assert check("archiving.works", database(), streamed=True).outcome == "not-applicable"


def test_a_setting_that_is_hidden_is_unknown_and_names_the_grant() -> None:
    result = check("archiving.works", database(settings={}))

    assert result.outcome == "unknown"
    assert "GRANT pg_read_all_settings TO app" in str(result)


@pytest.mark.parametrize(
    ("slot", "outcome"),
    [
        ({"active": True, "wal_status": "reserved"}, "pass"),
        ({"active": True, "wal_status": "extended"}, "fail"),
        ({"active": False, "wal_status": "lost"}, "fail"),
        ({"active": False, "wal_status": "reserved", "retained": 5 * 2**30}, "fail"),
        ({"active": False, "wal_status": "reserved", "retained": 1024}, "pass"),
        ({"active": False, "wal_status": "reserved"}, "unknown"),
    ],
)
def test_a_slot_is_judged_by_what_it_keeps_back(slot: dict[str, Any], outcome: str) -> None:
    assert check("archiving.slots", database(slots=[{"name": "s", **slot}])).outcome == outcome


def test_no_slot_is_nothing_to_judge() -> None:
    assert check("archiving.slots", database(slots=[])).outcome == "not-applicable"
