"""From findings to an outcome, and from outcomes to the gate."""

from collections.abc import Iterable, Sequence

from readiness.model.finding import Finding, Verdict
from readiness.model.outcome import Exit, Gate, Outcome, Severity
from readiness.model.report import Result


def outcome_of(findings: Sequence[Finding], *, crashed: bool = False) -> Outcome:
    """The outcome of a rule: the worst that was seen decides.

    A problem that no waiver covers, then a crash, then anything undecided; waived
    where every problem is; a pass only where something was seen to be well.
    """
    problems = [finding for finding in findings if finding.verdict is Verdict.PROBLEM]
    if any(problem.waiver is None for problem in problems):
        return Outcome.FAIL
    if crashed:
        return Outcome.ERROR
    if any(finding.verdict is Verdict.UNDECIDED for finding in findings):
        return Outcome.UNKNOWN
    if problems:
        return Outcome.WAIVED
    return Outcome.PASS if findings else Outcome.NOT_APPLICABLE


def gate_of(results: Iterable[Result], fail_on: Severity) -> Gate:
    """The gate: closed by a fail, unverified by an unknown or a crash, open only by a pass.

    Where nothing at all was judged, nobody can say that it is ready.
    """
    everything = list(results)
    counted = [result for result in everything if result.severity.reaches(fail_on)]
    outcomes = {result.outcome for result in counted}
    if Outcome.FAIL in outcomes:
        return Gate.NOT_READY
    judged = {Outcome.PASS, Outcome.FAIL, Outcome.WAIVED}
    if outcomes & {Outcome.UNKNOWN, Outcome.ERROR}:
        return Gate.UNVERIFIED
    if not judged & {result.outcome for result in everything}:
        return Gate.UNVERIFIED
    return Gate.READY


def exit_of(gate: Gate) -> Exit:
    """The exit code of a gate."""
    codes = {
        Gate.READY: Exit.READY,
        Gate.NOT_READY: Exit.NOT_READY,
        Gate.UNVERIFIED: Exit.UNVERIFIED,
    }
    return codes[gate]
