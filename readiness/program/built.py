"""The objects of libraries that the program builds, with their options when start-up is over."""

import ast
from collections.abc import Iterable, Mapping

from readiness.model.place import Place
from readiness.model.trace import Step, Trace
from readiness.program import story
from readiness.program.cases import Cases
from readiness.program.interpreter.choices import same
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.interpreter.variables import held_in
from readiness.program.models.libraries.applications import attributes
from readiness.program.moments import (
    CACHES,
    ONCE,
    ROUTES,
    Moment,
    dependencies,
    is_decorated,
    is_kept,
)
from readiness.program.options import Option
from readiness.program.provenance import BranchStep, CallStep, joined
from readiness.program.values import MISSING, Instance, Unknown, Value


class Built:
    """One object of a library, or one call of its function, at the site of its construction."""

    def __init__(
        self, machine: Machine, event: Event, injected: frozenset[str] = frozenset()
    ) -> None:
        self._machine = machine
        self._event = event
        self._injected = injected
        self.class_name = event.name
        self.at: Place = event.at

    def __repr__(self) -> str:
        return f"Built({self.class_name} at {self.at})"

    @property
    def name(self) -> str:
        """The class without its modules."""
        return self.class_name.rpartition(".")[2]

    def is_of(self, other: "Built") -> bool:
        """Whether both speak of one object, which is recorded again when it changes."""
        made = self._event.instance
        return made is not None and made is other._event.instance  # noqa: SLF001 - of this class

    def told(self, *options: Option) -> Trace:
        """How it came to be built, and how these options came to be what they are."""
        way = tuple(step for step in story.raw(self._machine, self._event)
                    if not _is_of_a_value(step))  # fmt: skip
        more = [one.trace for one in options]
        return story.worded(self._machine, joined((), way, *more))

    @property
    def under(self) -> tuple[str, ...]:
        """The conditions, decided by nothing and not by each request, that it is built under."""
        path = [(c, truth) for c, truth in self._event.path if not (truth and c.counts_rounds)]
        if all(isinstance(c.subject, Unknown) and c.subject.free for c, _ in path):
            return ()
        return tuple(c.text if truth else f"not: {c.text}" for c, truth in path)

    @property
    def within(self) -> tuple[str, Place] | None:
        """The function that a request, or what is not seen here, calls and that builds it."""
        for level in self._event.levels:
            call = level.call
            if isinstance(call, CallStep) and call.at is not None:
                node = getattr(call.callee, "node", None)
                line = getattr(node, "lineno", None)
                if (call.at.path, call.at.line) == (call.path, line):
                    return call.text, call.at
        return None

    @property
    def moment(self) -> Moment:
        """When it is built: once, by each request of a route, or by what is not seen here."""
        nodes = [_node_of(level.call) for level in self._event.levels]
        kept = any(is_decorated(node, CACHES) for node in nodes) or self._is_kept
        if any(is_decorated(node, ROUTES) or _name_of(node) in self._injected for node in nodes):
            return "start" if kept else "request"
        once = self.within is None or any(is_decorated(node, ONCE) for node in nodes)
        return "start" if kept or once else "unseen"

    @property
    def _is_kept(self) -> bool:
        """Whether it is only built where nobody has built it before: ``if it is None``."""
        return any(is_kept(self._machine, at) for at in (self.at, *self._calls))

    @property
    def _calls(self) -> list[Place]:
        """The places of the calls on the way, but for one that is not seen here."""
        calls = [level.call for level in self._event.levels if level.call is not None]
        return [one.at for one in calls if one.at is not None and one.at.column is not None]

    @property
    def repeated(self) -> bool:
        """Whether it stands for any number of its kind, in a loop that runs so often."""
        return self._event.repeated

    def option(self, *names: str) -> Option:
        """What it was told under the first of these names, later assignments included.

        A number stands for a positional argument of a class that has no model.
        """
        held = self._held()
        value = next((held[name] for name in names if name in held), MISSING)
        if value is MISSING:
            value = held.get("**", MISSING)
        return self._option(value)

    def variable(self, name: str) -> Option:
        """What the process had under this name, in any case of letters, when it was built."""
        held = self._event.process
        spelled = [one for one in held if isinstance(one, str) and one.lower() == name.lower()]
        value = held_in(held, spelled[0] if spelled else name)
        return self._option(value)

    def _option(self, value: Value) -> Option:
        cases = Cases(self._machine, lambda event: Built(self._machine, event))
        return cases.option(value, self._event.path)

    def _held(self) -> Mapping[str, Value]:
        instance = self._event.instance
        if instance is None:
            return {**self._event.arguments, **attributes(self._machine, self._event)}
        late = {str(key): value for key, value in instance.slots.values.items()}
        return {**self._event.arguments, **late}


class Builds:
    """All that a program builds and calls, by the names of classes and functions."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._injected = dependencies(machine)
        self._found: dict[str, dict[int, Event]] = {}
        for number, event in enumerate(machine.records.events):
            if not _is_plain_copy(event):
                for name in _names_of(machine, event):
                    self._found.setdefault(name, {})[number] = event

    def of(self, names: Iterable[str]) -> tuple[Built, ...]:
        """Everything built of these classes, and every call of these functions, by place."""
        wanted = {self._machine.library.canonical(name) for name in names}
        events = {number: event for name in wanted
                  for number, event in self._found.get(name, {}).items()}  # fmt: skip
        made = [Built(self._machine, events[number], self._injected) for number in sorted(events)]
        return tuple(sorted(made, key=lambda one: (one.at, one.class_name)))


def _is_of_a_value(step: Step) -> bool:
    """Whether a branch only chose a value, which may be that of another option."""
    return isinstance(step, BranchStep) and isinstance(step.node, ast.IfExp | ast.BoolOp)


def _node_of(call: Step | None) -> ast.AST | None:
    return getattr(call.callee, "node", None) if isinstance(call, CallStep) else None


def _name_of(node: ast.AST | None) -> str:
    return str(getattr(node, "name", ""))


def _names_of(machine: Machine, event: Event) -> tuple[str, ...]:
    if event.instance is None:
        return (event.name,)
    return (event.name, *machine.library.names_of(event.instance.cls))


def _is_plain_copy(event: Event) -> bool:
    """Whether an object is a copy that differs in nothing from what it was copied from."""
    made = event.instance
    if made is None or not isinstance(made.data, Instance):
        return False
    one, other = made.slots.values, made.data.slots.values
    return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
