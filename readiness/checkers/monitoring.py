"""Checkers that judge whether the application is watched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from readiness import (
    Call,
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    Service,
    Unreadable,
    Variable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.exporting import shown_only
from readiness.checkers.literals import literals
from readiness.checkers.monitors import (
    ALONE,
    BY_ARGUMENT,
    CALLS,
    FOLLOWED,
    OFF,
    PACKAGES,
    STARTERS,
    SWITCHES,
)
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.scraping import scraped
from readiness.checkers.starts import Start, Use, starts, uses
from readiness.checkers.understood import doubts, was_cut_short

_MISSING = object()
_MEND = (
    "initialise error tracking or metrics where the application starts, such as "
    'sentry_sdk.init(dsn=os.environ["SENTRY_DSN"]) or a mounted /metrics'
)
_REQUIREMENTS = ("requirements*.txt", "requirements/*.txt", "requirements*.in", "pyproject.toml",
                 "Pipfile", "setup.cfg", "setup.py", "environment.yml")  # fmt: skip
_TOOLS = re.compile("|".join(sorted({name.partition(".")[0] for name in CALLS})).encode())


@checker("monitoring.initialised")
def initialised(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """Error tracking or metrics of the application are started, or scraped as deployed."""
    findings = [
        *(
            _judge_call(call, environment, project, program)
            for call in program.calls(*CALLS)
            if not _is_elsewhere(call.at.path, environment, project)
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
    none = _none(program, deployment, project)
    if none.verdict is Verdict.PROBLEM and (unknown := [*_doubts(program, project)]):
        yield from unknown
    else:
        yield none


def _doubts(program: Program, project: Project) -> Iterator[Finding]:
    """Why nobody can tell that nothing is started: something was not understood."""
    found = [*doubts(program, project, _TOOLS, "starts of monitoring", absent=True)]
    yield from found
    if not found and (cut := was_cut_short(program)):
        at, reason = cut
        yield undecided(f"no start of error tracking or metrics was found, and {at} was not "
                        f"evaluated to its end ({reason})", at=at,
                        hint="name the entry point in the settings")  # fmt: skip


def _judge_call(
    call: Call, environment: Environment, project: Project, program: Program
) -> Finding:
    tool = CALLS.get(call.function, call.function)
    what = f"{tool} is started"
    data = {"function": call.function}
    if idle := _idle(call, tool, environment, project, program):
        return idle
    if (needs := _needs_address(call, environment)) and _is_unset(environment, needs):
        return problem(f"{what}, and sends nothing: {needs} is not set", at=call.at,
                       hint=f"set {needs}", trace=call.trace, data=data)  # fmt: skip
    if needs:
        return undecided(f"{what}, and sends nothing unless {needs} is set", at=call.at,
                         hint=f"say --injected {needs} where the platform supplies it",
                         trace=call.trace, data=data)  # fmt: skip
    if call.under and not _is_installed(call, project):
        return undecided(f"{what}, if {' and '.join(call.under)}", at=call.at,
                         hint="say with --set what decides it", trace=call.trace,
                         data=data)  # fmt: skip
    return ok(what, at=call.at, trace=call.trace, data=data)


def _idle(
    call: Call, tool: str, environment: Environment, project: Project, program: Program
) -> Finding | None:
    """The problem of a tool that is started and certainly tells nobody; None of another."""
    what, data = f"{tool} is started", {"function": call.function}
    if (off := _switched_off(call)) or (off := _off_by_variable(tool, environment.variables)):
        return problem(f"{what}, and {off} switches it off", at=call.at, hint=_MEND,
                       trace=call.trace, data=data)  # fmt: skip
    if tool == "OpenTelemetry" and (shown := shown_only(program, project)):
        return problem(f"{what}, and sends what it sees to the console only", at=shown.at,
                       hint="export it over OTLP to what raises alarms",
                       trace=call.trace, data=data)  # fmt: skip
    methods = () if _is_told_to(call) else FOLLOWED.get(call.function, ())
    if methods and not any(use for method in methods for use in uses(project, method)):
        return problem(f"{tool} is set up, and nothing calls {' or '.join(methods[:2])}",
                       at=call.at, hint=_MEND, trace=call.trace, data=data)  # fmt: skip
    return None


def _is_elsewhere(path: str, environment: Environment, project: Project) -> bool:
    """Tell whether a file is of another environment, by its name, and no other asks for it."""
    if is_for(path, environment.name):
        return False
    name = re.escape(path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2])
    asks = rb"(?m)^[ \t]*(?:from|import)[ \t][^\n]*\b" + name.encode() + rb"\b"
    return not any(other != path for other in project.matching(asks, (name.encode(),)))


def _is_installed(call: Call, project: Project) -> bool:
    """Tell whether all that a start hangs on is that its own library can be imported."""
    root = call.function.partition(".")[0]
    if any(one != f"not: the import of {root} fails" for one in call.under):
        return False
    return any(name.replace("-", "_") == root for name, _ in _requirements(project))


def _is_told_to(call: Call) -> bool:
    """Tell whether an argument makes the tool watch errors by itself."""
    name = BY_ARGUMENT.get(call.function)
    return name is not None and _known(_argument(call, name)) is True


def _switched_off(call: Call) -> str | None:
    """The argument with which the tool certainly sends nothing, if there is one."""
    for name, values in SWITCHES.items():
        value = _argument(call, name)
        known = _known(value)
        if value is not None and known is not _MISSING and known in values:
            missing = any(getattr(step, "missing", False) for step in value.trace)
            if not missing:
                return name
    return None


def _off_by_variable(tool: str, variables: Mapping[str, Variable]) -> str | None:
    """The variable that switches a tool off in this environment, if there is one."""
    for name, values in OFF.get(tool, ()):
        given = variables.get(name)
        value = given.value if given is not None and given.state == "known" else None
        if value is not None and value.reveal().strip().lower() in values:
            return name
    return None


def _argument(call: Call, name: str) -> Any:
    """An argument by its name; Sentry's address is the first by position too."""
    found = call.arguments.get(name)
    return call.arguments.get("0") if found is None and name == "dsn" else found


