"""The machine that executes code over values: its parts, and what they share."""

import ast
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Step, StepKind, Trace
from readiness.program.interpreter import (
    assignment,
    attribute_changes,
    attributes,
    calls,
    expressions,
    importing,
    items,
    iterables,
    plain,
    statements,
    traces,
    truths,
)
from readiness.program.interpreter.bindings import Bindings, bindings_of
from readiness.program.interpreter.choices import literal, restrict
from readiness.program.interpreter.consulting import consult
from readiness.program.interpreter.effects import Effects, Index
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.state import State
from readiness.program.interpreter.variables import Variables
from readiness.program.provenance import Chosen, Level, joined, variables_of
from readiness.program.sources import Sources
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Instance,
    List,
    Module,
    Slots,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.models.library import Library

MOST_CHOSEN = 64
MAKING = frozenset({ast.BinOp, ast.JoinedStr, ast.Subscript, ast.Constant, ast.ListComp,
                    ast.SetComp, ast.GeneratorExp, ast.DictComp})  # fmt: skip
"""Expressions that make a value other than by a call."""
LEAVING = frozenset({"return", "break", "continue"})
FORK = 12
"""What trying two ways costs, in steps."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something of a library that the program built or called."""

    name: str
    arguments: dict[str, Value]
    at: Place
    path: tuple[tuple[Condition, bool], ...]
    trace: Trace
    instance: Instance | None = None
    process: Mapping[Hashable, Value] = field(default_factory=dict)
    """The variables of the process at that moment."""
    levels: tuple[Level, ...] = ()
    repeated: bool = False
    """Whether it stands for an unknown number of its kind, one for each round of a loop."""


@dataclass(slots=True)
class Records:
    """What the answers are made from."""

    events: list[Event] = field(default_factory=list)
    called: set[ast.AST] = field(default_factory=set)
    functions: list[Value] = field(default_factory=list)
    callbacks: list[Value] = field(default_factory=list)
    handed: list[tuple[str, Place, str]] = field(default_factory=list)
    """Library classes given to code that is not known: their names, where, and to what."""
    chosen: dict[int, list[Chosen]] = field(default_factory=dict)
    put: dict[tuple[int, str], tuple[Place, Slots, str]] = field(default_factory=dict)
    """Where an attribute was last assigned from outside, and words for it if no code does it."""
    passed: set[ast.AST] = field(default_factory=set)
    """Code that something decided was not run, at least once; ``ran`` is what was."""
    ran: set[ast.AST] = field(default_factory=set)
    unpicked: set[ast.AST | Class] = field(default_factory=set)
    """Functions and classes beside the one that a known key chose from a dictionary."""
    unsure: set[ast.AST | Class] = field(default_factory=set)
    """The same where the key is not known: any of them may be what is taken."""
    consulted: set[object] = field(default_factory=set)
    """What holds the unpicked ones: the containers that running code chose from."""
    askers: dict[ast.AST | Class, set[ast.AST]] = field(default_factory=dict)
    """The functions that did so, for each of the unpicked ones."""
    named: list[tuple[Callable[[str], object], str | None]] = field(default_factory=list)
    """The names that the environment makes of modules: what they could be, and what they are."""
    applications: list[tuple[Unknown, Value]] = field(default_factory=list)
    """The web applications that were made, each with what runs around its life."""
    given: set[Class] = field(default_factory=set)
    """The classes that unknown code was given, or an object of which it was given."""
    results: dict[int, Event] = field(default_factory=dict)
    """The calls whose results are not known, by the number of each result."""
    _positions: dict[int, int] = field(default_factory=dict)
    _births: dict[int, Event] = field(default_factory=dict)
    _indexed: int = 0

    def position(self, event: Event) -> int:
        """How many events were before this one."""
        self._index()
        return self._positions.get(id(event), 0)

    def birth(self, instance: Instance) -> Event | None:
        """The event that built an object first."""
        self._index()
        return self._births.get(id(instance))

    def forget(self, count: int) -> None:
        """Drop the events behind the first ones, which did not happen."""
        del self.events[count:]
        if self._indexed > count:
            self._positions.clear()
            self._births.clear()
            self._indexed = 0

    def _index(self) -> None:
        for number, event in enumerate(self.events[self._indexed :], self._indexed):
            self._positions[id(event)] = number
            if event.instance is not None:
                self._births.setdefault(id(event.instance), event)
        self._indexed = len(self.events)


