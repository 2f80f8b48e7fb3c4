"""Checkers of PgBouncer: both legs encrypted, and nobody waiting."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Pooler,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.logins import is_loopback

_ENCRYPTED = ("require", "verify-ca", "verify-full")
_VERIFIED = ("verify-ca", "verify-full")
_CLIENT = "set `client_tls_sslmode = require` with a certificate and key in pgbouncer.ini"
_SERVER = "set `server_tls_sslmode = verify-full` and `server_tls_ca_file` in pgbouncer.ini"


class _Leg(Struct, frozen=True):
    """One leg of the way, and the mode that it is to have."""

    name: str
    key: str
    mode: str | None
    good: Sequence[str]
    mend: str
    local: str | None = None

    def judge(self) -> Finding:
        data = {self.key: self.mode, "local": bool(self.local)}
        if self.local:
            return ok(f"the leg {self.name} is {self.local}", data=data)
        demand = f"one of {', '.join(self.good)} is required"
        if self.mode is None:
            return undecided(f"the pooler does not say its {self.key}; {demand}", data=data)
        text = f"the leg {self.name} has {self.key} = {self.mode}"
        if self.mode in self.good:
            return ok(text, data=data)
        return problem(f"{text}; {demand}", hint=self.mend, data=data)


@checker("pooler.tls")
def tls(database: Database, *, exempt_loopback: bool = False) -> Iterator[Finding]:
    """Both legs of the way through PgBouncer have to be encrypted.

    From the clients `require` or stronger, to the server `verify-ca` or stronger. A leg
    that is a Unix socket is no network; loopback is one unless it is exempt.
    """
    refuse_without_pooler(database)
    if not database.has("pooler"):
        yield from _of_the_wire(database)
    pooler = database.pooler
    yield _client_leg(database, pooler, exempt_loopback=exempt_loopback).judge()
    yield _server_leg(pooler, exempt_loopback=exempt_loopback).judge()


def _of_the_wire(database: Database) -> Iterator[Finding]:
    """What is seen without the console: a pooler that takes plain connections."""
    between = database.pooled
    offers = database.offers if between and database.has("offers") else ()
    for offer in offers:
        if not offer.tls and offer.answer == "accepted":
            yield problem(
                "the pooler takes connections of clients that are not encrypted",
                hint=_CLIENT,
                source="wire",
                data={"answer": offer.answer},
            )


def _client_leg(database: Database, pooler: Pooler, *, exempt_loopback: bool) -> _Leg:
    name, ears, local = "from the clients to the pooler", pooler.listens, None
    by_network = pooler.between and database.has("tls") and not database.tls.socket
    if ears == "" and not by_network:
        local = "a local socket only"
    elif ears and exempt_loopback and all(is_loopback(one.strip()) for one in ears.split(",")):
        local = f"loopback only (listen_addr = {ears})"
    return _Leg(name, "client_tls_sslmode", pooler.client_tls, _ENCRYPTED, _CLIENT, local)


def _server_leg(pooler: Pooler, *, exempt_loopback: bool) -> _Leg:
    name, local = "from the pooler to the server", None
    if pooler.routes and all(route.is_socket for route in pooler.routes):
        local = "a local socket"
    elif pooler.routes and exempt_loopback and all(route.is_local for route in pooler.routes):
        local = "loopback"
    return _Leg(name, "server_tls_sslmode", pooler.server_tls, _VERIFIED, _SERVER, local)


@checker("pooler.waiting")
def waiting(database: Database, *, seconds: float = 1.0) -> Iterator[Finding]:
    """No client waits in PgBouncer for a connection to the server."""
    refuse_without_pooler(database)
    pools = database.pooler.pools
    late = [pool for pool in pools if pool.waiting or pool.wait >= seconds]
    for pool in late:
        yield problem(
            f"{pool.waiting} clients wait in the pool of {pool.user} for {pool.database}, the "
            f"first for {pool.wait:.1f} s; {pool.servers} connections to the server are open, "
            f"and {pool.active} clients have one",
            hint="shorten the transactions, or raise default_pool_size as far as the server "
            "has slots",
            data={"waiting": pool.waiting, "seconds": pool.wait, "servers": pool.servers},
        )
    if not late:
        clients = sum(pool.active for pool in pools)
        count = f"{len(pools)} pool{'' if len(pools) == 1 else 's'}"
        yield ok(
            f"no client waits in {count} of PgBouncer ({clients} are served)",
            data={"pools": len(pools), "waiting": 0},
        )


def refuse_without_pooler(database: Database) -> None:
    """Leave a rule out where no pooler stands between and none was named."""
    if not database.has_pooler and database.has("session"):
        raise NotApplicable(
            "no pooler stands between here and the server; `--pooler` names one that is elsewhere"
        )
