"""What is no file is named, never opened: reading it might not end."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.project import Project, Unreadable

LEADS: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (os.mkfifo, "it is a pipe, which is not read"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "it is a device, which is not read"),
    "nowhere": (lambda path: path.symlink_to("missing"), "it is a link that leads nowhere"),
    "itself": (lambda path: path.symlink_to(path.name), "it is a link that leads nowhere"),
}


@pytest.mark.parametrize("kind", LEADS)
def test_what_has_the_name_of_code_and_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    make, reason = LEADS[kind]
    make(tmp_path / "x.py")
    make(tmp_path / "x.txt")
    (tmp_path / "app.py").write_text("x = 1\n")

    project = Project.open(tmp_path)

    assert project.paths == ("app.py",)
    assert [(one.path, one.reason) for one in project.unread] == [("x.py", reason)]


def test_a_socket_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("x.py")

        assert [one.reason for one in Project.open(tmp_path).unread] == [
            "it is a socket, which is not read"
        ]


def test_a_link_to_a_file_of_the_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("x = 1\n")
    (tmp_path / "x.py").symlink_to("app.py")

    project = Project.open(tmp_path)

    assert project.read("x.py") == b"x = 1\n"
    assert project.unread == ()


def test_a_file_that_is_gone_or_has_grown_since_it_was_listed_is_named(tmp_path: Path) -> None:
    for name in ("gone.py", "grown.py"):
        (tmp_path / name).write_text("x = 1\n")
    project = Project.open(tmp_path, largest=100)

    (tmp_path / "gone.py").unlink()
    (tmp_path / "grown.py").write_text("x = 1\n" * 100)

    for name in ("gone.py", "grown.py"):
        with pytest.raises(Unreadable):
            project.read(name)
    assert [one.path for one in project.unread] == ["gone.py", "grown.py"]


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x = 1\n")
    project = Project.open(tmp_path)

    (tmp_path / "x.py").unlink()
    os.mkfifo(tmp_path / "x.py")

    with pytest.raises(Unreadable, match="no regular file"):
        project.read("x.py")
