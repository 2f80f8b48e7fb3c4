"""The report as Markdown that fits a comment on a pull request."""

from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from msgspec import Struct

from readiness.model.outcome import Gate, Outcome
from readiness.model.report import Report
from readiness.reports import grouping, view
from readiness.reports.escape import Markup, code, tag, text

MOST = 65_000
"""GitHub refuses a comment of more than 65,536 characters."""

SIGNS = {
    Outcome.PASS: "✅",
    Outcome.FAIL: "❌",
    Outcome.UNKNOWN: "❓",
    Outcome.ERROR: "⚠️",
    Outcome.WAIVED: "☑️",
    Outcome.NOT_APPLICABLE: "\N{HEAVY MINUS SIGN}",
    Outcome.SKIPPED: "⏭️",
    Gate.READY: "✅",
    Gate.NOT_READY: "❌",
    Gate.UNVERIFIED: "⚠️",
}


class Limits(Struct, frozen=True):
    """How much of each kind is told."""

    rows: int
    cases: int
    findings: int
    steps: int
    things: int
    characters: int


_LIMITS = (
    Limits(rows=1000, cases=1000, findings=50, steps=12, things=50, characters=1000),
    Limits(rows=1000, cases=1000, findings=10, steps=6, things=20, characters=400),
    Limits(rows=1000, cases=1000, findings=3, steps=3, things=10, characters=200),
    Limits(rows=200, cases=20, findings=2, steps=0, things=5, characters=120),
    Limits(rows=20, cases=5, findings=1, steps=0, things=5, characters=60),
    Limits(rows=5, cases=0, findings=0, steps=0, things=1, characters=40),
)


def render(report: Report, *, most: int = MOST) -> str:
    """Give the report as Markdown of at most so many characters.

    A report that is too long tells less of each thing, and says so; it is never cut
    in the middle.
    """
    written = ""
    for limits in _LIMITS:
        written = _written(report, limits, shortened=limits is not _LIMITS[0])
        if len(written) <= most:
            break
    return written


def _written(report: Report, limits: Limits, *, shortened: bool) -> str:
    written = _template(limits).render(
        report=report,
        limits=limits,
        shortened=shortened,
        view=view,
        grouping=grouping,
        signs={key: Markup(sign) for key, sign in SIGNS.items()},
        failed=report.of(Outcome.FAIL),
        doubts=grouping.doubts(report.of(Outcome.UNKNOWN, Outcome.ERROR)),
        waived=report.of(Outcome.WAIVED),
    )
    return written.strip() + "\n"


@cache
def _template(limits: Limits) -> Template:
    """Compile the template; what it shows is escaped unless a filter did it already."""
    environment = Environment(
        undefined=StrictUndefined,
        finalize=partial(_shown, limit=limits.characters),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it writes Markdown; `finalize` escapes for it
    )
    filters: dict[str, Callable[..., Any]] = {"code": code, "tag": tag}
    for name, write in filters.items():
        environment.filters[name] = partial(write, limit=limits.characters)
    environment.filters["markdown"] = Markup
    environment.filters["cell"] = partial(text, limit=min(limits.characters, 240), table=True)
    environment.filters["cell_code"] = partial(code, limit=limits.characters, table=True)
    source = files("readiness.reports").joinpath("markdown.md.j2")
    return environment.from_string(source.read_text(encoding="utf-8"))


def _shown(value: object, limit: int) -> object:
    return value if isinstance(value, Markup | int) else text(str(value), limit)
