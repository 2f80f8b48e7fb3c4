"""The signs and colours of the terminal; a colour never says what no word says."""

from readiness.model.outcome import Gate, Outcome, Severity
from readiness.reports.terminal.sheet import Sheet, Span

BOLD = "bold"
DIM = "dim"
PLACE = "cyan"
GOOD = "bold green"
BAD = "bold red"
UNSURE = "bold yellow"
ACCEPTED = "bold cyan"
BROKEN = "bold magenta"

SEVERITY = {
    Severity.CRITICAL: BAD,
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
}
GATE = {Gate.READY: GOOD, Gate.NOT_READY: BAD, Gate.UNVERIFIED: UNSURE}
_MARKS = {
    Outcome.FAIL: ("✗", "x", BAD),
    Outcome.ERROR: ("!", "!", BROKEN),
    Outcome.UNKNOWN: ("?", "?", UNSURE),
    Outcome.WAIVED: ("~", "~", ACCEPTED),
    Outcome.PASS: ("✓", "+", GOOD),
    Outcome.NOT_APPLICABLE: ("-", "-", DIM),
    Outcome.SKIPPED: ("-", "-", DIM),
}


def mark(sheet: Sheet, outcome: Outcome) -> Span:
    """The sign of an outcome, in what the sheet can show."""
    sign, plain, style = _MARKS[outcome]
    return f"{sign if sheet.unicode else plain} ", style


def heading(sheet: Sheet, title: str, style: str, count: int | None = None) -> None:
    """Open a section."""
    counted = "" if count is None else f" ({count})"
    sheet.blank()
    sheet.line((title.upper() + counted, style))
    sheet.rule(DIM)
