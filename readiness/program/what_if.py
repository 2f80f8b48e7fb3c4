"""Asking a program what it would be, were something otherwise, within a time."""

import time
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.environment import Environment
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.program.answers import Holder
from readiness.program.evaluation import Evaluated, evaluate
from readiness.program.holders import holders
from readiness.program.interpreter.limits import Limits
from readiness.program.reach import groups, reaches_all
from readiness.program.variants import environment_with

if TYPE_CHECKING:
    from readiness.program.program import Program

LOST = frozenset({"volatile", "none"})
"""The dbs that are gone with the process."""
_LEAST = 0.05
"""The seconds that one more evaluation has, however little is left of those of the search."""


class Asked(Struct):
    """What the search asks: the program as it is, and the groups of modules that matter."""

    program: "Program"
    evaluated: Evaluated
    groups: list[frozenset[str]]
    deadline: float = 0.0

    def __post_init__(self) -> None:
        self.deadline = time.thread_time() + self.program.allowance.search

    @property
    def left(self) -> float:
        """The seconds that the search may still compute."""
        return self.deadline - time.thread_time()

    @property
    def too_long(self) -> bool:
        """Whether there is no time left."""
        return self.left < 0


def groups_of(evaluated: Evaluated, sites: Iterable[Place]) -> list[frozenset[str]]:
    """The groups of modules that build these sites."""
    found = groups(evaluated.machine) or [frozenset(evaluated.machine.evaluated)]
    paths = {at.path for at in sites}
    return [group for group in found if not paths.isdisjoint(group)]


def readers(asked: Asked, paths: Iterable[str]) -> frozenset[str]:
    """The modules that what these paths read can reach."""
    wanted = frozenset(paths)
    return frozenset[str]().union(*(g for g in asked.groups if not wanted.isdisjoint(g)))


def what_if(
    asked: Asked, only: frozenset[str], change: Variable, silent: Container[Place] = ()
) -> tuple[Holder, ...]:
    """The holders, were one variable otherwise and everything that is needed there.

    How it came about is told only of those that lose what they keep, and not of ``silent`` ones.
    """
    changed = environment_with(asked.program.environment, asked.evaluated, {change.name: change})
    machine = again(asked, changed, only).machine
    return holders(machine, told=lambda at, db: db in LOST and at not in silent)


def is_so(asked: Asked, change: Variable) -> bool:
    """Whether a variable is that already: missing, and no read of it was supplied all the same."""
    learned, name = asked.evaluated, change.name
    said = {*asked.program.environment.variables, *learned.inferred, *learned.proved}
    return (change.state == "unset" and name not in said
            and name not in learned.machine.variables.supplied)  # fmt: skip


def again(
    asked: Asked, environment: Environment, only: frozenset[str], *, fragile: bool = False
) -> Evaluated:
    """Evaluate some modules anew; all, where they turn out to reach further than they did."""
    made = _evaluated(asked, environment, only, fragile=fragile)
    others = (path for path in asked.evaluated.interest.beginnings
              if path not in only and path not in made.machine.evaluated)  # fmt: skip
    if not reaches_all(made.machine) or next(others, None) is None:
        return made
    return _evaluated(asked, environment, None, fragile=fragile)


def _evaluated(
    asked: Asked, environment: Environment, only: frozenset[str] | None, *, fragile: bool
) -> Evaluated:
    return evaluate(
        asked.evaluated.sources, environment, asked.program.entry_points, asked.program.scope,
        Limits(seconds=max(asked.left, _LEAST)), fragile=fragile,
        interest=asked.evaluated.interest, only=only,
    )  # fmt: skip
