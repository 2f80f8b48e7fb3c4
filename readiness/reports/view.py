"""What every report for people says of a result, before it is laid out."""

from collections import Counter
from collections.abc import Iterable, Sequence

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


def _once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
