"""The shape of the JSON report, described once: the schema, and reading it back."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from readiness.model import finding, outcome, place, report, trace, waiver
from readiness.model.report import Kind
from readiness.model.trace import StepKind

Source = Literal["code", "config", "database", "wire", "endpoint", "command", "evidence"]
Count = Annotated[int, Field(ge=0)]
Position = Annotated[int, Field(ge=1)]


def schema() -> dict[str, Any]:
    """Give the published JSON Schema (draft 2020-12) of the report."""
    described = Report.model_json_schema(mode="serialization")
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": "urn:readiness:report:1", **described}


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class Location(_Shape):
    """A file of the project, and the line and column in it where they are known."""

    path: str = Field(description="POSIX path, relative to the project")
    line: Position | None = Field(description="counted from 1")
    column: Position | None = Field(description="counted from 1")

    def value(self) -> place.Place:
        """Give the place that this describes."""
        return place.Place(self.path, self.line, self.column)


class Step(_Shape):
    """One step of the way from a variable to the value that is judged."""

    path: str | None = Field(description="POSIX path, relative to the project")
    line: Position | None
    column: Position | None
    text: str = Field(description="what happens at this step")
    kind: StepKind

    def value(self) -> trace.Step:
        """Give the step that this describes."""
        at = None if self.path is None else place.Place(self.path, self.line, self.column)
        return trace.Step(self.kind, self.text, at)


class Waiver(_Shape):
    """A problem that somebody accepts, by name and until a day."""

    rule: str = Field(description="the id of the rule")
    reason: str
    owner: str
    expires: date = Field(description="the last day on which it holds, UTC")
    paths: tuple[str, ...] = Field(description="globs; none means every path")
    fingerprint: str | None = Field(description="the one finding that is accepted")
    location: Location | None = Field(description="where the waiver is written")

    def value(self) -> waiver.Waiver:
        """Give the waiver that this describes."""
        return waiver.Waiver(
            self.rule,
            self.reason,
            self.owner,
            self.expires,
            self.paths,
            self.fingerprint,
            self.location.value() if self.location else None,
        )


class Finding(_Shape):
    """What a checker says of one thing."""

    verdict: finding.Verdict = Field(description="`ok`, `problem` or `undecided`")
    message: str = Field(description="the thing, what it is, and what it should be")
    hint: str | None = Field(description="the next step")
    location: Location | None = Field(description="the most specific offending key or call")
    source: Source | None = Field(description="where the evidence comes from")
    trace: tuple[Step, ...] = Field(description="how the value came about")
    data: dict[str, Any] = Field(
        description="the values judged, without any secret; `passes_with` are the options "
        "(`--set NAME=value`) that make the smallest change of variables under which it was "
        "judged to pass, empty where none was found"
    )
    fingerprint: str = Field(description="a name for this finding that stays when lines move")
    waiver: Waiver | None = Field(description="the waiver that covers this problem")

    def value(self) -> finding.Finding:
        """Give the finding that this describes."""
        return finding.Finding(
            verdict=self.verdict,
            message=self.message,
            at=self.location.value() if self.location else None,
            hint=self.hint,
            source=self.source,
            trace=tuple(step.value() for step in self.trace),
            data=self.data,
            fingerprint=self.fingerprint,
            waiver=self.waiver.value() if self.waiver else None,
        )


class Result(_Shape):
    """What became of one rule."""

    id: str = Field(description="the id of the rule; it never changes")
    title: str
    severity: outcome.Severity = Field(description="`low` is advice")
    kind: Kind = Field(description="what the rule is judged from")
    outcome: outcome.Outcome
    reason: str | None = Field(description="why, where no finding says it")
    checker: str = Field(description="the name of the checker that judged")
    duration_ms: Count
    findings: tuple[Finding, ...]
    why: str = Field(description="why the rule matters")
    fix: str = Field(description="how to mend what breaks it")
    tags: tuple[str, ...] = Field(description="the first one is the rule's group")
    references: tuple[str, ...] = Field(description="where to read on")
    checklist: str = Field(description="the checklist that the rule comes from")

    def value(self) -> report.Result:
        """Give the result that this describes."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return report.Result(**fields | {"findings": tuple(one.value() for one in self.findings)})


