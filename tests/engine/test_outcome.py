"""From findings to an outcome, and from outcomes to the gate."""

from datetime import date

import pytest
from msgspec.structs import replace

from readiness.engine.outcome import exit_of, gate_of, outcome_of
from readiness.model.finding import Finding, ok, problem, undecided
from readiness.model.outcome import Exit, Gate, Outcome, Severity
from readiness.model.report import Result
from readiness.model.waiver import Waiver

OK, BAD, DOUBT = ok("well"), problem("bad"), undecided("who knows")
WAIVED = replace(BAD, waiver=Waiver("rule", "accepted", "Ada", date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("findings", "crashed", "expected"),
    [
        ([OK], False, Outcome.PASS),
        ([], False, Outcome.NOT_APPLICABLE),
        ([OK, BAD], False, Outcome.FAIL),
        ([BAD], True, Outcome.FAIL),
        ([OK], True, Outcome.ERROR),
        ([WAIVED], True, Outcome.ERROR),
        ([OK, DOUBT], False, Outcome.UNKNOWN),
        ([WAIVED, DOUBT], False, Outcome.UNKNOWN),
        ([WAIVED, OK], False, Outcome.WAIVED),
        ([WAIVED, BAD], False, Outcome.FAIL),
        ([], True, Outcome.ERROR),
    ],
)
def test_the_worst_that_was_seen_decides(
    findings: list[Finding], crashed: bool, expected: Outcome
) -> None:
    assert outcome_of(findings, crashed=crashed) is expected


def result(outcome: Outcome, severity: Severity = Severity.HIGH) -> Result:
    return Result("rule", "A rule", severity, "static", outcome, None, "a.b", 0, ())


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result(Outcome.PASS)], Gate.READY),
        ([result(Outcome.PASS), result(Outcome.FAIL)], Gate.NOT_READY),
        ([result(Outcome.PASS), result(Outcome.UNKNOWN)], Gate.UNVERIFIED),
        ([result(Outcome.UNKNOWN), result(Outcome.FAIL)], Gate.NOT_READY),
        ([result(Outcome.PASS), result(Outcome.ERROR)], Gate.UNVERIFIED),
        ([result(Outcome.PASS), result(Outcome.FAIL, Severity.LOW)], Gate.READY),
        ([result(Outcome.PASS), result(Outcome.UNKNOWN, Severity.LOW)], Gate.READY),
        ([result(Outcome.SKIPPED), result(Outcome.NOT_APPLICABLE)], Gate.UNVERIFIED),
        ([result(Outcome.WAIVED)], Gate.READY),
        ([], Gate.UNVERIFIED),
    ],
)
def test_the_gate_is_never_green_about_what_was_not_seen(
    results: list[Result], expected: Gate
) -> None:
    assert gate_of(results, Severity.MEDIUM) is expected


def test_every_gate_has_its_exit_code() -> None:
    assert [exit_of(gate) for gate in Gate] == [Exit.READY, Exit.NOT_READY, Exit.UNVERIFIED]
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 130]
