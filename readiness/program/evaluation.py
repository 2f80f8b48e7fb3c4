"""Running the program once: which modules, in which order, and what nothing called."""

import ast
import sys
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial

from readiness.environment import Environment
from readiness.model.place import Place
from readiness.program import lifespans
from readiness.program.answers import LeftOut
from readiness.program.entries import Entry
from readiness.program.interest import Interest, has_main_block
from readiness.program.interpreter import functions, loading
from readiness.program.interpreter.abandon import abandon, abandon_all, abandon_files
from readiness.program.interpreter.consulting import Thing, note
from readiness.program.interpreter.entering import arguments_of
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.variables import Restart, Variables
from readiness.program.kept_in import kept_in
from readiness.program.models import django, importing, written
from readiness.program.models.library import Library
from readiness.program.models.tables import TABLES
from readiness.program.moments import ROUTES, is_decorated
from readiness.program.passed_over import PassedOver
from readiness.program.provenance import missing_variables
from readiness.program.scope import Scope
from readiness.program.sources import Sources
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Class,
    External,
    Function,
    Instance,
    List,
    Module,
    Value,
)

RECURSION = 9_000
ROUNDS = 8
"""How often what nothing called is looked for anew."""


@dataclass(slots=True)
class Evaluated:
    """The machine after everything has run, and what was learned on the way."""

    machine: Machine
    interest: Interest
    sources: Sources
    inferred: dict[str, str]
    proved: set[str]
    left_out: tuple[LeftOut, ...] = ()
    ended: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    over: str | None = None
    """Why it ended before everything was run."""


def evaluate(
    sources: Sources,
    environment: Environment,
    entry_points: Sequence[Entry],
    scope: Scope,
    limits: Limits | None = None,
    *,
    fragile: bool = False,
    compared: dict[str, dict[str, None]] | None = None,
    interest: Interest | None = None,
    only: frozenset[str] | None = None,
) -> Evaluated:
    """Run the whole program; begin anew as long as something is learned about variables.

    In a ``fragile`` one, making a db may fail wherever a handler would see it. In
    ``compared`` it writes the words that variables are compared with. ``interest`` is that
    of an earlier run; ``only`` are the modules to begin with.
    """
    limits = limits or Limits()
    limits.begin()
    with _deep_recursion():
        found = _until_learned(
            interest or Interest(sources, scope),
            environment,
            entry_points,
            limits,
            fragile,
            compared,
            only,
        )
    found.steps, found.over = limits.used, limits.over
    limits.answering()
    return found


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Let evaluated calls nest; what they cost is bounded by `Limits`."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@cache
def _library() -> Library:
    return Library(TABLES)


def _until_learned(  # noqa: PLR0917 - what a model is told
    interest: Interest, environment: Environment, entry_points: Sequence[Entry], limits: Limits,
    fragile: bool,  # noqa: FBT001 - handed on
    compared: dict[str, dict[str, None]] | None,
    only: frozenset[str] | None,
) -> Evaluated:  # fmt: skip
    sources = interest.sources
    proved: set[str] = set()
    inferred: dict[str, str] = {}
    passed_over: dict[str, str] = {}
    first: list[Entry] = []
    library = _library().anew()
    sources.libraries, sources.modelled = library.first_names, library.modelled
    for attempt in range(limits.restarts + 1):
        limits.anew()
        variables = Variables(environment, proved, inferred)
        variables.compared = compared
        machine = Machine(sources, library, variables, limits)
        machine.fragile = fragile
        machine.learning = variables.learning = attempt < limits.restarts
        run = _Run(machine, interest, entry_points, only, passed_over=passed_over, first=first)
        try:
            run.everything()
        except Restart:
            continue
        if machine.learning and (settings := django.unloaded(machine)) and not first:
            first.append(Entry(settings))
            continue
        others = django.rivals(machine) | importing.rivals(machine)
        if machine.learning and not passed_over and others:
            passed_over |= others
            continue
        break
    left_out = tuple(LeftOut(path, why) for path, why in passed_over.items()
                     if path not in machine.evaluated)  # fmt: skip
    return Evaluated(
        machine, interest, sources, inferred, proved,
        (*interest.left_out(machine.evaluated), *left_out), run.ended,
    )  # fmt: skip


