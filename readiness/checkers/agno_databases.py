"""Checkers of the databases of agno: their addresses, their pools, how many there are."""

from collections import Counter
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
from readiness.checkers.agno_sites import STORES, Said, each, fine, open_, wrong
from readiness.checkers.sites import told_once
from readiness.checkers.understood import doubts

SERVERS = ("agno.db.postgres.PostgresDb", "agno.db.postgres.AsyncPostgresDb")
_PORT = ":5432/"
_NONE = "nothing here builds agno's PostgresDb"
_REWRITE = "write postgresql://, or replace it in the code: SQLAlchemy knows no postgres://"


@checker("agno.db-url")
def db_url(program: Program, project: Project) -> Iterator[Finding]:
    """The address of a PostgresDb is one that its driver can open, of PostgreSQL."""
    sites = {one.at for one in program.built(*SERVERS)}
    engines = [one for one in told_once(program.engines()) if one.at in sites and not one.own]
    broken = [*doubts(program, project, STORES, "databases", absent=not sites)]
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


@checker("agno.shared-db")
def shared_db(program: Program, project: Project) -> Iterator[Finding]:
    """All of one process use one pool to a database, not each object its own.

    What each request builds is judged by `agno.db-per-request`.
    """
    sites = [one for one in program.built(*SERVERS) if one.moment == "start"]
    broken = [*doubts(program, project, STORES, "databases", absent=not sites)]
    if not sites and not broken:
        raise NotApplicable("no PostgresDb here is built when a process starts")
    built = Counter(one.at for one in sites)
    groups: dict[str, list[Engine]] = {}
    for engine in told_once(program.engines()):
        if engine.at in built and not engine.own:
            groups.setdefault(_database(engine), []).append(engine)
    counts = {key: sum(built[at] for at in {one.at for one in group})
              for key, group in groups.items()}  # fmt: skip
    crowded = [key for key, count in counts.items() if count > 1]
    looped = [] if crowded else [one for one in sites if _is_looped(one)]
    yield from (_crowd(groups[key], counts[key]) for key in crowded)
    yield from map(_many, looped)
    if sites and not (crowded or looped or broken):
        what = "there is one PostgresDb" if len(sites) == 1 else "no two PostgresDb do the same"
        yield ok(what, at=sites[0].at)
    yield from broken


def _database(engine: Engine) -> str:
    """Which database it is, by whatever driver; the same key for the same unknown one."""
    driver, _, where = str(engine.url).rpartition("://")
    return f"{driver.partition('+')[0]}|{where.replace(_PORT, '/')}|{engine.url.key}"


def _is_looped(db: Built) -> bool:
    return db.repeated and not db.option("db_engine").truth


def _many(db: Built) -> Finding:
    return undecided(
        "PostgresDb is built in a loop, each time with a pool of its own, and how often is not "
        "known here",
        at=db.at,
        hint="build it once, before the loop",
        trace=db.told(),
    )


def _crowd(engines: list[Engine], count: int) -> Finding:
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


@checker("agno.tries-connections")
def tries_connections(program: Program, project: Project) -> Iterator[Finding]:
    """The pool behind an agno db tries a connection before it is used."""
    engines: dict[Place, list[Engine]] = {}
    for engine in program.engines():
        engines.setdefault(engine.at, []).append(engine)

    def judge(db: Built) -> Said:
        given = db.option("db_engine")
        if given.reason:
            return open_(f"has an engine that is not known here: {given.why}")
        places = [case.at for case in given.cases if case.kind == "object"] or [db.at]
        pools = [one for at in places if at is not None for one in engines.get(at) or (None,)]
        return _pings(db, pools, places)

    yield from each(program, project, SERVERS, judge, otherwise=_NONE, words=STORES)


def _pings(db: Built, engines: list[Engine | None], places: list[Place | None]) -> Said:
    mend = (
        "create_engine(url, pool_pre_ping=True, pool_recycle=3600), or let PostgresDb make the "
        "engine with agno 2.3.22 or later"
    )
    said = {one.pre_ping if one is not None else None for one in engines}
    if said == {True}:
        return fine("has a pool that tries each connection before it is used")
    if False in said and None not in said:
        where = f" ({places[0]})" if places[0] != db.at else ""
        return wrong(
            f"has a pool that does not try its connections{where}: after a restart of the "
            "server each of them costs one failed run",
            mend,
        )
    return open_(
        "has a pool that may not try its connections: agno does so since 2.3.22, and no "
        "lock file or requirement says which release this is",
        mend,
    )


@checker("agno.db-per-request")
def db_per_request(program: Program, project: Project) -> Iterator[Finding]:
    """No request builds a PostgresDb, and with it a pool, of its own."""
    yield from each(program, project, SERVERS, _judge_request, otherwise=_NONE, words=STORES)


def _judge_request(db: Built) -> Said:
    if db.option("db_engine").truth or db.moment == "start":
        return fine("is not built anew by each request")
    mend = "build it once, where the module is loaded, and use it in the route"
    within = db.within[0] if db.within else "a route"
    if db.moment == "request":
        return wrong(
            f"is built by each request of {within}, with a new pool each time: connections pile "
            "up until the server has none left",
            mend,
        )
    return open_(f"is built by {within}, and how often that is called is not seen here", mend)
