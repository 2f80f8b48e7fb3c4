"""Checkers of what PgBouncer's pool mode does to the application."""

from collections.abc import Iterator, Mapping, Sequence

from readiness import (
    Database,
    Engine,
    Finding,
    NotApplicable,
    Pooler,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.poolers import refuse_without_pooler
from readiness.checkers.session_sql import traps
from readiness.checkers.understood import CONNECTS, doubts
from readiness.checkers.ways import Way, way_of

_KEPT = (1, 21)
# Psycopg deallocates by a message that PgBouncer understands from this version on.
_CLOSED = (1, 22)
_CURES = {
    "psycopg": "pass `prepare_threshold=None`",
    "psycopg_pool": "pass `kwargs={'prepare_threshold': None}`",
    "asyncpg": "pass `statement_cache_size=0`",
    "databases": "pass `statement_cache_size=0`",
    "django": "leave `prepare_threshold` out of OPTIONS",
}
_UPGRADE = "PgBouncer 1.21 (1.22 for psycopg) and later with `max_prepared_statements = 200` too"


@checker("pooler.prepared")
def prepared(database: Database, program: Program, project: Project) -> Iterator[Finding]:
    """Prepared statements go together with PgBouncer's pool mode.

    They do in session mode, from 1.21 on with max_prepared_statements, and where the
    driver keeps none: `prepare_threshold=None` of psycopg, `statement_cache_size=0` of
    asyncpg, also as `connect_args` of SQLAlchemy.
    """
    refuse_without_pooler(database)
    pooler = database.pooler
    engines, unknown = _engines(program, project)
    for engine in engines:
        yield _of_engine(engine, database, pooler)
    if engines:
        return
    if _always_session(pooler):
        yield ok("every pool of PgBouncer keeps a server connection for the whole session")
    elif _keeps(pooler, _CLOSED):
        yield ok(_kept(pooler))
    else:
        yield from unknown
        if not unknown:
            raise NotApplicable("the code builds no engine that connects to PostgreSQL")


def _engines(program: Program, project: Project) -> tuple[list[Engine], list[Finding]]:
    found = [
        one for one in program.engines() if (one.dialect or "postgres").startswith("postgres")
    ]
    return found, [*doubts(program, project, CONNECTS, "connections", absent=not found)]


def _of_engine(engine: Engine, database: Database, pooler: Pooler) -> Finding:
    mode = pooler.mode_of(engine.url.database.text, engine.url.user.text)
    way = way_of(engine, database)
    data = {"mode": mode, "way": way, "prepares": engine.prepares}
    who = f"the engine of {engine.library}"
    if way is Way.DIRECT:
        return ok(f"{who} connects to the server itself", at=engine.at, data=data)
    if mode == "session":
        return ok(f"{who} is pooled by session, which keeps what it prepares",
                  at=engine.at, data=data)  # fmt: skip
    if engine.prepares is False:
        return ok(f"{who} keeps no prepared statements", at=engine.at, trace=engine.trace,
                  data=data)  # fmt: skip
    if _keeps(pooler, _CLOSED if _is_psycopg(engine) else _KEPT):
        return ok(_kept(pooler), at=engine.at, data=data)
    return _of_preparing(engine, pooler, mode, way, data)


def _of_preparing(
    engine: Engine, pooler: Pooler, mode: str | None, way: Way, data: Mapping[str, object]
) -> Finding:
    text = (
        f"the engine of {engine.library} prepares statements on the server, and PgBouncer "
        f"{_version(pooler)} pools by {mode or 'a mode that is not known'}: the next client of "
        "that connection finds them there, or not"
    )
    doubt = ""
    if engine.prepares is None:
        doubt = f"whether the driver prepares statements is not known: {engine.prepares_reason}"
    elif mode is None:
        doubt = "the pools of this engine may have several modes"
    elif way is Way.UNKNOWN:
        doubt = "whether it goes through the pooler is not known"
    if doubt:
        return undecided(f"{text}; {doubt}" if engine.prepares else doubt, at=engine.at,
                         hint=_cure(engine), trace=engine.trace, data=data)  # fmt: skip
    return problem(text, at=engine.at, hint=_cure(engine), trace=engine.trace, data=data)


def _cure(engine: Engine) -> str:
    cure = _CURES.get(engine.library)
    if cure is None and "asyncpg" in (engine.url.dialect or ""):
        cure = "pass `connect_args={'statement_cache_size': 0}`"
    elif cure is None:
        cure = "pass `connect_args={'prepare_threshold': None}` to an engine with +psycopg"
        cure = cure if engine.own else f"{cure}, and that engine to the db (`db_engine`)"
    return f"{cure}; {_UPGRADE} keeps them"


def _is_psycopg(engine: Engine) -> bool:
    dialect = engine.url.dialect or ""
    driver = dialect.partition("+")[2]
    by_name = engine.library in {"psycopg", "psycopg_pool", "django"}
    return by_name or driver not in {"asyncpg", "pg8000"}


def _always_session(pooler: Pooler) -> bool:
    modes = {pooler.mode, *(route.mode for route in pooler.routes if route.mode)}
    return modes | {pool.mode for pool in pooler.pools if pool.mode} == {"session"}


def _keeps(pooler: Pooler, since: tuple[int, int]) -> bool:
    return pooler.number >= since and bool(pooler.prepared)


def _kept(pooler: Pooler) -> str:
    return (
        f"PgBouncer {_version(pooler)} carries prepared statements along "
        f"(max_prepared_statements = {pooler.prepared})"
    )


def _version(pooler: Pooler) -> str:
    return ".".join(map(str, pooler.number)) or pooler.version


@checker("pooler.mode")
def mode(database: Database, program: Program, project: Project) -> Iterator[Finding]:
    """The pool mode leaves the application what it relies on.

    Statement mode has no transactions; start-up options (`options=-c …`) are refused by
    PgBouncer, or dropped where `ignore_startup_parameters` names them. Where it pools by
    transaction, statements of the code that rely on a session are traps: advisory locks,
    LISTEN, SET, temporary tables, cursors WITH HOLD.
    """
    refuse_without_pooler(database)
    pooler = database.pooler
    engines, unknown = _engines(program, project)
    pooled = [one for one in engines if way_of(one, database) is not Way.DIRECT]
    for engine in pooled:
        yield _of_mode(engine, database, pooler)
    yield from _of_sessions(engines, pooled, database, project)
    yield from [] if engines else unknown
    if not (pooled or unknown):
        raise NotApplicable("the code builds no engine that goes through the pooler")


def _of_sessions(
    engines: Sequence[Engine], pooled: Sequence[Engine], database: Database, project: Project
) -> Iterator[Finding]:
    """Statements that rely on a session, where connections are pooled by transaction."""
    modes = {
        database.pooler.mode_of(one.url.database.text, one.url.user.text)
        for one in pooled
        if way_of(one, database) is Way.POOLED
    }
    if "transaction" not in modes:
        return
    sure = modes == {"transaction"} and len(pooled) == len(engines)
    made, if_there = (problem, "") if sure else (undecided, ", if it runs there")
    for trap in traps(project):
        text = f"PgBouncer pools by transaction, and the statement {trap.what}{if_there}"
        yield made(text, at=trap.at, hint=trap.cure, source="code")


def _of_mode(engine: Engine, database: Database, pooler: Pooler) -> Finding:
    found = pooler.mode_of(engine.url.database.text, engine.url.user.text)
    options = engine.url.query.get("options")
    data = {"mode": found, "options": options is not None}
    wrong = hint = ""
    if found == "statement":
        wrong = "pools by statement: a transaction of several statements is refused"
        hint = "set `pool_mode = transaction`, or session, for this database"
    elif options is not None:
        dropped = "options" in pooler.ignored.replace(",", " ").split()
        wrong = "drops the `options` of its address" if dropped else (
            "refuses the `options` of its address, and with them the connection")  # fmt: skip
        hint = "ALTER ROLE … SET what they say, and take them out of the address"
    if not wrong:
        named = found or "in a mode that is not known"
        made = ok if found else undecided
        return made(f"PgBouncer pools the engine of {engine.library} by {named}",
                    at=engine.at, data=data)  # fmt: skip
    text = f"PgBouncer, through which the engine of {engine.library} connects, {wrong}"
    if way_of(engine, database) is Way.UNKNOWN:
        return undecided(f"{text}, if it goes that way, which is not known", at=engine.at,
                         hint=hint, data=data)  # fmt: skip
    return problem(text, at=engine.at, hint=hint, data=data)
