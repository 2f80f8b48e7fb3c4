"""Facts that were read elsewhere: dated, and without a secret."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from readiness.database import Database
from readiness.engine.facts import Missing
from readiness.engine.snapshot import read_snapshot, write_snapshot
from readiness.model.clock import Clock
from readiness.model.errors import ReadinessError

NOW = Clock.fixed(datetime(2026, 11, 23, 12, tzinfo=UTC))


def saved(tmp_path: Path, **facts: Any) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"settings": {"max_connections": 20}, **facts}))
    return path


def test_a_fresh_snapshot_is_a_database(tmp_path: Path) -> None:
    path = saved(tmp_path, read_at="2026-11-23T10:00:00+00:00")

    found = read_snapshot(path, NOW)

    assert isinstance(found, Database)
    assert found.setting("max_connections").value == 20
    assert json.loads(write_snapshot(found))["read_at"] == "2026-11-23T10:00:00+00:00"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "does not say when"),
        ({"read_at": "yesterday"}, "does not say when"),
        ({"read_at": "2026-11-23T10:00:00"}, "does not say when"),
        ({"read_at": "2026-11-22T11:00:00+00:00"}, "at most 24 h"),
        ({"read_at": "2026-11-24T11:00:00+00:00"}, "from the future"),
    ],
)
def test_a_snapshot_out_of_date_is_no_answer(
    tmp_path: Path, facts: dict[str, Any], reason: str
) -> None:
    found = read_snapshot(saved(tmp_path, **facts), NOW)

    assert isinstance(found, Missing)
    assert reason in found.reason


@pytest.mark.parametrize("text", ["", "[]", '{"no_such_fact": 1}'])
def test_a_file_that_is_none_is_wrong_use(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text)

    with pytest.raises(ReadinessError):
        read_snapshot(path, NOW)
