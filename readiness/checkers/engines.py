"""Checkers that judge whether the code asks the database for TLS."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from readiness import (
    Deployment,
    Engine,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.clients import Client, clients, may_set_more
from readiness.checkers.connections import Connection, unconsumed
from readiness.checkers.django import databases
from readiness.checkers.host_defaults import not_set
from readiness.checkers.logins import is_loopback, is_socket
from readiness.checkers.settling import settle
from readiness.checkers.sites import either_way, told_once
from readiness.checkers.understood import CONNECTS, doubts
from readiness.checkers.written_addresses import addresses

Mode = Literal["require", "verify-ca", "verify-full"]
STRONG: tuple[Mode, ...] = ("require", "verify-ca", "verify-full")
_MEND = (
    "add `sslmode=verify-full` (or at least `require`) to the URL, or set DB_SSL_MODE or "
    "PGSSLMODE where the code or libpq reads it"
)
_VERIFY = (
    "say `sslmode=verify-full` and name the authority's file with `sslrootcert`, in the URL or "
    "with PGSSLMODE and PGSSLROOTCERT"
)


@checker("engines.ssl", by_variables=True)
def ssl(
    program: Program,
    environment: Environment,
    deployment: Deployment,
    project: Project,
    *,
    modes: Sequence[Mode] = STRONG,
) -> Iterator[Finding]:
    """Every PostgreSQL connection of the environment demands TLS, with one of the ``modes``.

    What stays on this machine needs none.
    """
    found = either_way(told_once(program.engines()), _looked_at)
    engines = [engine for engine in found if _may_be_postgres(engine)]
    for engine in engines:
        # Where sources describe the environment, what they do not give is not set in it, unless
        # one of them is not here to be read.
        is_open = not environment.described or environment.unread_sources
        open_ = is_open and _stays_here(engine)
        unset = not_set(program, project, engine, environment) if open_ else ()
        yield _judge_engine(engine, environment, modes, unset)
    described = unconsumed(environment, deployment, variables_of(engines))
    others = [may_set_more(one, program, project, engines) for one in described]
    if not any(engine.library == "django" for engine in engines):
        others += databases(project, environment.name)
    others += addresses(program, environment, project, engines)
    for connection in others:
        yield _judge_variable(connection, modes)
    unknown = [] if others else [*unmodelled(project, program.engines())]
    unknown += doubts(program, project, CONNECTS, "connections",
                      absent=not (engines or others))  # fmt: skip
    yield from unknown
    if not (engines or others or unknown):
        raise NotApplicable("nothing here connects to PostgreSQL")


def unmodelled(project: Project, engines: tuple[Engine, ...]) -> Iterator[Finding]:
    """Calls that connect by means of a library whose connections nothing here knows."""
    known = {(engine.at.path, engine.at.line) for engine in engines}
    for client in clients(project):
        if (client.at.path, client.at.line) not in known:
            yield _judge_client(client)


def _judge_client(client: Client) -> Finding:
    return undecided(f"{client.name} connects in a way that is not known here: it may or may not "
                     "demand TLS, or have a size of pool", at=client.at,
                     hint="give the address with --set or --env-file, or look at it and waive "
                     "this finding")  # fmt: skip


def _looked_at(engine: Engine) -> tuple[object, ...]:
    return (engine.dialect, engine.sslmode, engine.sslmode_reason, engine.sslmode_set,
            engine.sslmode_at, _stays_here(engine))  # fmt: skip


def _may_be_postgres(engine: Engine) -> bool:
    return engine.dialect is None or engine.dialect.startswith("postgres")


def variables_of(engines: list[Engine]) -> frozenset[str]:
    """The variables that the addresses of the engines are made of."""
    names: set[str] = set()
    for engine in engines:
        url = engine.url
        parts = [url.user, url.host, url.port, url.database, *url.query.values()]
        names |= {name for part in parts for name in part.variables}
        names |= set(url.password.variables)
        names |= engine.variables
    return frozenset(names)


def _judge_engine(
    engine: Engine, environment: Environment, modes: Sequence[str], unset: Sequence[str]
) -> Finding:
    what, data = f"the {engine.library} connection", data_of(engine)
    tries, wanted = _tries(modes), _wanted(modes)
    at = engine.sslmode_at or _address_at(engine, environment) or engine.at
    if engine.sslmode in modes:
        return ok(f"{what} has sslmode {engine.sslmode}", at=engine.at, trace=engine.tls,
                  data=data)  # fmt: skip
    if (here := _stays_here(engine)) and unset:
        return undecided(f"{what} stays on this machine only as long as nothing sets "
                         f"{' or '.join(unset)}: elsewhere it may go without TLS", at=engine.at,
                         hint=_mend(modes), trace=engine.tls, data=data, tries=tries)  # fmt: skip
    if here:
        return ok(f"{what} {here}", at=engine.at, trace=engine.tls,
                  data={**data, "exempt": "no network carries it"})  # fmt: skip
    if engine.sslmode is None:
        why = engine.sslmode_reason or engine.url.reason or "its address is not known here"
        return undecided(f"{what} may or may not demand TLS: {why}", at=engine.at,
                         hint=settle(why, "give the address with --set or --env-file, or set "
                                     "sslmode in the code, where it holds for every address"),
                         trace=engine.tls,
                         data=data, tries=tries)  # fmt: skip
    if at != engine.at:
        what = f"{what} that {engine.at} makes"
    if engine.under:
        return undecided(f"{what} has sslmode {engine.sslmode}, if {' and '.join(engine.under)}",
                         at=at, hint=_mend(modes), trace=engine.tls, data=data,
                         tries=tries)  # fmt: skip
    how = "sslmode" if engine.sslmode_set else "no sslmode, which means"
    return problem(f"{what} has {how} {engine.sslmode}; {wanted} is expected", at=at,
                   hint=_mend(modes), trace=engine.tls, data=data, tries=tries)  # fmt: skip


def _tries(modes: Sequence[str]) -> tuple[str, ...]:
    """What would do as the value of a variable that feeds sslmode, or as libpq's own variable."""
    good = [mode for mode in ("verify-full", "require", "verify-ca") if mode in modes][:2]
    return (*good, *(f"PGSSLMODE={mode}" for mode in good[:1]))


