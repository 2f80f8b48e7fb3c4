"""The folder of the cache: the user's own, readable by nobody else, and safe to lose.

It is not in the project: what a repository brings must not be taken for an earlier answer,
and a check writes nothing there.
"""

import os
import stat
import sys
from contextlib import suppress
from hashlib import blake2b

MOST = 200
"""How many files the cache may have; the oldest go."""
_VARIABLE = "READINESS_CACHE_DIR"


def folder() -> str | None:
    """Where the cache is; None where the user has no place for one."""
    if given := os.environ.get(_VARIABLE):
        return given
    if base := os.environ.get("XDG_CACHE_HOME"):
        return f"{base}/readiness"
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib takes longer than all of this
    if not os.path.isabs(home):  # noqa: PTH117 - as above
        return None
    return f"{home}/Library/Caches/readiness" if sys.platform == "darwin" else (
        f"{home}/.cache/readiness")  # fmt: skip


def name_of(kind: str, *parts: str) -> str:
    """The name of a file of the cache for these parts of a key."""
    return f"{kind}-{digest(*(part.encode(errors='surrogateescape') for part in parts))}"


def digest(*parts: bytes) -> str:
    """A short name for what the parts are, which nobody can lead elsewhere."""
    made = blake2b(digest_size=20)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()


def load(name: str) -> bytes | None:
    """A file of the cache; None where there is none, or where it is not the user's own."""
    where = folder()
    if where is None:
        return None
    try:
        number = os.open(f"{where}/{name}", os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    with open(number, "rb") as file:  # noqa: PTH123 - a descriptor
        status = os.fstat(number)
        mine = status.st_uid == os.geteuid() and not status.st_mode & 0o022
        return file.read() if mine and stat.S_ISREG(status.st_mode) else None


def save(name: str, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; where that cannot be, leave it."""
    where = folder()
    if where is None:
        return
    temporary = f"{where}/{name}.{os.getpid()}"
    try:
        os.makedirs(where, 0o700, exist_ok=True)  # noqa: PTH103 - as above
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        with open(os.open(temporary, flags, 0o600), "wb") as file:  # noqa: PTH123 - as above
            file.write(content)
        os.replace(temporary, f"{where}/{name}")  # noqa: PTH105 - as above
        _prune(where)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - as above


def _prune(where: str) -> None:
    entries = list(os.scandir(where))
    if len(entries) > MOST:
        for entry in sorted(entries, key=lambda one: one.stat().st_mtime_ns)[: -MOST // 2]:
            os.unlink(entry.path)  # noqa: PTH108 - as above
