"""What belongs together in a report: by reason, by place, by tag."""

from collections.abc import Iterable

from msgspec import Struct

from readiness.model.finding import Finding
from readiness.model.outcome import Outcome
from readiness.model.report import Report, Result
from readiness.reports.view import number, undecided


class Doubt(Struct, frozen=True):
    """One reason for which rules could not be decided, and what would settle it."""

    reason: str
    hint: str | None
    results: tuple[Result, ...]
    findings: tuple[Finding, ...] = ()


def doubts(results: Iterable[Result]) -> tuple[Doubt, ...]:
    """Bring together the rules that nobody could decide for the same reason."""
    grouped: dict[tuple[str, str | None], list[tuple[Result, tuple[Finding, ...]]]] = {}
    for result in results:
        for reason, hint, findings in _reasons(result):
            grouped.setdefault((reason, hint), []).append((result, findings))
    return tuple(
        Doubt(
            reason,
            hint,
            tuple(result for result, _ in entries),
            tuple(finding for _, findings in entries for finding in findings),
        )
        for (reason, hint), entries in grouped.items()
    )


def together(doubts: Iterable[Doubt]) -> tuple[tuple[Doubt, ...], ...]:
    """The doubts of one rule alone side by side, and each that several share by itself."""
    found: list[list[Doubt]] = []
    for doubt in doubts:
        if found and len(doubt.results) == 1 and found[-1][0].results == doubt.results:
            found[-1].append(doubt)
        else:
            found.append([doubt])
    return tuple(map(tuple, found))


def by_place(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Findings with the same place together; each that has none by itself."""
    found: dict[object, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.at or id(finding), []).append(finding)
    return tuple(map(tuple, found.values()))


def groups(report: Report) -> tuple[tuple[str, tuple[Result, ...]], ...]:
    """The results in the order of the checklist, under the first tag of each rule."""
    grouped: dict[str, list[Result]] = {}
    for result in report.results:
        grouped.setdefault(result.tags[0] if result.tags else "other", []).append(result)
    return tuple((name, tuple(members)) for name, members in grouped.items())


def by_reason(results: Iterable[Result]) -> tuple[tuple[str, tuple[Result, ...]], ...]:
    """Bring together results with the same reason, in the order of the first of each."""
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.reason or "no reason was given", []).append(result)
    return tuple((reason, tuple(members)) for reason, members in grouped.items())


def gaps(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was not looked at, as (reason, things)."""
    grouped: dict[str, list[str]] = {}
    for gap in report.coverage.gaps:
        grouped.setdefault(gap.reason, []).append(gap.what)
    return tuple((reason, tuple(things)) for reason, things in grouped.items())


def left_out(report: Report) -> tuple[str, ...]:
    """The rules that were not judged on purpose, in sentences."""
    coverage = report.coverage
    said = []
    if coverage.deselected:
        rules = number(coverage.deselected, "rule")
        said.append(f"{rules} left out by --only or --skip")
    if coverage.disabled:
        rules = number(len(coverage.disabled), "rule")
        said.append(f"{rules} disabled by the checklist: {', '.join(coverage.disabled)}")
    skipped = report.of(Outcome.SKIPPED)
    if skipped:
        said.append(f"{number(len(skipped), 'rule')} skipped, see above")
    return tuple(said)


def _reasons(result: Result) -> Iterable[tuple[str, str | None, tuple[Finding, ...]]]:
    """Each reason of a rule once, with the findings that give it."""
    grouped: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in undecided(result):
        grouped.setdefault((finding.message, finding.hint), []).append(finding)
    if result.outcome is Outcome.ERROR or not grouped:
        yield result.reason or "no reason was given", None, ()
    for (reason, hint), findings in grouped.items():
        yield reason, hint, tuple(findings)
