"""The terminal report: honest at every width, without colour, whatever the texts hold."""

import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from readiness.model.finding import Finding, Verdict, problem, undecided
from readiness.model.outcome import Gate, Outcome
from readiness.model.place import Place
from readiness.model.report import Coverage, Gap, Report
from readiness.model.trace import Step
from readiness.reports.terminal import render

SAMPLES = ["not_ready", "ready", "unverified", "hostile"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def with_findings(report: Report, *findings: Finding) -> Report:
    """The report with its first result alone, holding these findings."""
    return replace(report, results=(replace(report.results[0], findings=findings),))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(
    name: str, width: int, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)
    places = {str(f.at) for r in report.results for f in r.findings} | {
        gap.what for gap in report.coverage.gaps
    }
    titles = {result.id for result in report.results}

    lines = render(report, width=width, colour=False).splitlines()

    wide = [line for line in lines if cell_len(line) > width]
    assert all(any(part in line for part in places | titles) for line in wide)
    assert not wide or width < 60


@pytest.mark.parametrize("name", SAMPLES)
def test_colour_adds_nothing_but_colour(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)

    coloured = render(report, width=80, colour=True)
    plain = render(report, width=80, colour=False)

    assert coloured != plain
    assert ANSI.sub("", coloured) == plain


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_in_a_text_is_obeyed(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)

    text = render(report, width=80, colour=False)

    assert all(char == "\n" or char.isprintable() for char in text)


def test_markup_and_emoji_of_rich_are_shown_as_they_are(hostile: Report) -> None:
    text = render(hostile, width=200, colour=True)

    assert "[bold red]x[/] :rocket:" in ANSI.sub("", text)


def test_no_text_from_outside_begins_a_line_of_the_verdict(hostile: Report) -> None:
    lines = render(hostile, width=60, colour=False).splitlines()

    last = len(lines) - 1 - lines[::-1].index("━" * 60, 1)
    assert sum(line == "━" * 60 for line in lines) == 2
    assert [line for line in lines if line.startswith("  NOT READY  ")] == [
        line for line in lines[last:] if line.startswith("  NOT READY  ")
    ]
    assert not any(line.startswith(("READY", "  READY ")) for line in lines)


@pytest.mark.parametrize("name", SAMPLES)
def test_ascii_is_ascii(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)

    assert render(report, width=80, colour=False, unicode=False).isascii()


def test_the_parts_stand_in_their_order(not_ready: Report) -> None:
    text = render(not_ready, width=80, colour=False)

    parts = [
        "readiness 0.1.0",
        "ASSUMED",
        "FAILED (2)",
        "agents-durable-db  critical",
        "pool-size  medium",
        "COULD NOT BE DECIDED (4)",
        "WAIVED (1)",
        "PASSED (2)",
        "NOT APPLICABLE (1)",
        "SKIPPED (1)",
        "NOT LOOKED AT",
        "NOT READY  Do not release",
        "exit code 1",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_long_place_stays_whole(not_ready: Report) -> None:
    path = "backend/" + "a_very_long_folder_name/" * 8 + "agent.py"
    report = with_findings(not_ready, problem("it is wrong", at=Place(path, 12)))

    lines = render(report, width=60, colour=False).splitlines()

    assert f"    {path}:12" in lines


def test_a_path_with_blanks_cannot_look_like_lines_of_the_report(not_ready: Report) -> None:
    path = "a" + " " * 58 + "READY  No rule speaks against releasing" + " " * 40 + ".py"
    report = with_findings(not_ready, problem("it is wrong", at=Place(path)))

    lines = render(report, width=60, colour=False).splitlines()

    assert all(len(line) <= 60 for line in lines)
    assert not any(line.startswith("READY") for line in lines)


def test_wide_characters_count_as_two(not_ready: Report) -> None:
    report = with_findings(not_ready, problem("データベース " * 30))

    lines = render(report, width=60, colour=False).splitlines()

    assert max(map(cell_len, lines)) <= 60


def test_what_is_left_out_of_a_long_list_is_counted(not_ready: Report) -> None:
    many = [problem(f"wrong {number}", at=Place("a.py", number)) for number in range(1, 31)]
    report = with_findings(not_ready, *many)

    text = render(report, width=80, colour=False)

    assert "a.py:20\n" in text
    assert "a.py:21\n" not in text
    assert "and 10 more findings" in text


def test_a_long_trace_keeps_its_start_and_its_end(not_ready: Report) -> None:
    steps = tuple(Step("call", f"step{number}", Place("a.py", number)) for number in range(1, 11))
    report = with_findings(not_ready, replace(problem("wrong"), trace=steps))

    text = render(report, width=80, colour=False)

    shown = [n for n in range(1, 11) if f"a.py:{n}  step{n}\n" in text]
    assert shown == [1, 2, 3, 4, 7, 8, 9, 10]
    assert "and 2 more steps" in text


def test_calls_give_way_to_what_decides(not_ready: Report) -> None:
    calls = [Step("call", f"step{number}", Place("a.py", number)) for number in range(1, 11)]
    way = Step("branch", "the switch is on", Place("a.py", 5))
    report = with_findings(
        not_ready, replace(problem("wrong"), trace=(*calls[:5], way, *calls[5:]))
    )

    text = render(report, width=80, colour=False)

    assert "the switch is on" in text
    assert "and 3 more steps" in text


def test_different_mends_stand_with_their_problems(not_ready: Report) -> None:
    report = with_findings(
        not_ready,
        problem("first is wrong", hint="mend the first"),
        problem("second is wrong", hint="mend the second"),
    )

    text = render(report, width=80, colour=False)

    order = ["first is wrong", "mend the first", "second is wrong", "mend the second"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert not_ready.results[0].fix not in text


def test_a_problem_without_a_hint_shows_the_fix_of_the_rule(not_ready: Report) -> None:
    report = with_findings(not_ready, problem("it is wrong"))

    assert f"mend:  {report.results[0].fix}" in render(report, width=80, colour=False)


def test_quiet_keeps_the_failures_and_the_verdict(not_ready: Report) -> None:
    text = render(not_ready, width=80, colour=False, quiet=True)

    assert text.startswith("FAILED (2)")
    assert "exit code 1" in text
    assert "PASSED" not in text
    assert "COULD NOT BE DECIDED" not in text


def test_quiet_says_why_nothing_is_sure(unverified: Report) -> None:
    assert "COULD NOT BE DECIDED" in render(unverified, width=80, colour=False, quiet=True)


def test_a_crash_after_a_problem_is_told(not_ready: Report) -> None:
    result = replace(not_ready.results[0], reason="the checker crashed: KeyError")
    report = replace(not_ready, results=(result,))

    assert "note:  the checker crashed: KeyError" in render(report, width=80, colour=False)


def test_rules_in_doubt_for_one_reason_are_told_once(not_ready: Report) -> None:
    text = render(not_ready, width=80, colour=False)

    assert text.count("no database was named") == 1
    assert "critical  tls-session, auth-trust" in text


def test_several_doubts_of_one_rule_stand_under_one_title(not_ready: Report) -> None:
    result = replace(
        not_ready.results[0],
        outcome=Outcome.UNKNOWN,
        findings=(undecided("first doubt"), undecided("second doubt", hint="look there")),
    )
    report = replace(not_ready, results=(result,))

    text = render(report, width=80, colour=False)

    assert text.count(f"{result.id}  critical  unknown") == 1
    assert "first doubt" in text
    assert "settle:  look there" in text


def test_an_empty_report_says_that_nothing_was_judged(not_ready: Report) -> None:
    empty = replace(
        not_ready,
        results=(),
        assumptions=(),
        checklists=(),
        coverage=Coverage(),
        gate=Gate.UNVERIFIED,
        exit_code=3,
    )

    text = render(empty, width=80, colour=False)

    assert "no rule was judged" in text
    assert "exit code 3" in text


def test_many_gaps_of_one_reason_are_counted(not_ready: Report) -> None:
    gaps = tuple(Gap(f"data/{number}.py", "it does not parse") for number in range(14))
    report = replace(not_ready, coverage=Coverage(gaps=gaps))

    text = render(report, width=80, colour=False)

    assert text.count("it does not parse") == 1
    assert "and 4 more\n" in text


def test_of_many_reasons_a_few_are_told_and_the_rest_is_counted(not_ready: Report) -> None:
    gaps = tuple(Gap(f"data/{number}.py", f"reason {number}") for number in range(40))
    report = replace(not_ready, coverage=Coverage(gaps=gaps))

    text = render(report, width=80, colour=False)

    assert "- 28 more reasons, for 28 places: the JSON report has all\n" in text
    assert "reason 11\n" in text
    assert "reason 12\n" not in text


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_finding_with_an_empty_message_breaks_nothing(
    verdict: Verdict, not_ready: Report
) -> None:
    report = with_findings(not_ready, Finding(verdict, ""))

    assert render(report, width=60, colour=False).endswith("━" * 60 + "\n")


def test_what_is_undecided_in_a_rule_that_fails_is_told_too(not_ready: Report) -> None:
    report = with_findings(
        not_ready,
        problem("it is wrong", hint="mend it"),
        undecided("nobody can tell", at=Place("b.py", 7), hint="look there"),
    )

    text = render(report, width=80, colour=False)

    assert "also undecided:\n    b.py:7\n      nobody can tell\n      settle:  look there" in text
