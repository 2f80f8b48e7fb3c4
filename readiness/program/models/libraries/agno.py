"""agno 1.x, 2.x and 3.x: agents, teams, workflows and AgentOS."""

from typing import TYPE_CHECKING

from readiness.program.answers import HolderKind
from readiness.program.interpreter import iterables
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.descriptors import on_class
from readiness.program.models.libraries.agno_databases import is_none, is_storage
from readiness.program.models.lifting import arg
from readiness.program.models.python.making import named
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Condition,
    Dict,
    External,
    Function,
    Instance,
    List,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

AGENT = "agno.agent.Agent"
TEAM = "agno.team.Team"
WORKFLOW = "agno.workflow.Workflow"
AGENT_OS = "agno.os.AgentOS"
ADAPTERS = tuple(f"agno.agents.{kind.lower()}.{kind}Agent" for kind in (
    "Claude", "LangGraph", "DSPy", "Codex", "Antigravity"))  # fmt: skip
"""Agents of other frameworks, which may keep their sessions themselves where no db is given."""
HOLDERS: dict[str, HolderKind] = {
    AGENT: "agent",
    **dict.fromkeys(ADAPTERS, "agent"),
    TEAM: "team",
    WORKFLOW: "workflow",
    AGENT_OS: "agentos",
}


_PARTS = ("members", "agents", "teams", "workflows", "steps")