class _Run:
    """One pass over the program."""

    def __init__(
        self, machine: Machine, interest: Interest, entry_points: Sequence[Entry],
        only: frozenset[str] | None, *, passed_over: Container[str], first: Sequence[Entry],
    ) -> None:  # fmt: skip
        self.machine = machine
        self.only = only
        self.passed_over = passed_over
        self.first = first
        self.interest = interest
        self.entry_points = entry_points
        self.ended: dict[str, str] = {}

    def everything(self) -> None:
        """Entry points, then every other module that counts, then what nothing called."""
        written.begin(self.machine)
        for entry in (*self.first, *self.entry_points):
            self._entry(entry)
        for path in self.interest.beginnings:
            if path not in self.machine.evaluated and self._begins(path):
                if why := self.machine.limits.over:
                    self._stop(why)
                    break
                self._root(path)
        self.machine.starting = False
        self._start_applications()
        self._enter_uncalled()

    def _stop(self, why: str) -> None:
        """Run no further module: what those that are left may change is not known any more."""
        machine = self.machine
        left = [path for path in self.interest.beginnings
                if path not in machine.evaluated and self._begins(path)]  # fmt: skip
        machine.cut_short.update(dict.fromkeys(left, why))
        abandon_files(machine, machine.sources.words(left), Place(left[0]), why)

    def _root(self, path: str) -> None:
        """A module, after the packages that it lies in, as an import of it would run them."""
        name = self._name(path)
        if name != "__main__":
            self._packages(path)
        if path not in self.machine.evaluated:
            self._module(path, name)

    def _packages(self, path: str) -> None:
        for package in self.machine.sources.packages_of(path):
            self.machine.imports.setdefault(path, set()).add(package)
            if package not in self.machine.by_path:
                self._module(package, self.machine.sources.name_of(package))

    def _begins(self, path: str) -> bool:
        return path not in self.passed_over and (self.only is None or path in self.only)

    def _entry(self, entry: Entry) -> None:
        """What runs as main, or is imported for the name in it that is then called."""
        path = entry.path(self.machine.sources)
        if path is None or not self._begins(path):
            return
        is_script = entry.name.endswith(".py")
        if not is_script:
            self._packages(path)
        if entry.main:
            self.machine.words = entry.arguments
            self._module(path, "__main__")
            self.machine.words = None
        elif path not in self.machine.evaluated:
            name = self.machine.sources.name_of(path) if is_script else entry.name
            self._module(path, name)
        loaded = self.machine.by_path.get(path)
        value = loaded.slots.values.get(entry.attribute or "") if loaded else None
        if isinstance(value, Function):
            given = entry.given(Place(path))
            if given is None and _needs_nothing(value):
                given = Arguments((), {}, Place(path))
            self._call(value, given)

    def _name(self, path: str) -> str:
        """A module that nothing imports and that has a main block is a program itself."""
        name = self.machine.sources.name_of(path)
        last = name.rpartition(".")[2]
        tree = self.machine.sources.tree(path)
        if tree is None or not has_main_block(tree):
            return name
        if self.entry_points or last in self.machine.sources.imported_names:
            return name if last in self.machine.sources.imported_names else "__main__"
        return "__main__"

    def _module(self, path: str, name: str) -> None:
        machine = self.machine
        machine.limits.refill()
        machine.starting = True
        built = len(machine.records.events)
        try:
            machine.state.guarded_run(lambda: self._run_module(path, name))
        except Raised as raised:
            self._uncaught(path, raised.value)
        except Abrupt:
            pass
        except LimitReached as limit:
            self._cut_short(path, limit.reason, built)
        except RecursionError:
            self._cut_short(path, "its code nests too deeply", built)
        except Restart:
            raise
        except Exception as fault:  # noqa: BLE001 - a fault of ours costs one module, not all
            self._cut_short(path, f"the evaluation failed with {type(fault).__name__}", built)

    def _cut_short(self, path: str, reason: str, built: int) -> None:
        """A module that was not run to its end: the rest may have changed what is known."""
        machine = self.machine
        machine.cut_short[path] = reason
        machine.stack.clear()
        machine.handlers.clear()
        tree, frame = machine.sources.tree(path), machine.frames.get(path)
        if tree is not None and frame is not None:
            abandon(machine, tree.body, frame, reason, built)

    def _run_module(self, path: str, name: str) -> Value:
        return loading.run_module(self.machine, path, name)

    def _uncaught(self, path: str, error: Value) -> None:
        """Start-up ended: where that hangs on variables that nobody set, they are supplied."""
        machine = self.machine
        machine.stack.clear()
        machine.handlers.clear()
        missing = missing_variables(error.trace) - machine.variables.proved
        if missing and machine.learning and not machine.state.path:
            machine.variables.proved |= missing
            raise Restart
        self.ended[path] = _describe(error)
        if not _is_success(machine, error):
            self._not_reached(error, f"{self.ended[path]}, before this is reached")

    def _not_reached(self, error: Value, reason: str) -> None:
        """What an error kept from running is not there in this environment, nor judged."""
        machine = self.machine
        for ended_by, path, rest in machine.ended_by:
            if ended_by is error:
                machine.gaps |= {(path, statement): reason for statement in rest}
        at = error.at if isinstance(error, Instance) else None
        if at is not None:
            machine.stopped_at[at] = reason

    def _enter_uncalled(self) -> None:
        """Run functions that nothing called and that build something of interest, once each."""
        machine = self.machine
        for _ in range(ROUNDS):
            self.interest.take(self._holding())
            every = list(self._waiting())
            passed = PassedOver(machine, self._unread(), every)
            waiting = [one for one in every if not passed.skips(one)]
            # who is asked for waits until those that ask have had their turn
            waiting = [one for one in waiting if not passed.is_asked_for(one)] or waiting
            if not waiting:
                return
            late: list[Function] = []
            for function in waiting:
                function.entered = True
                if function.node in machine.records.called and not self._is_asked(function):
                    continue
                if machine.limits.exhausted:
                    late.append(function)
                else:
                    self._enter(function)
            self._leave(late)

    def _holding(self) -> set[str]:
        """The names of containers in which something that builds stands."""
        return {name for thing, kept in kept_in(self.machine).items() if self._builds(thing)
                for name in kept.names}  # fmt: skip

    def _builds(self, thing: Thing) -> bool:
        if not isinstance(thing, Class):
            return self.interest.builds(thing)
        methods = (one for one in thing.slots.values.values() if isinstance(one, Function))
        return any(self.interest.builds(one.node) for one in methods)

    def _unread(self) -> list[str]:
        """The files of the deployment that were not run, without the libraries among them."""
        copies = self.interest.installed
        return [path for path in self.machine.sources.paths
                if path not in self.machine.evaluated and path not in self.passed_over
                and not path.startswith(copies) and self.interest.counts(path)]  # fmt: skip

    def _leave(self, late: Sequence[Function]) -> None:
        """Give up what there is no time for: all functions at once."""
        machine, why = self.machine, self.machine.limits.used_up
        machine.gaps.update(((one.path, one.node), why) for one in late)
        abandon_all(machine, [(one.node, one.closure) for one in late], why)

    def _waiting(self) -> Iterator[Function]:
        for value in list(self.machine.records.functions):
            if (
                isinstance(value, Function)
                and not value.entered
                and (value.node not in self.machine.records.called or self._is_asked(value))
                and self.interest.counts(value.path)
                and self.interest.builds(value.node)
            ):
                yield value

    def _is_asked(self, function: Function) -> bool:
        """Whether requests bring arguments of their own to what the code calls with others."""
        return (is_decorated(function.node, ROUTES) and not _needs_nothing(function)
                and any(one is function for one in self.machine.records.callbacks))  # fmt: skip

    def _enter(self, function: Function) -> None:
        self._call(function, None)

    def _start_applications(self) -> None:
        machine = self.machine
        for application, lifespan in list(machine.records.applications):
            function = lifespans.function_of(lifespan)
            if function is not None:
                self._attempt(function, partial(lifespans.begin, machine, application, lifespan))

    def _call(self, function: Function, given: Arguments | None) -> None:
        machine = self.machine

        def run() -> Value:
            arguments = given or unknown_arguments(machine, function)
            made = _whole(machine, functions.run(machine, function, arguments), function)
            note(machine.records.unsure, (made,))  # whoever asked may call what it is given
            return made

        self._attempt(function, run)

    def _attempt(self, function: Function, run: Callable[[], Value]) -> None:
        """Run a function by itself; whatever ends it costs no more than this one."""
        machine = self.machine
        machine.limits.refill(entered=True)
        built = len(machine.records.events)
        try:
            machine.state.guarded_run(run)
        except lifespans.Waiting:
            machine.handlers.clear()
            machine.stack.clear()
        except Raised as raised:
            machine.handlers.clear()
            machine.stack.clear()
            if not machine.is_meant(raised.value):
                self._given_up(function, _describe(raised.value), built)
        except Abrupt:
            pass
        except (LimitReached, RecursionError) as limit:
            reason = getattr(limit, "reason", "its code nests too deeply")
            self._given_up(function, reason, built)
        except Restart:
            raise
        except Exception as fault:  # noqa: BLE001 - a fault of ours costs one function, not all
            name = type(fault).__name__
            self._given_up(function, f"the evaluation failed with {name}", built)

    def _given_up(self, function: Function, reason: str, built: int) -> None:
        """A function that was not run to its end: the rest may have changed what is known."""
        machine = self.machine
        machine.gaps[function.path, function.node] = reason
        machine.handlers.clear()
        machine.stack.clear()
        abandon(machine, [function.node], function.closure, reason, built)


