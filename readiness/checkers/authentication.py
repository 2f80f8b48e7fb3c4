"""Checkers of who gets in: without a password, by a weak method, from how wide a network."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Undecidable,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.hba import Way, network_lines, unseen, ways_in

_REFUSED = "28000"
_NOBODY = "no line of pg_hba.conf lets anybody in over the network"
_SOCKET = "the connection is a local socket, which no network carries"
_RELOAD = "say `scram-sha-256` there, then SELECT pg_reload_conf()"


@checker("authentication.trust", privileges=("hba",))
def trust(database: Database) -> Iterator[Finding]:
    """Nobody gets in over the network without a password.

    Judged by what the server offers to somebody without one, and by pg_hba.conf where it
    can be read. Lines for the socket and for loopback are left to the machine's owner.
    """
    yield from _judge(database, frozenset({"trust"}), "lets {who} in without a password")


@checker("authentication.weak-method", privileges=("hba",))
def weak_method(database: Database, *, methods: list[str]) -> Iterator[Finding]:
    """No way in over the network uses one of the weak ``methods``."""
    wanted = frozenset(methods)
    yield from _judge(database, wanted, "asks {who} for a password by a weak method")


def _judge(database: Database, methods: frozenset[str], what: str) -> Iterator[Finding]:
    ways = _ways(database)
    unasked = Undecidable("nobody asked the server how it lets people in")
    try:
        offered = list(_offered(database, methods, what))
    except Undecidable as error:
        offered, unasked = [], error
    if not offered and ways is None:
        raise NotApplicable(_SOCKET) if database.tls.socket else unasked
    yield from offered
    bad = [way for way in ways or () if way.method in methods]
    for way in bad:
        yield problem(
            f"line {way.number} of pg_hba.conf ({way.text}) "
            f"{what.format(who='everybody whom it names')}; scram-sha-256 is required",
            hint=_RELOAD,
            data={"line": way.number, "method": way.method},
        )
    if ways is not None and not bad:
        said = f"{counted(len(ways), 'line')} of pg_hba.conf for the network; none says"
        yield ok(
            f"{said} {' or '.join(sorted(methods))}" if ways else _NOBODY,
            data={"lines": len(ways)},
        )


def _ways(database: Database) -> tuple[Way, ...] | None:
    try:
        return tuple(ways_in(database))
    except Undecidable:
        return None


def _offered(database: Database, methods: frozenset[str], what: str) -> Iterator[Finding]:
    """What the server offers from here, with TLS and without; raises `Undecidable`."""
    left_open = unseen(database)
    for offer in database.offers:
        who = f"{offer.user} {'with' if offer.tls else 'without'} TLS from here"
        data = {"method": offer.method, "tls": offer.tls, "user": offer.user}
        if offer.answer == "no-tls":
            continue
        if offer.answer == "refused" and offer.code == _REFUSED and database.has_way_in:
            yield ok(f"the server refuses {who}", hint=left_open, source="wire", data=data)
        elif offer.answer != "accepted" or offer.method is None:
            yield undecided(
                f"the server's answer to {who} says nothing of the method",
                hint="let the checker's role read pg_hba_file_rules: `readiness database grants`",
                source="wire",
                data=data,
            )
        elif offer.method in methods:
            yield problem(
                f"the server {what.format(who=who)} ({offer.method}); scram-sha-256 is required",
                hint=_RELOAD.replace("there", "in that line of pg_hba.conf"),
                source="wire",
                data=data,
            )
        else:
            asks = f"the server asks {who} for {offer.method}"
            yield ok(asks, hint=left_open, source="wire", data=data)


@checker("authentication.wide-lines", privileges=("hba",))
def wide_lines(database: Database, *, v4: int = 8, v6: int = 32) -> Iterator[Finding]:
    """No line of pg_hba.conf lets half the world in.

    A network is too wide with ``v4`` or fewer fixed bits, ``v6`` for IPv6.
    """
    lines = network_lines(database, v4, v6)
    if not lines:
        raise NotApplicable(_NOBODY)
    for line in lines:
        if line.wide:
            yield problem(
                f"line {line.number} of pg_hba.conf ({line.text}) is for a network of "
                f"{line.prefix} fixed bits; more than {line.most} are required",
                hint="name the network of the application there, then SELECT pg_reload_conf()",
                data={"line": line.number, "prefix": line.prefix},
            )
    yield ok(
        f"{counted(len(lines), 'line was', 'lines were')} looked at in pg_hba.conf",
        data={"lines": len(lines)},
    )


@checker("authentication.lines-load", privileges=("hba",))
def lines_load(database: Database) -> Iterator[Finding]:
    """Every line of pg_hba.conf can be loaded."""
    lines = database.hba
    for line in lines:
        if line.error:
            yield problem(
                f"line {line.number} of pg_hba.conf cannot be loaded: {line.error}",
                hint="mend it, then SELECT pg_reload_conf()",
                data={"line": line.number},
            )
    if lines:
        yield ok(
            f"{counted(len(lines), 'line was', 'lines were')} looked at in pg_hba.conf",
            data={"lines": len(lines)},
        )
