"""Checkers of what agents remember: what for, for whom."""

from collections.abc import Iterator

from readiness import Built, Case, Finding, Holder, Option, Place, Program, Project, checker
from readiness.checkers.agno_sites import RUN, Said, each, fine, is_on, open_, wrong

FLAGS = (
    "add_history_to_context",
    "add_history_to_messages",
    "read_chat_history",
    "enable_agentic_memory",
    "update_memory_on_run",
    "enable_user_memories",
    "add_memories_to_context",
    "enable_session_summaries",
    "add_session_summary_to_context",
    "search_past_sessions",
    "search_session_history",
    "learning",
    "compaction",
    "add_workflow_history_to_steps",
    "add_team_history_to_members",
    "filesystem",
)
"""What works only with a db."""
_MEND = "give it a db such as PostgresDb (an AgentOS hands its own on, a Team does not)"


@checker("agno.memory-db", by_variables=True)
def memory_db(program: Program, project: Project) -> Iterator[Finding]:
    """What is told to remember has a db that outlives the process."""
    dbs: dict[tuple[Place, str], Holder] = {
        (one.at, one.class_name): one for one in program.agents()
    }

    def judge(one: Built) -> Said | None:
        return _judge(one, dbs.get((one.at, one.class_name)))

    yield from each(
        program,
        project,
        RUN,
        judge,
        otherwise="no agno Agent, Team or Workflow here is told to remember",
    )


def _judge(one: Built, held: Holder | None) -> Said | None:
    asked = {name: is_on(one.option(name)) for name in FLAGS}
    on = [name for name, truth in asked.items() if truth]
    if not on:
        unknown = next((name for name, truth in asked.items() if truth is None), None)
        if unknown is None or held is None or held.db == "durable":
            return None if unknown is None else fine("has a db, if it is told to remember")
        return open_(f"may be told to remember ({unknown}=): {one.option(unknown).why}")
    if held is None or held.db == "unknown":
        reason = held.reason if held is not None else ""
        return open_(
            f"is told to remember ({on[0]}=), and its db is not known here: "
            f"{reason or 'it was not understood'}",
            of=_way_of(held),
        )
    if held.db == "none":
        return wrong(
            f"is told to remember ({', '.join(on)}) and has no db: it "
            "remembers nothing that lasts",
            _MEND,
            _way_of(held),
        )
    if held.db == "volatile":
        return wrong(
            f"is told to remember ({', '.join(on)}), in memory: a restart forgets it",
            _MEND,
            _way_of(held),
        )
    return fine(f"is told to remember ({on[0]}=) and has a db for it")


def _way_of(held: Holder | None) -> Option:
    """How an object came to its db."""
    return Option((Case("object", trace=held.trace if held is not None else ()),))


@checker("agno.own-sessions")
def own_sessions(program: Program, project: Project) -> Iterator[Finding]:
    """No agent has one session or one user for everybody who talks to it."""
    yield from each(
        program,
        project,
        RUN,
        _judge_identity,
        otherwise="nothing here builds an agno Agent, Team or Workflow",
    )


def _judge_identity(one: Built) -> Said:
    for name in ("session_id", "user_id"):
        cases = one.option(name).cases
        if any(case.kind == "text" and not case.reason for case in cases):
            whose = "session" if name == "session_id" else "user"
            return wrong(
                f"has one {whose} for everybody: {name}= is fixed where it is built, and "
                "every run that names none shares it",
                f"leave {name}= out, and hand it to each run(…)",
            )
        if reason := next((why for case in cases if (why := _fixed(one, case))), ""):
            return open_(
                f"may have one {name} for everybody: {reason}",
                f"leave {name}= out, and hand it to each run(…)",
            )
    return fine("takes session and user from each run")


def _fixed(one: Built, case: Case) -> str:
    """Why an identity may be the same for all; nothing where each run has its own."""
    return case.reason if one.within is None else ""
