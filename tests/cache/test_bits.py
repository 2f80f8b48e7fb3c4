from pathlib import Path

import pytest

from readiness.project import Project, Search

WORD = Search(rb"cassowary")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READINESS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    (made / "a.py").write_text("a cassowary")
    (made / "b.py").write_text("an emu")
    return made


def opened(folder: Path) -> Project:
    project = Project.open(folder, cached=True)
    assert project.inputs is not None
    later = project.inputs.looked + 10_000_000_000
    project.inputs.looked = later
    return project


def test_what_did_not_change_is_not_read_again(folder: Path) -> None:
    opened(folder).mentioning(WORD)

    again = opened(folder)

    assert again.mentioning(WORD) == ("a.py",)
    assert not again._contents


def test_what_changed_is_read_again(folder: Path) -> None:
    opened(folder).mentioning(WORD)
    (folder / "a.py").write_text("an emu, now")
    (folder / "c.py").write_text("another cassowary")

    again = opened(folder)

    assert again.mentioning(WORD) == ("c.py",)
    assert sorted(again._contents) == ["a.py", "c.py"]


def test_a_file_that_changed_just_now_is_read_again(folder: Path) -> None:
    project = Project.open(folder, cached=True)
    assert project.inputs is not None
    # However long it took to come here: the files changed when they were looked at.
    project.inputs.looked = max(stamp[1] for stamp in project.inputs.files.values())
    project.mentioning(WORD)

    again = opened(folder)
    again.mentioning(WORD)

    assert sorted(again._contents) == ["a.py", "b.py"]


def test_other_searches_find_for_themselves(folder: Path) -> None:
    opened(folder).mentioning(WORD)

    assert opened(folder).mentioning(Search(rb"emu")) == ("b.py",)


@pytest.mark.parametrize("damage", [b"", b"[]", b"x\n[[1]]", b"\xff\n"])
def test_what_is_damaged_is_forgotten(folder: Path, cache: Path, damage: bytes) -> None:
    opened(folder).mentioning(WORD)
    for file in cache.iterdir():
        file.write_bytes(damage)

    assert opened(folder).mentioning(WORD) == ("a.py",)


def test_nothing_of_the_contents_is_kept(folder: Path, cache: Path) -> None:
    opened(folder).mentioning(WORD)

    assert all(b"cassowary" not in file.read_bytes() for file in cache.iterdir())
