"""Values at a path of a JSON file."""

from itertools import islice
from typing import Any

from readiness.document.select import values_at
from readiness.evidence.result import ResultFile, ToolResult, Unusable
from readiness.evidence.times import parse_time

_MOST = 10_000


def read_json(data: Any, question: ResultFile) -> ToolResult:
    """Find the values that the question asks for; raises `Unusable`."""
    if question.at is None:
        raise Unusable("the rule does not say which of its values counts")
    times = _find(data, question.time_at) if question.time_at else ()
    return ToolResult(
        values=_find(data, question.at),
        made=parse_time(times[0]) if times else None,
        made_by=f"its {question.time_at}",
    )


def _find(data: Any, path: str) -> tuple[Any, ...]:
    try:
        values = tuple(islice(values_at(data, path), _MOST + 1))
    except ValueError as error:
        raise Unusable(str(error)) from None
    if len(values) > _MOST:
        raise Unusable(f"{path} gives more than {_MOST} values")
    return values
