import os
import subprocess
from pathlib import Path

import pytest

from readiness.project import Project

FIRST, SECOND = "2026-01-01T10:00:00+00:00", "2026-02-01T10:00:00+00:00"


def git(root: Path, *arguments: str, date: str = FIRST) -> None:
    said = {"NAME": "a", "EMAIL": "a@example.org", "DATE": date}
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in said.items()}  # fmt: skip
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True,
                   env={**own, **who, "GIT_CONFIG_GLOBAL": os.devnull})  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text("print(1)\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def changed(root: Path, commit: str) -> tuple[str, ...] | None:
    return Project.open(root).changed_since(commit)


def head(root: Path) -> str:
    commit = Project.open(root).commit
    assert commit is not None
    return commit


def test_a_clean_checkout_does_not_differ_from_its_commit(root: Path) -> None:
    assert len(head(root)) == 40
    assert changed(root, head(root)) == ()
    assert changed(root, head(root)[:8]) == ()


def test_edited_new_and_deleted_files_differ(root: Path) -> None:
    (root / "app" / "a.py").write_text("print(2)\n")
    (root / "b.py").write_text("")

    assert changed(root, head(root)) == ("app/a.py", "b.py")

    (root / "app" / "a.py").unlink()

    assert changed(root, head(root)) == ("app/a.py", "b.py")


def test_a_file_whose_time_alone_changed_does_not_differ(root: Path) -> None:
    os.utime(root / "app" / "a.py", (1, 1))

    assert changed(root, head(root)) == ()


def test_what_later_commits_changed_differs_from_an_earlier_one(root: Path) -> None:
    first = head(root)
    (root / "evidence").mkdir()
    (root / "evidence" / "x.yaml").write_text("rule: x\n")
    git(root, "add", ".")
    git(root, "commit", "-qm", "two", date=SECOND)

    assert changed(root, first) == ("evidence/x.yaml",)


def test_a_staged_change_that_was_taken_back_on_disk_differs(root: Path) -> None:
    (root / "app" / "a.py").write_text("print(2)\n")
    git(root, "add", ".")
    (root / "app" / "a.py").write_text("print(1)\n")

    assert changed(root, head(root)) == ("app/a.py",)


def test_a_folder_of_a_repository_has_its_own_files_only(root: Path) -> None:
    first = head(root)
    (root / "b.py").write_text("")

    assert changed(root / "app", first) == ()


@pytest.mark.parametrize("commit", ["deadbeef", "HEAD", "--output=x", "", "0" * 40])
def test_what_is_no_known_commit_cannot_be_told(root: Path, commit: str) -> None:
    assert changed(root, commit) is None


def test_a_folder_without_git_has_no_commit(tmp_path: Path) -> None:
    project = Project.open(tmp_path)

    assert project.commit is None
    assert project.changed_since("deadbeef") is None


def test_a_committed_file_is_as_old_as_its_commit_and_not_as_its_checkout(root: Path) -> None:
    made, how = Project.open(root).dated("app/a.py")

    assert made is not None
    assert made.isoformat() == FIRST
    assert how == "the time of its commit"


def test_an_edited_file_has_its_own_time(root: Path) -> None:
    (root / "app" / "a.py").write_text("print(2)\n")
    os.utime(root / "app" / "a.py", (60, 60))

    made, how = Project.open(root).dated("app/a.py")

    assert (made.timestamp() if made else None, how) == (60, "the file's modification time")


def test_a_shallow_clone_does_not_know_how_old_a_file_is(root: Path, tmp_path: Path) -> None:
    (root / "b.py").write_text("")
    git(root, "add", ".")
    git(root, "commit", "-qm", "two", date=SECOND)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "clone")

    made, how = Project.open(tmp_path / "clone").dated("app/a.py")

    assert made is None
    assert "shallow" in how


def test_the_variables_of_a_hook_do_not_lead_to_another_repository(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head(root)
    monkeypatch.setenv("GIT_DIR", "/nowhere")

    assert head(root) == before
