"""What was counted in a file is not counted again, unless the file or the program changed."""

import os
import time
from pathlib import Path

import pytest

from readiness.cache import world
from readiness.checkers import literals
from readiness.checkers.literal import Literal
from readiness.checkers.literal_reader import Reader
from readiness.checkers.uses import Use, uses
from readiness.project import Project

QUIET = 'max_token = "abc1"  # as in ://me@host\nother = "b"\n'
TELLING = 'db_password = "n3v3r-t0ld"\n'
BROKEN = 'db_password = "n3v3r-t0ld"\n)\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    (made / "quiet.py").write_text(QUIET)
    (made / "telling.py").write_text(TELLING)
    (made / "broken.py").write_text(BROKEN)
    time.sleep(0.05)
    return made


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed since."""
    found: list[str] = []
    original = literals._read_by

    def noted(project: Project, path: str) -> Reader:
        found.append(path)
        return original(project, path)

    monkeypatch.setattr(literals, "_read_by", noted)
    return found


def _seen(folder: Path) -> tuple[list[str], dict[str, int], tuple[str, ...]]:
    project = Project.open(folder, cached=True)
    texts = [f"{one.name} {one.at.path}" for one in literals.literals(project)]
    return texts, dict(literals.numbers_of_texts(project)), literals.unparsed(project)


def test_only_files_that_do_not_parse_are_parsed_again(folder: Path, parsed: list[str]) -> None:
    first = _seen(folder)
    assert first == (["db_password telling.py"], {"quiet.py": 2, "telling.py": 1}, ("broken.py",))
    assert sorted(parsed) == ["broken.py", "quiet.py", "telling.py"]
    parsed.clear()

    assert _seen(folder) == first
    assert parsed == ["broken.py"]


def test_a_file_that_changes_is_parsed_again(folder: Path, parsed: list[str]) -> None:
    _seen(folder)
    parsed.clear()
    (folder / "quiet.py").write_text(QUIET + TELLING)
    (folder / "telling.py").write_text(QUIET)

    assert _seen(folder)[0] == ["db_password quiet.py"]
    assert sorted(parsed) == ["broken.py", "quiet.py", "telling.py"]


def test_literals_are_the_same_from_the_cache(folder: Path, parsed: list[str]) -> None:
    def found() -> tuple[Literal, ...]:
        return literals.literals(Project.open(folder, cached=True))

    (folder / "telling.py").write_text(TELLING + 'other_password = f"{a}-b"\n')
    (folder / "escaped.py").write_text('api_password = "\\x6e3v3r-t\\x7a"\n')
    time.sleep(0.05)
    first = found()
    parsed.clear()

    assert found() == first
    assert [one.text for one in first] == ["n3v3r-tz", "n3v3r-t0ld", "\0-b"]
    assert sorted(parsed) == ["broken.py", "escaped.py"]


def test_another_program_counts_anew(
    folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _seen(folder)
    parsed.clear()

    monkeypatch.setattr(world, "VERSION", "99.0")
    _seen(folder)

    assert "quiet.py" in parsed


def test_no_text_is_in_the_cache(folder: Path) -> None:
    _seen(folder)

    cache = Path(os.environ["READINESS_CACHE_DIR"])
    kept = [file.read_bytes() for file in cache.iterdir()]

    assert kept
    assert not any(b"n3v3r" in content or b"password" in content for content in kept)


def test_where_a_function_is_used_is_the_same_from_the_cache(folder: Path) -> None:
    def found() -> list[Use]:
        return [*uses(Project.open(folder, cached=True), "start")]

    (folder / "app.py").write_text("def start(): ...\nif a:\n    start()\nrun(life=start)\n")
    (folder / "raw.py").write_bytes(b"start()  # \xff\n")
    time.sleep(0.05)
    first = found()

    assert found() == first
    assert [(one.at.line, one.guarded, one.runs) for one in first] == [
        (3, True, True),
        (4, False, False),
    ]

    (folder / "app.py").write_text("def start(): ...\nstart()\n")
    assert [(one.at.line, one.guarded, one.runs) for one in found()] == [(2, False, True)]


def test_what_is_no_text_is_said_to_be_unread_every_time(folder: Path) -> None:
    (folder / "raw.py").write_bytes(b"start()  # \xff\n")
    time.sleep(0.05)
    for _ in range(2):
        project = Project.open(folder, cached=True)
        assert not [*uses(project, "start")]
        assert [one.path for one in project.unread] == ["raw.py"]