def chosen_key(value: Value) -> int | None:
    """What identifies an object in the record of what was chosen; a plain value has a trace."""
    if isinstance(value, Instance):
        return id(value.slots)
    return id(value) if isinstance(value, (Function, Class, External)) else None


OURS = {
    "RecursionError": "its code nests too deeply",
    "MemoryError": "it takes more memory than there is",
}
"""Errors of Python's own that say something of the evaluation, not of the code."""


class Machine:
    """Executes modules and functions; every part of the interpreter works through it."""

    def __init__(
        self, sources: Sources, library: "Library", variables: Variables, limits: Limits
    ) -> None:
        self.sources = sources
        self.library = library
        self.variables = variables
        self.limits = limits
        self.state = State(limits)
        self.records = Records()
        self.modules: dict[str, Module] = {}
        self.by_path: dict[str, Module] = {}
        self.frames: dict[str, Frame] = {}
        self.evaluated: set[str] = set()
        self.cut_short: dict[str, str] = {}
        self.stack: list[Frame] = []
        self.handlers: list[ast.Try] = []
        self.starting = True
        self.learning = True
        self.fragile = False
        self._failures = 0
        self.gaps: dict[tuple[str, ast.AST], str] = {}
        self.broken_at: list[Place] = []
        self.stopped_at: dict[Place, str] = {}
        self.ended_by: list[tuple[Value, str, list[ast.stmt]]] = []
        """The errors that left a module, and the statements of it that they kept from running."""
        self.meant: list[Value] = []
        self.receivers: dict[int, Value] = {}
        self.singletons: dict[str, Value] = {}
        self.inside_metaclass = 0
        self.bodies: dict[int, Class] = {}
        """The classes whose body has run and that a metaclass is about to make, by its names."""
        self.several = 0
        """How often one item has stood for an unknown number of them."""
        self.unbounded = 0
        """How many of the loops around run nobody knows how often."""
        self.environ: Instance = Instance(External("os._Environ"))
        self.search_path = List()
        self.words: tuple[str, ...] | None = None
        """The command line of the process after its program, while that runs; None if unknown."""
        self.tasks = List()
        """The coroutines that run as soon as somebody waits for something."""
        self.patches = Slots()
        self.replaced = Slots()
        self.written: set[str] = set()
        self.imports: dict[str, set[str]] = {}
        self._index = Index(library.setters)
        variables.attach(self.state)

    # What the parts do for each other, by its shortest name.

    def evaluate(self, node: ast.expr, frame: Frame) -> Value:
        """The value of an expression."""
        self.limits.step()
        value = expressions.TABLE[type(node)](self, node, frame)
        if type(node) in MAKING:
            self.limits.hold(value)
        return restrict(value, self.state.assumed) if isinstance(value, Choice) else value

    def execute(self, body: list[ast.stmt], frame: Frame) -> Value:
        """Execute statements in order."""
        ran = self.records.ran
        for statement in body:
            self.limits.step()
            ran.add(statement)
            try:
                statements.TABLE[type(statement)](self, statement, frame)
            except Abrupt as left:
                if left.kind in LEAVING:
                    self.records.passed.update(body[body.index(statement) + 1 :])
                raise
        return NONE

    def assign(self, target: ast.expr, value: Value, frame: Frame) -> None:
        """Assign to a target."""
        assignment.assign(self, target, value, frame)

    def call(self, function: Value, arguments: Arguments) -> Value:
        """Call a value."""
        return calls.call(self, function, arguments)

    def invoke(self, function: Value, at: Place, *positional: Value, **keywords: Value) -> Value:
        """Call a value with these arguments."""
        return calls.call(self, function, Arguments(positional, keywords, at))

    def attribute(self, value: Value, name: str, at: Place) -> Value:
        """The attribute of a value."""
        return attributes.get(self, value, name, at)

    def set_attribute(self, value: Value, name: str, new: Value, at: Place) -> None:
        """Set the attribute of a value."""
        attribute_changes.put(self, value, name, new, at)

    def item(self, value: Value, key: Value, at: Place) -> Value:
        """``value[key]``."""
        return items.get(self, value, key, at)

    def iterate(self, value: Value, at: Place) -> list[Value] | Unknown:
        """The items of an iterable, or why they are not known."""
        found = iterables.iterate(self, value, at)
        self.limits.walk(len(found) if isinstance(found, list) else 0)
        if isinstance(found, list):
            consult(self, value, found, classes=False)
        return found

    def content(self, value: Value, at: Place, *, some: bool = False) -> Value:
        """The items of an iterable: a tuple, a choice of such, or unknown.

        With ``some`` a generator that has no end gives as many as anybody will ask for.
        """
        found = iterables.content(self, value, at, some=some)
        if isinstance(found, Tuple):
            consult(self, value, found.items, classes=False)
        return found

    def walk(self, value: Value, consume: Callable[[Value], Value], at: Place) -> Value:
        """Handle the items of an iterable one by one, in the order that the code sees."""
        return iterables.walk(self, value, consume, at)

    def import_module(self, name: str, frame: Frame | None, at: Place) -> Value:
        """The module of this full name, run if it has not been yet."""
        return importing.import_module(self, name, frame, at)

    def decide(
        self, value: Value, node: Place, what: str, then: Callable[[], Value],
        otherwise: Callable[[], Value],
    ) -> Value:  # fmt: skip
        """Go the way that the truth of a value says, or both."""
        return self.branch(truths.guard(self, value, node, what), then, otherwise)

    def branch(
        self, guard: Value, then: Callable[[], Value], otherwise: Callable[[], Value]
    ) -> Value:
        """Go the way that a guard says, or both."""
        guard = restrict(guard, self.state.assumed)
        if isinstance(guard, Unknown):
            guard = literal(truths.condition_of(guard, guard.at or Place(""), "it"), truth=True)
        if isinstance(guard, Choice):
            self.limits.step(FORK)
            left, right = guard.then, guard.otherwise
            return self.state.fork(
                guard.condition,
                lambda: self.branch(left, then, otherwise),
                lambda: self.branch(right, then, otherwise),
            )
        return then() if getattr(guard, "value", False) else otherwise()

    def truth(self, value: Value, at: Place) -> bool | None:
        """Whether a value counts as true; None where that is not decided."""
        found = restrict(truths.guard(self, value, at, "it"), self.state.assumed)
        return bool(found.value) if isinstance(found, Constant) else None

    def each(self, value: Value, action: Callable[[Value], Value]) -> Value:
        """Do something with a value, and for a choice with each, in its own state."""
        if not isinstance(value, Choice):
            return action(value)
        self.limits.step(FORK)
        choice = restrict(value, self.state.assumed)
        if not isinstance(choice, Choice):
            return self.each(choice, action)
        return self.state.fork(
            choice.condition,
            lambda: self.each(choice.then, action),
            lambda: self.each(choice.otherwise, action),
        )

    def effects_of(
        self, pieces: Sequence[ast.AST], frame: Frame, *, calls: bool = True
    ) -> Effects:
        """What code may change that was given up, by itself and by what it calls."""
        for path in self.evaluated:
            tree = self.sources.tree(path)
            if tree is not None:
                self._index.take(path, tree)
        owner = frame.owner.name if frame.owner is not None else ""
        return self._index.of(pieces, owner, calls=calls)

    def bindings(self, node: ast.AST) -> Bindings:
        """What a function or class binds, computed once."""
        return bindings_of(node)

    def step(self, kind: StepKind, what: str, at: Place) -> Step:
        """A step of a trace, its text kept short."""
        return Step(kind, what if len(what) <= 120 else f"{what[:117]}...", at)  # noqa: PLR2004

    @property
    def here(self) -> Trace:
        """How the program came to where it is: the calls and the branches taken."""
        steps: list[Trace] = []
        for frame in self.stack:
            steps.append((frame.call,) if frame.function is not None else ())  # type: ignore[arg-type]
            steps.append(tuple(frame.branches))
            steps.append(frame.handling.trace if frame.handling is not None else ())
        return joined((), *steps)

    def record(
        self, name: str, arguments: dict[str, Value], at: Place, instance: Instance | None = None
    ) -> Event:
        """Remember that the program built or called something of interest."""
        process = dict(self.variables.slots.values)
        levels = tuple(Level(one.call, one.told, one.caught) for one in self.stack)
        event = Event(name, arguments, at, self.state.path, self.here, instance, process, levels,
                      repeated=self.unbounded > 0)  # fmt: skip
        self.records.events.append(event)
        return event

    def chosen(self, value: Value, trace: Trace, at: Place | None) -> Value:
        """A value that steps chose among others; an object keeps its identity."""
        key = chosen_key(value)
        if key is None:
            return traces.with_trace(value, trace)
        if not trace and key not in self.records.chosen:
            return value
        chosen = self.records.chosen.setdefault(key, [])
        if len(chosen) < MOST_CHOSEN:
            chosen.append(Chosen(trace, at, len(self.records.events), value))
        return value

    def error(
        self, name: str, message: str, at: Place, trace: Trace = ()
    ) -> Raised | LimitReached:
        """An exception of the language, to be raised; not one that only we run into."""
        if name in OURS:
            return LimitReached(OURS[name])
        return Raised(self.exception(name, message, at, trace))

    def exception(self, name: str, message: str, at: Place, trace: Trace = ()) -> Instance:
        """An exception of the language, as a value; its words may be others than Python's."""
        words = Unknown(f"the words of an error ({message})", at, trace)
        arguments = Tuple((words,), trace)
        cls = External(name if "." in name else f"builtins.{name}")
        return Instance(cls, {"args": arguments}, at, trace)

    def raised(self, error: Exception, at: Place, trace: Trace = ()) -> Raised | LimitReached:
        """What Python itself raised, as the code would see it."""
        name = self.library.error_name(type(error))
        if name in OURS:
            return LimitReached(OURS[name])
        made = self.exception(name, str(error), at, trace)
        made.slots.values["args"] = plain.lifted(tuple(error.args), trace)
        return Raised(made)

    def missing_key(self, key: Value, at: Place, trace: Trace = ()) -> Raised:
        """The ``KeyError`` of this key."""
        made = self.exception("KeyError", "no such key", at, trace)
        made.slots.values["args"] = Tuple((key,), trace)
        return Raised(made)

    def stopped(self, value: Value | None, at: Place) -> Raised:
        """The ``StopIteration`` of a generator that returned this."""
        made = self.exception("StopIteration", "", at)
        made.slots.values["args"] = Tuple(()) if value is None else Tuple((value,))
        made.slots.values["value"] = NONE if value is None else value
        return Raised(made)

    def is_meant(self, error: Value) -> bool:
        """Whether an error is one that the code raises itself, or that a variable explains."""
        if any(error is one for one in self.meant) or isinstance(error, Unknown):
            return True
        if isinstance(error, Instance) and error.cls == External("builtins.SystemExit"):
            return True
        return bool(variables_of(error.trace))

    def for_each(self, action: Callable[[], Value]) -> Value:
        """Do once what the code does for each of an unknown number of items."""
        self.unbounded += 1
        try:
            return action()
        finally:
            self.unbounded -= 1

    def may_fail(self, what: str, at: Place, error: Value | None = None) -> None:
        """Let a call that reaches outside fail, where a handler is there to see it."""
        if not self.state.catching():
            return
        raised = error or Unknown(f"the error of {what}", at)

        def fails() -> Value:
            raise Raised(raised)

        self._failures += 1
        condition = Condition(("fails", at, self._failures), f"{what} fails", at)
        self.state.fork(condition, fails, lambda: NONE)

    def spend(self, frame: Frame) -> None:
        """Enter a frame; raises `LimitReached` where calls nest too deeply."""
        if len(self.stack) >= self.limits.depth:
            raise LimitReached(f"calls nest deeper than {self.limits.depth}")
        self.stack.append(frame)
