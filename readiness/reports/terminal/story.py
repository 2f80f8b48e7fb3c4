"""How the verdict of one rule came about, for `readiness explain`."""

from readiness.model.finding import Finding, Verdict
from readiness.model.report import Report, Result
from readiness.reports import story, view
from readiness.reports.terminal import marks
from readiness.reports.terminal.marks import mark
from readiness.reports.terminal.sheet import Sheet

MOST_PLACES = 12
_WORDS = {
    Verdict.PROBLEM: ("problem", marks.BAD),
    Verdict.UNDECIDED: ("undecided", marks.UNSURE),
    Verdict.OK: ("ok", marks.GOOD),
}
_LEAD = 9


def explain(sheet: Sheet, report: Report) -> None:
    """Tell of each rule of the report what was found, and how it came to be so."""
    if report.assumptions:
        sheet.blank()
    for assumption in report.assumptions:
        sheet.paragraph(assumption, lead=("assumed: ", marks.UNSURE))
    for result in report.results:
        _result(sheet, result, report.environment.name)


def _result(sheet: Sheet, result: Result, environment: str) -> None:
    sheet.blank()
    counted = [
        (sum(finding.verdict is verdict for finding in result.findings), word)
        for verdict, (word, _) in _WORDS.items()
    ]
    said = ", ".join(
        view.number(count, word) if word == "problem" else f"{count} {word}"
        for count, word in counted
        if count
    )
    sign = mark(sheet, result.outcome)
    head = f"{result.id} in {environment}: {result.outcome.value.upper()}"
    counts = f"  ({said})" if said else ""
    beside = sheet.fits(f"{sign[0]}{head}{counts}", 0)
    sheet.line(sign, (head, sign[1]), (counts if beside else "", marks.DIM))
    if said and not beside:
        sheet.paragraph(f"({said})", indent=2, style=marks.DIM)
    if result.reason and not any(result.reason == f.message for f in result.findings):
        sheet.paragraph(result.reason, indent=2)
    for cause in story.causes(result.findings):
        _cause(sheet, cause)


def _cause(sheet: Sheet, cause: story.Cause) -> None:
    first = cause.first
    word, style = _WORDS[first.verdict]
    sheet.blank()
    count = len(cause.findings)
    several = f", {view.number(count, 'place')}" if count > 1 else ""
    where = str(first.at) if first.at else f"({first.source or 'nowhere'})"
    if several:
        sheet.line((f"{word}{several}", style))
        places = [str(finding.at or finding.source) for finding in cause.findings]
        for place in places[:MOST_PLACES]:
            sheet.place(place, indent=2, style=marks.PLACE)
        if count > MOST_PLACES:
            sheet.line((f"  and {count - MOST_PLACES} more", marks.DIM))
    else:
        sheet.place(where, indent=0, style=marks.PLACE, lead=(f"{word:<{_LEAD}} ", style))
    sheet.paragraph(first.message, indent=2)
    _way(sheet, first, several=count > 1)
    _advice(sheet, first)


def _way(sheet: Sheet, finding: Finding, *, several: bool) -> None:
    if not finding.trace:
        return
    said = story.told(finding.trace)
    if several:
        said = f"The first of them: {said}"
    sheet.paragraph(said, indent=2, lead=("how   ", marks.DIM))


def _advice(sheet: Sheet, finding: Finding) -> None:
    if finding.waiver:
        sheet.paragraph(view.accepted(finding), indent=2, style=marks.PLACE)
    if finding.verdict is Verdict.OK:
        return
    if finding.hint:
        sheet.paragraph(finding.hint, indent=2, lead=("mend  ", marks.GOOD))
    if finding.data.get("passes_with") == []:
        sheet.paragraph(
            "no change of one or two variables that was tried makes this pass: it takes a "
            "change of the code",
            indent=2,
            lead=("if    ", marks.DIM),
        )
