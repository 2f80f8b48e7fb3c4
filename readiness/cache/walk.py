"""Every file of a folder, with what changes when the file does."""

import os
import stat
from collections.abc import Iterator

# Folders that hold other people's files or a tool's own; never part of a project.
NEVER = frozenset({
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".readiness-cache",
    "site-packages", ".import_linter_cache",
})  # fmt: skip

Stamp = tuple[int, int, int]
"""What changes with a file: when it was modified, when its entry was, its size."""

_SPECIAL = (
    (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"), (stat.S_ISBLK, "device"),
)  # fmt: skip
_TICK = 20_000_000
_COARSE = 2_000_000_000


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def is_settled(stamp: Stamp, looked: int) -> bool:
    """Whether any change after the moment of looking (in ns) shows in the stamp.

    A file that was changed within the same tick of the file system's clock may change
    again without a trace, as git knows ("racy"): such a one counts as changed.
    """
    changed = stamp[1]
    return changed < looked - (_TICK if changed % 1_000_000_000 else _COARSE)


def walk(
    root: str | os.PathLike[str], others: dict[str, str] | None = None
) -> Iterator[tuple[str, Stamp]]:
    """Every regular file that may be of a project, with its stamp, in no order.

    Paths are POSIX and relative. Links are not followed into folders. ``others`` takes what
    is neither, and what it is.
    """
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
            elif others is not None and not os.path.isdir(entry.path):  # noqa: PTH112 - a loop of links is none
                others[f"{prefix}{entry.name}"] = _kind(entry)


def _stamp_if_regular(entry: "os.DirEntry[str]") -> Stamp | None:
    """The stamp of an entry whose reading ends: a file, or a link to one; no FIFO, no socket."""
    try:
        status = entry.stat()
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _kind(entry: "os.DirEntry[str]") -> str:
    """Why an entry is not read, in words."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return "it is a link that leads nowhere" if entry.is_symlink() else "it cannot be read"
    return next(
        (f"it is a {word}, which is not read" for has, word in _SPECIAL if has(mode)),
        "it is no regular file",
    )
