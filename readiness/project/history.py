"""What git knows of a project: its commit, and what differs from one."""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from readiness.project.git import git

_HASH = re.compile(rb"[0-9a-f]{40,64}\Z")


class History:
    """The commit that is judged. A project in memory has the one that it is given."""

    root: Path | None
    _commit: str | None
    _looked_into: set[str]
    _compared: bool = False

    @property
    def commit(self) -> str | None:
        """The commit that is checked out; None where git does not answer for the folder."""
        if self._commit is None and self.root is not None:
            self._commit = _head(self.root)
        return self._commit

    def tracked(self, path: str) -> bool | None:
        """Tell whether git has the file, so that it is in every clone; None without git."""
        if self.root is None:
            return None
        found = git(self.root, "ls-files", "-z", "--", f":(literal){path}")
        return None if found is None else bool(found.strip(b"\0"))

    def changed_since(self, commit: str) -> tuple[str, ...] | None:
        """The files that differ from a commit, as they are now, those that are new included.

        ``commit`` may be shortened. None where that cannot be told: git does not
        answer, or does not have the commit.
        """
        if self.root is not None:
            self._compared = True
            return _changed(self.root, commit)
        return () if self._commit and self._commit.startswith(commit) else None

    def dated(self, path: str) -> tuple[datetime | None, str]:
        """When a file got its content, and how that is known.

        A checkout gives every file the time of the checkout, so for a file that is as
        it was committed only the time of its commit counts.
        """
        if self.root is None:
            return None, "it exists in memory only"
        self._looked_into.add(path)
        said = git(self.root, "log", "-1", "--format=%cI", "--", f":(literal){path}") or b""
        if not said.strip() or path in (_in_work_tree(self.root, path) or ()):
            return _modified(self.root / path), "the file's modification time"
        if git(self.root, "rev-parse", "--is-shallow-repository") != b"false\n":
            return None, "the clone is shallow, so git does not know the file's commit"
        return datetime.fromisoformat(said.decode().strip()), "the time of its commit"


def _modified(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _head(root: Path) -> str | None:
    found = (git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") or b"").strip()
    if not _HASH.match(found) or not git(root, "ls-files", "-z", "-c", "--", "."):
        return None
    return found.decode()


def _changed(root: Path, commit: str) -> tuple[str, ...] | None:
    if _head(root) is None or not re.fullmatch(r"[0-9a-f]{4,64}", commit):
        return None
    said = git(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--relative",
                f"{commit}^{{commit}}", "HEAD")  # fmt: skip
    now = _in_work_tree(root)
    return None if said is None or now is None else tuple(sorted({*_names(said), *now}))


def _in_work_tree(root: Path, *paths: str) -> set[str] | None:
    """Name the files that differ from what is checked out: staged, edited, deleted or new."""
    only = ("--", *(f":(literal){path}" for path in paths)) if paths else ()
    staged = git(root, "diff-index", "-z", "--cached", "--name-only", "--no-renames",
                  "--relative", "HEAD", *only)  # fmt: skip
    new = git(root, "ls-files", "-z", "-o", "--exclude-standard", *only)
    edited = git(root, "diff-files", "-z", "--raw", "--abbrev=64", "--relative",
                  "--ignore-submodules=dirty", *only)  # fmt: skip
    if staged is None or new is None or edited is None:
        return None
    return {*_names(staged), *_names(new), *_edited(root, edited)}


def _edited(root: Path, said: bytes) -> Iterator[str]:
    """Name the files whose content differs, of those whose times or sizes do."""
    parts = iter(_names(said))
    for about, path in zip(parts, parts, strict=False):
        name = about.split()[2]
        if _content(root / path, name) != name:
            yield path


def _content(path: Path, like: str) -> str | None:
    """Give the name that git has for the content of a file; None where it cannot be read."""
    try:
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
    made = hashlib.new("sha256" if len(like) > 40 else "sha1", usedforsecurity=False)  # noqa: PLR2004 - the length of a SHA-1
    made.update(b"blob %d\0" % len(content) + content)
    return made.hexdigest()


def _names(said: bytes) -> list[str]:
    return [os.fsdecode(name) for name in said.split(b"\0") if name]
