"""Checkers of what agno tells: its debug log, and its telemetry."""

from collections.abc import Iterator

from readiness import (
    Built,
    Finding,
    NotApplicable,
    Program,
    Project,
    checker,
    counted,
    ok,
    problem,
)
from readiness.checkers.agno_sites import (
    AGENT_OS,
    RUN,
    Said,
    each,
    fine,
    is_on,
    is_set,
    open_,
    wrong,
)

_NONE = "nothing here builds an agno Agent, Team or Workflow"


@checker("agno.debug", by_variables=True)
def debug(program: Program, project: Project) -> Iterator[Finding]:
    """No agent, team or workflow writes what it is asked and answers into the log."""
    yield from each(program, project, RUN, _judge_debug, otherwise=_NONE)


def _judge_debug(one: Built) -> Said:
    variable = one.variable("AGNO_DEBUG")
    # agno takes "true" in any case of letters, and no other word.
    words = [case.known_text for case in variable.cases if case.kind == "text"]
    if any(word is not None and word.lower() == "true" for word in words):
        return wrong(
            "logs prompts and answers: AGNO_DEBUG is true",
            "take AGNO_DEBUG out of this environment",
            of=variable,
            by="AGNO_DEBUG",
        )
    on = is_on(one.option("debug_mode"))
    if on:
        return wrong(
            "logs prompts and answers: debug_mode is on",
            "switch debug_mode on in development only",
            of=one.option("debug_mode"),
            by="debug_mode",
        )
    if on is None:
        return open_(
            f"may log prompts and answers: {one.option('debug_mode').why}",
            of=one.option("debug_mode"),
        )
    if None in words:
        return open_("logs prompts and answers if the platform sets AGNO_DEBUG to true")
    return fine("does not log prompts and answers")


@checker("agno.telemetry")
def telemetry(program: Program, project: Project) -> Iterator[Finding]:
    """Whether agno reports its use to its makers was chosen, not left to the default."""
    found = list(
        each(
            program,
            project,
            (*RUN, AGENT_OS),
            _judge_telemetry,
            otherwise="nothing here builds an agno Agent, Team, Workflow or AgentOS",
        )
    )
    left = [one for one in found if one.data.get("telemetry") == "default"]
    yield from (one for one in found if one not in left and one.data.get("telemetry") is None)
    chosen = [one for one in found if one.data.get("telemetry") == "chosen"]
    if left:
        count = len(left)
        what = left[0].message.split(" ")[0] if count == 1 else f"{count} objects"
        yield problem(
            f"{what} may report to agno.com, as nobody chose: telemetry is on by default",
            at=left[0].at,
            trace=left[0].trace,
            hint="set AGNO_TELEMETRY to true or false for agents, teams and workflows, "
            "and telemetry= on the AgentOS, which does not look at it",
        )
    elif chosen:
        yield ok(f"somebody chose for {counted(len(chosen), 'object')}", at=chosen[0].at)
    if not found:
        raise NotApplicable(_NONE)


def _judge_telemetry(one: Built) -> Said:
    given = one.option("telemetry").is_given
    # An AgentOS reports its launch whatever AGNO_TELEMETRY says.
    by_variable = one.class_name != AGENT_OS and is_set(one.variable("AGNO_TELEMETRY"))
    if given or by_variable:
        return fine("reports to agno.com as somebody chose", telemetry="chosen")
    if given is None:
        return open_(f"may report to agno.com: {one.option('telemetry').why}")
    return wrong("reports to agno.com, as nobody chose", "", telemetry="default")
