"""What every report for people says, before it is laid out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from readiness.model.finding import Finding, Verdict
from readiness.model.outcome import Gate, Outcome
from readiness.model.report import Report, Result
from readiness.model.trace import Trace

VERDICTS = {
    Gate.READY: "READY",
    Gate.NOT_READY: "NOT READY",
    Gate.UNVERIFIED: "UNVERIFIED",
}
_ANSWERS = {
    Gate.READY: "No rule that counts speaks against releasing to {name}.",
    Gate.NOT_READY: "Do not release to {name}: mend what failed, then check again.",
    Gate.UNVERIFIED: "Nobody can say that {name} is safe: settle what could not be decided.",
}


class Doubt(Struct, frozen=True):
    """One reason for which rules could not be decided, and what would settle it."""

    reason: str
    hint: str | None
    results: tuple[Result, ...]
    findings: tuple[Finding, ...] = ()


def verdict(report: Report) -> str:
    """The verdict, in capitals."""
    return VERDICTS[report.gate]


def answer(report: Report) -> str:
    """The verdict as a sentence that says what to do."""
    return _ANSWERS[report.gate].format(name=report.environment.name)


def counts(report: Report) -> tuple[tuple[Outcome, int], ...]:
    """How many rules have each outcome; outcomes that no rule has are left out."""
    found = Counter(result.outcome for result in report.results)
    order = (
        Outcome.FAIL,
        Outcome.ERROR,
        Outcome.UNKNOWN,
        Outcome.WAIVED,
        Outcome.PASS,
        Outcome.NOT_APPLICABLE,
        Outcome.SKIPPED,
    )
    return tuple((outcome, found[outcome]) for outcome in order if found[outcome])


def tally(report: Report) -> tuple[str, ...]:
    """The counts as words: `2 fail`, `1 unknown`."""
    parts = tuple(f"{number} {outcome.value}" for outcome, number in counts(report))
    return parts or ("no rule was judged",)


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 rule`, `2 rules`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def closing(result: Result, report: Report) -> bool:
    """Tell whether the result counts towards the gate; below the threshold it is advice."""
    return result.severity.reaches(report.fail_on)


def problems(result: Result) -> tuple[Finding, ...]:
    """The problems that no waiver covers."""
    return tuple(
        finding
        for finding in result.findings
        if finding.verdict is Verdict.PROBLEM and finding.waiver is None
    )


def undecided(result: Result) -> tuple[Finding, ...]:
    """What nobody could decide."""
    return tuple(f for f in result.findings if f.verdict is Verdict.UNDECIDED)


def waived(result: Result) -> tuple[Finding, ...]:
    """The problems that a waiver covers."""
    return tuple(finding for finding in result.findings if finding.waiver is not None)


def well(result: Result) -> tuple[Finding, ...]:
    """What was found to meet the rule."""
    return tuple(finding for finding in result.findings if finding.verdict is Verdict.OK)


def evidence(result: Result) -> str:
    """What a pass rests on, in one line."""
    found = well(result)
    if not found:
        return result.reason or ""
    more = len(found) - 1
    first = found[0]
    said = first.message
    if first.at is not None and str(first.at) not in said and first.at.path not in said:
        said = f"{said} ({first.at})"
    return f"{said}, and {more} more" if more else said


def gist(result: Result) -> str:
    """What decided, in one line, whatever the outcome."""
    match result.outcome:
        case Outcome.PASS:
            return evidence(result)
        case Outcome.FAIL:
            return _first(problems(result), result)
        case Outcome.WAIVED:
            return "; ".join(_once(accepted(finding) for finding in waived(result)))
        case _:
            return result.reason or _first(undecided(result), result)


def accepted(finding: Finding) -> str:
    """Who accepts a problem, until when and why."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    return f"accepted by {waiver.owner} until {waiver.expires}: {waiver.reason}"


def _first(found: tuple[Finding, ...], result: Result) -> str:
    if not found:
        return result.reason or ""
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0].message}{more}"


def others(result: Result) -> str:
    """What else was seen of a rule, counted; empty where there was nothing."""
    seen = ((len(well(result)), "ok"), (len(waived(result)), "waived"))
    return ", ".join(f"{count} {word}" for count, word in seen if count)


def telling(trace: Trace, most: int) -> tuple[Trace, int]:
    """The steps of a trace that say most, in order, and how many are left out.

    Calls give way first, then what lies in the middle: the start and the end stay.
    """
    excess = len(trace) - most
    if excess <= 0:
        return trace, 0
    calls = [n for n, step in enumerate(trace) if step.kind == "call"][1:-1]
    middle = _from_the_middle(calls) + _from_the_middle(range(len(trace)))
    dropped = set(list(dict.fromkeys(middle))[:excess])
    return tuple(step for n, step in enumerate(trace) if n not in dropped), excess


def _from_the_middle(numbers: Sequence[int]) -> list[int]:
    """Numbers in the order of how near they are to the middle of them all."""
    if not numbers:
        return []
    middle = (numbers[0] + numbers[-1]) / 2
    return sorted(numbers, key=lambda n: (abs(n - middle), n))


def mends(result: Result) -> tuple[str, ...]:
    """How to mend a rule that fails: the hints, each once, else the rule's own fix."""
    hints = _once(finding.hint for finding in problems(result))
    return hints or ((result.fix,) if result.fix else ())


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


def _once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
