"""Checkers that judge whether the application is watched."""

from collections.abc import Iterator, Mapping

from readiness import (
    Deployment,
    Environment,
    Finding,
    Place,
    Program,
    Project,
    Variable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.literals import literals
from readiness.checkers.monitoring_calls import is_elsewhere, judge_call, off_by_variable
from readiness.checkers.monitoring_packages import requirements
from readiness.checkers.monitoring_text import doubts_of, judge_start, without_calls
from readiness.checkers.monitors import (
    ALONE,
    CALLS,
    STARTERS,
)
from readiness.checkers.new_relic import TOOL as NEW_RELIC
from readiness.checkers.new_relic import Switch, switch
from readiness.checkers.scraping import scraped
from readiness.checkers.starts import starts
from readiness.checkers.trees import source

_METRICS = "Prometheus"


@checker("monitoring.initialised")
def initialised(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """Error tracking or metrics of the application are started, or scraped as deployed."""
    called = [
        judge_call(call, environment, project, program)
        for call in program.calls(*CALLS)
        if not is_elsewhere(call.at.path, environment, project)
    ]
    findings = [
        *called,
        *_listed(project),
        *_started(deployment, environment, project),
        *_answered([*scraped(deployment, project, environment)], called, program, project),
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


def _answered(
    read: list[Finding], called: list[Finding], program: Program, project: Project
) -> Iterator[Finding]:
    """What Prometheus is told to read: code that has the library for it has to start it, too."""
    if not read:
        return
    met = [one for one in called if CALLS.get(str(one.data.get("function"))) == _METRICS]
    found = [judge_start(one, program, project) for one in starts(project) if one.tool == _METRICS]
    own = met or found
    if any(one.verdict is Verdict.OK for one in own):
        yield from read
    elif own:
        yield from found if not met else ()
    elif silent := next((at for name, at in requirements(project) if "prometheus" in name), None):
        yield undecided(f"{read[0].message}, and no code is seen to answer it", at=silent,
                        hint="mount it where the application is built, such as "
                        'app.mount("/metrics", make_asgi_app())')  # fmt: skip
    else:
        yield from read


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
    text = source(project, path)
    return any(word in text for word in ("prometheus", "starlette_exporter", "openmetrics"))


def _started(
    deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    for service in deployment.services:
        command = service.command or service.entrypoint
        for word in service.argv:
            tool = STARTERS.get(word.rsplit("/", 1)[-1])
            if tool and command:
                variables = {
                    **environment.variables,
                    **{one.name: one for one in service.variables},
                }
                what = f"{tool} is started around the command of {service.name}"
                yield _judge_starter(tool, what, variables, project, command.at)


def _judge_starter(
    tool: str, what: str, variables: Mapping[str, Variable], project: Project, at: Place
) -> Finding:
    text = off_by_variable(tool, variables)
    off = Switch(text, variables[text].at) if text else None
    if tool == NEW_RELIC:
        off = switch(project, variables)
    if off:
        return problem(f"{what}, and {off.text} switches it off", at=off.at or at,
                       hint=f"take {off.text} away")  # fmt: skip
    return ok(what, at=at)