def _with_db(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """Every holder has a db, None where none is given, whatever was there before."""
    given = dict(arguments.keywords)
    if arguments.open is not None:
        given["**"] = arguments.open
    given.setdefault("db", arguments.open or NONE)
    if is_storage(machine, instance.slots.values.get("storage")):
        given.setdefault("storage", arguments.open or NONE)
    for name, value in given.items():
        if isinstance(on_class(instance, name), (Wrapped, Instance)):
            machine.set_attribute(instance, name, value, arguments.at)
        else:
            machine.state.write(instance.slots, name, value)
    for name in ("storage", "memory", *_PARTS):
        instance.slots.values.setdefault(name, arguments.open or NONE)


def _team(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A team may be given a function that makes its members when it runs."""
    _with_db(machine, instance, arguments)
    members = instance.slots.values["members"]
    if isinstance(members, (Function, Bound)):
        function = members.function if isinstance(members, Bound) else members
        count = len(function.node.args.args) if isinstance(function, Function) else 0
        count -= isinstance(members, Bound)
        told = Unknown("what a run is told", arguments.at, free=True)
        given = (told,) * count
        made = machine.call(members, Arguments(given, {}, arguments.at))
        instance.slots.values["members"] = made


def _agent_os(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """AgentOS hands its db to what it is given and that has none."""
    _with_db(machine, instance, arguments)
    values = instance.slots.values
    for name in ("agents", "teams", "workflows"):
        _fill(machine, values[name], values["db"], arguments)


def _fill(machine: "Machine", given: Value, db: Value, arguments: Arguments) -> None:
    for one in alternatives(given):
        for item in () if is_none(one) else iterables.known(machine, one, arguments.at):
            for holder in alternatives(item):
                if isinstance(holder, Instance):
                    _give(machine, holder, db, arguments)


def _give(machine: "Machine", holder: Instance, db: Value, arguments: Arguments) -> None:
    own = holder.slots.values.get("db", NONE)

    def filled(value: Value) -> Value:
        if isinstance(value, Unknown):
            key = ("none", value)
            condition = Condition(key, f"the db is None ({value.reason})", arguments.at, value)
            return choose(condition, db, value)
        return db if is_none(value) else value

    if is_none(own):
        put = (arguments.at, holder.slots, "AgentOS hands its db on")
        machine.records.put[id(holder.slots), "db"] = put
    machine.state.write(holder.slots, "db", mapped(own, filled))


def _copy(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``deep_copy`` shares the db."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    update = arguments.get("update", 0)
    held = dict(receiver.slots.values)
    if isinstance(update, Dict):
        held.update(update.slots.values)
    made = Instance(receiver.cls, held, arguments.at)
    made.data = receiver
    kinds = [name for name in machine.library.names_of(receiver.cls) if name in HOLDERS]
    for name in kinds[:1]:
        given = {str(key): value for key, value in held.items()}
        machine.record(name, given, arguments.at, made)
    return made


def _from_dict(name: str) -> FunctionModel:
    """``Agent.from_dict(data)``: an entry under ``db``, or the registry, may give it one."""

    def build(machine: "Machine", arguments: Arguments) -> Value:
        data, at = arg(arguments, 0), arguments.at
        plain = isinstance(data, Dict) and data.rest is None and "db" not in data.slots.values
        unknown = Unknown("the db of what from_dict() makes", at)
        db = NONE if plain else unknown
        made = Instance(External(name), {"db": db}, at)
        machine.record(name, {"db": db}, at, made)
        _with_db(machine, made, Arguments((), {"db": db}, at))
        return made

    return build


def _serve(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``agent_os.serve()`` runs uvicorn."""
    machine.record(f"{AGENT_OS}.serve", named(arguments), arguments.at)
    return NONE


def _add_tool(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``agent.add_tool(tool)``: one more, in the list that there is or in a new one."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    tool = arguments.get("tool", 0) or NONE

    def added(held: Value) -> Value:
        if is_none(held):
            machine.state.write(receiver.slots, "tools", List((tool,)))
        elif isinstance(held, List):
            machine.invoke(machine.attribute(held, "append", arguments.at), arguments.at, tool)
        return NONE

    return machine.each(receiver.slots.values.get("tools", NONE), added)


def _set_tools(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``agent.set_tools(tools)``: these, and no other."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    machine.state.write(receiver.slots, "tools", arguments.get("tools", 0) or NONE)
    return NONE


_METHODS = {"deep_copy": _copy}
_WITH_TOOLS = {**_METHODS, "add_tool": _add_tool, "set_tools": _set_tools}
_AGENT = LibraryClass(
    ("model",), recorded=True, positional=None, build=_with_db, methods=_WITH_TOOLS)  # fmt: skip
_ADAPTER = LibraryClass((), recorded=True, positional=None, build=_with_db)
_TEAM = LibraryClass(("members",), recorded=True, build=_team, methods=_WITH_TOOLS)
_WORKFLOW = LibraryClass(("id",), recorded=True, build=_with_db, methods=_METHODS)
_OS = LibraryClass(
    ("id", "name", "description", "version", "db", "checkpoint", "agents", "teams", "workflows"),
    recorded=True, build=_agent_os, methods={"serve": _serve},
)  # fmt: skip
# What runs on another server, which keeps its sessions.
_REMOTE = LibraryClass(("base_url",))
_REMOTES = {f"agno.{kind}.Remote{kind.title()}": _REMOTE for kind in ("agent", "team", "workflow")}
_ALIASES = {
    **{f"agno.{kind}.remote.Remote{kind.title()}": f"agno.{kind}.Remote{kind.title()}"
       for kind in ("agent", "team", "workflow")},
    **{f"{name.rpartition('.')[0]}.agent.{name.rpartition('.')[2]}": name for name in ADAPTERS},
    "agno.agent.agent.Agent": AGENT, "agno.team.team.Team": TEAM, "agno.Agent": AGENT,
    "agno.workflow.workflow.Workflow": WORKFLOW, "agno.os.app.AgentOS": AGENT_OS,
    "agno.workflow.v2.workflow.Workflow": WORKFLOW, "agno.workflow.v2.Workflow": WORKFLOW,
}  # fmt: skip
TABLE = Table(
    classes={
        AGENT: _AGENT,
        **dict.fromkeys(ADAPTERS, _ADAPTER),
        TEAM: _TEAM,
        WORKFLOW: _WORKFLOW,
        AGENT_OS: _OS,
        **_REMOTES,
    },
    functions={f"{name}.from_dict": _from_dict(name) for name in (AGENT, TEAM, WORKFLOW)},
    aliases=_ALIASES,
    copies={"agno": "agent/agent.py"},
    holding=frozenset({"db", "storage", "memory"}),
)
