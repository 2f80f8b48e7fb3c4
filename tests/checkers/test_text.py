import time
from typing import Any

import pytest

from readiness.model.errors import ChecklistError
from readiness.testing import check, project

FILES = {"a.py": "import os\nDEBUG = True\n", "b.py": "import os\n", "c.txt": "x\n"}


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"files": ["*.py"], "must": ["^import os$"]}, "pass"),
        ({"files": ["*.py"], "must": ["DEBUG"]}, "fail"),
        ({"files": ["*.py"], "must": ["DEBUG"], "anywhere": True}, "pass"),
        ({"files": ["*.py"], "must": ["sentry"], "anywhere": True}, "fail"),
        ({"files": ["*.py"], "must_not": ["^DEBUG *= *True"]}, "fail"),
        ({"files": ["b.py"], "must_not": ["DEBUG"]}, "pass"),
        ({"files": ["*.rb"], "must_not": ["DEBUG"]}, "not-applicable"),
        ({"files": ["*.py"]}, "unknown"),
    ],
)
def test_texts_are_searched(parameters: dict[str, Any], outcome: str) -> None:
    assert check("text.search", project(FILES), **parameters).outcome == outcome


def test_what_must_not_occur_is_found_on_its_line() -> None:
    result = check("text.search", project(FILES), files=["*.py"], must_not=["^DEBUG"])

    assert [str(one.at) for one in result.problems] == ["a.py:2"]


def test_every_line_counts_once() -> None:
    repo = project({"a": "x x\n\nx\n" + "y\n" * 50})

    assert [f.at.line for f in check("text.search", repo, files=["a"], must_not=["x"]).problems
            if f.at] == [1, 3]  # fmt: skip
    assert len(check("text.search", repo, files=["a"], must_not=["y"]).problems) == 20


def test_that_nothing_occurs_says_how_much_was_searched() -> None:
    (finding,) = check("text.search", project(FILES), files=["*.py"], must_not=["eval"]).oks

    assert finding.message == "eval does not occur in 2 files"


def test_the_text_that_was_found_is_not_shown() -> None:
    repo = project({"a": "password=hunter2\n"})

    assert "hunter2" not in repr(check("text.search", repo, files=["a"], must_not=["password=.*"]))


@pytest.mark.parametrize("content", [b"a\0b", b"\xff"])
def test_a_file_that_is_no_text_is_undecided_and_the_others_are_searched(content: bytes) -> None:
    repo = project({"a.bin": content, "b.txt": "fine\n"})

    result = check("text.search", repo, files=["*"], must_not=["eval"])

    assert result.outcome == "unknown"
    assert [one.message for one in result.oks] == ["eval does not occur in 1 file"]


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?=x)", ""])
def test_what_is_no_pattern_is_refused_before_anything_is_read(pattern: str) -> None:
    with pytest.raises(ChecklistError, match="pattern"):
        check("text.search", project(FILES), files=["*"], must=[pattern])


def test_no_pattern_hangs() -> None:
    begun = time.thread_time()

    check("text.search", project({"a": "a" * 50_000}), files=["a"], must=["(a+)+$b"])

    # A search that tries every way would take longer than anybody waits, so the bound is wide.
    assert time.thread_time() - begun < 30
