"""Checkers of what an AgentOS does beside requests: queues, schedules, traces, processes."""

from collections.abc import Iterator

from readiness import (
    Built,
    Case,
    Finding,
    Holder,
    Place,
    Program,
    Project,
    checker,
)
from readiness.checkers.agno_sites import (
    AGENT_OS,
    SERVES,
    Said,
    each,
    fine,
    is_on,
    open_,
    wrong,
)

_QUEUE_STORES = ("PostgresDb", "AsyncPostgresDb", "RedisDb")


@checker("agno.background", by_variables=True)
def background(program: Program, project: Project) -> Iterator[Finding]:
    """A durable queue and a scheduler have a db in which they can work."""
    dbs = _dbs(program)

    def judge(os: Built) -> Said | None:
        db = dbs.get(os.at)
        return _queue(os, db) or _scheduler(os, db)

    yield from each(
        program,
        project,
        (AGENT_OS,),
        judge,
        otherwise="no AgentOS here has a durable queue or a scheduler",
        words=SERVES,
    )


def _dbs(program: Program) -> dict[Place, Holder]:
    return {one.at: one for one in program.agents() if one.class_name == AGENT_OS}


def _queue(os: Built, db: Holder | None) -> Said | None:
    found = (_durable(case, db) for case in os.option("queue").cases if case.truth is not False)
    return next((said for said in found if said is not None), None)


def _durable(queue: Case, db: Holder | None) -> Said | None:
    if queue.built is None or not queue.is_a("QueueConfig"):
        why = queue.reason or "its queue is not known here"
        return open_(f"may have a durable queue: {why}")
    durable, own = queue.built.option("durable"), queue.built.option("db")
    if is_on(durable) is False:
        return None
    if reason := durable.reason or own.reason:
        return open_(f"may have a durable queue without a db that can keep it: {reason}")
    if own.truth:
        return _stored([one for case in own.cases for one in case.names])
    if db is None or db.db == "unknown":
        return open_("has a durable queue, and its db is not known here")
    return _stored([db.db_class] if db.db_class else [])


def _stored(names: list[str]) -> Said:
    mend = "give AgentOS(db=) or QueueConfig(db=) a PostgresDb"
    shown = (names[0] if names else "").rpartition(".")[2]
    if any(name.rpartition(".")[2] in _QUEUE_STORES for name in names):
        return fine(f"keeps its durable queue in {shown}")
    if shown and not names[0].startswith("agno.db.") and "." in names[0]:
        return open_(f"keeps its durable queue in {shown}, which is not known here", mend)
    held = f"and {shown} cannot keep one" if shown else "and no db to keep it in"
    return wrong(f"is told to keep a durable queue, {held}: its start ends with ValueError", mend)


def _scheduler(os: Built, db: Holder | None) -> Said | None:
    on = is_on(os.option("scheduler"))
    if on is False:
        return None
    mend = "give it AgentOS(db=PostgresDb(…)): a db of its agents is not looked at"
    if on is None:
        return open_(f"may have a scheduler: {os.option('scheduler').reason}", mend)
    if db is None or db.db == "unknown":
        return open_("has a scheduler, and its db is not known here", mend)
    if db.db == "none":
        return wrong(
            "is told to run schedules and has no db of its own: none is ever run, and "
            "nothing says so",
            mend,
        )
    if db.db == "volatile":
        return wrong("keeps its schedules in memory: a restart loses them", mend)
    return fine(f"keeps its schedules in {(db.db_class or 'its db').rpartition('.')[2]}")


@checker("agno.traces", by_variables=True)
def traces(program: Program, project: Project) -> Iterator[Finding]:
    """Where tracing is on there is a db that keeps the traces."""
    holders = program.agents()
    dbs = _dbs(program)

    def judge(os: Built) -> Said | None:
        on = is_on(os.option("tracing"))
        if on is False:
            return None
        if on is None:
            return open_(f"may keep traces: {os.option('tracing').reason}")
        return _traced(dbs.get(os.at), holders)

    yield from each(
        program,
        project,
        (AGENT_OS,),
        judge,
        otherwise="no AgentOS here has tracing on",
        words=SERVES,
    )


def _traced(own: Holder | None, holders: tuple[Holder, ...]) -> Said:
    mend = "give the AgentOS a db, such as PostgresDb"
    if own is None or own.db == "unknown":
        return open_("keeps traces, and its db is not known here", mend)
    if own.db == "volatile":
        return wrong("keeps its traces in memory: a restart loses them", mend)
    if own.db != "none" or own.db_class:
        return fine("has a db for its traces")
    # Without one it takes the first db of its agents, teams and workflows.
    others = {one.db for one in holders if one.kind != "agentos"}
    if others & {"durable", "local-file"}:
        return fine("keeps its traces in the first db of its agents")
    if "unknown" in others:
        return open_("keeps traces, and the dbs of its agents are not known here", mend)
    return wrong("has tracing on and no db: no trace is kept", mend)
