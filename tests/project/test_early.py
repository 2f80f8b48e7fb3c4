"""A search that began early finds what a later one does, and is dropped if it may not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.checkers.scope import is_code
from readiness.project import Project
from readiness.project.early import Early
from readiness.project.search import EVERYTHING, WAY, Pass

WORDS = (b"DEBUG", b"agno", b"sqlite", b"Depends", b"CORSMiddleware", b"logging", b"://u:p@h/")
FILLER = b"value = call(1, 2, 3)  # nothing\n" * 28_000
READ_HERE = 1 << 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("large")
    for name in ("app", "tests"):
        (made / name).mkdir()
        for number, word in enumerate(WORDS):
            (made / name / f"{number}.py").write_bytes(FILLER + b"x = '%b'\n" % word)
    (made / "odd.py").write_bytes(b"# coding: utf-16\nimport agno\n")
    (made / "large.py").write_bytes(b"#" * 1_100_000)
    (made / "linked.py").symlink_to("app/0.py")
    (made / "wide.py").write_text("import \uff41gno\n")
    return made


@pytest.fixture
def early(folder: Path) -> Iterator[Early]:
    made = Early(str(folder))
    yield made
    made.end()


def passes() -> list[Pass]:
    """Two passes of some of what is always looked for."""
    everywhere = (rb"(?:\bagno\b)", rb"(?:logging)")
    code = (rb"(?:CORSMiddleware)", rb"(?:middleware|Depends|Security\()")
    return [Pass(None, everywhere, (1, 2)), Pass(is_code, code, (4, 8))]


def test_what_was_found_early_is_what_is_found_later(folder: Path, early: Early) -> None:
    project = Project.open(folder, early=early)
    paths, made = project.files("*.py"), []

    def make(path: str) -> int:
        made.append(path)
        return READ_HERE

    second = early.searching(passes(), paths, make)
    assert second is not None
    found = second.notes(WAY)

    assert [*found] == [*paths]
    assert {"odd.py", "large.py", "linked.py"} <= {*made}
    for path in set(paths) - {*made}:
        shown = project.searchable(path)
        assert shown is not None
        assert found[path] == sum(one.found(path, shown) for one in passes())


def test_only_the_files_that_are_wanted_are_told_of(early: Early) -> None:
    second = early.searching(passes(), ["app/1.py", "tests/1.py"], lambda _: EVERYTHING)

    assert second is not None
    assert [*second.notes(WAY)] == ["app/1.py", "tests/1.py"]
    assert second.process == 0


def test_what_looks_for_more_is_not_taken(early: Early) -> None:
    wanted = [*passes(), Pass(None, (b"(?:a bilby)",), (16,))]

    assert early.searching(wanted, ["app/1.py"], lambda _: EVERYTHING) is None
    assert early.searching(passes(), ["app/1.py"], lambda _: EVERYTHING) is None


def test_a_small_folder_is_searched_later(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import agno\n")

    assert Early(str(tmp_path)).searching(passes(), ["app.py"], lambda _: EVERYTHING) is None
