"""Checkers that judge how many connections the code's engines keep."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from readiness import (
    Engine,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    Unreadable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.engines import data_of, unmodelled
from readiness.checkers.settling import settle
from readiness.checkers.sites import either_way, told_once
from readiness.checkers.understood import CONNECTS, doubts

_MIGRATION = re.compile(
    rb"(?m)^\s*(?:from\s+alembic\s+import\s[^\n]*\bcontext\b|import\s+alembic\.context\b)"
)
# Libraries that keep connections for later; with all others each is opened by the code.
_KEEPERS = frozenset({"sqlalchemy", "agno", "django", "psycopg_pool"})


@checker("engines.pool", by_variables=True)
def pool(program: Program, project: Project, *, min: int = 5, max: int = 50) -> Iterator[Finding]:  # noqa: A002 - the words of the matcher
    """Every connection pool has a size that was chosen, from ``min`` to ``max``."""
    engines = either_way(told_once(program.engines()), _looked_at)
    pools = [engine for engine in engines
             if _has_a_pool_to_judge(engine) and not _migrates(project, engine.at)]  # fmt: skip
    unknown = [*doubts(program, project, CONNECTS, "pools", absent=not pools)]
    if not pools:
        unknown = [*unmodelled(project, engines), *unknown]
    if not (pools or unknown):
        raise NotApplicable("nothing here builds a pool of connections to a database server")
    for engine in pools:
        yield _judge_pool(engine, min, max)
    yield from unknown


def _looked_at(engine: Engine) -> tuple[object, ...]:
    where = () if engine.pooled else (engine.url.host, engine.url.port)
    return (engine.dialect, engine.pooled, engine.own, engine.pool_size, engine.pool_size_set,
            engine.pool_reason, *where)  # fmt: skip


def _has_a_pool_to_judge(engine: Engine) -> bool:
    """Tell a pool, or an engine without one, from a lone connection and from a local file."""
    if engine.dialect is not None and engine.dialect.startswith(("sqlite", "duckdb")):
        return False
    return engine.pooled or engine.library in _KEEPERS


def _migrates(project: Project, at: Place) -> bool:
    """Tell whether a file is alembic's `env.py`: it connects once, and serves nobody."""
    try:
        return bool(_MIGRATION.search(project.read(at.path)))
    except Unreadable:
        return False


def _judge_pool(engine: Engine, least: int, most: int) -> Finding:
    what = f"the {engine.library} pool"
    data = data_of(engine)
    limits = f"{least} to {most} is expected"
    tries = tuple(dict.fromkeys(str(n) for n in (10, 20, least, most) if least <= n <= most))
    if not engine.pooled:
        return _without_pool(engine, what, data)
    if engine.pool_size is None:
        return undecided(f"{what} has a size that is not known here: {engine.pool_reason}",
                         at=engine.at, hint=settle(engine.pool_reason or "", "give the variable "
                                                   "that decides with --set or --env-file"),
                         trace=engine.pool, data=data, tries=tries)  # fmt: skip
    if engine.own and not engine.pool_size_set:
        return _if_so(engine, f"{what} has no size of its own choosing, only the default of "
                      f"{engine.pool_size}; {limits}",
                      "set the size, so that instances * workers * (size + overflow) fits the "
                      "server", data, tries)  # fmt: skip
    if not least <= engine.pool_size <= most:
        return _if_so(engine, f"{what} has size {engine.pool_size}, {limits}",
                      "choose a size within the range, or change the range in the checklist",
                      data, tries)  # fmt: skip
    chosen = "" if engine.own else f", which {engine.library} fixes"
    return ok(f"{what} has size {engine.pool_size}{chosen}", at=engine.at, trace=engine.pool,
              data=data)  # fmt: skip


def _if_so(
    engine: Engine, message: str, hint: str, data: dict[str, Any], tries: Sequence[str] = ()
) -> Finding:
    """A problem; where a condition that nothing decides stands before it, an undecided one."""
    if engine.under:
        return undecided(f"{message}, if {' and '.join(engine.under)}", at=engine.at, hint=hint,
                         trace=engine.pool, data=data, tries=tries)  # fmt: skip
    return problem(message, at=engine.at, hint=hint, trace=engine.pool, data=data, tries=tries)


def _without_pool(engine: Engine, what: str, data: dict[str, Any]) -> Finding:
    if engine.library == "django" and engine.recycle != 0:
        return _kept(engine, data)
    host, port = engine.url.host.text or "", engine.url.port.text or ""
    if port == "6432" or any(word in host for word in ("bouncer", "pooler", "pgcat", "odyssey")):
        return ok(f"{what} keeps none: a pooler stands before the server ({host})", at=engine.at,
                  trace=engine.pool, data={**data, "exempt": "a pooler"})  # fmt: skip
    return _if_so(engine, f"{what} keeps no connection: every request opens one of its own",
                  "use a pool, or connect through a pooler such as PgBouncer", data)  # fmt: skip


def _kept(engine: Engine, data: dict[str, Any]) -> Finding:
    """Django without a pool: CONN_MAX_AGE tells how long each thread keeps its connection."""
    if engine.recycle is None:
        return undecided("the django connection is kept for a time that is not known here",
                         at=engine.at, hint="give the variable that decides CONN_MAX_AGE with "
                         "--set or --env-file", trace=engine.pool, data=data)  # fmt: skip
    how_long = "for good" if engine.recycle < 0 else f"for {engine.recycle} seconds"
    return ok(f"each thread keeps its django connection {how_long} (CONN_MAX_AGE)", at=engine.at,
              trace=engine.pool, data=data)  # fmt: skip
