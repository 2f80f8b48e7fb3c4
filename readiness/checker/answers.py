"""Answers to the questions that a rule asks of the outside."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from readiness.model.finding import Undecidable

A = TypeVar("A")


class Answers:
    """What came back for the questions that this rule declared, by question.

    A question that was not put, or not answered, is `Undecidable` with the reason.
    """

    def __init__(
        self,
        given: Mapping[Hashable, Any] | None = None,
        missing: Mapping[Hashable, Undecidable] | None = None,
    ) -> None:
        self._given = dict(given or {})
        self._missing = dict(missing or {})

    def of(self, question: Hashable, kind: type[A]) -> A:
        """The answer to a question, which is of ``kind``; raises `Undecidable`."""
        if question in self._missing:
            raise self._missing[question]
        if question not in self._given:
            raise Undecidable("the question was not put to the outside")
        answer = self._given[question]
        if not isinstance(answer, kind):
            raise Undecidable(f"the answer is a {type(answer).__name__}, not a {kind.__name__}")
        return answer
