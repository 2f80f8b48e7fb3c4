"""Checkers that judge where agents keep what they remember."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from readiness import (
    Finding,
    Holder,
    NotApplicable,
    Place,
    Program,
    Project,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.settling import settle
from readiness.checkers.understood import doubts

_AGNO = re.compile(rb"\bagno\b")
_NO_SITE = "nothing here builds an agno Agent, Team, Workflow or AgentOS"


@checker("agents.durable-db", by_variables=True)
def durable_db(
    program: Program,
    project: Project,
    *,
    files: list[str] | None = None,
    allow: list[str] | None = None,
    allow_local_file: bool = False,
) -> Iterator[Finding]:
    """Every agent, team and workflow keeps its sessions in a durable database.

    Each of ``files`` must be there and build one. ``allow`` are sites (``path:line``) or
    globs of files that may do without; ``allow_local_file`` lets a file on one machine pass.
    """
    sites = program.agents()
    broken = [*doubts(program, project, _AGNO, "agents", absent=not sites)]
    if not sites and not broken and not files:
        raise NotApplicable(_NO_SITE)
    for site in sites:
        yield _judge(site, allowed=_matches(site.at, allow), local_file=allow_local_file)
    yield from broken
    for path in files or ():
        if not any(_builds(site, path) for site in sites):
            yield _builds_none(path, project)


def _judge(site: Holder, *, allowed: bool, local_file: bool) -> Finding:
    what = site.class_name.rpartition(".")[2]
    data = {"db": site.db, "class": site.db_class}
    held = _held(site)
    if site.db == "durable":
        return ok(f"{what} keeps its sessions in {held}", at=site.at, trace=site.trace, data=data)
    if why := _fine_without(site, held):
        return ok(f"{what} {why}", at=site.at, trace=site.trace, data=data)
    if allowed:
        return ok(f"{what} has {held}, which `allow` lets pass", at=site.at, trace=site.trace,
                  data=data)  # fmt: skip
    if site.db == "local-file" and local_file:
        return ok(f"{what} keeps its sessions in {held}, a file on one machine", at=site.at,
                  trace=site.trace, data=data)  # fmt: skip
    if site.db == "unknown" or site.reason:
        words, hint = _doubt(site)
        return undecided(f"{what} {words}", at=site.at, hint=hint, trace=site.trace, data=data)
    return problem(f"{what} {_fault(site, held)}", at=site.at, hint=_MEND[site.db],
                   trace=site.trace, data=data)  # fmt: skip


def _doubt(site: Holder) -> tuple[str, str]:
    """Why nobody can tell about a site, and what would settle it."""
    if site.db == "none":
        return (f"has no db to hand on, and {site.reason}",
                "give it a db such as PostgresDb: those that have none get it")  # fmt: skip
    why = f"may or may not have a durable db: {site.reason or 'it is not known here'}"
    return why, settle(site.reason, "say with --set, --unset or --injected what the environment "
                       "gives, or show it with `readiness explain agents-durable-db`")  # fmt: skip


def _fine_without(site: Holder, held: str) -> str | None:
    """Why an object needs to keep no session of its own; None where it needs to."""
    if site.db != "none" or site.reason:
        return None
    if site.db_class is not None:
        answers = f"keeps its traces in {held}: each agent answers for its own sessions"
        return answers if site.kind == "agentos" else None
    if site.member:
        return "has no db of its own: the parent keeps its runs"
    return (
        "has no db of its own: each agent answers for its own" if site.kind == "agentos" else None
    )


_MEND = {
    "volatile": "give it a db that outlives the process, such as PostgresDb, in this environment",
    "none": "give it a db such as PostgresDb (in 1.x a storage=: memory= keeps no session), "
    "or hand it to an AgentOS that has one",
    "local-file": "use a database server such as PostgresDb, or set `allow_local_file: true` "
    "where one machine with a kept disk is what is meant",
}


def _held(site: Holder) -> str:
    name = (site.db_class or "a db").rpartition(".")[2]
    return f"{name} ({site.db_at})" if site.db_at and site.db_at != site.at else name


def _fault(site: Holder, held: str) -> str:
    match site.db:
        case "volatile":
            return f"keeps its sessions in {held}, in memory: a restart loses them"
        case "local-file":
            return f"keeps its sessions in {held}, a file that a new container does not have"
        case _ if site.db_class:
            return f"has {held} for its db, which keeps traces only: no session is kept"
        case _:
            return "has no db: nothing of its sessions is kept, a durable one is expected"


def _matches(at: Place, allow: Iterable[str] | None) -> bool:
    return any(
        pattern == str(at) or fnmatchcase(at.path, pattern) or at.path == pattern
        for pattern in allow or ()
    )


def _builds(site: Holder, path: str) -> bool:
    places = [site.at, *(step.at for step in site.trace if step.at and step.kind == "call")]
    return any(place.path == path or fnmatchcase(place.path, path) for place in places)


def _builds_none(path: str, project: Project) -> Finding:
    found = project.files(path)
    if not found:
        return problem(
            f"{path} is named as a file that builds agents, and is not there",
            at=Place(path),
            hint="correct `files`, or restore the file",
        )
    return problem(
        f"{found[0]} builds no agent in this environment, one is expected",
        at=Place(found[0]),
        hint="correct `files`, or build the agent there",
    )


@checker("agents.no-fallback")
def no_fallback(program: Program, project: Project) -> Iterator[Finding]:
    """No missing, empty or misspelt value and no failed connection leads to a volatile db."""
    sites = program.agents()
    fallbacks = program.fallbacks()
    for way in fallbacks:
        yield problem(
            way.message,
            at=way.at,
            hint="fail at start-up instead: read the variable with os.environ[…], refuse values "
            "that are not known, and let a failed connection raise",
            trace=way.trace,
            data={"site": str(way.site), "variable": way.variable},
        )
    found = {way.site for way in fallbacks}
    open_sites = [site for site in sites if site.db == "unknown" and site.at not in found]
    unknown = [*map(_may_fall_back, open_sites),
               *doubts(program, project, _AGNO, "agents", absent=not sites)]  # fmt: skip
    if missed := program.fallbacks_missed:
        unknown.append(undecided(f"one of {counted(len(sites), 'site')} may fall back "
                                 f"to a volatile db: {missed}"))  # fmt: skip
    yield from unknown
    if not sites and not unknown:
        raise NotApplicable(_NO_SITE)
    if sites and not fallbacks and not unknown:
        yield ok(_never(sites), at=sites[0].at)


def _never(sites: Sequence[Holder]) -> str:
    volatile = sum(site.db == "volatile" for site in sites)
    already = f"; {volatile} hold one as it is (agents-durable-db)" if volatile else ""
    return f"none of {counted(len(sites), 'site')} falls back to a volatile db{already}"


def _may_fall_back(site: Holder) -> Finding:
    name = site.class_name.rpartition(".")[2]
    return undecided(f"{name} may or may not fall back to a volatile db: "
                     f"{site.reason or 'its db is not known here'}", at=site.at,
                     trace=site.trace)  # fmt: skip
