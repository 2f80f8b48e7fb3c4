import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.document.node import Malformed
from readiness.project import Project, Unreadable

READERS = ["yaml", "yaml_all", "toml", "json", "ini", "dotenv", "hcl", "dockerfile"]


def read(project: Project, kind: str, path: str) -> object:
    reader: Callable[[str], object] = getattr(project, kind)
    return reader(path)


def test_each_format_is_read_from_the_files() -> None:
    project = Project({
        "a.yaml": b"a: 1\n---\nb: 2\n", "a.toml": b"a = 1", "a.json": b'{"a": 1}',
        "a.ini": b"[a]\nb = 1\n", ".env": b"A=1", "a.tf": b"locals {\n a = 1\n}\n",
        "Dockerfile": b"FROM x\n",
    })  # fmt: skip

    assert project.yaml("a.yaml").value == {"a": 1}
    assert [one.value for one in project.yaml_all("a.yaml")] == [{"a": 1}, {"b": 2}]
    assert project.toml("a.toml").value == {"a": 1}
    assert project.json("a.json").value == {"a": 1}
    assert project.ini("a.ini").value == {"a": {"b": "1"}}
    assert project.dotenv(".env").values() == {"A": "1"}
    assert project.hcl("a.tf").value == {"locals": [{"a": 1}]}
    assert project.dockerfile("Dockerfile").stages[0].image == "x"


def test_a_file_is_parsed_once() -> None:
    project = Project({"a.yaml": b"a: 1"})

    assert project.yaml("a.yaml") is project.yaml("a.yaml")


def test_a_malformed_file_is_noted_with_its_line_and_refused_every_time() -> None:
    project = Project({"a.toml": b"a = 1\nb = \n"})

    for _ in range(2):
        with pytest.raises(Malformed):
            project.toml("a.toml")

    assert [(one.path, one.reason) for one in project.unread] == [
        ("a.toml", "not TOML: Invalid value (line 2)")
    ]


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"\0\1\2", b"a\0b"])
def test_what_is_no_text_is_unreadable_and_noted(kind: str, content: bytes) -> None:
    project = Project({"file": content})

    with pytest.raises(Unreadable):
        read(project, kind, "file")

    assert [one.path for one in project.unread] == ["file"]


@pytest.mark.parametrize("kind", READERS)
def test_a_file_that_is_not_there_or_too_large_is_unreadable(kind: str, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"a" * 2000)
    project = Project.open(tmp_path, largest=1000)

    for path in ("large", "absent"):
        with pytest.raises(Unreadable):
            read(project, kind, path)

    assert [one.path for one in project.unread] == ["large"]


def test_a_fifo_is_no_file_of_the_project(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".env")
    (tmp_path / "a.yaml").write_text("a: 1")

    assert Project.open(tmp_path).paths == ("a.yaml",)
