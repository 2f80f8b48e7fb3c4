"""What code sets that runs after start-up: others that run then find it so, or as it was.

A request may come before or after the one that sets something, a job at any time. Where only
a request decides, each of both occurs; of any other function nobody here tells whether it runs.
"""

import ast
import re

from readiness.model.place import Place
from readiness.program.calling import call
from readiness.program.interest import Interest
from readiness.program.interpreter.choices import choose, same
from readiness.program.interpreter.endings import Mark
from readiness.program.interpreter.machine import Machine
from readiness.program.moments import ROUTES, is_decorated
from readiness.program.outliving import definitions, mentioned, outliving
from readiness.program.values import (
    MISSING,
    Bound,
    Condition,
    Constant,
    Function,
    Unknown,
    Value,
)
from readiness.program.words import HOLDERS

_BEGINS = re.compile(
    r"(?<![a-z])(?:start|init|set_?up|boot|ready|prepare|connect|configure|load|lifespan|mount"
    r"|before_serving|before_first|command|callback)|__\w+__"
).search
"""Words for what runs before everything else that runs later."""
_ENDS = re.compile(r"(?<![a-z])(?:shut_?down|atexit|teardown|after_serv|on_stop|on_exit)").search
"""Words of decorators for what runs as a process ends: nobody finds what it sets."""
KEEPING = frozenset({"db", "storage", "memory"})
"""The attributes by which an object of agno has what it keeps its sessions in."""


class Later:
    """Runs functions that nothing called, and keeps what they change beside what was there."""

    def __init__(self, machine: Machine, interest: Interest) -> None:
        self.machine = machine
        self.interest = interest
        self._ran: list[Function] = []
        self._changes = 0
        self._given: set[int] = set()
        holding = machine.sources.project.mentioning(HOLDERS)
        self._matters = any(interest.counts(path) for path in holding)

    def look(self) -> None:
        """Look anew at what frameworks were given to call."""
        if not self._matters:
            return
        given = (one.function if isinstance(one, Bound) else one
                 for one in self.machine.records.callbacks)  # fmt: skip
        self._given = {id(one) for one in given}
        nodes = [one.node for one in self.machine.records.functions if isinstance(one, Function)]
        self._known = definitions(nodes)
        building = (one for one in nodes if self.interest.builds(one))
        self._asked = KEEPING | mentioned(building, self._known)

    def sets(self, function: Function) -> bool:
        """Whether a framework may call a function that sets what others build from."""
        if id(function) not in self._given:
            return False
        return not outliving(function.node, self._known).isdisjoint(self._asked)

    def run(self, function: Function) -> None:
        """Run a function, and let others find what was there before as well."""
        mark = self.machine.state.mark()
        call(self.machine, function)
        self._ran.append(function)
        if self._matters and _ends(function):
            self._take_back(mark)
        elif self._matters and not _begins(function):
            self._keep(function, mark)

    def _keep(self, function: Function, mark: Mark) -> None:
        before = self.machine.state.replaced_since(mark.position)
        condition = _condition(function)
        for (slots, key), old in before.items():
            new = slots.values.get(key, MISSING)
            if slots.born >= mark.born:
                continue
            if _is_nothing(new) and not _is_nothing(old):
                self.machine.state.write(slots, key, old)
            elif not _is_nothing(old) and not same(old, new):
                self.machine.state.write(slots, key, choose(condition, new, old))
                self._changes = len(self._ran)

    def _take_back(self, mark: Mark) -> None:
        for (slots, key), old in self.machine.state.replaced_since(mark.position).items():
            if slots.born < mark.born:
                self.machine.state.write(slots, key, old)

    def again(self) -> list[Function]:
        """Run those anew that did not see what was changed after them; those left undone."""
        left: list[Function] = []
        for function in self._ran[: self._changes]:
            if not self.interest.builds(function.node):
                continue
            if self.machine.limits.exhausted:
                left.append(function)
            else:
                call(self.machine, function)
        return left


def _is_nothing(value: Value) -> bool:
    return value is MISSING or (isinstance(value, Constant) and value.value is None)


def _begins(function: Function) -> bool:
    """Whether a function runs before any of the others, as far as its names tell."""
    node = function.node
    if is_decorated(node, ROUTES):
        return False
    decorators = getattr(node, "decorator_list", ())
    return any(_BEGINS(text) for text in (function.name, *map(ast.unparse, decorators)))


def _ends(function: Function) -> bool:
    """Whether a function runs when all others have run, as far as its decorators tell."""
    decorators = getattr(function.node, "decorator_list", ())
    return any(_ENDS(ast.unparse(one)) for one in decorators)


def _condition(function: Function) -> Condition:
    """That a function has run since; each request that asks for it decides anew."""
    at = Place(function.path, getattr(function.node, "lineno", None))
    free = is_decorated(function.node, ROUTES)
    what = f"{function.qualified}() has run since"
    return Condition(("later", at, function.qualified), what, at, Unknown(what, at, free=free))
