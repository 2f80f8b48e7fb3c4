"""What code sets that runs after start-up: others that run then find it so, or as it was.

What runs at the start is over before the others begin, what runs at the end has not run yet,
and a command has a process of its own. A request may come before or after the one that sets
something: each of both occurs. Of any other function nobody here tells whether it runs.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import partial

from readiness.model.place import Place
from readiness.program import lifespans
from readiness.program.calling import attempt, call
from readiness.program.interest import BUILDERS, Interest
from readiness.program.interpreter.choices import choose, same
from readiness.program.interpreter.endings import Mark
from readiness.program.interpreter.functions import is_generator
from readiness.program.interpreter.machine import Machine
from readiness.program.models.standard.context_variables import is_context_variable
from readiness.program.occasions import Occasion, Occasions
from readiness.program.outliving import READS, Known, Setters, definitions, mentioned
from readiness.program.spreading import COMMON
from readiness.program.values import (
    MISSING,
    Bound,
    Condition,
    Constant,
    Function,
    Unknown,
    Value,
)
from readiness.program.words import HOLDERS, LIBRARIES
from readiness.project import Search

MOST_OBJECTS = 8
"""The objects on which one method that was given away is called."""


class Later:
    """Runs functions that nothing called, and keeps what they change beside what was there."""

    def __init__(self, machine: Machine, interest: Interest) -> None:
        self.machine = machine
        self.interest = interest
        self._ran: list[tuple[Function, range]] = []
        self._changes = 0
        self._given: set[int] = set()
        self._known: Known = {}
        self._asked: frozenset[str] = frozenset()
        self._matters = self._has(LIBRARIES)
        self._follows = self._has(HOLDERS)

    def _has(self, words: Search) -> bool:
        paths = self.machine.sources.project.mentioning(words)
        return any(self.interest.counts(path) for path in paths)

    def look(self) -> None:
        """Look anew at what frameworks were given to call."""
        self._occasions = Occasions(self.machine)
        self._receivers = dict(_receivers(self.machine))
        if not self._matters:
            return
        given = (one.function if isinstance(one, Bound) else one
                 for one in self.machine.records.callbacks)  # fmt: skip
        self._given = {id(one) for one in given}
        self._offered = self.machine.records.offered
        functions = [one for one in self.machine.records.functions if isinstance(one, Function)]
        building = [one.node for one in functions if self.interest.enters(one)]
        if self._follows:
            self._known = self._by_names(functions)
            self._asked = self.machine.library.holding | mentioned(building, self._known)
        else:  # of engines what the very code asks for that makes them
            self._asked = mentioned(filter(_makes, building), {}) - COMMON
        self._asked |= READS  # settings are read from the variables without a word of it
        self._setters = Setters(self._known, self._asked)

    def _by_names(self, functions: Iterable[Function]) -> Known:
        """Functions by their own names, and by those that modules have for them."""
        found = definitions([one.node for one in functions])
        for module in self.machine.by_path.values():
            for name, value in module.slots.values.items() if not module.stands_in else ():
                if isinstance(value, Function) and value.node not in found.get(str(name), ()):
                    found.setdefault(str(name), []).append(value.node)
        return found

    def begins(self, function: Function) -> bool:
        """Whether a function runs before the others that nothing calls."""
        return self._occasions.of(function) == "start" and not function.name.startswith("__")

    def sets(self, function: Function) -> bool:
        """Whether a framework may call a function that sets what others build from."""
        if not self._matters:
            return False
        begins = self.begins(function)
        if begins and self._follows:
            return True
        given = id(function) in self._given or function.node in self._offered
        if not given and not begins:
            return False
        return self._setters.has(function.node)

    def run(self, function: Function) -> None:
        """Run a function, and let others find what was there before as well."""
        mark, built = self.machine.state.mark(), len(self.machine.records.events)
        occasion = self._occasions.of(function)
        self._call(function, occasion)
        self._ran.append((function, range(built, len(self.machine.records.events))))
        self._keep(function, occasion, mark)

    def _call(self, function: Function, occasion: Occasion) -> None:
        if occasion == "start" and is_generator(function.node):
            attempt(self.machine, function, partial(lifespans.enter, self.machine, function))
            return
        held = self._receivers.get(id(function), [])
        for one in held:
            call(self.machine, function, receiver=one)
        if not held:
            call(self.machine, function)

    def _keep(self, function: Function, occasion: Occasion, mark: Mark) -> None:
        if occasion == "start" or not self._matters:
            return
        state, usual = self.machine.state, _condition(function, free=occasion == "request")
        for (slots, key), old in state.replaced_since(mark.position).items():
            new = slots.values.get(key, MISSING)
            if slots.born >= mark.born:
                continue
            in_context = is_context_variable(self.machine, slots)
            # who reads what is missing there finds something else in its stead
            has_default = in_context or slots is self.machine.variables.slots
            before = has_default or not _is_nothing(old)
            if occasion in {"end", "command"} or (_is_nothing(new) and before and not has_default):
                state.write(slots, key, old)
            elif before and not same(old, new):
                condition = _condition(function, free=False) if in_context else usual
                state.write(slots, key, choose(condition, new, old))
                if has_default or self._follows or key in self._asked:
                    self._changes = len(self._ran) - self._runs_once(function, occasion)

    def _runs_once(self, function: Function, occasion: Occasion) -> bool:
        """Whether nobody was given a function, so that it does not see what it has set."""
        return occasion != "request" and id(function) not in self._given

    def again(self) -> list[Function]:
        """Run those anew that did not see what was changed after them; those left undone."""
        left: list[Function] = []
        for function, events in self._ran[: self._changes]:
            occasion = self._occasions.of(function)
            if not self._asks(function) or occasion in {"start", "command"}:
                continue
            if self.machine.limits.exhausted:
                left.append(function)
            else:
                self._once_more(function, occasion, events)
        return left

    def _asks(self, function: Function) -> bool:
        """Whether a function may build something else of what was changed."""
        builds = self.interest.enters(function)
        return builds and (self._follows or _makes(function.node))

    def _once_more(self, function: Function, occasion: Occasion, events: range) -> None:
        """Run a function anew; what it builds once more counts but once."""
        records, mark = self.machine.records, self.machine.state.mark()
        built = len(records.events)
        self._call(function, occasion)
        self._keep(function, occasion, mark)
        sites = {(one.name, one.at) for one in records.events[built:]}
        before = (records.events[one] for one in events)
        if (function.path, function.node) not in self.machine.gaps:
            records.superseded.update(id(one) for one in before if (one.name, one.at) in sites)


def _makes(node: ast.AST) -> bool:
    """Whether a function itself names what makes an engine."""
    return not BUILDERS.isdisjoint(mentioned([node], {}))


def _receivers(machine: Machine) -> Iterator[tuple[int, list[Value]]]:
    """The objects whose methods were given away, by the `id` of each method's function."""
    found: dict[int, dict[int, Value]] = {}
    for one in machine.records.callbacks:
        if isinstance(one, Bound) and isinstance(one.function, Function):
            held = found.setdefault(id(one.function), {})
            held[id(getattr(one.receiver, "slots", one.receiver))] = one.receiver
    yield from ((key, list(held.values())[:MOST_OBJECTS]) for key, held in found.items())


def _is_nothing(value: Value) -> bool:
    return value is MISSING or (isinstance(value, Constant) and value.value is None)


def _condition(function: Function, *, free: bool) -> Condition:
    """That a function has run since; where ``free``, others find it both ways.

    What one request sets in its context another need not find, so that is not free.
    """
    at = Place(function.path, getattr(function.node, "lineno", None))
    what = f"{function.qualified}() has run since"
    key = ("later" if free else "in this context", at, function.qualified)
    return Condition(key, what, at, Unknown(what, at, free=free))
