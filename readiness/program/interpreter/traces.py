"""What is added to values as they go on: traces, and conditions in words."""

from msgspec.structs import replace

from readiness.model.trace import Trace
from readiness.program.provenance import joined
from readiness.program.values import Choice, Constant, Text, Tuple, Unknown, Value


def with_trace(value: Value, trace: Trace) -> Value:
    """The same value, with further steps of how it came about."""
    if not trace:
        return value
    if isinstance(value, Choice):
        return Choice(
            value.condition, with_trace(value.then, trace), with_trace(value.otherwise, trace)
        )
    if isinstance(value, (Constant, Text, Tuple)):
        return replace(value, trace=joined(trace, value.trace))
    return value


def describe(shown: str, value: Value) -> str:
    """A condition in words, with the reason why it is open."""
    if isinstance(value, Unknown):
        return f"{shown} ({value.reason})"
    if isinstance(value, Text):
        names = sorted({part.variable for part in value.parts if part.variable})
        return f"{shown} ({', '.join(names)} is set by the platform)" if names else shown
    return shown
