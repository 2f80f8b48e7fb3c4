"""Unified diffs, applied exactly or not at all."""

from pathlib import Path

import pytest

from readiness.drills.patch import apply_patch
from readiness.model.errors import InternalError

CHANGE = """\
Why this is better.

--- a/one.sql
+++ b/one.sql
@@ -1,3 +1,2 @@
 create table a ();
--- an old comment
 create table b ();
--- /dev/null
+++ b/new/two.txt
@@ -0,0 +1 @@
+two
"""


def test_a_patch_changes_and_makes_files(tmp_path: Path) -> None:
    (tmp_path / "one.sql").write_text(
        "create table a ();\n-- an old comment\ncreate table b ();\n"
    )

    apply_patch(tmp_path, CHANGE)

    assert (tmp_path / "one.sql").read_text() == "create table a ();\ncreate table b ();\n"
    assert (tmp_path / "new/two.txt").read_text() == "two\n"


def test_a_patch_removes_a_file(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old\n")

    apply_patch(tmp_path, "--- a/old.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-old\n")

    assert not (tmp_path / "old.txt").exists()


def test_hunks_of_one_file_do_not_move_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1\n2\n3\n4\n")
    text = "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1,3 @@\n-1\n+0\n+0\n+1\n@@ -4 +6 @@\n-4\n+5\n"

    apply_patch(tmp_path, text)

    assert (tmp_path / "a.txt").read_text() == "0\n0\n1\n2\n3\n5\n"


def test_a_patch_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.sql").write_text("create table a ();\n-- another comment\n")

    with pytest.raises(InternalError, match=r"one\.sql:1 is not what the patch expects"):
        apply_patch(tmp_path, CHANGE)

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("path", ["b/../../etc/passwd", "b//etc/passwd", "b"])
def test_a_patch_stays_in_its_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(InternalError, match="not in the project"):
        apply_patch(tmp_path, f"--- /dev/null\n+++ {path}\n@@ -0,0 +1 @@\n+x\n")
