"""Checkers that judge whether the application is watched."""

from collections.abc import Iterator

from readiness import (
    Deployment,
    Environment,
    Finding,
    Place,
    Program,
    Project,
    Service,
    Verdict,
    checker,
    ok,
    problem,
)
from readiness.checkers.literals import literals
from readiness.checkers.monitoring_calls import is_elsewhere, judge_call, off_by_variable
from readiness.checkers.monitoring_text import doubts_of, without_calls
from readiness.checkers.monitors import (
    ALONE,
    CALLS,
    STARTERS,
)
from readiness.checkers.scraping import scraped


@checker("monitoring.initialised")
def initialised(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """Error tracking or metrics of the application are started, or scraped as deployed."""
    findings = [
        *(
            judge_call(call, environment, project, program)
            for call in program.calls(*CALLS)
            if not is_elsewhere(call.at.path, environment, project)
        ),
        *_listed(project),
        *_started(deployment, environment),
        *scraped(deployment, project, environment),
    ]
    for verdict in (Verdict.OK, Verdict.UNDECIDED, Verdict.PROBLEM):
        chosen = [one for one in findings if one.verdict is verdict]
        if chosen:
            yield from chosen
            return
    none = without_calls(program, deployment, project)
    if none.verdict is Verdict.PROBLEM and (unknown := [*doubts_of(program, project)]):
        yield from unknown
    else:
        yield none


def _listed(project: Project) -> Iterator[Finding]:
    """What works by being named: Django's applications, and a path with the metrics."""
    for literal in literals(project):
        if literal.guarded:
            continue
        if literal.text in ALONE:
            yield ok(f"{literal.text} is listed", at=literal.at)
        elif literal.text.rstrip("/") == "/metrics" and _speaks(project, literal.at.path):
            yield ok("the application answers at /metrics", at=literal.at)


def _speaks(project: Project, path: str) -> bool:
    """Tell whether a file has to do with Prometheus: others have figures of their own."""
    text = project.text(path)
    return any(word in text for word in ("prometheus", "starlette_exporter", "openmetrics"))


def _started(deployment: Deployment, environment: Environment) -> Iterator[Finding]:
    for service in deployment.services:
        command = service.command or service.entrypoint
        for word in service.argv:
            tool = STARTERS.get(word.rsplit("/", 1)[-1])
            if tool and command:
                yield _judge_starter(tool, service, environment, command.at)


def _judge_starter(tool: str, service: Service, environment: Environment, at: Place) -> Finding:
    own = {one.name: one for one in service.variables}
    what = f"{tool} is started around the command of {service.name}"
    if off := off_by_variable(tool, {**environment.variables, **own}):
        return problem(f"{what}, and {off} switches it off", at=(own.get(off) or environment
                       .variables[off]).at or at, hint=f"take {off} away")  # fmt: skip
    return ok(what, at=at)
