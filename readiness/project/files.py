"""Which files a project has: what git would deploy, or a walk."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from readiness.project.git import git

# Folders that hold other people's files or a tool's own; never part of a project.
NEVER = frozenset({
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".readiness-cache",
    "site-packages", ".import_linter_cache",
})  # fmt: skip


Stamp = tuple[int, int, int]
"""What changes with a file: when it was modified, when its entry was, its size."""


def list_files(root: Path, named: Iterable[str] = ()) -> dict[str, Stamp]:
    """List the regular files of a project, POSIX and relative, sorted, with their stamps.

    They are what git tracks or does not ignore, plus every ``.env*`` and the files in
    ``named``, ignored or not. Where git does not answer for this folder, or answers
    with nothing, all files that a walk finds. Links are not followed into folders.
    """
    walked = dict(walk(root))
    listed = _from_git(root)
    kept = set(walked)
    if listed:
        kept = {path for path in walked if path in listed or _is_env_file(path)}
        inside = tuple(f"{path}/" for path in listed - kept if (root / path).is_dir())
        if inside:
            kept |= {path for path in walked if path.startswith(inside)}
    found = {path: walked[path] for path in kept}
    found |= {path: stamp_of((root / path).stat()) for path in _existing(root, named)}
    return dict(sorted(found.items()))


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def leads_inside(root: Path, path: str) -> bool:
    """Tell whether a path, links followed, stays in the project.

    A repository is somebody else's text: what it points at outside is not its own.
    """
    try:
        return (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _is_env_file(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".env")


def _existing(root: Path, named: Iterable[str]) -> set[str]:
    return {path for path in named if (root / path).is_file()}


def walk(root: Path) -> Iterator[tuple[str, Stamp]]:
    """Every regular file that may be of the project, with its stamp, in no order."""
    pending = [("", os.fspath(root))]
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NEVER:
                    pending.append((f"{prefix}{entry.name}/", entry.path))
            elif stamp := _stamp_if_regular(entry):
                yield f"{prefix}{entry.name}", stamp


def _stamp_if_regular(entry: os.DirEntry[str]) -> Stamp | None:
    """The stamp of an entry whose reading ends: a file, or a link to one; no FIFO, no socket."""
    try:
        status = entry.stat()
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _from_git(root: Path) -> set[str]:
    found = git(root, "ls-files", "-z", "-c", "-o", "--exclude-standard") or b""
    return {os.fsdecode(name).rstrip("/") for name in found.split(b"\0") if name}
