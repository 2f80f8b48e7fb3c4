"""Checkers of the packages that agno is deployed with."""

import re
from collections.abc import Iterator

from readiness import (
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
from readiness.checkers.agno_databases import SERVERS
from readiness.checkers.agno_requirements import (
    LOCKS,
    Asked,
    asked,
    brings_greenlet,
    files,
    locks_agno,
)
from readiness.checkers.agno_sites import AGENT_OS, RUN, STORES, absent

_ASYNCHRONOUS_SINCE = (2, 3)
_NONE = "nothing here builds an agno Agent, Team, Workflow or AgentOS"


@checker("agno.pinned")
def pinned(program: Program, project: Project) -> Iterator[Finding]:
    """The release of agno that is deployed is the one that was tested."""
    if not program.built(*RUN, AGENT_OS):
        yield from absent(program, project, _NONE)
        return
    locks, of_agno = _said(project)
    if locks:
        yield ok(f"agno is locked by {locks[0]}", at=Place(locks[0]))
    elif exact := next((one for one in _always(of_agno) if one.is_exact), None):
        yield ok("agno is pinned to one release", at=exact.at)
    elif of_agno:
        first = _always(of_agno)[0]
        what = f"agno{first.said}" if first.said else "agno, in any release,"
        yield problem(
            f"{what} is asked for: each build takes the newest that fits",
            at=first.at,
            hint="write agno==… as it was tested, or commit a lock file",
        )
    else:
        yield undecided(
            "no requirement and no lock file here asks for agno: its release is not known",
            hint="commit the requirements that the image is built from",
        )


@checker("agno.postgres-extra")
def postgres_extra(program: Program, project: Project) -> Iterator[Finding]:
    """What agno's PostgresDb needs to be imported is deployed: greenlet."""
    locks, of_agno = _said(project)
    if not program.built(*SERVERS):
        yield from absent(program, project, "nothing here builds agno's PostgresDb", STORES)
        return
    if program.has_release("agno", _ASYNCHRONOUS_SINCE) is False:
        raise NotApplicable("this release of agno has no asynchronous db, so it needs no greenlet")
    brings = next((one for one in asked(project) if brings_greenlet(one)), None)
    if locks:
        yield _of_lock(project, locks[0])
    elif brings is not None:
        yield ok(f"{brings.name} brings greenlet", at=brings.at)
    elif of_agno:
        yield undecided(
            "agno is asked for without [postgres]: its PostgresDb cannot be imported unless "
            "another package brings greenlet, which SQLAlchemy 2.1 no longer does",
            at=of_agno[0].at,
            hint="write agno[postgres]",
        )
    else:
        raise NotApplicable("no requirement and no lock file here asks for agno")


def _always(of_agno: list[Asked]) -> list[Asked]:
    """What everybody gets, whichever extras are asked for; all, where it stands in extras only."""
    return [one for one in of_agno if not one.extra] or of_agno


def _said(project: Project) -> tuple[list[str], list[Asked]]:
    """The lock files with agno in them, and the requirements that ask for it."""
    locks = [path for path in files(project, LOCKS) if locks_agno(project, path)]
    return locks, [one for one in asked(project) if one.name == "agno"]


def _of_lock(project: Project, path: str) -> Finding:
    if re.search(r"""(?im)^\s*(?:name = )?"?greenlet"?\b""", project.text(path)):
        return ok(f"greenlet is locked by {path}", at=Place(path))
    return problem(
        f"{path} has no greenlet: `from agno.db.postgres import PostgresDb` raises ImportError",
        at=Place(path),
        hint="ask for agno[postgres], and lock again",
    )
