"""Reports are whole or not there, and what was there before stays."""

import os
from pathlib import Path

import pytest

from readiness.cli.outputs import outputs, write_whole
from readiness.model.errors import ReadinessError


def test_none_given_means_the_terminal() -> None:
    assert [(one.name, one.path) for one in outputs([])] == [("terminal", None)]


def test_several_reports_go_to_several_places(tmp_path: Path) -> None:
    chosen = outputs([f"json={tmp_path / 'r.json'}", "markdown"])

    assert [(one.name, one.path) for one in chosen] == [
        ("json", tmp_path / "r.json"),
        ("markdown", None),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["jsn"], "did you mean json"),
        (["json", "markdown"], "two reports would share standard output"),
        (["json="], "names no file"),
        (["json=r.txt", "markdown=./r.txt"], "two reports would go to one file"),
        (["json=/nowhere/at/all/r.json"], "its folder /nowhere/at/all does not exist"),
    ],
)
def test_a_wrong_output_is_refused_before_anything_runs(asked: list[str], said: str) -> None:
    with pytest.raises(ReadinessError, match=said):
        outputs(asked)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")

    with pytest.raises(ReadinessError, match="out is no folder"):
        outputs([f"json={tmp_path}/out/r.json"])


def test_a_report_replaces_the_old_one_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old")
    path.chmod(0o600)

    write_whole(path, "new")

    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)
    assert [file.name for file in tmp_path.iterdir()] == ["report.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("report.md")

    write_whole(tmp_path / "link.md", "text")

    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "report.md").read_text() == "text"


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_whole(pipe, "text")

    assert os.read(reader, 10) == b"text"
    assert pipe.is_fifo()
    os.close(reader)
