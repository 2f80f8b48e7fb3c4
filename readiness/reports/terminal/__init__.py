"""The report for a terminal: what failed first, the verdict last and large."""

from collections.abc import Callable, Sequence

from readiness.model.outcome import Gate
from readiness.model.report import Report
from readiness.reports import view
from readiness.reports.terminal import cases, lists, marks
from readiness.reports.terminal.banner import big
from readiness.reports.terminal.sheet import Sheet


def render(
    report: Report, *, width: int, colour: bool, unicode: bool = True, quiet: bool = False
) -> str:
    """Lay the report out for a terminal of this width.

    ``unicode=False`` gives ASCII only; ``quiet`` keeps the verdict and what it rests on
    where it is not ready.
    """
    sheet = Sheet(width, unicode=unicode)
    for section in _short(report) if quiet else _whole():
        section(sheet, report)
    _verdict(sheet, report)
    return sheet.text(colour=colour)


def _whole() -> Sequence[Callable[[Sheet, Report], None]]:
    return (
        _header,
        _assumptions,
        cases.failed,
        cases.doubtful,
        cases.waived,
        lists.passed,
        lists.set_aside,
        lists.not_looked_at,
    )


def _short(report: Report) -> Sequence[Callable[[Sheet, Report], None]]:
    return (cases.failed, cases.doubtful) if report.gate is Gate.UNVERIFIED else (cases.failed,)


def _header(sheet: Sheet, report: Report) -> None:
    commit = report.project.commit
    sheet.line((f"{report.tool.name} {report.tool.version}", marks.BOLD))
    _field(sheet, "project", report.project.name + (f" at commit {commit[:12]}" if commit else ""))
    _field(sheet, "environment", report.environment.name)
    _field(sheet, "database", report.environment.database or "none was looked at")
    for used in report.checklists:
        owner = f", owner {used.owner}" if used.owner else ""
        rules = view.number(used.rules, "rule")
        _field(sheet, "checklist", f"{used.title} ({used.name}, {rules}{owner})")
    _field(sheet, "gate", f"severity {report.fail_on} and above counts, below is advice")
    _field(sheet, "judged", report.generated_at)


def _field(sheet: Sheet, name: str, text: str) -> None:
    sheet.paragraph(text, lead=(f"{name:<13}", marks.DIM))


def _assumptions(sheet: Sheet, report: Report) -> None:
    if report.assumptions:
        marks.heading(sheet, "assumed", marks.UNSURE)
    for assumption in report.assumptions:
        sheet.paragraph(assumption, lead=("! ", marks.UNSURE))


def _verdict(sheet: Sheet, report: Report) -> None:
    style = marks.GATE[report.gate]
    words = view.verdict(report)
    drawn = big(words, sheet.width - 4, unicode=sheet.unicode)
    sheet.blank()
    sheet.rule(style, heavy=True)
    for row in ("", *drawn, "") if drawn else ():
        sheet.line((f"  {row}", style))
    sheet.paragraph(view.answer(report), indent=2, lead=(f"{words}  ", style))
    dot = " ·" if sheet.unicode else ","
    counts = view.tally(report)
    sheet.paragraph([*(part + dot for part in counts[:-1]), counts[-1]], indent=2)
    sheet.line(("  ", ""), (f"exit code {report.exit_code}", marks.BOLD))
    sheet.rule(style, heavy=True)
