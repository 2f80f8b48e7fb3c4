"""A folder of data that every server of our own begins as a copy of."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from readiness.drills.binaries import Binaries
from readiness.drills.owner import Owner, private_folder
from readiness.drills.signals import ended_by_signals
from readiness.model.partial import Partial

ADMIN = "postgres"


class Template(Partial, frozen=True):
    """The files of a server that was never started, to be copied: much faster than initdb."""

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"password"})

    binaries: Binaries
    data: Path
    owner: Owner
    password: str

    @classmethod
    @contextmanager
    def make(cls, binaries: Binaries) -> Iterator["Template"]:
        """Make the files, and remove them at the end; raises `ServerError`."""
        owner = Owner.choose()
        with ended_by_signals(), private_folder(owner) as folder:
            usable = binaries
            if not owner.can_run([binaries.postgres, "--version"], folder):
                usable = binaries.copied_to(folder / "programs")
                owner.give(folder)
            yield cls(usable, folder / "data", owner, _initialise(usable, folder, owner))


def _initialise(binaries: Binaries, folder: Path, owner: Owner) -> str:
    password = secrets.token_urlsafe(24)
    file = folder / "password"
    file.touch(0o600)
    file.write_text(password)
    owner.give(file)
    identity = ["--username", ADMIN, "--pwfile", str(file), "--auth", "scram-sha-256"]
    shape = ["--encoding", "UTF8", "--no-locale", "--no-sync", "--pgdata", str(folder / "data")]
    owner.run([binaries.initdb, *identity, *shape], folder)
    file.unlink()
    return password
