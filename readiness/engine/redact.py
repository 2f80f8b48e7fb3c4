"""The last fence before an output: known secrets are masked wherever they turn up."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from readiness.model.finding import Finding
from readiness.model.report import Result
from readiness.model.secret import MASK, Secret

# Shorter values stand in too many innocent texts; checkers do not show them anyway.
_SHORTEST = 6
# A plain word such as "postgres" stands in schemes and names, where a mask would give it away.
_LONGEST_WORD = 12


class Redactor:
    """Masks every known secret in the texts of a result.

    Checkers must not show secrets in the first place; this catches the one that does.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        texts = {secret.reveal() for secret in secrets}
        self._texts = sorted(
            (text for text in texts if len(text) >= _SHORTEST and not _is_word(text)),
            key=lambda text: (-len(text), text),
        )

    def result(self, result: Result) -> Result:
        """Give the result without any known secret in it."""
        if not self._texts:
            return result
        return replace(
            result,
            reason=None if result.reason is None else self.text(result.reason),
            findings=tuple(map(self._finding, result.findings)),
        )

    def _finding(self, finding: Finding) -> Finding:
        return replace(
            finding,
            message=self.text(finding.message),
            hint=None if finding.hint is None else self.text(finding.hint),
            trace=tuple(replace(step, text=self.text(step.text)) for step in finding.trace),
            data=self._data(finding.data),
        )

    def text(self, text: str) -> str:
        """Give the text without any known secret in it."""
        for secret in self._texts:
            text = text.replace(secret, MASK)
        return text

    def _data(self, data: Any) -> Any:
        match data:
            case str():
                return self.text(data)
            case Mapping():
                return {key: self._data(value) for key, value in data.items()}
            case list() | tuple():
                return [self._data(value) for value in data]
            case _:
                return data


def _is_word(text: str) -> bool:
    return text.isalpha() and text.islower() and len(text) <= _LONGEST_WORD