class Gap(_Shape):
    """Something that was not looked at."""

    what: str
    reason: str


class Coverage(_Shape):
    """What was looked at and what was not."""

    files: Count = Field(description="how many files were read")
    gaps: tuple[Gap, ...] = Field(description="what was not looked at, and why")
    deselected: Count = Field(description="how many rules were left out by --only and --skip")
    disabled: tuple[str, ...] = Field(description="rules that a checklist switches off")

    def value(self) -> report.Coverage:
        """Give the coverage that this describes."""
        gaps = tuple(report.Gap(gap.what, gap.reason) for gap in self.gaps)
        return report.Coverage(self.files, gaps, self.deselected, self.disabled)


class Variable(_Shape):
    """One variable of the environment as it was judged."""

    name: str
    state: Literal["known", "unset", "injected"] = Field(
        description="`injected`: set by the platform to a value that nobody here can know"
    )
    value: str | None = Field(description="only where it may be shown")
    source: str | None = Field(description="who decides the value")


class Environment(_Shape):
    """The deployment that was judged."""

    name: str
    traits: dict[str, Any]
    variables: tuple[Variable, ...]
    database: str | None = Field(description="the address that was probed, without its password")

    def value(self) -> report.Deployed:
        """Give the environment that this describes."""
        judged = tuple(
            report.Judged(one.name, one.state, one.value, one.source) for one in self.variables
        )
        return report.Deployed(self.name, self.traits, judged, self.database)


class Checklist(_Shape):
    """One checklist that was used."""

    name: str = Field(description="how it was asked for")
    title: str
    owner: str | None
    review_by: str | None = Field(description="the day by which it is to be reviewed")
    rules: Count = Field(description="how many rules it has")
    sources: tuple[str, ...] = Field(description="the files that it was read from")

    def value(self) -> report.Used:
        """Give the checklist that this describes."""
        return report.Used(**{name: getattr(self, name) for name in type(self).model_fields})


class Tool(_Shape):
    """The program that made the report."""

    name: str
    version: str


class Project(_Shape):
    """The project that was judged."""

    name: str
    commit: str | None = Field(description="null where git does not answer")


class Report(_Shape):
    """Whether a deployment would be safe to release, rule by rule, with the evidence.

    Fields may be added within a schema version; a reader skips what it does not know.
    """

    model_config = ConfigDict(title="The report of readiness")

    schema_version: Literal["1"]
    tool: Tool
    generated_at: str = Field(description="the moment of the run, ISO 8601, UTC")
    project: Project
    environment: Environment
    assumptions: tuple[str, ...] = Field(description="what was taken for granted; read it first")
    checklists: tuple[Checklist, ...]
    fail_on: outcome.Severity = Field(description="the least severity that closes the gate")
    results: tuple[Result, ...] = Field(description="in the order of the checklists")
    coverage: Coverage
    summary: dict[str, Count] = Field(description="how many rules have each outcome")
    gate: outcome.Gate = Field(description="the answer to the one question")
    exit_code: Literal[0, 1, 2, 3, 130] = Field(
        description="0 ready, 1 not ready, 2 wrong use, 3 unverified, 130 interrupted"
    )

    def value(self) -> report.Report:
        """Give the report that this describes."""
        return report.Report(
            schema_version=self.schema_version,
            tool=report.Tool(self.tool.name, self.tool.version),
            project=report.Subject(self.project.name, self.project.commit),
            environment=self.environment.value(),
            generated_at=self.generated_at,
            fail_on=self.fail_on,
            assumptions=self.assumptions,
            checklists=tuple(one.value() for one in self.checklists),
            results=tuple(one.value() for one in self.results),
            coverage=self.coverage.value(),
            summary=self.summary,
            gate=self.gate,
            exit_code=self.exit_code,
        )
