"""Where a value came from: steps of a trace that remember the variable they read."""

from dataclasses import dataclass

from readiness.model.trace import Step, Trace

LONGEST = 24


@dataclass(frozen=True, slots=True)
class VariableStep(Step):
    """The read of a variable; ``missing`` where nothing supplies it."""

    variable: str = ""
    missing: bool = False


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
