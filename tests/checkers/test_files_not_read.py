"""Files that are too large, or no UTF-8: they are named, and no checker crashes."""

from pathlib import Path

import pytest

from readiness import Project
from readiness.testing import check

APPLICATION = "from fastapi import FastAPI\n\napp = FastAPI()\n"
LATIN = b"# coding: latin-1\n# \xe9\nfrom fastapi import FastAPI\n\napp = FastAPI(d='/metrics')\n"
NAMED = "large.py is not read or does not parse: what it tells its web framework is not judged"


@pytest.mark.parametrize("checker", ["web.debug", "web.hosts", "web.origins"])
def test_what_a_file_that_is_not_read_tells_is_undecided(checker: str, tmp_path: Path) -> None:
    (tmp_path / "large.py").write_text(APPLICATION)

    read = check(checker, Project.open(tmp_path))
    unread = check(checker, Project.open(tmp_path, largest=len(APPLICATION) - 1))

    assert read.outcome == "not-applicable"
    assert unread.outcome == "unknown"
    assert [one.message for one in unread.undecided] == [NAMED]


def test_code_that_is_not_read_backs_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_text(APPLICATION)

    result = check("backup.configured", Project.open(tmp_path, largest=len(APPLICATION) - 1))

    assert result.outcome == "unknown"


def test_metrics_in_a_file_that_is_no_utf_8_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "latin.py").write_bytes(LATIN)

    assert check("monitoring.initialised", Project.open(tmp_path)).outcome == "fail"
