"""What the text of the code tells of monitoring, where no evaluation reached a start."""

import re
from collections.abc import Iterator, Sequence

from readiness import (
    Deployment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    Verdict,
    ok,
    problem,
    undecided,
)
from readiness.checkers.monitoring_packages import requirements
from readiness.checkers.monitors import (
    CALLS,
    MEND,
)
from readiness.checkers.scope import is_code
from readiness.checkers.starts import Start, starts
from readiness.checkers.understood import doubts, was_cut_short
from readiness.checkers.uses import Use, uses

_TOOLS = re.compile("|".join(sorted({name.partition(".")[0] for name in CALLS})).encode())


def doubts_of(program: Program, project: Project) -> Iterator[Finding]:
    """Why nobody can tell that nothing is started: something was not understood."""
    found = [*doubts(program, project, _TOOLS, "starts of monitoring", absent=True)]
    yield from found
    if not found and (cut := was_cut_short(program)):
        at, reason = cut
        yield undecided(f"no start of error tracking or metrics was found, and {at} was not "
                        f"evaluated to its end ({reason})", at=at,
                        hint="name the entry point in the settings")  # fmt: skip


def without_calls(program: Program, deployment: Deployment, project: Project) -> Finding:
    """No evaluation reached a start: judge it by the text, or blame what lies idle."""
    found = [judge_start(start, program, project) for start in starts(project)]
    for verdict in (Verdict.OK, Verdict.UNDECIDED, Verdict.PROBLEM):
        for one in found:
            if one.verdict is verdict:
                return one
    if idle := next(requirements(project), None):
        name, at = idle
        return problem(f"{name} is installed, and nothing starts it", at=at, hint=MEND)
    code = [path for path in project.paths if is_code(path)]
    if not code:
        raise NotApplicable("there is no code of an application to watch")
    return problem("nothing watches the application: neither errors nor metrics leave it",
                   at=Place(_started_first(deployment, code)), hint=MEND)  # fmt: skip


_STARTED = ("__main__.py", "main.py", "app.py", "asgi.py", "wsgi.py", "server.py", "cli.py")


def _started_first(deployment: Deployment, code: list[str]) -> str:
    """The file that the deployment starts, else one that is named like it, else the first."""
    named = (one.path or f"{(one.module or '').replace('.', '/')}.py" for one in deployment.starts)
    likely = [path for name in _STARTED for path in code if path.rpartition("/")[2] == name]
    return next((path for path in named if path in code), [*likely, *code][0])


def _was_passed(start: Start, used: Sequence[Use], program: Program) -> bool:
    """Tell whether the code was run that calls the function, and the start was not reached."""
    lost = {one.path for one in (*program.coverage.left_out, *program.coverage.not_parsed)}
    run = set(program.coverage.evaluated) - lost
    return start.at.path in run and any(use.runs and use.at.path in run for use in used)


def _is_alone(project: Project, function: str) -> bool:
    """Tell whether only one file defines a function of that name, so that a use means this one."""
    word = function.encode()
    found = project.matching(rb"\bdef[ \t]+" + re.escape(word) + rb"\b", (word,), is_code)
    return len(found) == 1


def judge_start(start: Start, program: Program, project: Project) -> Finding:
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
    what = f"{start.tool} is started in {start.function}{where}"
    runs = any(use.runs and not use.guarded for use in used)
    if start.registered or (runs and start.function and _is_alone(project, start.function)):
        return ok(what, at=start.at)
    return undecided(f"{what}: it was not seen that anything comes there", at=start.at,
                     hint="name the entry point in the settings")  # fmt: skip
