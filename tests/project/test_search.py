from pathlib import Path

import pytest

from readiness.program import Program
from readiness.project import Project, Reading, Search, Unreadable
from readiness.project.search import count
from tests.program.conftest import environment

WORD = Search(rb"wombat")
OTHER = Search(rb"\bquokka\b", rb"numbat$")


def test_each_search_finds_its_own_files() -> None:
    project = Project({"a.py": b"a wombat", "b.py": b"a quokka", "c.py": b"", "d.txt": b"wombat"})

    assert project.mentioning(WORD) == ("a.py",)
    assert project.mentioning(OTHER) == ("b.py",)


def test_a_search_made_later_is_searched_for_too() -> None:
    project = Project({"a.py": b"a wombat and a bilby"})
    project.mentioning(WORD)

    assert project.mentioning(Search(rb"bilby")) == ("a.py",)


def test_what_a_reading_says_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.project.reading._every", [])
    project, read = Project({"a.py": b"a wombat", "b.py": b"", "c.py": b"two wombats"}), []

    def note(_: Project, path: str) -> int:
        read.append(path)
        return len(read)

    reading = Reading(b"wombats", WORD, bool, note)

    assert project.noted(reading) == project.noted(reading) == {"a.py": 1, "c.py": 2}
    assert read == ["a.py", "c.py"]


def test_a_pattern_of_one_project_is_no_search_of_all_others() -> None:
    project = Project({"a.py": b"import wombats", "b.py": b"import b", "c.txt": b"import wombats"})
    before = count()

    assert project.matching(rb"import wombats?\b", (b"wombat",)) == ("a.py",)
    assert project.matching(rb"import bilby", (b"bilby",)) == ()
    assert count() == before


def test_a_pattern_is_looked_for_only_beside_its_words() -> None:
    project = Project({"a.py": b"import wombats", "b.py": b"import bilbies"})

    assert project.matching(rb"import \w+", (b"wombat", b"quoll")) == ("a.py",)


def test_a_run_makes_no_search_of_its_own() -> None:
    def started() -> list[str]:
        project = Project({
            "start.py": b"import sentry_sdk\nsentry_sdk.init('https://a@b.ingest.sentry.io/1')\n",
            "app.py": b"import start\n",
        })  # fmt: skip
        return [one.function for one in Program(project, environment({})).calls("sentry_sdk.init")]

    first = started()  # Whatever makes a search is loaded now.
    before = count()

    assert started() == first != []
    assert count() == before


def test_a_file_that_cannot_be_read_is_among_what_is_found(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_bytes(b"#" * 100)
    (tmp_path / "small.py").write_bytes(b"#" * 10)

    project = Project.open(tmp_path, largest=50)

    assert project.mentioning(WORD) == ("large.py",)
    assert [one.path for one in project.unread] == ["large.py"]


def test_what_is_no_longer_kept_is_read_again(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.py").write_bytes(b"%02d" % number * 500_000)

    project = Project.open(tmp_path)

    assert all(project.read(path)[:2] == path[:2].encode() for path in project.paths * 2)


def test_bytes_that_are_no_text_stay_readable_after_they_were_refused_as_text() -> None:
    project = Project({"a.py": b"\xff\xfe wombat"})

    with pytest.raises(Unreadable):
        project.text("a.py")

    assert project.mentioning(WORD) == ("a.py",)
    assert project.read("a.py") == b"\xff\xfe wombat"
