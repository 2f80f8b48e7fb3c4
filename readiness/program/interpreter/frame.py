"""The names that a piece of code can see, and how it was reached."""

import ast
from collections.abc import Callable

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.model.trace import Step, Trace
from readiness.program.interpreter.bindings import Bindings
from readiness.program.provenance import BranchStep, CallStep
from readiness.program.values import Class, Function, Module, Slots, Tuple, Value


class Frame(Struct, eq=False):
    """A module, class body or function being executed."""

    module: Module
    slots: Slots
    parent: "Frame | None" = None
    bindings: Bindings | None = None
    is_class: bool = False
    owner: Class | None = None
    receiver: Value | None = None
    function: Function | None = None
    called_at: Place | None = None
    branches: list[Step] = field(default_factory=list)
    told: tuple[BranchStep, ...] = ()
    caught: BranchStep | None = None
    on_yield: "Callable[[Value], Value] | None" = None
    handling: Value | None = None
    guarded: int = 0
    """How many statements around where it stands still have something to do at its end."""
    comprehends: bool = False
    """Whether it is that of a comprehension, where ``:=`` names things outside."""
    gathered: tuple[Tuple, object] | None = None

    @property
    def call(self) -> CallStep | None:
        """The step of the call that runs this; None for a module or a class body."""
        function, at = self.function, self.called_at
        if function is None:
            return None
        receiver = self.receiver if function.owner is not None else None
        return CallStep("call", f"{function.qualified}()", at, function.path, function, receiver)

    def steps_of(self, step: BranchStep) -> Trace:
        """A branch taken here as it is told: what stands in for a library tells only by what."""
        return step.because if self.module.stands_in else (step,)

    @property
    def path(self) -> str:
        """The file that the code stands in."""
        return self.module.path

    def at(self, node: ast.AST) -> Place:
        """The place of a piece of this frame's code; in a stand-in, that of the call of it."""
        module = self.module
        if module.stands_in and (called_at := self._asked_at()) is not None:
            return called_at
        line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
        return Place(module.path, line, None if column is None else column + 1)

    def _asked_at(self) -> Place | None:
        """Where the function was called that this frame belongs to."""
        frame: Frame | None = self
        while frame is not None and frame.called_at is None:
            frame = frame.parent
        return frame.called_at if frame is not None else None

    def home(self, name: str) -> Slots:
        """Where an assignment to a name goes."""
        if self.bindings is not None:
            if name in self.bindings.globals:
                return self.module.slots
            if name in self.bindings.nonlocals:
                return self._outer(name)
        return self.slots

    def _outer(self, name: str) -> Slots:
        frame = self.parent
        while frame is not None:
            if not frame.is_class and name in frame.slots.values:
                return frame.slots
            frame = frame.parent
        return self.slots

    def find(self, name: str) -> Value | None:
        """The value of a name, seen from here; None where it is not bound."""
        if self.bindings is not None and name in self.bindings.globals:
            return self.module.slots.values.get(name)
        if name in self.slots.values:
            return self.slots.values[name]
        if self.bindings is not None and not self.is_class and name in self.bindings.local:
            return None
        frame = self.parent
        while frame is not None:
            if not frame.is_class and name in frame.slots.values:
                return frame.slots.values[name]
            frame = frame.parent
        return self.module.slots.values.get(name)
