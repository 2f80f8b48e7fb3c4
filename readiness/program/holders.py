"""Which db each agno object holds when start-up is over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program import story
from readiness.program.answers import Db, Holder
from readiness.program.interpreter import items
from readiness.program.interpreter.choices import restrict, same
from readiness.program.interpreter.machine import Event, Machine
from readiness.program.lost import lost
from readiness.program.models import agno
from readiness.program.models.fakes import FAKES
from readiness.program.provenance import joined
from readiness.program.urls import dialect_of, kind_of
from readiness.program.values import (
    MISSING,
    NONE,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    Unknown,
    Value,
    alternatives,
)

VOLATILE = frozenset({"InMemoryDb", "InMemoryStorage"})
LOCAL = frozenset({"JsonDb", "JsonStorage", "YamlStorage"})
SQLITE = frozenset({"SqliteDb", "AsyncSqliteDb", "SqliteStorage", "SqliteMemoryDb"})
KEEPS_NONE = frozenset({"ClickhouseDb"})
"""Databases for traces: they refuse every session, and a run goes on without."""
WORST: tuple[Db, ...] = ("volatile", "none", "unknown", "local-file", "durable")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one value is as a db."""

    db: Db
    name: str | None = None
    at: Place | None = None
    reason: str = ""
    trace: Trace = ()


def holders(machine: Machine, *, told: Collection[str] = WORST) -> tuple[Holder, ...]:
    """One answer for each site, in order of path and line.

    How it came about is told of those whose db is one of ``told``: that is most of the work.
    """
    members, fillable, fault = _known_members(machine)
    sites: dict[tuple[Place, str], list[Holder]] = {}
    for event in machine.records.events:
        if event.name in agno.HOLDERS and event.instance is not None:
            if _is_copy(event.instance):
                continue
            member = id(event.instance) in members
            held = (
                _unknown_holder(event, fault) if fault
                else _asked(machine, event, member, event.name in fillable, told)
            )  # fmt: skip
            sites.setdefault((event.at, event.name), []).append(held)
    found = [_joined(several) for several in sites.values()]
    found += _lost(machine, {one.at for one in found})
    return tuple(sorted(found, key=lambda one: (one.at, one.class_name)))


def _known_members(machine: Machine) -> tuple[set[int], frozenset[str], str]:
    """The objects inside of others, and the kinds that may be; or why that is not known."""
    try:
        return _members(machine), _fillable(machine), ""
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        return (
            set(),
            frozenset(),
            getattr(fault, "reason", f"the evaluation failed: {type(fault).__name__}"),
        )


def _asked(
    machine: Machine, event: Event, member: bool, fillable: bool,  # noqa: FBT001 - told of both
    told: Collection[str],
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
    told: Collection[str],
) -> Holder:  # fmt: skip
    assert event.instance is not None  # noqa: S101 - asked before
    value = held_by(machine, event)
    judged = _certain([_judge(machine, one) for one in alternatives(value)], value)
    if judged.db == "none" and not judged.name and not member and fillable:
        reason = "an AgentOS is given what is not known here, and may hand its db on"
        judged = Judged("unknown", None, None, reason, judged.trace)
    path = [(one, truth) for one, truth in event.path if not (truth and one.counts_rounds)]
    if path and judged.db in {"volatile", "none"} and not _free(path):
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
        _story(machine, event, value, judged) if judged.db in told else (),
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
    lists = {agno.AGENT: "agents", agno.TEAM: "teams", agno.WORKFLOW: "workflows"}
    found: set[str] = set()
    for event in machine.records.events:
        if event.name != agno.AGENT_OS or event.instance is None:
            continue
        held = event.instance.slots.values
        for kind, name in lists.items():
            given = held.get(name, NONE)
            if kind in found or _is_none(given) or _is_none(held.get("db")):
                continue
            if isinstance(machine.iterate(given, event.at), Unknown):
                found.add(kind)
    return frozenset(found)


def held_by(machine: Machine, event: Event) -> Value:
    """The db of an object when start-up is over, in 1.x its storage."""
    assert event.instance is not None  # noqa: S101 - asked before
    slots = event.instance.slots.values
    assumed = dict(event.path)
    value = slots.get("db", NONE)
    storage = slots.get("storage", NONE)
    late = _is_none(value) and not _is_none(storage)
    if late or ("storage" in event.arguments and not isinstance(slots.get("db"), Instance)):
        value = storage
    elif "db" not in event.arguments and _is_none(value):
        value = _memory_db(machine, slots.get("memory", NONE))
    return restrict(value, assumed)


def _memory_db(machine: Machine, memory: Value) -> Value:
    """In 1.x ``memory=Memory(db=…)``: without storage it is what keeps anything."""
    _ = machine
    if isinstance(memory, Instance):
        return memory.slots.values.get("db", NONE)
    return NONE


