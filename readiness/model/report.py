"""What a run found: the one thing that every format is made from."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from readiness.model.finding import Finding
from readiness.model.outcome import Gate, Outcome, Severity

SCHEMA_VERSION = "1"

Kind = Literal["static", "live", "evidence"]


class Result(Struct, frozen=True):
    """What became of one rule; the fields of the rule that a reader needs stand beside it.

    ``reason`` says why a rule without a deciding finding has its outcome.
    """

    id: str
    title: str
    severity: Severity
    kind: Kind
    outcome: Outcome
    reason: str | None
    checker: str
    duration_ms: int
    findings: tuple[Finding, ...]
    why: str = ""
    fix: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    checklist: str = ""


class Gap(Struct, frozen=True):
    """Something that was not looked at, and why."""

    what: str
    reason: str


class Coverage(Struct, frozen=True):
    """What was looked at and what was not: a verdict is only as good as this list."""

    files: int = 0
    gaps: tuple[Gap, ...] = ()
    deselected: int = 0
    disabled: tuple[str, ...] = ()


class Judged(Struct, frozen=True):
    """One variable of the environment as it was judged; ``value`` only where it may be shown."""

    name: str
    state: Literal["known", "unset", "injected"]
    value: str | None
    source: str | None


class Deployed(Struct, frozen=True):
    """The environment that was judged."""

    name: str
    traits: Mapping[str, Any] = field(default_factory=dict)
    variables: tuple[Judged, ...] = ()
    database: str | None = None


class Used(Struct, frozen=True):
    """One checklist that was used."""

    name: str
    title: str
    owner: str | None
    review_by: str | None
    rules: int
    sources: tuple[str, ...]


class Tool(Struct, frozen=True):
    """The program that made the report."""

    name: str
    version: str


class Subject(Struct, frozen=True):
    """The project that was judged; ``commit`` is None where git does not answer."""

    name: str
    commit: str | None = None


class Report(Struct, frozen=True):
    """The whole answer. ``assumptions`` come first in every format that people read."""

    schema_version: str
    tool: Tool
    project: Subject
    environment: Deployed
    generated_at: str
    fail_on: Severity
    assumptions: tuple[str, ...]
    checklists: tuple[Used, ...]
    results: tuple[Result, ...]
    coverage: Coverage
    summary: Mapping[str, int]
    gate: Gate
    exit_code: int

    def of(self, *outcomes: Outcome) -> tuple[Result, ...]:
        """The results with any of the outcomes, most severe first, else in their order."""
        chosen = [result for result in self.results if result.outcome in outcomes]
        return tuple(sorted(chosen, key=lambda result: result.severity.rank))
