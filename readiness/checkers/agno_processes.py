"""Checkers of an AgentOS that runs in several processes."""

from collections.abc import Callable, Iterator

from readiness import Built, Case, Deployment, Finding, Option, Program, Project, checker
from readiness.checkers.agno_sites import (
    RUN,
    Said,
    each,
    each_os,
    fine,
    is_on,
    is_set,
    open_,
    wrong,
)
from readiness.checkers.factors import services_of
from readiness.checkers.span import Span


@checker("agno.processes")
def processes(
    program: Program,
    project: Project,
    deployment: Deployment,
    *,
    instances: int | None = None,
    workers: int | None = None,
) -> Iterator[Finding]:
    """Several processes of an AgentOS can stop and follow each other's runs.

    ``instances`` and ``workers`` say how many there are, where no file does.
    """
    span = _processes(deployment, program, instances, workers)

    def judge(os: Built) -> Said:
        return _shared(os, span)

    yield from each_os(program, project, judge)


def _shared(os: Built, span: Span) -> Said:
    mend = (
        "give it queue=QueueConfig(redis=…), or say how many processes there are (`instances`, "
        "`workers` of the rule)"
    )
    shares = _by_redis(os.option("queue"))
    if shares:
        return fine("shares cancelling and streams of its runs through Redis")
    if span.high == 1:
        return fine("runs in one process")
    if shares is None or os.option("event_stream").truth is not False:
        return open_("may not share cancelling and streams of its runs", mend)
    what = "a run can be cancelled and followed in the one process that runs it only"
    if span.low > 1:
        return wrong(f"runs in {span.low} processes at least, and {what}", mend)
    return open_(f"may run in several processes, where {what}", mend)


def _by_redis(queue: Option) -> bool | None:
    """Whether a queue names a Redis; None where that is not known."""
    found = {_names_redis(case) for case in queue.cases}
    return found.pop() if len(found) == 1 else None


def _names_redis(queue: Case) -> bool | None:
    if queue.truth is False:
        return False
    known = queue.built is not None and queue.is_a("QueueConfig")
    return is_set(queue.built.option("redis")) if known and queue.built else None


def _processes(
    deployment: Deployment, program: Program, instances: int | None, workers: int | None
) -> Span:
    found = [
        one.instances.span * one.workers.span
        for one in services_of(deployment, program, instances, workers)
    ]
    highs = [one.high for one in found]
    high = None if None in highs else max((h for h in highs if h is not None), default=None)
    return Span(max((one.low for one in found), default=1), high)


@checker("agno.session-cache")
def session_cache(
    program: Program,
    project: Project,
    deployment: Deployment,
    *,
    instances: int | None = None,
    workers: int | None = None,
) -> Iterator[Finding]:
    """No process answers from a session that another one has written since.

    ``instances`` and ``workers`` say how many there are, where no file does.
    """
    span = _processes(deployment, program, instances, workers)
    yield from each(
        program,
        project,
        RUN,
        _cached(span),
        otherwise="no agno Agent, Team or Workflow here caches its session",
    )


def _cached(span: Span) -> Callable[[Built], Said | None]:
    def judge(one: Built) -> Said | None:
        on = is_on(one.option("cache_session"))
        if on is False:
            return None
        mend = "leave cache_session off: each process keeps its own copy of a session"
        if on is None:
            return open_(
                f"may keep sessions in its process: {one.option('cache_session').why}", mend
            )
        if span.high == 1:
            return fine("keeps sessions in its process, and there is one process only")
        if span.low > 1:
            return wrong(
                "keeps sessions in its process, and there are several: one answers from "
                "what another has written since",
                mend,
            )
        return open_("keeps sessions in its process, and how many there are is said nowhere", mend)

    return judge
