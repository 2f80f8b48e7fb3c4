"""Checkers of the databases of agno: their addresses, their pools, how many there are."""

from collections.abc import Iterator

from readiness import (
    Built,
    Engine,
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
from readiness.checkers.agno_sites import AGNO, Said, each, fine, open_, wrong
from readiness.checkers.sites import told_once
from readiness.checkers.understood import doubts

SERVERS = ("agno.db.postgres.PostgresDb", "agno.db.postgres.AsyncPostgresDb")
_NONE = "nothing here builds agno's PostgresDb"
_REWRITE = "write postgresql://, or replace it in the code: SQLAlchemy knows no postgres://"


@checker("agno.db-url", by_variables=True)
def db_url(program: Program, project: Project) -> Iterator[Finding]:
    """The address of a PostgresDb is one that its driver can open, of PostgreSQL."""
    sites = {one.at for one in program.built(*SERVERS)}
    engines = [one for one in told_once(program.engines()) if one.at in sites and not one.own]
    broken = [*doubts(program, project, AGNO, "databases", absent=not sites)]
    if not engines and not broken:
        raise NotApplicable("no PostgresDb here is built from an address")
    yield from map(_judge_address, engines)
    yield from broken


def _judge_address(engine: Engine) -> Finding:
    word = (engine.url.dialect or "").partition("+")[0]
    if word == "postgresql":
        return ok("PostgresDb has an address of PostgreSQL", at=engine.at, trace=engine.reach)
    if not word:
        reason = engine.url.reason or "its address is not known here"
        return undecided(
            f"PostgresDb has an address that SQLAlchemy may not know: {reason}",
            at=engine.at,
            hint="it should begin with postgresql://, not postgres://",
            trace=engine.reach,
        )
    if word == "postgres":
        return problem(
            "PostgresDb has an address with postgres://, which ends its start with "
            "NoSuchModuleError",
            at=engine.at,
            hint=_REWRITE,
            trace=engine.reach,
        )
    return problem(
        f"PostgresDb has an address of {word}, which is no PostgreSQL",
        at=engine.at,
        hint="give it an address with postgresql://",
        trace=engine.reach,
    )


@checker("agno.shared-db", by_variables=True)
def shared_db(program: Program, project: Project) -> Iterator[Finding]:
    """All of one process use one pool to a database, not each object its own."""
    sites = program.built(*SERVERS)
    places = {one.at for one in sites}
    own = [one for one in told_once(program.engines()) if one.at in places and not one.own]
    broken = [*doubts(program, project, AGNO, "databases", absent=not sites)]
    if not sites and not broken:
        raise NotApplicable(_NONE)
    groups: dict[str, list[Engine]] = {}
    for engine in own:
        groups.setdefault(f"{engine.url}|{engine.url.key}", []).append(engine)
    crowded = [several for several in groups.values() if _count(several) > 1]
    for several in crowded:
        yield _crowd(several)
    if sites and not crowded and not broken:
        yield (
            ok(f"{len(sites)} PostgresDb share their pools", at=sites[0].at)
            if len(sites) > 1
            else ok("there is one PostgresDb", at=sites[0].at)
        )
    yield from broken


def _count(engines: list[Engine]) -> int:
    return sum(one.count for one in engines)


def _crowd(engines: list[Engine]) -> Finding:
    count = _count(engines)
    most = count * ((engines[0].pool_size or 5) + (engines[0].max_overflow or 10))
    others = ", ".join(str(one.at) for one in engines[1:4])
    where = f" (also {others})" if others else ""
    return problem(
        f"{count} PostgresDb of one process have a pool each to the same database{where}: up to "
        f"{most} connections",
        at=engines[0].at,
        trace=engines[0].trace,
        hint="build one PostgresDb and share it, or share an engine: PostgresDb(db_engine=engine)",
        data={"pools": count, "connections": most},
    )


@checker("agno.tries-connections", by_variables=True)
def tries_connections(program: Program, project: Project) -> Iterator[Finding]:
    """The pool behind an agno db tries a connection before it is used."""
    engines = {one.at: one for one in program.engines()}

    def judge(db: Built) -> Said:
        given = db.option("db_engine")
        if given.reason:
            return open_(f"has an engine that is not known here: {given.reason}")
        places = [case.at for case in given.cases if case.kind == "object"] or [db.at]
        return _pings([engines.get(at) for at in places if at is not None], places)

    yield from each(program, project, SERVERS, judge, otherwise=_NONE)


def _pings(engines: list[Engine | None], places: list[Place | None]) -> Said:
    mend = (
        "create_engine(url, pool_pre_ping=True, pool_recycle=3600), or let PostgresDb make the "
        "engine with agno 2.3.22 or later"
    )
    said = {one.pre_ping if one is not None else None for one in engines}
    if said == {True}:
        return fine("has a pool that tries each connection before it is used")
    if False in said and None not in said:
        at = places[0]
        return wrong(
            f"has a pool that does not try its connections ({at}): after a restart of the "
            "server each of them costs one failed run",
            mend,
        )
    return open_(
        "has a pool that may not try its connections: agno does so since 2.3.22, and no "
        "lock file or requirement says which release this is",
        mend,
    )


@checker("agno.db-per-request", by_variables=True)
def db_per_request(program: Program, project: Project) -> Iterator[Finding]:
    """No request builds a PostgresDb, and with it a pool, of its own."""
    yield from each(program, project, SERVERS, _judge_request, otherwise=_NONE)


def _judge_request(db: Built) -> Said:
    if not db.per_request or db.option("db_engine").truth:
        return fine("is not built anew by each request")
    within = db.within[0] if db.within else "a route"
    return wrong(
        f"is built by each request of {within}, with a new pool each time: connections "
        "pile up until the server has none left",
        "build it once, where the module is loaded, and use it in the route",
    )