def _wanted(modes: Sequence[str]) -> str:
    return "require or stronger" if "require" in modes else " or ".join(modes)


def _mend(modes: Sequence[str]) -> str:
    return _MEND if "require" in modes else _VERIFY


def _stays_here(engine: Engine) -> str:
    """Why no network carries a connection; empty where one does, or may."""
    host, where = _host(engine), engine.url.host
    if host is not None and is_socket(host):
        return "is a Unix socket, which no network carries"
    if host is not None and is_loopback(host):
        return f"stays on this machine ({host}), where TLS protects nothing more"
    certain = where.known and not engine.url.reason and engine.dialect is not None
    return "names no host, and stays on this machine" if certain and not host else ""


def _host(engine: Engine) -> str | None:
    """The host, which libpq also takes as a parameter of the URL."""
    said = engine.url.query.get("host")
    return engine.url.host.text or (said.text if said is not None else None)


def _address_at(engine: Engine, environment: Environment) -> Place | None:
    """Where the address stands that says nothing of TLS: the line to mend."""
    if engine.sslmode_set:
        return None
    for piece in (engine.url.host, engine.url.database):
        for name in piece.variables if piece.text is not None else ():
            variable = environment.get(name)
            if variable is not None and variable.state != "unset" and variable.at is not None:
                return variable.at
    return None


def _judge_variable(connection: Connection, modes: Sequence[str]) -> Finding:
    what = connection.name
    data = {"sslmode": connection.sslmode}
    if connection.sslmode in modes:
        return ok(f"{what} has sslmode {connection.sslmode}", at=connection.at, data=data)
    if is_socket(connection.host) or is_loopback(connection.host):
        return ok(f"{what} stays on this machine", at=connection.at, data=data)
    if connection.sslmode is None:
        return undecided(f"{what} may or may not demand TLS: {connection.reason}",
                         at=connection.at, hint=_mend(modes), data=data)  # fmt: skip
    how = (
        "no sslmode, which means prefer" if connection.default else f"sslmode {connection.sslmode}"
    )
    return problem(f"{what} has {how}; {_wanted(modes)} is expected", at=connection.at,
                   hint=_mend(modes), data=data)  # fmt: skip


def data_of(engine: Engine) -> dict[str, Any]:
    """What a report says of an engine for machines."""
    return {
        "site": str(engine.at),
        "url": str(engine.url),
        "sslmode": engine.sslmode,
        "pool_size": engine.pool_size,
        "max_overflow": engine.max_overflow,
    }
