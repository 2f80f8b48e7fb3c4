"""A dated record that something was done or seen."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from readiness.model.age import Age
from readiness.model.place import Place

FOLDER = "evidence"


class Record(Struct, frozen=True):
    """What somebody attests: for which rule, on which day, and for how long it holds.

    ``commit`` binds it to a state of the code; ``files`` are what backs it up, relative
    to the project.
    """

    rule: str
    by: str
    on: date
    valid: Age
    note: str
    commit: str | None = None
    files: tuple[str, ...] = ()
    at: Place | None = None

    @property
    def until(self) -> date:
        """The last day (UTC, inclusive) on which it holds; never less than its own day."""
        return self.on + timedelta(days=self.valid.length.days)

    def render(self) -> str:
        """Give the record as the text of its file, as `Evidence` reads it."""
        lines = [
            f"rule: {_quoted(self.rule)}",
            f"by: {_quoted(self.by)}",
            f"on: {self.on.isoformat()}",
            f"valid: {self.valid}",
        ]
        if self.commit:
            lines.append(f"commit: {_quoted(self.commit)}")
        lines.append(f"note: {_quoted(self.note)}")
        if self.files:
            lines += ["files:", *(f"  - {_quoted(path)}" for path in self.files)]
        return "\n".join([*lines, ""])


def path_for(record: Record, taken: Iterable[str]) -> str:
    """Name the file of a new record, beside those that are there already."""
    used = set(taken)
    stem = f"{FOLDER}/{record.on.isoformat()}-{record.rule}"
    path, count = f"{stem}.yaml", 1
    while path in used:
        count += 1
        path = f"{stem}-{count}.yaml"
    return path


def _quoted(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does: no value changes its type."""
    return json.dumps(text, ensure_ascii=False)