def _whole(machine: Machine, made: Value, function: Function) -> Value:
    """What a function gives; a coroutine and a generator are run, so that all of it is seen."""
    made = machine.library.awaited(machine, made, Place(function.path))
    if isinstance(made, List) and made.start is not None:
        machine.iterate(made, Place(function.path))
    return made


def _needs_nothing(function: Function) -> bool:
    """Whether a function can be called without an argument."""
    spec = function.node.args
    needed = len(spec.posonlyargs) + len(spec.args) - len(function.defaults)
    return needed <= 0 and len(spec.kwonlyargs) == len(function.keyword_defaults)


def _is_static(function: Function) -> bool:
    """Whether a method is called without an object."""
    decorators = getattr(function.node, "decorator_list", ())
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in decorators)


def unknown_arguments(machine: Machine, function: Function) -> Arguments:
    """Arguments for a function that nobody in the project calls."""
    if function.owner is None or _is_static(function):
        return arguments_of(machine, function)
    at = Place(function.path, getattr(function.node, "lineno", None))
    given = arguments_of(machine, function, after=1)
    return replace(given, positional=(_receiver(machine, function, at), *given.positional))


def _receiver(machine: Machine, function: Function, at: Place) -> Value:
    """An object to call a method on: made by its class if that can be, else a bare one."""
    owner = function.owner
    assert owner is not None  # noqa: S101 - asked for methods only
    known = machine.receivers.get(id(owner))
    if known is not None:
        return known
    made = _construct(machine, owner, at)
    machine.receivers[id(owner)] = made
    return made


def _construct(machine: Machine, owner: Class, at: Place) -> Value:
    bare = Instance(owner, None, at)
    found = owner.slots.values.get("__init__")
    if not isinstance(found, Function):
        try:
            return machine.call(owner, Arguments((), {}, at))
        except Raised:
            return bare
    arguments = arguments_of(machine, found, after=1)
    try:
        machine.call(Bound(found, bare), arguments)
    except Raised:
        return bare
    return bare


def _is_success(machine: Machine, error: Value) -> bool:
    """Whether it is how a program ends that has done its work: ``sys.exit(main())``."""
    if not isinstance(error, Instance) or error.cls != External("builtins.SystemExit"):
        return False
    code = error.slots.values.get("code", NONE)
    return not machine.truth(code, Place(""))


def _describe(error: Value) -> str:
    if isinstance(error, Instance):
        name = getattr(error.cls, "name", "an error").rpartition(".")[2]
        where = f" at {error.at}" if error.at else ""
        return f"start-up ends with {name}{where}"
    return "start-up ends with an error"


__all__ = ["Evaluated", "Module", "ast", "evaluate"]
