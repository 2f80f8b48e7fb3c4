"""What is undecided is told once for each place, with what settles it behind all it settles."""

from msgspec.structs import replace

from readiness.model.finding import undecided
from readiness.model.outcome import Outcome
from readiness.model.place import Place
from readiness.model.report import Report
from readiness.reports.terminal import render


def _render(report: Report, *told: tuple[str, int, str]) -> str:
    findings = tuple(undecided(text, at=Place("a.py", line), hint=hint)
                     for text, line, hint in told)  # fmt: skip
    result = replace(report.results[0], outcome=Outcome.UNKNOWN, findings=findings)
    return render(replace(report, results=(result,)), width=80, colour=False)


def test_a_place_with_several_reasons_is_told_once(not_ready: Report) -> None:
    text = _render(not_ready, ("one way", 3, "x"), ("another way", 3, "x"), ("elsewhere", 9, "x"))

    assert "    a.py:3\n      one way\n      and 1 more reason\n    a.py:9\n" in text
    assert "another way" not in text


def test_what_settles_several_is_told_behind_the_last(not_ready: Report) -> None:
    text = _render(not_ready, ("one", 3, "look"), ("two", 4, "look"), ("three", 5, "ask"))

    assert text.count("settle:  look") == 1
    assert "      two\n    settle:  look\n    a.py:5\n      three\n    settle:  ask\n" in text


def test_of_many_places_the_rest_is_counted(not_ready: Report) -> None:
    text = _render(not_ready, *((f"reason {line}", line, "look") for line in range(1, 21)))

    assert "a.py:8\n" in text
    assert "a.py:9\n" not in text
    assert "    and 12 more findings\n" in text
