"""The Markdown report: it fits a comment, and GitHub shows it as it is meant."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from readiness.model.finding import problem, undecided
from readiness.model.place import Place
from readiness.model.report import Coverage, Gap, Report
from readiness.model.trace import Step
from readiness.reports.escape import code, text
from readiness.reports.markdown import render

GITHUB_MOST = 65_536
SAMPLES = ["not_ready", "ready", "unverified", "hostile"]
TAGS = re.compile(r"</?[a-z]+[^>]*>")
OWN_TAGS = {
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<code>",
    "</code>",
    "<br>",
    "<span>",
    "</span>",
}


def parsed(markdown: str) -> list[Token]:
    """The tokens that a reader of Markdown sees, the inline ones in their places."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def plain(said: str, *, table: bool = False) -> str:
    """What a reader sees of a text that was escaped."""
    shown = text(said, 500, table=table)
    source = f"| a |\n|---|\n| {shown} |" if table else f"- {shown}"
    tokens = parsed(source)
    seen = "".join(t.content for t in tokens if t.type in {"text", "code_inline", "text_special"})
    return (seen[1:] if table else seen).replace("\u200b", "")


@pytest.mark.parametrize("name", SAMPLES)
def test_it_holds_no_html_but_its_own(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)

    html = [t.content for t in parsed(render(report)) if t.type in {"html_block", "html_inline"}]

    assert {tag for one in html for tag in TAGS.findall(one)} <= OWN_TAGS


@pytest.mark.parametrize("name", SAMPLES)
def test_it_holds_no_link_no_image_and_only_its_own_headings(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)

    tokens = parsed(render(report))

    assert not [t for t in tokens if t.type in {"link_open", "image", "fence", "code_block"}]
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert set(headings[1:]) <= {"Failed", "Could not be decided", "Waived", "Not looked at"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_the_table_has_four_cells(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    rows = [line for line in render(report).splitlines() if line.startswith("| ")]

    tokens = parsed(render(report))

    cells = sum(t.type in {"td_open", "th_open"} for t in tokens)
    assert cells == 4 * sum(t.type == "tr_open" for t in tokens)
    assert len(rows) == sum(t.type == "tr_open" for t in tokens)


@pytest.mark.parametrize("name", SAMPLES)
def test_details_are_closed_as_often_as_opened(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    written = render(report)

    assert written.count("<details>") == written.count("\n</details>\n")


@pytest.mark.parametrize("name", SAMPLES)
def test_nobody_is_called_and_nothing_is_referred_to(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)
    seen = "".join(
        token.content
        for token in parsed(render(report))
        if token.type in {"text", "text_special", "html_block"}
    )

    assert not re.search(r"@\w|(?<!&)#\d|:rocket:|\$\{", seen)
    assert all(char.isprintable() or char in "\n\xa0\u200b" for char in seen)


@pytest.mark.parametrize(
    "said",
    [
        "# READY",
        "- item",
        "+ item",
        "1. item",
        "1) item",
        "=====",
        "*bold* _it_ __b__ ~~s~~ DB_HOST",
        "a | b \\| c \\",
        "`code` and `a|b` and ``",
        "<b>&lt;</b> & &amp; <!-- x -->",
        "[link](https://evil.example) ![i](x) <https://x.example>",
        "https://evil.example www.evil.example mailto:a@b.example",
        "@team #12 GH-12 :rocket: a.py:31:5",
        "\\` \\* \\\\",
    ],
)
@pytest.mark.parametrize("table", [False, True])
def test_a_text_is_read_as_it_was_said(said: str, *, table: bool) -> None:
    expected = re.sub(r"`([^`]+)`", r"\1", said)

    assert plain(said, table=table) == expected


@pytest.mark.parametrize("said", ["a|b", "`", "``x`", "a `b` c", "x\\", " x ", "*a*", "<b>"])
def test_a_code_span_holds_exactly_its_text(said: str) -> None:
    tokens = parsed(f"| a |\n|---|\n| {code(said, 99, table=True)} |")

    assert [t.content for t in tokens if t.type == "code_inline"] == [said.strip()]


def test_rules_stand_in_the_order_of_the_checklist_under_their_groups(not_ready: Report) -> None:
    rows = re.findall(r"^\| \| \*\*(\w+)|^\| .*?`([\w-]+)`<br>", render(not_ready), re.MULTILINE)

    assert [group or rule for group, rule in rows] == [
        "Database",
        "agents-durable-db",
        "Security",
        "tls-session",
        "auth-trust",
        "ssl-required",
        "db-access-restricted",
        "Performance",
        "pool-size",
        "Environment",
        "required-env",
        "Backups",
        "backup-drill",
        "Monitoring",
        "acme-exporter",
        "monitoring",
        "mon-pgss",
    ]


def big(report: Report, results: int, findings: int, message: str) -> Report:
    """A report with very many findings of very long texts."""
    at = Place("src/" + message[:200] + ".py", 3)
    steps = tuple(Step("call", message, at) for _ in range(12))
    found = tuple(
        replace(problem(f"{number} {message}", at=at, hint=f"{number} {message}"), trace=steps)
        for number in range(findings)
    )
    first = report.results[0]
    many = tuple(
        replace(first, id=f"rule-{number}", title=message, why=message, findings=found)
        for number in range(results)
    )
    gaps = tuple(Gap(f"{number} {message}", f"{number} {message}") for number in range(500))
    return replace(
        report,
        results=many,
        assumptions=(message,) * 200,
        coverage=Coverage(1, gaps, 1, tuple(f"rule-{number}" for number in range(3000))),
    )


@pytest.mark.parametrize(
    ("results", "findings", "message"),
    [
        (3, 3, "short"),
        (40, 20, "a message of common length " * 4),
        (300, 1, "$@#1" * 500),
        (2000, 2, "x" * 5000),
    ],
)
def test_it_fits_a_comment_whatever_there_is_to_say(
    not_ready: Report, results: int, findings: int, message: str
) -> None:
    written = render(big(not_ready, results, findings, message))

    assert len(written) <= GITHUB_MOST
    assert written.startswith("## ❌ NOT READY: interview-app for production\n")
    assert "exit code 1" in written
    assert "### Not looked at" in written
    assert written.count("<details>") == written.count("\n</details>\n")


def test_a_report_that_was_shortened_says_so(not_ready: Report) -> None:
    shortened = render(big(not_ready, 40, 20, "a message of common length " * 4))

    assert "This report was shortened" in shortened
    assert re.search(r"^- and 1\d more$", shortened, re.MULTILINE)
    assert "This report was shortened" not in render(not_ready)


def test_a_report_that_cannot_fit_is_still_whole(not_ready: Report) -> None:
    written = render(not_ready, most=1)

    assert written.startswith("## ❌ NOT READY")
    assert "and 6 more rules" in written


def test_what_is_undecided_in_a_rule_that_fails_is_told_too(not_ready: Report) -> None:
    doubt = undecided("nobody can tell", at=Place("b.py", 7), hint="look there")
    result = replace(not_ready.results[0], findings=(problem("it is wrong"), doubt))

    written = render(replace(not_ready, results=(result,)))

    assert "Also undecided:\n\n- `b.py:7`: nobody can tell\n  - **To settle it:** look" in written
