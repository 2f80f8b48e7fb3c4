"""The names that a piece of code can see, and how it was reached."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from readiness.model.place import Place
from readiness.model.trace import Step
from readiness.program.provenance import BranchStep, CallStep
from readiness.program.values import Class, Function, Module, Slots, Tuple, Value


@dataclass(frozen=True, slots=True)
class Bindings:
    """The names that a function or class binds itself, and those it declares outside."""

    local: frozenset[str]
    globals: frozenset[str]
    nonlocals: frozenset[str]


@dataclass(slots=True, eq=False)
class Frame:
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
    gathered: tuple[Tuple, object] | None = None

    @property
    def call(self) -> CallStep | None:
        """The step of the call that runs this; None for a module or a class body."""
        function, at = self.function, self.called_at
        if function is None:
            return None
        return CallStep("call", f"{function.qualified}()", at, function.path, function)

    @property
    def path(self) -> str:
        """The file that the code stands in."""
        return self.module.path

    def at(self, node: ast.AST) -> Place:
        """The place of a piece of this frame's code; in a stand-in, that of the call of it."""
        if self.module.stands_in and (called_at := self._asked_at()) is not None:
            return called_at
        line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
        return Place(self.module.path, line, None if column is None else column + 1)

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


def bindings_of(node: ast.AST) -> Bindings:
    """Find what a function, lambda or class binds."""
    collector = _Collector()
    arguments = getattr(node, "args", None)
    if isinstance(arguments, ast.arguments):
        collector.take_parameters(arguments)
    body = getattr(node, "body", [])
    for statement in body if isinstance(body, list) else [body]:
        collector.visit(statement)
    outside = collector.globals | collector.nonlocals
    return Bindings(
        frozenset(collector.local - outside),
        frozenset(collector.globals),
        frozenset(collector.nonlocals),
    )


class _Collector(ast.NodeVisitor):
    def __init__(self) -> None:
        self.local: set[str] = set()
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()

    def take_parameters(self, node: ast.arguments) -> None:
        every = [*node.posonlyargs, *node.args, *node.kwonlyargs, node.vararg, node.kwarg]
        self.local |= {argument.arg for argument in every if argument is not None}

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.local.add(node.id)

    def visit_Global(self, node: ast.Global) -> None:
        self.globals |= set(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.nonlocals |= set(node.names)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.local.add(node.name)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.local.add(node.name)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.local.add(node.name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A lambda binds nothing here."""

    def _visit_comprehension(self, node: ast.AST) -> None:
        for inner in ast.walk(node):
            if isinstance(inner, ast.NamedExpr):
                self.visit(inner.target)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension  # noqa: N815 - names that ast asks for

    def visit_Import(self, node: ast.Import) -> None:
        self.local |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.local |= {alias.asname or alias.name for alias in node.names}

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.local.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self.local.add(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.local.add(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self.local.add(node.rest)
        self.generic_visit(node)
