"""The machine that executes code over values: what its parts do for each other."""

import ast
from collections.abc import Callable, Sequence

from readiness.model.place import Place
from readiness.program.interpreter import (
    assignment,
    attribute_changes,
    attributes,
    calls,
    dropping,
    expressions,
    forks,
    importing,
    items,
    iterables,
    statements,
    truths,
)
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.consulting import consult
from readiness.program.interpreter.effects import Effects, defined_in
from readiness.program.interpreter.errors import Errors
from readiness.program.interpreter.forks import Way
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.memory import Memory
from readiness.program.interpreter.outcomes import Abrupt
from readiness.program.values import NONE, Arguments, Choice, List, Tuple, Unknown, Value

MAKING = frozenset({ast.BinOp, ast.JoinedStr, ast.Subscript, ast.Constant, ast.ListComp,
                    ast.SetComp, ast.GeneratorExp, ast.DictComp, ast.Dict})  # fmt: skip
"""Expressions that make a value other than by a call."""
LEAVING = frozenset({"return", "break", "continue"})


class Machine(Errors, Memory):
    """Executes modules and functions; every part of the interpreter works through it.

    A part asks another by its shortest name here, and need not import it.
    """

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
                if self.standing:
                    dropping.look(self)
            except Abrupt as left:
                if left.kind in LEAVING:
                    self.records.passed.update(body[body.index(statement) + 1 :])
                raise
        return NONE

    def stand(self, generator: List) -> None:
        """A generator stands still where its end would do something."""
        if not any(one.generator is generator for one in self.standing):
            self.standing.append(dropping.Standing(generator))
        dropping.look(self)

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

    def decide(self, value: Value, at: Place, what: str, then: Way, otherwise: Way) -> Value:
        """Go the way that the truth of a value says, or both."""
        return forks.branch(self, truths.guard(self, value, at, what), then, otherwise)

    def branch(self, guard: Value, then: Way, otherwise: Way) -> Value:
        """Go the way that a guard says, or both."""
        return forks.branch(self, guard, then, otherwise)

    def truth(self, value: Value, at: Place) -> bool | None:
        """Whether a value counts as true; None where that is not decided."""
        return forks.truth(self, value, at)

    def each(self, value: Value, action: Callable[[Value], Value]) -> Value:
        """Do something with a value, and for a choice with each, in its own state."""
        return forks.each(self, value, action) if isinstance(value, Choice) else action(value)

    def for_each(self, action: Way) -> Value:
        """Do once what the code does for each of an unknown number of items."""
        self.unbounded += 1
        try:
            return action()
        finally:
            self.unbounded -= 1

    def may_fail(self, what: str, at: Place, error: Value | None = None) -> None:
        """Let a call that reaches outside fail, where a handler is there to see it."""
        forks.may_fail(self, what, at, error)

    def effects_of(
        self, pieces: Sequence[ast.AST], frame: Frame, *, calls: bool = True
    ) -> Effects:
        """What code may change that was given up, by itself and by what it calls."""
        for path in self.evaluated:
            if not self.effects.knows(path):
                self.effects.take(path, self.sources.read_of(path, defined_in) or [])
        owner = frame.owner.name if frame.owner is not None else ""
        return self.effects.of(pieces, owner, calls=calls)
