"""PgBouncer of our own, in front of a server of our own: started for a test, gone after it."""

import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from readiness.drills.certificate import Certificate
from readiness.drills.owner import Owner, private_folder
from readiness.drills.ports import free_port
from readiness.drills.server import Server

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
_LIMIT = 20.0
_POLL = 0.01


class Bouncer:
    """A running PgBouncer on 127.0.0.1 and on a socket in its private folder.

    ``users`` may log in, each with a password of this run; ``stats`` may use the console.
    """

    def __init__(self, server: Server, folder: Path, owner: Owner) -> None:
        self.server = server
        self.folder = folder
        self.host = "127.0.0.1"
        self.port = free_port()
        self.passwords = {"stats": secrets.token_urlsafe(24)}
        self._owner = owner
        self._settings: dict[str, str | int] = {}
        self._databases: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def start(
        cls,
        server: Server,
        users: Mapping[str, str],
        *,
        tls: Certificate | None = None,
        databases: Mapping[str, str] | None = None,
        **settings: str | int,
    ) -> Iterator["Bouncer"]:
        """Start one; ``databases`` adds words to the entries of its databases."""
        assert PROGRAM
        owner = Owner.choose()
        with private_folder(owner) as folder:
            made = cls(server, folder, owner)
            made.passwords |= users
            if tls:
                made.keep(tls)
            made.configure(databases, **settings)
            try:
                made.run()
                yield made
            finally:
                made.stop()

    @property
    def log(self) -> str:
        """What it has logged."""
        return (self.folder / "log").read_text("utf-8", errors="replace")

    def url(
        self, user: str, dbname: str = "postgres", *, local: bool = False, **options: str
    ) -> str:
        """The address of a database for a user, by TCP or (``local``) by the socket."""
        host = quote(str(self.folder), safe="") if local else self.host
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
        end = f"?{asked}" if asked else ""
        return f"postgresql://{user}:{self.passwords[user]}@{host}:{self.port}/{dbname}{end}"

    def keep(self, tls: Certificate) -> None:
        """Put a certificate, its key and the authority where the settings can name them."""
        for name, content in (("crt", tls.chain), ("key", tls.key), ("ca", tls.authority)):
            (self.folder / name).write_bytes(content)

    def configure(self, databases: Mapping[str, str] | None = None, **settings: str | int) -> None:
        """Write its files anew, with settings beside those that were given before."""
        self._settings |= settings
        self._databases |= databases or {}
        entries = {"postgres": "", **self._databases}
        lines = ["[databases]"]
        for name, words in entries.items():
            place = "" if "host=" in words else f"host=127.0.0.1 port={self.server.port} "
            dbname = "" if "dbname=" in words else "dbname=postgres "
            lines.append(f"{name} = {place}{dbname}{words}")
        lines += ["[pgbouncer]", *(f"{k} = {v}" for k, v in self._whole().items())]
        users = [f'"{name}" "{word}"' for name, word in self.passwords.items()]
        (self.folder / "ini").write_text("\n".join((*lines, "")), "utf-8")
        (self.folder / "users").write_text("\n".join((*users, "")), "utf-8")
        self._owner.give(self.folder)

    def _whole(self) -> dict[str, str | int]:
        given: dict[str, str | int] = {
            "listen_addr": self.host,
            "listen_port": self.port,
            "unix_socket_dir": str(self.folder),
            "logfile": str(self.folder / "log"),
            "pidfile": str(self.folder / "pid"),
            "auth_type": "scram-sha-256",
            "auth_file": str(self.folder / "users"),
            "stats_users": "stats",
        }
        files = {"crt": "cert_file", "key": "key_file", "ca": "ca_file"}
        if (self.folder / "crt").exists() and "client_tls_sslmode" in self._settings:
            given |= {f"client_tls_{v}": str(self.folder / k) for k, v in files.items()}
        if "server_tls_sslmode" in self._settings and (self.server.folder / "ca.crt").exists():
            shutil.copy(self.server.ca_file, self.folder / "server-ca")
            given["server_tls_ca_file"] = str(self.folder / "server-ca")
        return given | self._settings

    def run(self) -> None:
        """Start it, and wait until somebody can log in."""
        self.stop()
        assert PROGRAM
        with (self.folder / "output").open("ab") as output:
            self._process = self._owner.start(
                [PROGRAM, self.folder / "ini"], cwd=self.folder, stdout=output, stderr=output
            )
        end = time.monotonic() + _LIMIT
        while True:
            assert self._process.poll() is None, (self.folder / "output").read_text()
            assert time.monotonic() < end
            try:
                psycopg.connect(
                    self.url("stats", "pgbouncer", local=True), autocommit=True
                ).close()
            except psycopg.OperationalError:
                time.sleep(_POLL)
            else:
                return

    def stop(self) -> None:
        """Stop this one process, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
