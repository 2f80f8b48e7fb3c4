"""PostgreSQL servers of our own: started for a demo or a test, and gone after it."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from readiness.drills.binaries import Binaries, ServerError
from readiness.drills.certificate import Certificate
from readiness.drills.owner import START_LIMIT, private_folder
from readiness.drills.ports import free_port
from readiness.drills.signals import ended_by_signals
from readiness.drills.template import ADMIN, Template

DEFAULT_HBA = ("local all all scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256")
_ADMIN_LINE = f"local all {ADMIN} scram-sha-256"
_STOP_LIMIT = 10.0
_POLL = 0.01
_ATTEMPTS = 3
_STATUS_LINE = 7
# Only speed: what these give up is safety in a crash of the whole machine.
_QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_SETTINGS = {"listen_addresses": "127.0.0.1", "log_destination": "stderr", "lc_messages": "C"}


class Server:
    """A running PostgreSQL server on 127.0.0.1 and on a socket in its private folder."""

    def __init__(self, template: Template, folder: Path, port: int) -> None:
        self.template = template
        self.folder = folder
        self.data = folder / "data"
        self.port = port
        self.host = "127.0.0.1"
        self.log_file = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def start(
        cls,
        binaries: Binaries | None = None,
        *,
        settings: Mapping[str, str | float] | None = None,
        hba: Sequence[str] = DEFAULT_HBA,
        tls: Certificate | None = None,
        template: Template | None = None,
    ) -> Iterator["Server"]:
        """Start a server, and leave nothing of it at the end; raises `ServerError`.

        ``hba`` stands behind one line for the administrator on the socket. Crash safety
        is off unless ``settings`` say otherwise.
        """
        with ended_by_signals():
            if template is None:
                with (
                    Template.make(binaries or Binaries.find()) as made,
                    cls.start(settings=settings, hba=hba, tls=tls, template=made) as server,
                ):
                    yield server
                return
            with private_folder(template.owner) as folder:
                server = cls._begin(template, folder, dict(settings or {}), hba, tls)
                try:
                    yield server
                finally:
                    server.stop()

    @classmethod
    def _begin(
        cls,
        template: Template,
        folder: Path,
        settings: dict[str, str | float],
        hba: Sequence[str],
        tls: Certificate | None,
    ) -> "Server":
        shutil.copytree(template.data, folder / "data", symlinks=True)
        for attempt in range(_ATTEMPTS):
            server = cls(template, folder, free_port())
            server._configure(settings, hba, tls)
            template.owner.give(folder)
            try:
                server.restart()
            except ServerError:
                server.stop()
                taken = "Address already in use" in server.log
                if attempt + 1 == _ATTEMPTS or not taken:
                    raise
            except BaseException:
                server.stop()
                raise
            else:
                return server
        raise ServerError("no port on 127.0.0.1 is free")

    @property
    def version(self) -> str:
        """The server's version, such as 15.18."""
        return self.template.binaries.version

    @property
    def log(self) -> str:
        """What the server has logged."""
        return self.log_file.read_text("utf-8", errors="replace") if self.log_file.exists() else ""

    @property
    def admin_password(self) -> str:
        """The administrator's password, made for this run."""
        return self.template.password

    def url(
        self,
        user: str = ADMIN,
        password: str | None = None,
        dbname: str = "postgres",
        *,
        local: bool = False,
        **options: str,
    ) -> str:
        """The address of a database for a user, by TCP or (``local``) by the socket."""
        word = self.admin_password if password is None and user == ADMIN else password
        who = quote(user, safe="") + (f":{quote(word, safe='')}" if word else "")
        host = quote(str(self.folder), safe="") if local else self.host
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
        end = f"?{asked}" if asked else ""
        return f"postgresql://{who}@{host}:{self.port}/{quote(dbname, safe='')}{end}"

    def execute(self, sql: str, dbname: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one or more statements as the administrator; the rows of the last one."""
        import psycopg  # noqa: PLC0415 - only where a server is spoken to

        with psycopg.connect(self.url(dbname=dbname, local=True), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def configure(self, **settings: str | float) -> None:
        """Change settings in the server's file; `reload` or `restart` makes them live."""
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {_quoted(value)}\n" for name, value in settings.items())

    def allow(self, *lines: str) -> None:
        """Replace the lines of pg_hba.conf behind the administrator's; then `reload`."""
        text = "\n".join((_ADMIN_LINE, *lines, ""))
        (self.data / "pg_hba.conf").write_text(text, "utf-8")

    def reload(self) -> None:
        """Let the server read its files again."""
        before = self.execute("SELECT pg_conf_load_time()")
        self.execute("SELECT pg_reload_conf()")
        end = time.monotonic() + _STOP_LIMIT
        while self.execute("SELECT pg_conf_load_time()") == before and time.monotonic() < end:
            time.sleep(_POLL)

    def restart(self) -> None:
        """Start the server, anew if it runs; raises `ServerError` with its last words."""
        self.stop()
        program = self.template.binaries.postgres
        with self.log_file.open("ab") as log:
            self._process = self.template.owner.start(
                [program, "-D", self.data], cwd=self.folder, stdout=log, stderr=log
            )
        end = time.monotonic() + START_LIMIT
        while not self._is_ready():
            if self._process.poll() is not None:
                raise ServerError(f"the server ended at once: {self._last_words()}")
            if time.monotonic() > end:
                raise ServerError(f"the server was not ready within {START_LIMIT:g} s")
            time.sleep(_POLL)

    def stop(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server, harder the longer it takes; without a server, do nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        for step in (how, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is not None:
                break
            process.send_signal(step)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_LIMIT)
        process.wait()

    def _last_words(self) -> str:
        """What it said last, the first complaint first: a wrong setting comes before FATAL."""
        said = [line.partition("] ")[2] for line in self.log.splitlines()[-5:]]
        return "; ".join(line.partition(":  ")[2] for line in said if line) or "it says nothing"

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"

    def _configure(
        self, settings: dict[str, str | float], hba: Sequence[str], tls: Certificate | None
    ) -> None:
        given: dict[str, str | float] = {**_SETTINGS, **_QUICK}
        given |= {"port": self.port, "unix_socket_directories": str(self.folder)}
        if tls:
            self._keep(tls)
            given |= {"ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key"}
        self.configure(**{**given, **settings})
        self.allow(*hba)

    def _keep(self, tls: Certificate) -> None:
        (self.data / "server.crt").write_bytes(tls.chain)
        key = self.data / "server.key"
        key.touch(0o600)
        key.write_bytes(tls.key)
        (self.folder / "ca.crt").write_bytes(tls.authority)

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, for ``sslrootcert``; only of a server with TLS."""
        return self.folder / "ca.crt"


def _quoted(value: str | float) -> str:
    return "'" + str(value).replace("'", "''") + "'"
