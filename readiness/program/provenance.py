"""Where a value came from: steps that remember more than they say, for the story told later."""

import ast
from collections.abc import Iterable
from typing import Any, ClassVar

from msgspec import Struct

from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.trace import Step, Trace

LONGEST = 48
MOST_BRANCHES = 32


class VariableStep(Step, frozen=True):
    """What a variable is, and where it is ``read``; ``missing`` where nothing supplies it."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"read"})

    variable: str = ""
    missing: bool = False
    read: Place | None = None


class DefaultStep(Step, frozen=True):
    """A default that counts because nothing sets the variable ``of``."""

    of: str = ""


class CallStep(Step, frozen=True):
    """A call, the function that it runs, and the object whose method that is."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"callee", "receiver"})

    path: str = ""
    callee: Any = None
    receiver: Any = None


class BranchStep(Step, frozen=True):
    """A way that was taken at ``node``, because of the steps of the condition.

    Without ``decided`` nothing says that this way is taken: it is one of two that were tried.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"because", "node", "truth", "decided"})

    because: Trace = ()
    node: ast.AST | None = None
    truth: bool = True
    decided: bool = True


class Chosen(Partial, frozen=True):
    """By what an object was chosen among others, where, and how many events came before.

    It keeps the object alive, so that no other one gets its identity.
    """

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"value"})

    trace: Trace
    at: Place | None
    before: int
    value: Any


class Level(Struct, frozen=True):
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


def missing_reads(trace: Trace) -> frozenset[tuple[str, Place]]:
    """The variables in a trace that nothing supplies, each with where it is read."""
    found = ((s.variable, s.read or s.at) for s in trace
             if isinstance(s, VariableStep) and s.missing)  # fmt: skip
    return frozenset((name, at) for name, at in found if at is not None)


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
