"""Checkers of how an AgentOS is served."""

import re
from collections.abc import Iterator

from readiness import (
    Built,
    Deployment,
    Finding,
    NotApplicable,
    Program,
    Project,
    Service,
    checker,
    ok,
    problem,
)
from readiness.checkers.agno_sites import (
    AGENT_OS,
    NO_OS,
    SERVES,
    Said,
    absent,
    fine,
    is_on,
    judged,
    open_,
    wrong,
)
from readiness.checkers.understood import doubts

_SERVES = (f"{AGENT_OS}.serve", "uvicorn.run")
_RELOADS = re.compile(r"\s--reload\b|\bfastapi\s+dev\b|\bflask\b.*\s--debug\b")


@checker("agno.reload", by_variables=True)
def reload(program: Program, project: Project, deployment: Deployment) -> Iterator[Finding]:
    """The server does not watch its files and start anew when one changes."""
    if not program.built(AGENT_OS):
        yield from absent(program, project, NO_OS, SERVES)
        return
    found = [
        *judged(program.built(*_SERVES), _judge),
        *(one for service in deployment.services if (one := _of_command(service))),
        *doubts(program, project, SERVES, "servers", absent=True),
    ]
    if not found:
        raise NotApplicable("nothing here says how the AgentOS is served")
    yield from found


def _judge(call: Built) -> Said:
    on = is_on(call.option("reload"))
    where = "is called with reload on: it watches its files, and runs one worker whatever is asked"
    if on:
        return wrong(
            where,
            "leave reload to development, or start the server by a command such as "
            "`uvicorn app:app` and name it in the Dockerfile",
            call.option("reload"),
        )
    if on is None:
        return open_(
            f"may be called with reload on: {call.option('reload').why}",
            of=call.option("reload"),
        )
    return fine("is called without reload")


def _of_command(service: Service) -> Finding | None:
    if service.runs_code is False:
        return None
    command = " ".join(service.argv)
    at = service.command.at if service.command else service.at
    if _RELOADS.search(command):
        return problem(
            f"{service.name} is started so that it reloads its files",
            at=at,
            hint="take --reload (or `fastapi dev`) out of this deployment",
        )
    if "uvicorn" in command or "gunicorn" in command or "fastapi run" in command:
        return ok(f"{service.name} is started without reload", at=at)
    return None


@checker("agno.readiness-probe")
def readiness_probe(
    program: Program, project: Project, deployment: Deployment
) -> Iterator[Finding]:
    """No probe that decides about traffic asks only /health, which never looks at the db."""
    if not program.built(AGENT_OS):
        yield from absent(program, project, NO_OS, SERVES)
        return
    found = [one for service in deployment.services for one in _of_probes(service)]
    if not found:
        raise NotApplicable("no service here has a readiness probe")
    yield from found


_HEALTH = re.compile(
    r"(?<![\w/-])(?:https?://[^\s/'\"]+)?/health/?(?![\w/-])|:\d+/health/?(?![\w/-])"
)


def _of_probes(service: Service) -> Iterator[Finding]:
    if service.runs_code is False:
        return
    for probe in service.probes:
        if probe.disabled or probe.kind != "readiness" or not probe.test:
            continue
        if _HEALTH.search(probe.test):
            yield problem(
                f"{service.name} counts as ready by /health, which AgentOS answers with "
                "200 while its db is gone",
                at=probe.at,
                hint="add a route that reads from the db, and probe that",
            )
        else:
            yield ok(f"{service.name} counts as ready by a probe of its own", at=probe.at)
