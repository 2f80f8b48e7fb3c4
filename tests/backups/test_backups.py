from datetime import UTC, datetime
from pathlib import Path

import pytest

from readiness.backups import Backups

SAMPLES = Path(__file__).parent / "samples"


def read(name: str) -> Backups:
    return Backups.parse({name: (SAMPLES / name).read_text()})


def test_pgbackrest_gives_its_newest_backup_with_the_time_it_ended() -> None:
    (stanza,) = read("pgbackrest_info_good.json").repositories

    assert (stanza.tool, stanza.name, stanza.trouble) == ("pgBackRest", "demo", None)
    assert [one.kind for one in stanza.backups] == ["full", "incr"]
    assert stanza.latest is stanza.backups[1]
    assert stanza.backups[1].finished == datetime(2026, 11, 23, 19, 21, 2, tzinfo=UTC)


def test_barman_gives_its_newest_backup_with_its_size() -> None:
    (server,) = read("barman_list_backups_good.json").repositories

    assert server.latest is not None
    assert (server.tool, server.latest.label) == ("Barman", "20261123T192307")
    assert server.latest.size == 53585226


@pytest.mark.parametrize(
    "name", ["pgbackrest_info_no_backup.json", "barman_list_backups_empty.json"]
)
def test_a_repository_without_a_backup_has_no_newest_one(name: str) -> None:
    (repository,) = read(name).repositories

    assert repository.backups == ()
    assert repository.latest is None


def test_an_ok_status_without_a_backup_is_no_backup() -> None:
    text = '[{"name": "demo", "backup": [], "status": {"code": 0, "message": "ok"}}]'

    (stanza,) = Backups.parse({"info.json": text}).repositories

    assert stanza.trouble is None
    assert stanza.latest is None


def test_the_complaint_of_the_tool_is_kept() -> None:
    (stanza,) = read("pgbackrest_info_missing_stanza.json").repositories

    assert stanza.trouble == "missing stanza path"


def test_a_backup_with_wrong_pages_is_not_the_newest_one() -> None:
    text = (SAMPLES / "pgbackrest_info_good.json").read_text()
    head, _, tail = text.rpartition('"error":false')

    (stanza,) = Backups.parse({"info.json": f'{head}"error":true{tail}'}).repositories

    assert stanza.backups[1].failed is not None
    assert stanza.latest is stanza.backups[0]


@pytest.mark.parametrize("status", ["FAILED", "STARTED", "EMPTY", "WAITING_FOR_WALS"])
def test_a_backup_of_barman_that_is_not_done_does_not_count(status: str) -> None:
    text = (SAMPLES / "barman_list_backups_good.json").read_text().replace("DONE", status)

    (server,) = Backups.parse({"list.json": text}).repositories

    assert server.backups[0].failed == f"its status is {status}"
    assert server.latest is None


def test_an_error_of_barman_is_a_flaw_in_its_words() -> None:
    found = read("barman_list_backups_unknown_server.txt")

    assert found.repositories == ()
    assert found.flaws[0].found == "Barman says: Unknown server 'nosuch'"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "3", '[{"name": "x"}]', '{"a": 1}', "[" * 9000]
)
def test_anything_else_is_a_flaw_and_never_a_repository(text: str) -> None:
    found = Backups.parse({"x.json": text}, unreadable={"y.json": "permission denied"})

    assert found.repositories == ()
    assert [flaw.at.path for flaw in found.flaws] == ["x.json", "y.json"]