def _known(value: Any) -> Any:
    """The plain value of an argument; `_MISSING` where it is not certain."""
    if hasattr(value, "known"):
        return _MISSING if value.known is None else value.known
    return getattr(value, "value", _MISSING)


def _needs_address(call: Call, environment: Environment) -> str | None:
    """The variable that Sentry's address would have to come from, where nothing gives it."""
    if call.function != "sentry_sdk.init":
        return None
    dsn = _argument(call, "dsn")
    if dsn is not None and _known(dsn) not in {None, ""}:
        return None
    read = next((step for step in (dsn.trace if dsn else ()) if hasattr(step, "variable")), None)
    name = getattr(read, "variable", "SENTRY_DSN")
    given = environment.get(name) or environment.get("SENTRY_DSN")
    if given is not None and given.state != "unset" and (given.value is None or given.value):
        return None
    return name


def _is_unset(environment: Environment, name: str) -> bool:
    variable = environment.get(name)
    return variable is not None and not (variable.state == "injected" or variable.value)


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
    if off := _off_by_variable(tool, {**environment.variables, **own}):
        return problem(f"{what}, and {off} switches it off", at=(own.get(off) or environment
                       .variables[off]).at or at, hint=f"take {off} away")  # fmt: skip
    return ok(what, at=at)


def _none(program: Program, deployment: Deployment, project: Project) -> Finding:
    """No evaluation reached a start: judge it by the text, or blame what lies idle."""
    found = [_judge_start(start, program, project) for start in starts(project)]
    for verdict in (Verdict.OK, Verdict.UNDECIDED, Verdict.PROBLEM):
        for one in found:
            if one.verdict is verdict:
                return one
    if idle := _installed(project):
        name, at = idle
        return problem(f"{name} is installed, and nothing starts it", at=at, hint=_MEND)
    code = [path for path in project.paths if is_code(path)]
    if not code:
        raise NotApplicable("there is no code of an application to watch")
    return problem("nothing watches the application: neither errors nor metrics leave it",
                   at=Place(_started_first(deployment, code)), hint=_MEND)  # fmt: skip


def _started_first(deployment: Deployment, code: list[str]) -> str:
    """The file that the deployment starts, else the first."""
    named = (one.path or f"{(one.module or '').replace('.', '/')}.py" for one in deployment.starts)
    return next((path for path in named if path in code), code[0])


def _was_passed(start: Start, used: Sequence[Use], program: Program) -> bool:
    """Tell whether the code was run that calls the function, and the start was not reached."""
    lost = {one.path for one in (*program.coverage.left_out, *program.coverage.not_parsed)}
    run = set(program.coverage.evaluated) - lost
    return start.at.path in run and any(use.runs and use.at.path in run for use in used)


def _judge_start(start: Start, program: Program, project: Project) -> Finding:
    """A start in a function that nothing was seen to call: a framework may call it."""
    if start.dead:
        return problem(f"{start.tool} is started behind a return, where nothing comes",
                       at=start.at, hint="start it before the function ends")  # fmt: skip
    if start.registered and start.function is None and not start.guarded:
        return ok(f"{start.tool} is started by an import", at=start.at)
    used = [*uses(project, start.function)] if start.function else []
    if not (used or start.registered) or (start.guarded and _was_passed(start, used, program)):
        return problem(f"{start.tool} is not started in this environment", at=start.at,
                       hint="start it wherever the application runs for users")  # fmt: skip
    if start.guarded or (not start.registered and all(use.guarded for use in used)):
        return undecided(f"{start.tool} is started in {start.function}, under a condition that "
                         "was not evaluated", at=start.at,
                         hint="name the entry point in the settings")  # fmt: skip
    where = f", which {used[0].at} uses" if used else ""
    return ok(f"{start.tool} is started in {start.function}{where}", at=start.at)


def _installed(project: Project) -> tuple[str, Place] | None:
    return next(_requirements(project), None)


def _requirements(project: Project) -> Iterator[tuple[str, Place]]:
    """The packages of such tools that the project asks for."""
    for path in project.files(*_REQUIREMENTS):
        try:
            lines = project.lines(path)
        except Unreadable:
            continue
        for line in lines:
            if found := PACKAGES.match(line.text.replace("dependencies = [", "")):
                yield found["package"], line.at
