"""Which db each agno object holds when start-up is over."""

from collections.abc import Callable

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program import story
from readiness.program.answers import Db, Holder
from readiness.program.interpreter.choices import restrict, same
from readiness.program.interpreter.descriptors import on_class
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.kept import WORST, Judged, certain, is_free, judge
from readiness.program.lost import lost
from readiness.program.members import members
from readiness.program.models.libraries import agno
from readiness.program.models.libraries.agno_databases import is_none, is_storage
from readiness.program.values import (
    NONE,
    Condition,
    External,
    Instance,
    Open,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

Told = Callable[[Place, Db], bool]
_LISTS = {
    agno.AGENT: "agents",
    **dict.fromkeys(agno.ADAPTERS, "agents"),
    agno.TEAM: "teams",
    agno.WORKFLOW: "workflows",
}


def holders(machine: Machine, *, told: Told | None = None) -> tuple[Holder, ...]:
    """One answer for each site, in order of path and line.

    How it came about is most of the work; ``told`` says of a site and its db whether it is asked.
    """
    inner, fillable, fault = _known_members(machine)
    sites: dict[tuple[Place, str], list[Holder]] = {}
    for event in machine.records.events:
        if event.name in agno.HOLDERS and event.instance is not None:
            if _is_copy(event.instance):
                continue
            member = id(event.instance) in inner
            held = (
                _unknown_holder(event, fault) if fault
                else _asked(machine, event, member, event.name in fillable, told)
            )  # fmt: skip
            if held.db in {"durable", "local-file"} and (why := _outdated(machine, event.at)):
                held = _unknown_holder(event, why)
            if not (held.db == "none" and event.name in agno.ADAPTERS):
                sites.setdefault((event.at, event.name), []).append(held)
    found = [_joined(several) for several in sites.values()]
    found += _lost(machine, {one.at for one in found})
    return tuple(sorted(found, key=lambda one: (one.at, one.class_name)))


def _outdated(machine: Machine, at: Place) -> str:
    """Why what stands there may have changed since it was looked at; nothing if it has not."""
    return next((why for path, lines, why in machine.outdated
                 if path == at.path and at.line in lines), "")  # fmt: skip


def _known_members(machine: Machine) -> tuple[set[int], frozenset[str], str]:
    """The objects inside of others, and the kinds that may be; or why that is not known."""
    try:
        return members(machine), _fillable(machine), ""
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        return (
            set(),
            frozenset(),
            getattr(fault, "reason", f"the evaluation failed: {type(fault).__name__}"),
        )


def _asked(
    machine: Machine, event: Event, member: bool, fillable: bool,  # noqa: FBT001 - told of both
    told: Told | None,
) -> Holder:  # fmt: skip
    try:
        return _holder(machine, event, member, fillable, told)
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        reason = getattr(fault, "reason", f"the evaluation failed: {type(fault).__name__}")
        return _unknown_holder(event, reason)


def _unknown_holder(event: Event, reason: str) -> Holder:
    kind = agno.HOLDERS[event.name]
    return Holder(event.name, kind, event.at, "unknown", reason=reason, trace=event.trace)


def _is_copy(instance: Instance) -> bool:
    """Whether an object is a copy that still shares the db of what it was copied from."""
    if not isinstance(instance.data, Instance):
        return False
    one, other = (one.slots.values.get("db", NONE) for one in (instance, instance.data))
    return same(one, other)


def _lost(machine: Machine, seen: set[Place]) -> list[Holder]:
    """The sites in code that was not understood, of which nothing is known."""
    found = [(one.name, one.at, one.reason) for one in lost(machine, agno.HOLDERS)]
    why = "the class is given to code that is not known here ({}), which may build it with any db"
    handed = machine.records.handed
    found += [(name, at, why.format(to)) for name, at, to in handed if name in agno.HOLDERS]
    sites = {
        at: Holder(name, agno.HOLDERS[name], at, "unknown", reason=reason)
        for name, at, reason in found
        if at not in seen
    }
    return list(sites.values())


def _holder(
    machine: Machine, event: Event, member: bool, fillable: bool,  # noqa: FBT001 - as above
    told: Told | None,
) -> Holder:  # fmt: skip
    assert event.instance is not None  # noqa: S101 - asked before
    value = held_by(machine, event)
    judged = certain([judge(machine, one) for one in alternatives(value)], value)
    if judged.db == "none" and not judged.name and not member and fillable:
        reason = "an AgentOS is given what is not known here, and may hand its db on"
        judged = Judged("unknown", None, None, reason, judged.trace)
    if judged.db == "none" and not judged.name and event.name == agno.AGENT_OS:
        judged = replace(judged, reason=_given(machine, event))
    path = [(one, truth) for one, truth in event.path if not (truth and one.counts_rounds)]
    if path and judged.db in {"volatile", "none"} and not is_free(path):
        why = " and ".join(_words(condition, truth) for condition, truth in path)
        judged = Judged("unknown", judged.name, judged.at, f"it is built only if {why}",
                        judged.trace)  # fmt: skip
    return Holder(
        event.name,
        agno.HOLDERS[event.name],
        event.at,
        judged.db,
        judged.name,
        judged.at,
        judged.reason,
        _story(machine, event, value, judged) if told is None or told(event.at, judged.db) else (),
        member,
    )


def _story(machine: Machine, event: Event, value: Value, judged: Judged) -> Trace:
    """How the object came to be built, and then how its db came to be what it is."""
    given = story.given_at(machine, event, "db")
    site = (story.built(machine, event.at), *((given,) if given else ()))
    goal = given.at if given and given.at else event.at
    chosen = story.choice_of(machine, value, event, goal)
    made = () if judged.at in {None, event.at} else (story.built(machine, judged.at),)
    return story.told(machine, event, site, chosen, judged.trace, made)


def _fillable(machine: Machine) -> frozenset[str]:
    """The kinds of objects of which an AgentOS with a db is given some that are not known."""
    found: set[str] = set()
    for event in machine.records.events:
        if event.name != agno.AGENT_OS or event.instance is None:
            continue
        held = event.instance.slots.values
        for kind, name in _LISTS.items():
            given = held.get(name, NONE)
            if kind in found or is_none(held.get("db")):
                continue
            several = [one for one in alternatives(given) if not is_none(one)]
            if any(isinstance(machine.iterate(one, event.at), Unknown) for one in several):
                found.add(kind)
    return frozenset(found)


def _given(machine: Machine, event: Event) -> str:
    """Why it is not known what an AgentOS is given to run; empty where it is."""
    held = event.instance.slots.values if event.instance is not None else {}
    for name in _LISTS.values():
        for given in alternatives(held.get(name, NONE)):
            items = [] if is_none(given) else machine.iterate(given, event.at)
            # of a list that rounds made longer, what one of them put there tells of the others
            listed = items.items or items if isinstance(items, Open) else items
            every = [listed] if isinstance(listed, Unknown) else [
                one for item in listed for one in alternatives(item)]  # fmt: skip
            if unknown := next(filter(None, map(_strange, every)), ""):
                return f"which {name} it is given is not known here ({unknown})"
    return ""


def _strange(value: Value) -> str:
    """Why a value that an AgentOS runs is not known: it is not built here."""
    if isinstance(value, Unknown):
        return value.reason
    return f"{value.name} comes from elsewhere" if isinstance(value, External) else ""


def held_by(machine: Machine, event: Event) -> Value:
    """The db of an object when start-up is over, in 1.x its storage: a memory keeps no session."""
    assert event.instance is not None  # noqa: S101 - asked before
    slots = event.instance.slots.values
    assumed = dict(event.path)
    value = slots.get("db", NONE)
    if isinstance(on_class(event.instance, "db"), (Wrapped, Instance)):
        return restrict(machine.attribute(event.instance, "db", event.at), assumed)
    storage = slots.get("storage", NONE)
    late = is_none(value) and is_storage(machine, storage)
    if late or ("storage" in event.arguments and not isinstance(slots.get("db"), Instance)):
        value = storage
    return restrict(value, assumed)


def _words(condition: Condition, truth: bool) -> str:  # noqa: FBT001
    return condition.text if truth else f"not: {condition.text}"


def _joined(several: list[Holder]) -> Holder:
    """A site that runs more than once: the worst certain answer, then unknown, then good."""
    member = all(one.member for one in several)
    ordered = sorted(several, key=lambda one: WORST.index(one.db))
    worst = next((one for one in ordered if not _kept_by_parent(one)), ordered[0])
    if worst.member == member:
        return worst
    return Holder(worst.class_name, worst.kind, worst.at, worst.db, worst.db_class, worst.db_at,
                  worst.reason, worst.trace, member)  # fmt: skip


def _kept_by_parent(one: Holder) -> bool:
    return one.db == "none" and one.member and one.db_class is None
