"""Checkers of what bounds an agent: tries, calls of tools, history."""

from collections.abc import Iterator

from readiness import Built, Case, Finding, Program, Project, Verdict, checker
from readiness.checkers.agno_sites import (
    AGENT,
    RUN,
    TEAM,
    Said,
    each,
    fine,
    is_on,
    number_of,
    open_,
    together,
    weigh,
    wrong,
)

_NONE = "nothing here builds an agno Agent or Team"


@checker("agno.retries")
def retries(program: Program, project: Project) -> Iterator[Finding]:
    """An agent tries again, or asks another model, when its model fails."""
    yield from together(each(program, project, (AGENT, TEAM), _judge_retries, otherwise=_NONE))


_AGAIN = ("retries", "fallback_models", "fallback_config")


def _judge_retries(one: Built) -> Said:
    told = [one.option(name) for name in _AGAIN]
    for case in one.option("model").cases:
        if case.built is not None:
            told += [case.built.option(name) for name in ("retries", "max_retries")]
        elif case.kind == "unknown":
            told.append(one.option("model"))
    truths = [is_on(option) for option in told]
    if True in truths:
        return fine("tries again, or asks another model, when its model fails")
    if None in truths:
        reason = next(o.why for o, truth in zip(told, truths, strict=True) if truth is None)
        return open_(f"may try again when its model fails: {reason}")
    return wrong(
        "gives up at the first failure that its model's client lets through",
        "set retries= and exponential_backoff=True, or fallback_models=",
    )


@checker("agno.tool-limit")
def tool_limit(program: Program, project: Project) -> Iterator[Finding]:
    """An agent with tools has a limit of their calls."""
    yield from together(
        each(
            program,
            project,
            (AGENT, TEAM),
            _judge_tools,
            otherwise="no agno Agent or Team here has tools",
        )
    )


def _judge_tools(one: Built) -> Said | None:
    has_tools, limit = one.option("tools").truth, one.option("tool_call_limit")
    if has_tools is False:
        return None
    if limit.truth:
        return fine("has a limit of calls of its tools")
    if limit.truth is None:
        return open_(f"may have no limit of calls of its tools: {limit.why}")
    if has_tools is None:
        return open_(f"has no limit of calls, if it has tools: {one.option('tools').why}")
    return wrong(
        "may call its tools without end: tool_call_limit is not set",
        "set tool_call_limit to what a good run needs, and some more",
    )


@checker("agno.history")
def history(program: Program, project: Project, *, most: int = 20) -> Iterator[Finding]:
    """The history that a run sends to its model has an end: at most ``most`` runs."""

    def judge(one: Built) -> Said | None:
        return _judge_history(one, most)

    yield from each(
        program,
        project,
        RUN,
        judge,
        otherwise="no agno Agent, Team or Workflow here sends history",
    )


_SENDS = ("add_history_to_context", "add_history_to_messages", "add_workflow_history_to_steps")
_RUNS = ("num_history_runs", "num_history_responses")
_MESSAGES_OF_A_RUN = 10


def _judge_history(one: Built, most: int) -> Said | None:
    sends = [is_on(one.option(name)) for name in _SENDS]
    if True not in sends and None not in sends:
        return None
    if is_on(one.option("compaction")):
        return fine("folds its history (compaction=)")
    runs, messages = one.option(*_RUNS), one.option("num_history_messages")
    verdicts = [
        weigh(runs, lambda case: _is_more(case, most)),
        weigh(messages, lambda case: _is_more(case, most * _MESSAGES_OF_A_RUN)),
    ]
    if Verdict.PROBLEM in verdicts and True in sends:
        return wrong(
            f"sends more than {most} runs of its history to its model each time",
            f"lower num_history_runs to {most} or less, or set compaction=True",
            runs if verdicts[0] is Verdict.PROBLEM else messages,
        )
    if verdicts != [Verdict.OK, Verdict.OK]:
        reason = runs.reason or messages.reason or "whether it sends history is not known"
        return open_(f"may send more than {most} runs of its history: {reason}")
    return fine(f"sends at most {most} runs of its history (3 where nothing is said)")


def _is_more(case: Case, most: int) -> bool | None:
    if case.kind == "unknown" or (case.kind == "text" and case.known_text is None):
        return None
    number = number_of(case)
    return number is not None and number > most
