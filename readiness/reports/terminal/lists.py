"""What is told in a line: passes, what was set aside, and what was not looked at."""

from collections.abc import Sequence

from rich.cells import cell_len

from readiness.model.outcome import Outcome
from readiness.model.report import Report, Result
from readiness.reports import grouping, view
from readiness.reports.terminal import marks
from readiness.reports.terminal.marks import heading, mark
from readiness.reports.terminal.sheet import Sheet

MOST_GAPS = 10
MOST_REASONS = 12
WIDE = 100


def passed(sheet: Sheet, report: Report) -> None:
    """A line for each pass with what it rests on; its title where there is room."""
    results = report.of(Outcome.PASS)
    if not results:
        return
    heading(sheet, "passed", marks.GOOD, len(results))
    longest = max(cell_len(result.id) for result in results)
    column = min(longest, sheet.width // 3)
    for result in results:
        said = view.evidence(result)
        _pass(sheet, result, said if sheet.width < WIDE else f"{result.title}: {said}", column)


def _pass(sheet: Sheet, result: Result, text: str, column: int) -> None:
    sign, style = mark(sheet, result.outcome)
    if cell_len(result.id) <= column:
        sheet.paragraph(text, lead=(f"{sign}{result.id:<{column}}  ", style))
        return
    sheet.line((f"{sign}{result.id}", style))
    sheet.paragraph(text, indent=column + 4)


def set_aside(sheet: Sheet, report: Report) -> None:
    """The rules that had nothing to judge, or were left out, by their reasons."""
    for outcome in (Outcome.NOT_APPLICABLE, Outcome.SKIPPED):
        results = report.of(outcome)
        if results:
            heading(sheet, outcome.value.replace("-", " "), marks.BOLD, len(results))
        for reason, members in grouping.by_reason(results):
            names = ", ".join(result.id for result in members)
            sheet.paragraph(f"{names}: {reason}", lead=mark(sheet, outcome))


def not_looked_at(sheet: Sheet, report: Report) -> None:
    """What the verdict says nothing about."""
    gaps, left_out = grouping.gaps(report), grouping.left_out(report)
    heading(sheet, "not looked at", marks.BOLD)
    for reason, things in gaps[:MOST_REASONS]:
        sheet.paragraph(reason, lead=("- ", marks.DIM))
        _things(sheet, things)
    if rest := gaps[MOST_REASONS:]:
        reasons = view.number(len(rest), "more reason")
        places = view.number(sum(len(things) for _, things in rest), "place")
        sheet.paragraph(f"{reasons}, for {places}: the JSON report has all",
                        lead=("- ", marks.DIM))  # fmt: skip
    for sentence in left_out:
        sheet.paragraph(sentence, lead=("- ", marks.DIM))
    if not gaps and not left_out:
        sheet.line(("no file and no rule was left out", ""))
    files = view.number(report.coverage.files, "file")
    sheet.line((f"looked at: {files}", marks.DIM))


def _things(sheet: Sheet, things: Sequence[str]) -> None:
    for thing in things[:MOST_GAPS]:
        sheet.place(thing, indent=4, style=marks.PLACE)
    if len(things) > MOST_GAPS:
        sheet.line((f"    and {len(things) - MOST_GAPS} more", marks.DIM))
