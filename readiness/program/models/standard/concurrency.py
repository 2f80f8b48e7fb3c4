"""asyncio and threading: coroutines run when they are awaited, tasks when somebody waits."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.endings import Ending
from readiness.program.models.lifting import arg
from readiness.program.models.python.awaiting import awaited, run_tasks
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _run(machine: "Machine", arguments: Arguments) -> Value:
    """``asyncio.run(coroutine)``; tasks that nobody waited for are cancelled at its end."""
    found = awaited(machine, arg(arguments, 0), arguments.at)
    machine.state.write(machine.tasks.slots, "items", Tuple(()))
    return found


def _wait_for(machine: "Machine", arguments: Arguments) -> Value:
    run_tasks(machine, arguments.at)
    return awaited(machine, arg(arguments, 0), arguments.at)


def _gather(machine: "Machine", arguments: Arguments) -> Value:
    run_tasks(machine, arguments.at)
    keeps = machine.truth(arguments.keywords.get("return_exceptions", FALSE), arguments.at)
    if keeps is None:
        return Unknown("what asyncio.gather() gives", arguments.at)
    wait = _kept_error if keeps else awaited
    if arguments.open is not None:
        return Unknown(f"what tasks give ({arguments.open.reason})", arguments.at)
    for one in arguments.positional:
        _task(machine, Arguments((one,), {}, arguments.at))
    return List(tuple(wait(machine, one, arguments.at) for one in arguments.positional))


def _kept_error(machine: "Machine", value: Value, at: Place) -> Value:
    """What a coroutine gives; or the error that it raises, as a value."""
    depth = len(machine.stack)

    def finish(ending: Ending) -> Ending:
        def kept() -> Value:
            del machine.stack[depth:]
            return ending.value

        return machine.state.onwards(ending, kept) if ending.kind == "raise" else ending

    return machine.state.enclose_apart(lambda: awaited(machine, value, at), ("raise",), finish)


def _task(machine: "Machine", arguments: Arguments) -> Value:
    """``create_task``: it begins where what runs now waits for something."""
    value = arg(arguments, 0)

    def longer(waiting: Value) -> Value:
        return Tuple((*waiting.items, value)) if isinstance(waiting, Tuple) else waiting

    tasks = machine.tasks.slots
    machine.state.write(tasks, "items", mapped(tasks.values["items"], longer))
    return value


def _synchronous(machine: "Machine", arguments: Arguments) -> Value:
    """``async_to_sync``: a function that waits for what the other gives."""
    function = arg(arguments, 0)
    return Host("async_to_sync", lambda m, a: awaited(m, m.call(function, a), a.at))


def _loop(machine: "Machine", arguments: Arguments) -> Value:
    return Instance(External("asyncio.Loop"), None, arguments.at)


def _for_ever(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``loop.run_forever()``: all tasks run, and what stands behind it when it is stopped."""
    run_tasks(machine, arguments.at)
    return NONE


def _start(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """A thread that is started runs at once: its own ``run``, or its target.

    What it raises ends the thread, and nobody else.
    """
    own = machine.library.find_method(machine, value, "run", arguments.at)
    depth = len(machine.stack)

    def ended() -> Value:
        del machine.stack[depth:]
        return NONE

    def finish(ending: Ending) -> Ending:
        return machine.state.onwards(ending, ended) if ending.kind == "raise" else ending

    return machine.state.enclose_apart(
        lambda: machine.invoke(own or NONE, arguments.at), ("raise",), finish
    )


def _run_target(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    held, at = value.slots.values, arguments.at
    target = held.get("target", NONE)
    if target is NONE:
        return NONE
    found = machine.iterate(held["args"], at) if "args" in held else []
    named = held.get("kwargs")
    keywords = {str(key): one for key, one in named.slots.values.items()} if isinstance(
        named, Dict) else {}  # fmt: skip
    rest = found if isinstance(found, Unknown) else None
    positional = () if isinstance(found, Unknown) else tuple(found)
    machine.call(target, Arguments(positional, keywords, at, rest))
    return NONE


_THREAD = LibraryClass(
    ("group", "target", "name", "args", "kwargs", "daemon"),
    methods={"start": _start, "run": _run_target, "join": lambda m, v, a: NONE},
)
_LOCKS = tuple(f"{module}.{name}" for module in ("threading", "multiprocessing", "asyncio")
               for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore"))  # fmt: skip


def _taken(machine: "Machine", receiver: Value, arguments: Arguments, by: int) -> Value:
    """A lock is taken, or given back: how often counts, as some may be taken again."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    before = receiver.slots.values.get("taken", Constant(0))

    def one(held: Value) -> Value:
        count = held.value + by if isinstance(held, Constant) else -1
        after = Constant(count) if count >= 0 else Unknown("how often a lock is taken")
        machine.state.write(receiver.slots, "taken", after)
        return TRUE if by > 0 else NONE

    return machine.each(before, one)


def _locked(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``lock.locked()``, of one that only one may take."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values.get("taken", Constant(0))
    if not str(getattr(receiver.cls, "name", "")).endswith(".Lock") or isinstance(held, Unknown):
        return Unknown("whether a lock is taken", arguments.at)
    return machine.each(held, lambda one: boolean(value=bool(getattr(one, "value", 0))))


_OF_LOCKS: dict[str, MethodModel] = {
    **dict.fromkeys(("acquire", "__enter__", "__aenter__"), partial(_taken, by=1)),
    **dict.fromkeys(("release", "__exit__", "__aexit__"), partial(_taken, by=-1)),
    "locked": _locked,
}
TABLE = Table(
    functions={
        "asyncio.run": _run, "asyncio.gather": _gather, "asyncio.wait_for": _wait_for,
        **dict.fromkeys(("asyncio.create_task", "asyncio.ensure_future"), _task),
        "asyncio.shield": lambda m, a: arg(a, 0), "asgiref.sync.async_to_sync": _synchronous,
        "anyio.run": lambda m, a: awaited(m, m.call(arg(a, 0), a.after(1)), a.at),
        **dict.fromkeys(("asyncio.get_event_loop", "asyncio.new_event_loop",
                         "asyncio.get_running_loop"), _loop),
        "asyncio.to_thread": lambda m, a: m.call(arg(a, 0), a.after(1)),
    },
    classes={
        "asyncio.Loop": LibraryClass(methods={
            "run_until_complete": lambda m, v, a: awaited(m, arg(a, 0), a.at),
            "create_task": lambda m, v, a: _task(m, a), "run_forever": _for_ever,
            "run_in_executor": lambda m, v, a: m.call(arg(a, 1), a.after(2))}),
        "types.CoroutineType": LibraryClass(methods={
            "result": lambda m, v, a: awaited(m, v, a.at), "close": lambda m, v, a: NONE,
            "cancel": lambda m, v, a: NONE}),
        "threading.Thread": _THREAD,
        **dict.fromkeys(_LOCKS, LibraryClass(methods=_OF_LOCKS)),
    },
)  # fmt: skip
