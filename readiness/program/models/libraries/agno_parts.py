"""What agno's agents are given besides a db: knowledge, memory, and factories of agents."""

from typing import TYPE_CHECKING

from readiness.program.models.libraries.agno_databases import is_none
from readiness.program.models.python.awaiting import awaited
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import NONE, Arguments, Instance, Unknown, alternatives

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _knowledge(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``contents_db`` and its old name are one."""
    held = dict(arguments.keywords)
    contents = held.get("contents_db", held.get("content_db", arguments.open or NONE))
    instance.slots.values.update(held | {"contents_db": contents, "content_db": contents})
    instance.slots.values.setdefault("vector_db", arguments.open or NONE)


def _factory(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """It builds an object for each request, and hands its db to one that has none."""
    held = dict(arguments.keywords)
    instance.slots.values.update(held)
    function, db = held.get("factory"), held.get("db", NONE)
    if function is None:
        return
    request = Unknown("what a request says", arguments.at, free=True)
    made = awaited(machine, machine.invoke(function, arguments.at, request), arguments.at)
    for one in alternatives(made):
        if isinstance(one, Instance) and is_none(one.slots.values.get("db")):
            put = (arguments.at, one.slots, "the factory hands its db on")
            machine.records.put[id(one.slots), "db"] = put
            machine.state.write(one.slots, "db", db)


_FACTORY = LibraryClass(
    ("id", "db", "factory", "name", "description"), recorded=True, build=_factory
)
_FACTORIES = {f"agno.{kind}.factory.{kind.title()}Factory": _FACTORY
              for kind in ("agent", "team", "workflow")}  # fmt: skip
_KNOWLEDGE = "agno.knowledge.knowledge.Knowledge"
_MANAGER = "agno.memory.manager.MemoryManager"
_LEARNING = "agno.learn.machine.LearningMachine"
TABLE = Table(
    classes={
        **_FACTORIES,
        _KNOWLEDGE: LibraryClass(recorded=True, build=_knowledge),
        _MANAGER: LibraryClass(("model", "system_message", "memory_capture_instructions",
                                "additional_instructions", "db"), recorded=True),
        _LEARNING: LibraryClass(("db", "model", "knowledge"), recorded=True),
        "agno.memory.agent.AgentMemory": LibraryClass(),
        "agno.memory.team.TeamMemory": LibraryClass(),
        "agno.memory.v2.memory.Memory": LibraryClass(
            ("model", "memory_manager", "summarizer", "db")),
        "agno.vectordb.pgvector.PgVector": LibraryClass(
            ("table_name", "schema", "name", "description", "id", "db_url", "db_engine"),
            recorded=True),
    },
    aliases={
        **{f"agno.{name.split('.')[1]}.{name.rpartition('.')[2]}": name for name in _FACTORIES},
        "agno.knowledge.Knowledge": _KNOWLEDGE, "agno.memory.MemoryManager": _MANAGER,
        "agno.learn.LearningMachine": _LEARNING,
        "agno.vectordb.pgvector.pgvector.PgVector": "agno.vectordb.pgvector.PgVector",
        "agno.memory.v2.Memory": "agno.memory.v2.memory.Memory",
        "agno.memory.AgentMemory": "agno.memory.agent.AgentMemory",
        "agno.memory.TeamMemory": "agno.memory.team.TeamMemory",
        "agno.memory.Memory": "agno.memory.v2.memory.Memory",
    },
)  # fmt: skip
