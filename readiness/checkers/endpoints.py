"""Which server and database each engine reaches, as far as that is known."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from readiness import Engine, Environment, Place, Step
from readiness.checkers.connections import said_by
from readiness.checkers.logins import Login, is_loopback, is_socket

LOCAL = "this machine"
_LOCAL = re.compile(r"(?i)\A(?:0\.0\.0\.0|\[?::\]?|(?:.*\.)?localhost)\Z")
_PORTS = {"postgresql": "5432", "cockroachdb": "26257", "mysql": "3306", "mariadb": "3306"}


class Part(Struct, frozen=True):
    """A part of an address: its text, or why that is not known.

    No text and no reason mean that nothing says it. Two that are not known are the same
    where they have one ``key``.
    """

    text: str | None = None
    reason: str = ""
    key: str = ""

    @property
    def known(self) -> bool:
        """Whether the text, or its absence, is certain."""
        return not self.reason


class Endpoint(Struct, frozen=True):
    """One server and database that something would connect to, at its place."""

    what: str
    at: Place | None
    host: Part
    port: Part
    database: Part
    made_at: Place | None = None
    under: tuple[str, ...] = ()
    trace: tuple[Step, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    literal: bool = False
    beside: tuple[str, ...] = ()
    """The hosts that the same address names, of which libpq takes the first that answers."""

    @property
    def server(self) -> str | None:
        """The host in one spelling; None where it is not known."""
        if not self.host.known:
            return None
        return LOCAL if is_local(self.host.text or "") else spelled(self.host.text or "")

    @property
    def subject(self) -> str:
        """What connects, and where it is made if the address stands elsewhere."""
        if self.at == self.made_at:
            return self.what
        return f"{self.what} that {self.made_at} makes"

    @property
    def given(self) -> dict[str, Any]:
        """What every finding about it carries."""
        return {"at": self.at, "trace": self.trace, "data": self.data}

    def __str__(self) -> str:
        if not (self.host.known or self.database.known):
            return "a server and a database that are not known here"
        host = self.host.text or ("no host" if self.host.known else "a host that is not known")
        port = f":{self.port.text}" if self.port.text else ""
        name = self.database.text or ("" if self.database.known else "?")
        return f"{host}{port}{f'/{name}' if name else ''}"

    def matches(self, pattern: str) -> bool:
        """Whether a pattern names this endpoint: a host, a host and a database, or `/database`."""
        host, port = self.host.text or "", self.port.text or ""
        name = self.database.text or ""
        ways = (host, f"{host}:{port}", f"{host}/{name}", f"{host}:{port}/{name}", f"/{name}")
        return any(fnmatchcase(way.lower(), pattern.lower()) for way in ways if way.strip("/:"))


def is_local(host: str) -> bool:
    """Whether a host, or none, is the machine on which the code runs."""
    return not host or is_loopback(host) or is_socket(host) or bool(_LOCAL.match(host))


def spelled(host: str) -> str:
    """A host in one spelling."""
    return host.strip("[]").rstrip(".").lower()


def of_engines(engines: tuple[Engine, ...], environment: Environment) -> Iterator[Endpoint]:
    """The endpoints of the engines that reach a server; each of several hosts by itself."""
    for engine in engines:
        if not is_file(engine):
            yield from _hosts(_of_engine(engine, environment))


def is_file(engine: Engine) -> bool:
    """Whether an engine opens a file or memory, and no server."""
    return (engine.dialect or "").startswith(("sqlite", "duckdb"))


def _of_engine(engine: Engine, environment: Environment) -> Endpoint:
    url = engine.url
    host = url.query.get("hostaddr") or (
        url.query["host"] if "host" in url.query and not url.host.text else url.host)  # fmt: skip
    default = _PORTS.get(engine.dialect or "", "")
    port = Part(url.port.text or default, url.port.reason, url.port.key)
    return Endpoint(
        f"the {engine.library} connection", _said_at(engine, environment) or engine.at,
        _part(host), port, _part(url.database), engine.at, engine.under, engine.reach,
        {"site": str(engine.at), "url": str(url), "sslmode": engine.sslmode,
         "pool_size": engine.pool_size, "max_overflow": engine.max_overflow},
        url.host.literal,
    )  # fmt: skip


def _part(given: Any) -> Part:
    return Part(given.text, given.reason, given.key)


def _said_at(engine: Engine, environment: Environment) -> Place | None:
    """Where the host stands, or else the database: the line to mend."""
    for piece in (engine.url.host, engine.url.database):
        for name in piece.variables:
            variable = environment.get(name)
            if variable is not None and variable.state == "known" and variable.at is not None:
                return variable.at
        if piece.places:
            return piece.places[0]
    return None


def _hosts(endpoint: Endpoint) -> Iterator[Endpoint]:
    """An endpoint for each of the hosts, which libpq tries one after the other."""
    hosts = (endpoint.host.text or "").split(",")
    if len(hosts) == 1:
        yield endpoint
        return
    ports = (endpoint.port.text or "").split(",")
    beside = tuple(spelled(_apart(one)[0]) for one in hosts)
    for index, one in enumerate(hosts):
        host, port = _apart(one)
        own = port or (ports[index] if index < len(ports) else ports[-1])
        yield replace(endpoint, host=Part(host), port=Part(own), beside=beside)


def _apart(text: str) -> tuple[str, str]:
    """A host and the port that is written with it."""
    host, colon, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "")
    return (host, port) if colon else (text, "")


def of_variables(
    environment: Environment, consumed: frozenset[str]
) -> Iterator[tuple[str, Endpoint]]:
    """The addresses that the environment gives and that no engine takes up, by variable."""
    for name, at, login in said_by(environment, consumed):
        host = login.host or login.option("host") or ""
        yield name, _of_login(name, at, replace(login, host=host))


def _of_login(name: str, at: Place | None, login: Login) -> Endpoint:
    reason = f"a part of {name} is supplied from outside"
    host, port, database = (
        Part(None, reason) if "$" in said else Part(said)
        for said in (login.host, login.port or "5432", login.database)
    )
    return Endpoint(f"the address in {name}", at, host, port, database, at)
