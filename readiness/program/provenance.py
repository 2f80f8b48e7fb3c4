"""Where a value came from: steps that remember more than they say, for the story told later."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from readiness.model.place import Place
from readiness.model.trace import Step, Trace

LONGEST = 48
MOST_BRANCHES = 32


@dataclass(frozen=True, slots=True)
class VariableStep(Step):
    """What a variable is, and where it is ``read``; ``missing`` where nothing supplies it."""

    variable: str = ""
    missing: bool = False
    read: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DefaultStep(Step):
    """A default that counts because nothing sets the variable ``of``."""

    of: str = ""


@dataclass(frozen=True, slots=True)
class CallStep(Step):
    """A call, and the function that it runs."""

    path: str = ""
    callee: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BranchStep(Step):
    """A way that was taken at ``node``, because of the steps of the condition.

    Without ``decided`` nothing says that this way is taken: it is one of two that were tried.
    """

    because: Trace = field(default=(), compare=False)
    node: ast.AST | None = field(default=None, compare=False, repr=False)
    truth: bool = field(default=True, compare=False)
    decided: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """By what an object was chosen among others, where, and how many events came before.

    It keeps the object alive, so that no other one gets its identity.
    """

    trace: Trace
    at: Place | None
    before: int
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Level:
    """One function on the way to an event: how it was called, which ways were taken in it."""

    call: Step | None
    branches: tuple[BranchStep, ...]
    caught: BranchStep | None = None


def joined(*traces: Trace) -> Trace:
    """Put traces one after the other, each step once, the earliest kept."""
    if len(traces) == 1 or not any(traces[1:]):
        return traces[0]
    return tuple(dict.fromkeys(step for trace in traces for step in trace))[:LONGEST]


def missing_variables(trace: Trace) -> frozenset[str]:
    """The variables in a trace that nothing supplies."""
    return frozenset(s.variable for s in trace if isinstance(s, VariableStep) and s.missing)


def variables_of(trace: Trace) -> tuple[str, ...]:
    """The variables that a trace reads, in order."""
    return tuple(dict.fromkeys(s.variable for s in trace if isinstance(s, VariableStep)))


def every_step(trace: Iterable[Step]) -> Trace:
    """The steps of a trace, before each branch the steps that decided it, each once."""
    found: dict[Step, None] = {}
    for step in trace:
        if isinstance(step, BranchStep) and step not in found:
            found.update(dict.fromkeys(every_step(step.because)))
        found.setdefault(step)
    return tuple(found)
