"""What the machine remembers: the program as far as it has run, and where it is."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Step, Trace
from readiness.program.interpreter.effects import Index
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.interpreter.reasons import Heard
from readiness.program.interpreter.records import MOST_CHOSEN, Event, Records, chosen_key
from readiness.program.interpreter.state import State
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.variables import Variables
from readiness.program.provenance import Chosen, Level, joined
from readiness.program.sources import Sources
from readiness.program.values import Class, External, Instance, List, Module, Slots, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.dropping import Standing
    from readiness.program.models.library import Library


class Memory:
    """Everything that outlives the execution of one piece of code.

    What the evaluated code writes lies in slots, through which `State` can take it back; what
    stands here in plain fields holds whichever way was tried.
    """

    def __init__(
        self, sources: Sources, library: "Library", variables: Variables, limits: Limits
    ) -> None:
        self.sources = sources
        self.library = library
        self.variables = variables
        self.limits = limits
        self.state = State(limits)
        self.records = Records()
        self.effects = Index(library.setters)
        variables.attach(self.state)
        self._begin_modules()
        self._begin_place()
        self._begin_process()
        self._begin_gaps()

    def _begin_modules(self) -> None:
        """What was loaded, by its name and by its file."""
        self.modules: dict[str, Module] = {}
        self.by_path: dict[str, Module] = {}
        self.frames: dict[str, Frame] = {}
        self.evaluated: set[str] = set()
        self.imports: dict[str, set[str]] = {}
        """The files that each file imports."""
        self.bodies: dict[int, Class] = {}
        """The classes whose body has run and that a metaclass is about to make, by its names."""
        self.receivers: dict[int, Value] = {}
        """The objects whose methods are called though no code makes them, by their class."""
        self.singletons: dict[str, Value] = {}
        """What a library has one of."""

    def _begin_place(self) -> None:
        """Where the program is, and what is true there."""
        self.stack: list[Frame] = []
        self.handlers: list[ast.Try] = []
        self.heard = Heard()
        self.starting = True
        """Whether start-up runs, and not what somebody calls after it."""
        self.learning = True
        """Whether what is learned may still begin the evaluation anew."""
        self.fragile = False
        """Whether making a db may fail wherever a handler would see it."""
        self.inside_metaclass = 0
        self.failures = 0
        """How many calls may have failed: each is a condition of its own."""
        self.several = 0
        """How often one item has stood for an unknown number of them."""
        self.standing: list[Standing] = []
        """The generators that stand still where their end would do something."""
        self.ending = False
        """Whether those that nothing holds are ended right now."""
        self.ways = 0
        """How often it was looked for a way to one of them."""
        self.held: list[Value] = []
        """What is used right now, whether or not a name leads to it."""
        self.unbounded = 0
        """How many of the loops around run nobody knows how often."""

    def _begin_process(self) -> None:
        """What belongs to the process that the code runs in."""
        self.environ: Instance = Instance(External("os._Environ"))
        self.search_path = List()
        self.words: tuple[str, ...] | None = None
        """The command line of the process after its program, while that runs; None if unknown."""
        self.tasks = List()
        """The coroutines that run as soon as somebody waits for something."""
        self.patches = Slots()
        """What code has put in place of a library's attributes, by full names."""
        self.replaced = Slots()
        """What code has put in place of modules (``sys.modules``)."""
        self.written: set[str] = set()
        """The files that the code writes: what stood in them says nothing any more."""

    def _begin_gaps(self) -> None:
        """What was not run to its end, and why."""
        self.cut_short: dict[str, str] = {}
        self.gaps: dict[tuple[str, ast.AST], str] = {}
        self.broken_at: list[Place] = []
        self.outdated: list[tuple[str, range, str]] = []
        """The lines of functions that were not run anew after something changed, and why."""
        self.stopped_at: dict[Place, str] = {}
        self.left: list[tuple[Value, str, ast.AST]] = []
        """The errors that left a function of the code, by the file and the function."""
        self.ended_by: list[tuple[Value, str, list[ast.stmt]]] = []
        """The errors that left a module, and the statements of it that they kept from running."""
        self.exhausting: dict[ast.AST, tuple[str, int]] = {}
        """The functions that used up all steps that were allowed: why, and how often."""
        self.meant: list[Value] = []
        """The errors that the code raises itself."""

    def spend(self, frame: Frame) -> None:
        """Enter a frame; raises `LimitReached` where calls nest too deeply."""
        if self.limits.shallow and self.stack:
            raise LimitReached("it is not looked into, as its caller takes too long")
        if len(self.stack) >= self.limits.depth:
            raise LimitReached(f"calls nest deeper than {self.limits.depth}")
        self.stack.append(frame)

    @property
    def here(self) -> Trace:
        """How the program came to where it is: the calls and the branches taken."""
        steps: list[tuple[Step, ...]] = []
        for frame in self.stack:
            call = frame.call
            steps.append(() if call is None else (call,))
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
            return with_trace(value, trace)
        if not trace and key not in self.records.chosen:
            return value
        chosen = self.records.chosen.setdefault(key, [])
        if len(chosen) < MOST_CHOSEN:
            chosen.append(Chosen(trace, at, len(self.records.events), value))
        return value