def _is_none(value: Value | None) -> bool:
    return value is None or (isinstance(value, Constant) and value.value is None)


def _free(path: Iterable[tuple[Condition, bool]]) -> bool:
    """Whether every condition is chosen anew with each request."""
    return all(isinstance(c.subject, Unknown) and c.subject.free for c, _ in path)


def _conditions(value: Value) -> list[tuple[Condition, bool]]:
    """All conditions that choose between the alternatives of a value."""
    if not isinstance(value, Choice):
        return []
    inner = [*_conditions(value.then), *_conditions(value.otherwise)]
    return [(value.condition, True), *inner]


def _words(condition: Condition, truth: bool) -> str:  # noqa: FBT001
    return condition.text if truth else f"not: {condition.text}"


def _certain(found: list[Judged], value: Value) -> Judged:
    """One verdict of several possible values: the same, or unknown with the condition."""
    kinds = {one.db for one in found}
    if len(kinds) == 1:
        return found[0]
    unknown = next((one for one in found if one.db == "unknown"), None)
    condition = value.condition.text if isinstance(value, Choice) else ""
    if isinstance(value, Choice) and _free(_conditions(value)):
        return min(found, key=lambda one: WORST.index(one.db))
    if unknown is not None and not condition:
        return unknown
    bad = next((one for one in found if one.db in {"volatile", "none"}), found[0])
    if not kinds & {"volatile", "none", "unknown"}:
        return next(one for one in found if one.db == "local-file")
    return Judged("unknown", bad.name, bad.at, f"it hangs on: {condition}",
                  joined((), *(one.trace for one in found)))  # fmt: skip


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


def _judge(machine: Machine, value: Value) -> Judged:
    """What a value is as a db, by class and by arguments."""
    if _is_none(value) or value is MISSING:
        return Judged("none", trace=value.trace)
    if isinstance(value, Unknown):
        return Judged("unknown", None, value.at, value.reason, value.trace)
    if not isinstance(value, Instance):
        return Judged("unknown", None, None, "it is no db of agno", value.trace)
    trace = _birth(machine, value)
    for name in machine.library.names_of(value.cls):
        short = name.rpartition(".")[2]
        if name.startswith(("agno.db.", "agno.storage.", "agno.memory.")):
            return _by_class(machine, short, value, trace)
    shown = value.cls.name if isinstance(value.cls, (Class, External)) else "a class"
    return Judged("unknown", shown, value.at, f"{shown} is no class of agno's own", trace)


def _by_class(  # noqa: PLR0911 - one answer for each kind of db
    machine: Machine, short: str, value: Instance, trace: Trace
) -> Judged:
    at = value.at
    shown = value.cls.name if isinstance(value.cls, Class) else short
    if short in VOLATILE:
        return Judged("volatile", shown, at, trace=trace)
    if short in LOCAL:
        return Judged("local-file", shown, at, trace=trace)
    if short in {"BaseDb", "AsyncBaseDb", "Storage"}:
        return Judged("unknown", shown, at, f"{shown} is the code's own kind of db", trace)
    if short in KEEPS_NONE:
        return Judged("none", shown, at, trace=trace)
    if short == "Memory":
        return _judge(machine, value.slots.values.get("db", NONE))
    if short in {"SqliteDb", "AsyncSqliteDb"} or short in SQLITE:
        return _sqlite(machine, short, shown, value, trace)
    if _in_memory(value):
        return Judged("volatile", shown, at, trace=trace)
    if _address_text(value).startswith(_EMBEDDED):
        return Judged("local-file", shown, at, trace=trace)
    if (expire := value.slots.values.get("expire", NONE)) and not _is_none(expire):
        return _expiring(shown, value, expire, trace)
    return _by_address(machine, shown, value, trace)


def _address(value: Instance) -> Value:
    slots = value.slots.values
    engine = slots.get("db_engine", NONE)
    if isinstance(engine, Instance):
        return engine.slots.values.get("url", Unknown("the URL of an engine", engine.at))
    if isinstance(engine, (Unknown, Choice)):
        return engine
    return slots.get("db_url", NONE)


IN_1_X = frozenset({"SqliteStorage", "SqliteMemoryDb"})


def _forgets_its_file(value: Instance) -> bool:
    """Whether 1.x makes a database in memory: for no file and no URL, and for any engine."""
    slots = value.slots.values
    if isinstance(slots.get("db_engine"), Instance):
        return True
    return all(_is_none(slots.get(name)) for name in ("db_engine", "db_url", "db_file"))


