"""Checkers of the addresses on which the server can be reached."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.hba import network_lines
from readiness.checkers.providers import provider_of

_EVERYWHERE = frozenset({"*", "0.0.0.0", "::"})  # noqa: S104 - it is looked for, not bound


@checker("server.listen", privileges=("hba",))
def listen(
    database: Database, *, allow_star: bool = True, v4: int = 8, v6: int = 32
) -> Iterator[Finding]:
    """The server does not listen on every address while pg_hba.conf admits half the world.

    A network is too wide with ``v4`` or fewer fixed bits, ``v6`` for IPv6. Without
    ``allow_star`` listening on every address is a problem by itself.
    """
    if provider := provider_of(database):
        raise NotApplicable(f"{provider} decides where its servers listen, by its network rules")
    found = database.setting("listen_addresses")
    data = {"listen_addresses": found.text}
    if not _EVERYWHERE & set(found.items):
        where = found.text or "no address, only on its socket"
        yield ok(f"the server listens on {where}", data=data)
        return
    said = f"the server listens on every address ({found.text})"
    if not allow_star:
        yield problem(
            f"{said}; it is to listen only where it is meant to be reached",
            hint="ALTER SYSTEM SET listen_addresses = '…', restart",
            data=data,
        )
        return
    try:
        lines = [line for line in network_lines(database, v4, v6) if line.wide]
    except Undecidable as hidden:
        yield undecided(f"{said}, and {hidden.reason}", hint=hidden.hint, data=data)
        return
    if lines:
        numbers = ", ".join(str(line.number) for line in lines)
        yield problem(
            f"{said}, and line {numbers} of pg_hba.conf admits half the world",
            hint="ALTER SYSTEM SET listen_addresses = '…', restart; or name the application's "
            "network in pg_hba.conf",
            data={**data, "lines": [line.number for line in lines]},
        )
    else:
        yield ok(f"{said}, and no line of pg_hba.conf admits half the world", data=data)
