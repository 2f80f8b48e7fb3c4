"""Answers to the questions of a rule, as its example writes them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from readiness.checker.answers import Answers
from readiness.evidence import ResultFile, ToolResult
from readiness.evidence.reading import parse
from readiness.model.finding import Undecidable
from readiness.project import Project, Unreadable


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
        raise ValueError(f"the rule does not put as many questions: {len(left)} answers are left")
    missing = {
        one: Undecidable("the question was not put") for one in questions if one not in given
    }
    return Answers(given, missing)


def _result(question: ResultFile, project: Project) -> ToolResult:
    try:
        return parse(question, project.read(question.path))
    except Unreadable as error:
        return ToolResult(error=error.reason)


def _answer(question: Hashable, written: Mapping[str, Any]) -> Any:
    kind = _kind_of(question)
    names = [field.name for field in fields(kind)]
    unknown = sorted(set(written) - set(names))
    if unknown:
        raise ValueError(f"an answer has no {', '.join(unknown)}; it has {', '.join(names)}")
    values = {
        name: tuple(value) if name in {"rows", "columns"} else value
        for name, value in written.items()
    }
    return kind(**values)


def _kind_of(question: Hashable) -> type[Any]:
    from readiness.commands import Result  # noqa: PLC0415 - only where there are questions
    from readiness.database import Answer  # noqa: PLC0415 - as above
    from readiness.endpoints import Response  # noqa: PLC0415 - as above

    return {"Query": Answer, "Request": Response, "Command": Result}[type(question).__name__]
