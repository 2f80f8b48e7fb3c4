"""The rules that are told in full: what failed, what could not be decided, what is accepted."""

from collections.abc import Sequence

from rich.cells import cell_len

from readiness.model.finding import Finding
from readiness.model.outcome import Outcome, Severity
from readiness.model.report import Report, Result
from readiness.model.trace import Step, Trace
from readiness.model.words import counted
from readiness.reports import grouping, view
from readiness.reports.terminal import marks
from readiness.reports.terminal.marks import heading, mark
from readiness.reports.terminal.sheet import Sheet

MOST_FINDINGS = 20
MOST_DOUBTS = 8
MOST_STEPS = 8
_KIND = 10


def failed(sheet: Sheet, report: Report) -> None:
    """What failed, most severe first: where, what, how it came about, how to mend it."""
    results = report.of(Outcome.FAIL)
    if results:
        heading(sheet, "failed", marks.BAD, len(results))
    for result in results:
        _title(sheet, result, report)
        mends = view.mends(result)
        _findings(sheet, view.problems(result), "mend" if len(mends) > 1 else "")
        if unsure := view.undecided(result):
            _note(sheet, "also undecided", "", marks.UNSURE)
            _doubts(sheet, unsure, indent=6)
        if others := view.others(result):
            _note(sheet, "also", others, marks.DIM)
        if result.reason:
            _note(sheet, "note", result.reason, marks.BROKEN)
        if len(mends) == 1:
            _note(sheet, "mend", mends[0], marks.GOOD)


def doubtful(sheet: Sheet, report: Report) -> None:
    """What nobody could decide, and what would settle it."""
    results = report.of(Outcome.UNKNOWN, Outcome.ERROR)
    if results:
        heading(sheet, "could not be decided", marks.UNSURE, len(results))
    for doubts in grouping.together(grouping.doubts(results)):
        if len(doubts[0].results) > 1:
            _shared(sheet, doubts[0])
        else:
            _title(sheet, doubts[0].results[0], report)
            _own(sheet, doubts)


def waived(sheet: Sheet, report: Report) -> None:
    """What is accepted, by whom, until when and why."""
    results = report.of(Outcome.WAIVED)
    if results:
        heading(sheet, "waived", marks.ACCEPTED, len(results))
    for result in results:
        _title(sheet, result, report)
        _findings(sheet, view.waived(result))


def _title(sheet: Sheet, result: Result, report: Report) -> None:
    advice = "" if view.closing(result, report) else ", advice"
    sheet.blank()
    sheet.line(
        mark(sheet, result.outcome),
        (result.id, marks.BOLD),
        ("  ", ""),
        (result.severity.value, marks.SEVERITY[result.severity]),
        (advice, marks.DIM),
        ("  ", ""),
        (result.outcome.value, marks.DIM),
    )
    sheet.paragraph(result.title, indent=2)


def _note(sheet: Sheet, word: str, text: str, style: str, indent: int = 4) -> None:
    sheet.paragraph(text, indent=indent, lead=(f"{word}:  ", style))


def _findings(sheet: Sheet, findings: Sequence[Finding], hints: str = "") -> None:
    for finding in findings[:MOST_FINDINGS]:
        _finding(sheet, finding)
        if hints and finding.hint:
            _note(sheet, hints, finding.hint, marks.GOOD, indent=6)
        if finding.waiver:
            sheet.paragraph(view.accepted(finding), indent=6, style=marks.PLACE)
    _more(sheet, len(findings) - MOST_FINDINGS, "finding", indent=4)


def _finding(sheet: Sheet, finding: Finding) -> None:
    where = str(finding.at) if finding.at else f"({finding.source})" if finding.source else ""
    if where:
        sheet.place(where, indent=4, style=marks.PLACE)
    sheet.paragraph(finding.message, indent=6)
    _trace(sheet, finding.trace)


def _trace(sheet: Sheet, trace: Trace) -> None:
    """Show the way of a value; of a long one, the steps that say most."""
    steps, left_out = view.telling(trace, MOST_STEPS)
    for step in steps:
        _step(sheet, step)
    _more(sheet, left_out, "step", indent=8)


def _step(sheet: Sheet, step: Step) -> None:
    kind = (f"{step.kind:<{_KIND}}", marks.DIM)
    if step.at is None:
        sheet.paragraph(step.text, indent=8, lead=kind)
        return
    where = str(step.at)
    if sheet.fits(f"{where}  {step.text}", 8 + _KIND) and cell_len(step.text):
        sheet.line((" " * 8, ""), kind, (where, marks.DIM), ("  ", ""), (step.text, ""))
        return
    sheet.place(where, indent=8, style=marks.DIM, lead=kind)
    sheet.paragraph(step.text, indent=8 + _KIND)


def _more(sheet: Sheet, count: int, noun: str, indent: int) -> None:
    if count > 0:
        ending = "" if count == 1 else "s"
        sheet.line((" " * indent, ""), (f"and {count} more {noun}{ending}", marks.DIM))


def _shared(sheet: Sheet, doubt: grouping.Doubt) -> None:
    sheet.blank()
    said = f"{counted(len(doubt.results), 'rule')}: {doubt.reason}"
    sheet.paragraph(said, lead=mark(sheet, doubt.results[0].outcome), style=marks.BOLD)
    for severity in Severity:
        names = [result.id for result in doubt.results if result.severity is severity]
        if names:
            lead = (f"{severity.value:<10}", marks.SEVERITY[severity])
            sheet.paragraph(", ".join(names), indent=4, lead=lead)
    if doubt.hint:
        _note(sheet, "settle", doubt.hint, marks.GOOD)


def _own(sheet: Sheet, doubts: Sequence[grouping.Doubt]) -> None:
    _doubts(sheet, [finding for doubt in doubts for finding in doubt.findings])
    for doubt in doubts:
        if not doubt.findings:
            sheet.paragraph(doubt.reason, indent=6)
            if doubt.hint:
                _note(sheet, "settle", doubt.hint, marks.GOOD)


def _doubts(sheet: Sheet, findings: Sequence[Finding], indent: int = 4) -> None:
    """What is undecided: each place once, and what would settle it behind those it settles."""
    places = grouping.by_place(findings)
    shown = places[:MOST_DOUBTS]
    for number, alike in enumerate(shown):
        _finding(sheet, alike[0])
        _more(sheet, len(alike) - 1, "reason", indent=6)
        following = shown[number + 1][0].hint if number + 1 < len(shown) else None
        if alike[0].hint and alike[0].hint != following:
            _note(sheet, "settle", alike[0].hint, marks.GOOD, indent)
    _more(sheet, sum(map(len, places[MOST_DOUBTS:])), "finding", indent=4)
