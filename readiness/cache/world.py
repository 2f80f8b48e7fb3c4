"""What an answer depends on besides the project: this program, the day, and files elsewhere."""

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator

from readiness.cache.store import digest
from readiness.cache.walk import Stamp, stamp_of, walk
from readiness.version import VERSION

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib takes long
# What decides which git answers, and by which configuration.
_VARIABLES = ("PATH", "HOME", "XDG_CONFIG_HOME", "PYTHONPATH")
_ABSENT: Stamp = (-1, -1, -1)
_FOLDER: Stamp = (0, 0, 0)


def program() -> str:
    """A name for this program as it is: its code, its checklists, Python, what is installed."""
    data = os.path.join(os.path.dirname(_PACKAGE), "checklists")  # noqa: PTH118, PTH120 - as above
    seen = [VERSION, sys.version, sorted(walk(_PACKAGE)), sorted(walk(data))]
    places = [(path, _when(path)) for path in sys.path]
    given = [os.environ.get(name) for name in _VARIABLES]
    return digest(repr((seen, places, given)).encode(errors="surrogateescape"))


def _when(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - as above
    except OSError:
        return -1


def day() -> str:
    """Today in UTC: waivers and evidence expire at the end of a day."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def stamps_of(paths: Iterable[str]) -> list[tuple[str, Stamp]]:
    """The files with their stamps; what is not there has one of its own, as has a folder."""
    return [(path, _stamp(path)) for path in dict.fromkeys(paths)]


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return _ABSENT
    return _FOLDER if stat.S_ISDIR(status.st_mode) else stamp_of(status)


def git_files(root: str) -> Iterator[str]:
    """The files that git's answers about a folder come from."""
    yield from ("/etc/gitconfig", os.path.expanduser("~/.gitconfig"))  # noqa: PTH111 - as above
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - as above
    yield from (f"{config}/git/{name}" for name in ("config", "ignore", "attributes"))
    above = root
    while True:
        yield f"{above}/.git"
        yield f"{above}/.gitignore"
        if os.path.exists(f"{above}/.git"):  # noqa: PTH110 - as above
            yield from _of_repository(f"{above}/.git")
            return
        if above in {"/", ""}:
            return
        above = os.path.dirname(above)  # noqa: PTH120 - as above


def _of_repository(path: str) -> Iterator[str]:
    own = _pointed(path, "gitdir:") if os.path.isfile(path) else path  # noqa: PTH113 - as above
    common = _pointed(f"{own}/commondir", "") or own
    for name in ("HEAD", "index", "config", "config.worktree", "commondir", "shallow"):
        yield f"{own}/{name}"
    for name in ("config", "packed-refs", "info/exclude", "shallow", "reftable/tables.list"):
        yield f"{common}/{name}"
    yield f"{common}/{_text(f'{own}/HEAD').removeprefix('ref:').strip()}"


def _pointed(path: str, prefix: str) -> str:
    said = _text(path).removeprefix(prefix).strip()
    return os.path.normpath(os.path.join(os.path.dirname(path), said)) if said else ""  # noqa: PTH118, PTH120 - as above


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123 - as above
            return file.read(4096)
    except OSError:
        return ""
