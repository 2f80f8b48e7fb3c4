"""A PostgreSQL server of our own, for the demo and the tests; it leaves nothing behind."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readiness.drills.binaries import Binaries
from readiness.drills.certificate import Certificate
from readiness.model.errors import ReadinessError
from readiness.model.secret import Secret

_OWNER = "nobody"
_READY_LINE = 8
_READY_SECONDS = 60.0
_STOP_SECONDS = 20.0
_POLL = 0.01

Settings = Mapping[str, str | int | bool]

LOCAL_ONLY = ("local all all scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256")
"""Host based rules that let everybody in with a password, from this machine."""


@dataclass(frozen=True, slots=True)
class _User:
    """Who runs the server: PostgreSQL refuses to run as root."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls) -> "_User":
        if os.geteuid() != 0:
            return cls()
        entry = pwd.getpwnam(_OWNER)
        return cls(entry.pw_uid, entry.pw_gid)

    def options(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or a whole folder to the user."""
        if self.uid is None or self.gid is None:
            return
        for folder, names, files in os.walk(path):
            for name in (*names, *files):
                os.chown(Path(folder) / name, self.uid, self.gid, follow_symlinks=False)
        os.chown(path, self.uid, self.gid)


@dataclass(frozen=True, slots=True)
class Cluster:
    """An initialised data folder that servers are copied from: initdb is the slow part."""

    binaries: Binaries
    folder: Path
    password: Secret

    @classmethod
    def create(cls, binaries: Binaries, folder: Path) -> "Cluster":
        """Initialise a cluster in a folder that does not exist yet, owned by its user."""
        user = _User.choose()
        folder.mkdir(parents=True)
        user.own(folder)
        runnable = _runnable(binaries, folder, user)
        password = Secret(secrets.token_urlsafe(18))
        words = folder / "password"
        words.write_text(password.reveal())
        words.chmod(0o600)
        user.own(words)
        _run(
            [
                runnable.program("initdb"),
                *("-D", folder / "data", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"),
                *("--auth=scram-sha-256", "--pwfile", words),
            ],
            user,
            folder,
        )
        words.unlink()
        return cls(runnable, folder, password)


@dataclass
class Server:
    """A running server on 127.0.0.1 and a socket; use `start` in a `with` statement."""

    cluster: Cluster
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    tls: Certificate | None = None
    _user: _User = field(default_factory=_User.choose)

    @classmethod
    @contextlib.contextmanager
    def start(
        cls,
        binaries: Binaries | None = None,
        *,
        template: Cluster | None = None,
        settings: Settings | None = None,
        hba: Sequence[str] = LOCAL_ONLY,
        tls: Certificate | None = None,
    ) -> "Iterator[Server]":
        """Start a server, and stop and remove it at the end, whatever happens between."""
        folder = Path(tempfile.mkdtemp(prefix="readiness-"))
        user = _User.choose()
        user.own(folder)
        server: Server | None = None
        try:
            cluster = _cluster(binaries, template, folder, user)
            server = cls(cluster, folder, _free_port(), tls=tls)
            server.configure(settings or {}, hba=hba, tls=tls)
            server.launch()
            yield server
        finally:
            if server is not None:
                server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def configure(
        self,
        settings: Settings,
        *,
        hba: Sequence[str] = LOCAL_ONLY,
        tls: Certificate | None = None,
    ) -> None:
        """Write the configuration anew; it counts from the next start or reload on."""
        self.tls = tls
        own: dict[str, str | int | bool] = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": str(self.folder),
            "logging_collector": False,
            "fsync": False,
            **(tls.settings(self.folder) if tls else {}),
            **settings,
        }
        lines = [f"{name} = {_quoted(value)}" for name, value in own.items()]
        (self.data / "postgresql.auto.conf").write_text("")
        (self.data / "readiness.conf").write_text("\n".join([*lines, ""]))
        (self.data / "pg_hba.conf").write_text("\n".join([*hba, ""]))
        conf = self.data / "postgresql.conf"
        kept = conf.read_text()
        if "include 'readiness.conf'" not in kept:
            conf.write_text(f"{kept}\ninclude 'readiness.conf'\n")
        self._user.own(self.folder)

    def launch(self) -> None:
        """Start the process and wait until it takes connections.

        Raises `ReadinessError` with the end of its log where it does not start.
        """
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - a program that was found
                [self.cluster.binaries.program("postgres"), "-D", self.data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                **self._user.options(),
            )
        self._wait()

    def _wait(self) -> None:
        status = self.data / "postmaster.pid"
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                lines = status.read_text().splitlines()
                if len(lines) >= _READY_LINE and lines[_READY_LINE - 1].strip() == "ready":
                    return
            time.sleep(_POLL)
        last = "\n".join(self.log.splitlines()[-5:])
        raise ReadinessError(f"the PostgreSQL server did not start:\n{last}")

    def stop(self) -> None:
        """Stop the process by its own pid: at once, without waiting for clients."""
        process, self.process = self.process, None
        if process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS)
                return

    def restart(self) -> None:
        """Stop and start, so that every setting counts."""
        self.stop()
        self.launch()

    def reload(self) -> None:
        """Let the server read its configuration anew."""
        self.execute("SELECT pg_reload_conf()")

    def url(
        self,
        user: str = "postgres",
        password: str | Secret | None = None,
        dbname: str = "postgres",
        *,
        socket_only: bool = False,
        **options: str,
    ) -> str:
        """A URL of this server, over TCP or over its socket; with the password in it."""
        from urllib.parse import quote, urlencode  # noqa: PLC0415 - only to build a URL

        if password is None and user == "postgres":
            password = self.cluster.password
        text = password.reveal() if isinstance(password, Secret) else password
        login = quote(user, safe="") + (f":{quote(text, safe='')}" if text else "")
        host = "127.0.0.1"
        if socket_only:
            options = {"host": str(self.folder), "port": str(self.port), **options}
            return f"postgresql://{login}@/{quote(dbname)}?{urlencode(options)}"
        query = f"?{urlencode(options)}" if options else ""
        return f"postgresql://{login}@{host}:{self.port}/{quote(dbname)}{query}"

    def execute(self, *statements: str, dbname: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as the superuser over the socket; give the rows of the last one."""
        import psycopg  # noqa: PLC0415 - heavy, and only where something is executed

        rows: list[tuple[Any, ...]] = []
        url = self.url(dbname=dbname, socket_only=True)
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else []
        return rows


def _cluster(
    binaries: Binaries | None, template: Cluster | None, folder: Path, user: _User
) -> Cluster:
    """Make the data folder: a copy of the template's, or a new one."""
    if template is None:
        made = Cluster.create(binaries or Binaries.find(), folder / "cluster")
        (made.folder / "data").rename(folder / "data")
        return made
    shutil.copytree(template.folder / "data", folder / "data", symlinks=True)
    (folder / "data").chmod(0o700)
    user.own(folder / "data")
    return template


def _runnable(binaries: Binaries, folder: Path, user: _User) -> Binaries:
    """Give programs that the user can run: a copy where a folder above them is closed."""
    try:
        _run([binaries.program("postgres"), "--version"], user, folder)
    except (ReadinessError, OSError):
        copy = folder / "programs"
        shutil.copytree(binaries.folder.parent, copy, symlinks=True)
        user.own(copy)
        return Binaries(copy / "bin", binaries.version, binaries.tls, binaries.contrib)
    return binaries


def _run(command: Sequence[str | Path], user: _User, folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 - a program that was found
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        **user.options(),
    )
    if done.returncode != 0:
        last = "\n".join((done.stderr or done.stdout).splitlines()[-5:])
        raise ReadinessError(f"{Path(command[0]).name} failed: {last}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quoted(value: str | int | bool) -> str:  # noqa: FBT001 - a setting of any type
    if isinstance(value, bool):
        return "on" if value else "off"
    text = str(value).replace("'", "''")
    return f"'{text}'"
