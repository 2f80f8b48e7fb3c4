"""The server of the demo, set up as the sample application says: carelessly, then well."""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from msgspec import field

from readiness.drills.certificate import Certificate
from readiness.drills.sample import Sample
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.errors import InternalError
from readiness.model.partial import Partial

DATABASE = "interview"

IMAGE_ACCESS = (
    "local all all trust",
    "host all all 127.0.0.1/32 trust",
    "host all all ::1/128 trust",
    "host all all all scram-sha-256",
)
"""The access rules that the official image of PostgreSQL starts with."""

_HOST = "127.0.0.1"
_STATEMENTS = "pg_stat_statements"
_ARCHIVE = "/var/lib/postgresql/wal"
_ARCHIVE_SECONDS = 20.0
# What belongs to the machine that the server runs on, not to the application.
_OWN = ("listen_addresses", "ssl", "ssl_cert_file", "ssl_key_file")
_SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class Stage(Partial, frozen=True):
    """The application and the server that it is judged with.

    ``url`` is where the check is to connect, password included: as the application's
    role at first, as the checking role later. ``missing`` are the rules for which this
    build of PostgreSQL has nothing to show, each with the reason.
    """

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"url"})

    sample: Sample
    server: Server
    url: str
    encrypted: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def not_ready(sample: Sample, template: Template) -> Iterator[Stage]:
    """Start a server as the compose file does: one superuser, every script in the folder."""
    with Server.start(template=template, hba=IMAGE_ACCESS) as server:
        given = sample.variables()
        user, password = given["DB_USER"], given["DB_PASSWORD"]
        server.execute(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{password}'")
        server.execute(f"CREATE DATABASE {DATABASE} OWNER {user}")
        for name in ("schema", "seed_dev"):
            server.execute(sample.script(name), dbname=DATABASE)
        yield Stage(sample, server, server.url(user, password, DATABASE))


@contextmanager
def ready(sample: Sample, template: Template) -> Iterator[Stage]:
    """Start a fresh server as the mended application says, with passwords of this run."""
    tls = Certificate.make(_HOST, "localhost") if template.binaries.tls else None
    access = [line for line in sample.access() if tls or "hostssl" not in line]
    with Server.start(template=template, hba=access, tls=tls) as server:
        statements = _has_statements(server)
        _configure(server, sample, statements=statements)
        own, checking = secrets.token_hex(16), secrets.token_hex(16)
        server.execute(f"CREATE DATABASE {DATABASE}")
        for name in ("schema", "roles"):
            server.execute(_possible(sample.script(name), statements), dbname=DATABASE)
        server.execute(f"ALTER ROLE interview_app PASSWORD '{own}'")
        server.execute(f"ALTER ROLE readiness PASSWORD '{checking}'")
        _archive(server)
        url = _checking_url(server, checking, encrypted=tls is not None)
        yield Stage(sample, server, url, tls is not None, _missing(statements))


def _checking_url(server: Server, password: str, *, encrypted: bool) -> str:
    """Give the checking role's address, over the socket where the server has no TLS."""
    if not encrypted:
        return server.url("readiness", password, DATABASE, local=True)
    return server.url(
        "readiness", password, DATABASE,
        sslmode="verify-full", sslrootcert=str(server.ca_file),
    )  # fmt: skip


def _missing(statements: bool) -> dict[str, str]:  # noqa: FBT001 - a fact
    if statements:
        return {}
    return {"mon-pgss": f"this build of PostgreSQL comes without {_STATEMENTS}"}


def _has_statements(server: Server) -> bool:
    query = f"SELECT 1 FROM pg_available_extensions WHERE name = '{_STATEMENTS}'"  # noqa: S608 - a constant
    return bool(server.execute(query))


def _configure(server: Server, sample: Sample, *, statements: bool) -> None:
    archive = server.folder / "wal"
    archive.mkdir()
    server.template.owner.give(archive)
    settings: dict[str, str | float] = {
        name: value.replace(_ARCHIVE, f"../{archive.name}")  # commands run in the data folder
        for name, value in sample.settings().items()
        if name not in _OWN and _possible(value, statements)
    }
    server.configure(**settings, **_SAFE)
    server.restart()


def _possible(text: str, statements: bool) -> str:  # noqa: FBT001 - a fact
    """Leave out the lines that this build of PostgreSQL cannot follow."""
    if statements:
        return text
    return "\n".join(line for line in text.splitlines() if _STATEMENTS not in line)


def _archive(server: Server) -> None:
    """Let one file of the log be archived, as it would be within the first minutes."""
    server.execute("SELECT pg_switch_wal()")
    end = time.monotonic() + _ARCHIVE_SECONDS
    while not server.execute("SELECT archived_count FROM pg_stat_archiver")[0][0]:
        if time.monotonic() > end:
            raise InternalError("the demo's server did not archive its log")
        time.sleep(0.05)
