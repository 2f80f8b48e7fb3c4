"""``arq``: every job of a worker is given the same context, which its start-up fills."""

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from readiness.program.models.lifting import given
from readiness.program.models.table import Table
from readiness.program.values import (
    Arguments,
    Class,
    Dict,
    External,
    Function,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_HOOKS = ("on_startup", "on_shutdown", "on_job_start", "on_job_end", "after_job_end")
_LISTS = ("functions", "cron_jobs")
_WORKERS = "\0workers of arq"
Told = Mapping[Hashable, Value]
_Contexts = dict[int, Dict]
_found: "WeakKeyDictionary[Machine, tuple[int, _Contexts]]" = WeakKeyDictionary()
"""The contexts by the `id` of each function, and of how many modules they are."""


def _job(machine: "Machine", arguments: Arguments) -> Value:
    """``func(job)`` and ``cron(job)``: the job, with how it is run."""
    made = Instance(External("arq.worker.Function"), None, arguments.at)
    made.data = given(arguments, 0)
    machine.library.escape(machine, arguments, "arq.worker.func")
    return made


def _worker(machine: "Machine", arguments: Arguments) -> Value:
    """``Worker(functions=[…], on_startup=…)``: a worker that the code makes itself."""
    machine.library.escape(machine, arguments, "arq.worker.Worker")
    told = Instance(External(_WORKERS), arguments.keywords, arguments.at)
    held = machine.singletons.setdefault(_WORKERS, Tuple(()))
    machine.singletons[_WORKERS] = Tuple((*getattr(held, "items", ()), told))
    return Unknown("what arq.worker.Worker() gives", arguments.at)


def _context(machine: "Machine", function: Function, name: str, position: int) -> Value | None:
    """The first argument of a job or hook of a worker."""
    _ = name
    if position:
        return None
    count, contexts = _found.get(machine, (-1, {}))
    if count != len(machine.by_path):
        contexts = dict(_contexts(machine, contexts))
        _found[machine] = len(machine.by_path), contexts
    return contexts.get(id(function))


def _contexts(machine: "Machine", known: _Contexts) -> Iterator[tuple[int, Dict]]:
    for told in _workers(machine):
        members = [*_members(told)]
        own = told.get("ctx")
        held = own if isinstance(own, Dict) else _empty()
        held = next((known[id(one)] for one in members if id(one) in known), held)
        yield from ((id(one), held) for one in members)


def _workers(machine: "Machine") -> Iterator[Told]:
    """What each worker is told: by a class in a file that imports arq, or by a call."""
    for path, module in machine.by_path.items():
        classes = [one for one in module.slots.values.values() if isinstance(one, Class)
                   and not one.slots.values.keys().isdisjoint(_LISTS)]  # fmt: skip
        if classes and not module.stands_in and "arq" in machine.sources.imports_of(path):
            yield from (one.slots.values for one in classes)
        yield from (one.slots.values for one in classes if one.name == "WorkerSettings")
    held = machine.singletons.get(_WORKERS)
    yield from (one.slots.values for one in getattr(held, "items", ()))


def _members(told: Told) -> Iterator[Function]:
    values = [told[name] for name in _HOOKS if name in told]
    for name in _LISTS:
        held = told.get(name)
        if isinstance(held, List):
            held = held.slots.values["items"]
        values += held.items if isinstance(held, Tuple) else ()
    for one in values:
        job = one.data if isinstance(one, Instance) else one
        if isinstance(job, Function):
            yield job


def _empty() -> Dict:
    made = Dict()
    made.rest = Unknown("what arq puts into the context of a job")
    made.slots.born = 0  # it is there on every way, whoever asks for it first
    return made


TABLE = Table(
    functions={
        **dict.fromkeys(("arq.func", "arq.worker.func", "arq.cron", "arq.cron.cron"), _job),
        **dict.fromkeys(("arq.Worker", "arq.worker.Worker", "arq.worker.run_worker"), _worker),
    },
    supplies=(_context,),
)
