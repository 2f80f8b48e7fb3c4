"""What PgBouncer's console says of itself: its settings, its pools, its databases."""

import ipaddress
import re

from msgspec import Struct

from readiness.database.access import LOCAL_NAMES

CONSOLE = "pgbouncer"
"""The name of the database that is PgBouncer's console."""


class Pool(Struct, frozen=True):
    """The connections of one user to one database, as the pooler has them now.

    ``waiting`` clients have no server connection; the first of them waits for ``wait``
    seconds.
    """

    database: str
    user: str
    mode: str = ""
    active: int = 0
    waiting: int = 0
    servers: int = 0
    wait: float = 0.0


class Route(Struct, frozen=True):
    """A database as clients name it, and where the pooler sends them.

    ``host`` is None for a socket. ``size`` and ``reserve`` bound each pool, ``most`` all
    of them together (0 is without end). ``user`` is the one that everybody becomes.
    """

    name: str
    host: str | None = None
    port: int = 5432
    database: str = ""
    user: str | None = None
    size: int = 20
    reserve: int = 0
    least: int = 0
    most: int = 0
    mode: str | None = None

    @property
    def is_socket(self) -> bool:
        """Whether no network lies between the pooler and the server."""
        return not self.host or self.host.startswith(("/", "@"))

    @property
    def is_local(self) -> bool:
        """Whether the server is the pooler's own machine: a socket, or loopback."""
        return self.is_socket or all(map(is_loopback, (self.host or "").split(",")))


class Pooler(Struct, frozen=True):
    """PgBouncer's own settings; one that it does not have, or did not say, is None.

    ``size``, ``reserve`` and ``most`` are those of a database that has none of its own.
    ``between`` says that the session went through it; False where it was only named.
    """

    version: str
    mode: str = "session"
    client_tls: str | None = None
    server_tls: str | None = None
    listens: str | None = None
    listen_port: int | None = None
    clients: int | None = None
    size: int = 20
    reserve: int = 0
    most: int = 0
    per_user: int = 0
    prepared: int | None = None
    ignored: str = ""
    shared_port: bool = False
    pools: tuple[Pool, ...] = ()
    routes: tuple[Route, ...] = ()
    between: bool = True

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers that can be compared: (1, 18, 0)."""
        found = re.search(r"\d+(?:\.\d+)+", self.version)
        return tuple(map(int, found[0].split("."))) if found else ()

    def route(self, name: str) -> Route | None:
        """The entry for a database that a client names; None where there is none yet."""
        return next((one for one in self.routes if one.name == name), None)

    def route_of(self, name: str) -> Route:
        """The entry for a database, or what the entry for all of them makes of it."""
        usual = Route(name, size=self.size, reserve=self.reserve, most=self.most)
        return self.route(name) or usual

    def mode_of(self, database: str | None, user: str | None) -> str | None:
        """The mode in which a user's connections are pooled; None where they may differ."""
        pools = [p for p in self.pools if p.database == database and p.user == user and p.mode]
        if pools:
            return pools[0].mode
        if database is None:
            modes = {route.mode or self.mode for route in self.routes} | {self.mode}
            return modes.pop() if len(modes) == 1 else None
        route = self.route(database)
        return (route.mode if route else None) or self.mode


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine as it names itself."""
    if host.strip() in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip()).is_loopback
    except ValueError:
        return False
