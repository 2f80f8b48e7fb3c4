"""The user that servers of our own run as, and folders that are theirs."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from readiness.drills.binaries import ServerError

_LONGEST_SOCKET = 90
START_LIMIT = 60.0
"""The seconds that a program of PostgreSQL may take."""
_USERS = ("postgres", "nobody")


class Owner(Struct, frozen=True):
    """The user that servers run as: ourselves, or somebody else where we are root."""

    uid: int
    gid: int

    @classmethod
    def choose(cls) -> "Owner":
        """Choose one; PostgreSQL refuses to run as root. Raises `ServerError`."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        for name in _USERS:
            with suppress(KeyError):
                found = pwd.getpwnam(name)
                return cls(found.pw_uid, found.pw_gid)
        raise ServerError(
            "PostgreSQL does not run as root, and there is no user to run it as",
            hint="run it as an ordinary user, for example with `setpriv --reuid 1000`",
        )

    def give(self, path: Path) -> None:
        """Make a path, and everything below it, this user's."""
        if os.geteuid() != 0:
            return
        os.chown(path, self.uid, self.gid)
        for folder, folders, files in os.walk(path):
            for name in (*folders, *files):
                os.chown(Path(folder, name), self.uid, self.gid, follow_symlinks=False)

    def start(self, words: Sequence[str | Path], **options: Any) -> "subprocess.Popen[bytes]":
        """Start a program as this user, with nothing of our environment but the path."""
        if os.geteuid() == 0:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        variables = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.Popen(  # noqa: S603 - the programs that were found
            [str(word) for word in words],
            env=variables,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )

    def run(self, words: Sequence[str | Path], folder: Path) -> str:
        """Run a program to its end as this user; raises `ServerError` with what it said."""
        process = self.start(
            words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, umask=0o077
        )
        with process:
            try:
                output, _ = process.communicate(timeout=START_LIMIT)
            except BaseException:
                process.kill()
                raise
        text = output.decode(errors="replace").strip()
        if process.returncode:
            last = text.splitlines()[-1] if text else f"exit {process.returncode}"
            raise ServerError(f"{Path(words[0]).name} failed: {last}")
        return text

    def can_run(self, words: Sequence[str | Path], folder: Path) -> bool:
        """Tell whether this user can run a program in a folder."""
        try:
            self.run(words, folder)
        except (OSError, ServerError, subprocess.SubprocessError):
            return False
        return True


@contextmanager
def private_folder(owner: Owner) -> Iterator[Path]:
    """Give a folder that only the owner can enter, and remove it with all it holds."""
    for above in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):  # noqa: S108 - made private
        if not Path(above).is_dir():
            continue
        folder = Path(tempfile.mkdtemp(prefix="readiness-", dir=above))
        try:
            owner.give(folder)
            if len(str(folder)) < _LONGEST_SOCKET and owner.can_run(["/bin/true"], folder):
                yield folder
                return
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    raise ServerError(
        "there is no temporary folder that the server's user can enter",
        hint="set TMPDIR to a folder that every user can enter",
    )