def _sqlite(machine: Machine, short: str, shown: str, value: Instance, trace: Trace) -> Judged:
    """A file, but for an URL that names none; an engine wins over an URL, that over a file."""
    if short in IN_1_X and _forgets_its_file(value):
        return Judged("volatile", shown, value.at, trace=trace)
    address = _address(value)
    if _is_none(address):
        return Judged("local-file", shown, value.at, trace=trace)
    return _each_address(machine, shown, value, address, trace, otherwise="local-file")


def _expiring(shown: str, value: Instance, expire: Value, trace: Trace) -> Judged:
    """A key of Redis or Valkey that ends by itself takes its session with it."""
    known = expire.value if isinstance(expire, Constant) else None
    after = f"{known} seconds" if isinstance(known, int) else "a time that is not known here"
    reason = (f"{shown} deletes each session {after} after its last write (expire=), and whether "
              "that is meant or a loss is not in the code")  # fmt: skip
    return Judged("unknown", shown, value.at, reason, trace)


_CLIENTS = ("redis_client", "db_client", "client", "valkey_client")


def _in_memory(value: Instance) -> bool:
    """Whether a db's server is only a part of the process: a fake client, SurrealDB's memory."""
    clients = (value.slots.values.get(name) for name in _CLIENTS)
    if any(isinstance(one, Instance) and getattr(one.cls, "name", "") in FAKES for one in clients):
        return True
    return _address_text(value) in {"mem://", "memory", "memory://"}


_EMBEDDED = ("file://", "surrealkv://", "rocksdb://")


def _address_text(value: Instance) -> str:
    return getattr(value.slots.values.get("db_url"), "known", None) or ""


def _by_address(machine: Machine, shown: str, value: Instance, trace: Trace) -> Judged:
    """A server, but for the URL of an SQLite database."""
    return _each_address(machine, shown, value, _address(value), trace, otherwise="durable")


def _each_address(  # noqa: PLR0917 - one verdict for each URL that it may have
    machine: Machine, shown: str, value: Instance, address: Value, trace: Trace, otherwise: Db
) -> Judged:
    _ = machine
    found = []
    for one in alternatives(address):
        dialect, database = dialect_of(one)
        db: Db = otherwise
        if dialect is not None and dialect.startswith("sqlite"):
            volatile = database is not None and (database in {"", ":memory:"}
                                                 or "mode=memory" in database)  # fmt: skip
            db = "volatile" if volatile else "local-file"
        reason = ""
        kind = kind_of(one)
        bears = story.bearing(one.trace, kind.variables, kind.places)
        found.append(Judged(db, shown, value.at, reason, joined(trace, bears)))
    return _certain(found, address)


def _birth(machine: Machine, value: Instance) -> Trace:
    """The raw steps to where a db was built."""
    event = machine.records.birth(value)
    return value.trace if event is None else story.raw(machine, event)


def _members(machine: Machine) -> set[int]:
    """The objects that a team or workflow holds, at whatever depth of steps."""
    found: set[int] = set()
    for event in machine.records.events:
        if event.instance is None or event.name not in {agno.TEAM, agno.WORKFLOW}:
            continue
        for name in ("members", "steps", "agent", "team"):
            value = event.instance.slots.values.get(name)
            if value is not None:
                _collect(machine, value, found, 0)
        for value in _held_by_class(event):
            _collect(machine, value, found, 0)
    return found


def _held_by_class(event: Event) -> list[Value]:
    """What a workflow of 1.x runs: it is a class with ``run``, its agents are attributes."""
    instance = event.instance
    if event.name != agno.WORKFLOW or instance is None or not isinstance(instance.cls, Class):
        return []
    own = [one.slots.values for one in instance.cls.order if isinstance(one, Class)]
    if not any(name in values for values in own for name in ("run", "arun")):
        return []
    return [value for values in (*own, instance.slots.values) for value in values.values()
            if isinstance(value, (Instance, Choice))]  # fmt: skip


_INNER = ("agent", "team", "steps", "else_steps", "choices", "members", "workflow")


def _collect(machine: Machine, value: Value, found: set[int], depth: int) -> None:  # noqa: C901 - one case for each kind of value
    if depth > 12:  # noqa: PLR2004 - deeper than any workflow is written
        return
    for one in alternatives(value):
        if isinstance(one, Instance):
            names = machine.library.names_of(one.cls)
            if any(name in agno.HOLDERS for name in names):
                found.add(id(one))
            for name in _INNER:
                inner = one.slots.values.get(name)
                if inner is not None:
                    _collect(machine, inner, found, depth + 1)
        elif isinstance(one, Dict):
            for inner in one.slots.values.values():
                _collect(machine, inner, found, depth + 1)
        elif not isinstance(one, (Unknown, Constant)) and not callable(one):
            several = hasattr(one, "slots") or hasattr(one, "items")
            for inner in items.known(machine, one, Place("")) if several else ():
                _collect(machine, inner, found, depth + 1)
