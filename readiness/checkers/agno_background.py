"""Checkers of what an AgentOS does beside requests: queues, schedules, traces, processes."""

from collections.abc import Iterator

from readiness import (
    Built,
    Case,
    Finding,
    Holder,
    Option,
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
    over,
    worst,
    wrong,
)

_QUEUE_STORES = ("PostgresDb", "AsyncPostgresDb", "RedisDb")


@checker("agno.background", by_variables=True)
def background(program: Program, project: Project) -> Iterator[Finding]:
    """A durable queue and a scheduler have a db in which they can work."""
    dbs = _dbs(program)

    def judge(os: Built) -> Said | None:
        return worst(_queue(os), _scheduler(os, dbs.get(os.at)))

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


def _queue(os: Built) -> Said | None:
    return over(os.option("queue"), lambda case: _durable(case, os))


def _durable(queue: Case, os: Built) -> Said | None:
    if queue.truth is False:
        return None
    if queue.built is None or not queue.is_a("QueueConfig"):
        why = queue.reason or "its queue is not known here"
        return open_(f"may have a durable queue: {why}")
    durable = queue.built.option("durable")
    if is_on(durable) is False:
        return None
    own = queue.built.option("db")
    store = os.option("db") if own.truth is False else own
    if reason := durable.reason or store.reason:
        return open_(f"may have a durable queue without a db that can keep it: {reason}")
    return _stored(store)


def _stored(store: Option) -> Said:
    mend = "give AgentOS(db=) or QueueConfig(db=) a PostgresDb"
    if store.truth is False:
        return wrong(
            "is told to keep a durable queue and has no db for it: its start ends with ValueError",
            mend,
        )
    names = [one for case in store.cases for one in case.names]
    shown = (names[0] if names else "a db").rpartition(".")[2]
    if any(case.is_a(*_QUEUE_STORES) for case in store.cases):
        return fine(f"keeps its durable queue in {shown}")
    if not any(name.startswith("agno.db.") for name in names):
        return open_("keeps its durable queue in a db that is not known here", mend)
    return wrong(
        f"is told to keep a durable queue in {shown}, which cannot: its start ends with "
        "ValueError",
        mend,
    )


def _scheduler(os: Built, db: Holder | None) -> Said | None:
    on = is_on(os.option("scheduler"))
    if on is False:
        return None
    mend = "give it AgentOS(db=PostgresDb(…)): a db of its agents is not looked at"
    if on is None:
        return open_(f"may have a scheduler: {os.option('scheduler').why}", mend)
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
            return open_(f"may keep traces: {os.option('tracing').why}")
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
    return _of_agents(frozenset(str(one.db) for one in holders if one.kind != "agentos"), mend)


def _of_agents(others: frozenset[str], mend: str) -> Said:
    """Without a db of its own it takes the first of its agents, teams and workflows."""
    others -= {"none"}
    if not others:
        return wrong("has tracing on and no db: no trace is kept", mend)
    if others <= {"durable", "local-file"}:
        return fine("keeps its traces in the first db of its agents")
    if others == {"volatile"}:
        return wrong("keeps its traces in the memory of its agents: a restart loses them", mend)
    which = "not known here" if "unknown" in others else "in memory"
    return open_(f"keeps its traces in the first db of its agents, and one of them is {which}",
                 mend)  # fmt: skip
