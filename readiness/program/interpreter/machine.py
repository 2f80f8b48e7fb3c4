"""The machine that executes code over values: its parts, and what they share."""

import ast
from collections.abc import Callable, Sequence
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
from readiness.program.interpreter.errors import OURS, Errors
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.records import MOST_CHOSEN, Event, Records, chosen_key
from readiness.program.interpreter.state import State
from readiness.program.interpreter.variables import Variables
from readiness.program.provenance import Chosen, Level, joined
from readiness.program.sources import Sources
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Class,
    Condition,
    Constant,
    External,
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

MAKING = frozenset({ast.BinOp, ast.JoinedStr, ast.Subscript, ast.Constant, ast.ListComp,
                    ast.SetComp, ast.GeneratorExp, ast.DictComp, ast.Dict})  # fmt: skip
"""Expressions that make a value other than by a call."""
LEAVING = frozenset({"return", "break", "continue"})
FORK = 12
"""What trying two ways costs, in steps."""


class Machine(Errors):
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
        kind = type(node)
        value = expressions.TABLE[kind](self, node, frame)
        if kind in MAKING:
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

    def raised(self, error: Exception, at: Place, trace: Trace = ()) -> Raised | LimitReached:
        """What Python itself raised, as the code would see it."""
        name = self.library.error_name(type(error))
        if name in OURS:
            return LimitReached(OURS[name])
        made = self.exception(name, str(error), at, trace)
        made.slots.values["args"] = plain.lifted(tuple(error.args), trace)
        return Raised(made)

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
