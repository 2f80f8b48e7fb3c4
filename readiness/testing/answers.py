"""Answers to the questions of a rule, as its example writes them."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from msgspec.structs import fields

from readiness.checker.answers import Answers
from readiness.commands import Command
from readiness.commands import Result as CommandResult
from readiness.database import Answer, Query
from readiness.endpoints import Request, Response
from readiness.evidence import ResultFile, ToolResult
from readiness.evidence.reading import parse
from readiness.model.finding import Undecidable
from readiness.project import Project, Unreadable

_KINDS: dict[type, type] = {Query: Answer, Request: Response, Command: CommandResult}


def answers_for(
    questions: Sequence[Hashable], written: Sequence[Mapping[str, Any]], project: Project
) -> Answers:
    """Pair the questions with the answers in their order; result files are read.

    A question for which there is no answer is undecidable. Raises ValueError for an
    answer that no question is put for.
    """
    given: dict[Hashable, Any] = {}
    left = list(written)
    for question in questions:
        if isinstance(question, ResultFile):
            given[question] = _result(question, project)
        elif left:
            given[question] = _answer(question, left.pop(0))
    if left:
        raise ValueError(f"{len(left)} answers are left that the rule has no question for")
    missing = {one: Undecidable("nobody answers here") for one in questions if one not in given}
    return Answers(given, missing)


def _result(question: ResultFile, project: Project) -> ToolResult:
    try:
        return parse(question, project.read(question.path))
    except Unreadable as error:
        return ToolResult(error=error.reason)


def _answer(question: Hashable, written: Mapping[str, Any]) -> Any:
    kind = _KINDS[type(question)]
    names = [field.name for field in fields(kind)]
    unknown = sorted(set(written) - set(names))
    if unknown:
        raise ValueError(f"an answer has no {', '.join(unknown)}; it has {', '.join(names)}")
    values = {
        name: tuple(value) if name in {"rows", "columns"} else value
        for name, value in written.items()
    }
    if kind is Answer and values.get("rows") and "columns" not in values:
        values["columns"] = tuple(values["rows"][0])
    return kind(**values)
