"""The JSON report: the contract with scripts."""

import json
import subprocess
import sys
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from readiness.model.errors import ReadinessError
from readiness.model.finding import Finding, ok
from readiness.model.place import Place
from readiness.model.report import Coverage, Deployed, Judged, Report, Result
from readiness.model.secret import Secret
from readiness.model.trace import Step
from readiness.model.waiver import Waiver
from readiness.reports.json import read, render
from readiness.reports.own import rebuild
from readiness.reports.schema import schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
mappings = st.dictionaries(words, values, max_size=3)
positions = st.none() | st.integers(1, 10**6)
places = st.builds(Place, words, positions, positions)
waivers = st.builds(
    Waiver, words, words, words, st.dates(), st.tuples(words), st.none() | words, places
)
findings = st.builds(
    Finding,
    message=words,
    at=st.none() | places,
    hint=st.none() | words,
    trace=st.lists(
        st.builds(
            Step, st.sampled_from(["variable", "branch", "call"]), words, st.none() | places
        ),
        max_size=2,
    ).map(tuple),
    data=mappings,
    fingerprint=words,
    waiver=st.none() | waivers,
)
results = st.builds(
    Result,
    duration_ms=st.integers(0, 10**6),
    findings=st.lists(findings, max_size=2).map(tuple),
    id=words,
    title=words,
    why=words,
    fix=words,
)
reports = st.builds(
    Report,
    schema_version=st.just("1"),
    environment=st.builds(
        Deployed,
        name=words,
        traits=mappings,
        variables=st.lists(st.builds(Judged), max_size=2).map(tuple),
        database=st.none() | words,
    ),
    checklists=st.just(()),
    results=st.lists(results, max_size=2).map(tuple),
    coverage=st.builds(Coverage, st.integers(0, 9), st.just(()), st.integers(0, 9), st.just(())),
    summary=st.dictionaries(words, st.integers(0, 99), max_size=3),
    exit_code=st.sampled_from([0, 1, 3]),
)


def closed(described: Any) -> Any:
    """The schema, with every field refused that it does not name."""
    match described:
        case dict():
            inner = {key: closed(value) for key, value in described.items()}
            return inner | ({"additionalProperties": False} if "properties" in inner else {})
        case list():
            return [closed(one) for one in described]
        case _:
            return described


CLOSED = Draft202012Validator(closed(schema()))


@settings(max_examples=60, deadline=None)
@given(report=reports)
def test_a_report_comes_back_as_it_was_and_follows_the_schema(report: Report) -> None:
    text = render(report)

    CLOSED.validate(json.loads(text))
    assert read(text) == report == rebuild(text)
    assert render(read(text)) == text


@pytest.mark.parametrize("name", ["not_ready", "ready", "unverified", "hostile"])
def test_every_sample_follows_the_schema_and_comes_back(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)

    CLOSED.validate(json.loads(render(report)))
    assert read(render(report)) == report == rebuild(render(report))


def test_the_published_schema_is_current() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))

    assert published == schema()


def test_the_schema_is_a_schema_and_describes_every_field_of_a_finding() -> None:
    Draft202012Validator.check_schema(schema())
    finding = schema()["$defs"]["Finding"]

    assert set(finding["required"]) == {
        "verdict",
        "message",
        "hint",
        "location",
        "source",
        "trace",
        "data",
        "fingerprint",
        "waiver",
    }


def test_the_schema_refuses_an_outcome_that_is_none(not_ready: Report) -> None:
    data = json.loads(render(not_ready))
    wrong = deepcopy(data)
    wrong["results"][0]["outcome"] = "passed"

    assert Draft202012Validator(schema()).is_valid(data)
    assert not Draft202012Validator(schema()).is_valid(wrong)


def test_the_contract_names_its_fields(not_ready: Report) -> None:
    data = json.loads(render(not_ready))

    assert list(data) == [
        "schema_version",
        "tool",
        "generated_at",
        "project",
        "environment",
        "assumptions",
        "checklists",
        "fail_on",
        "results",
        "coverage",
        "summary",
        "gate",
        "exit_code",
    ]
    first = data["results"][0]["findings"][0]
    assert first["location"] == {
        "path": "backend/agents/planner_agent.py",
        "line": 14,
        "column": 9,
    }
    assert first["trace"][1] == {
        "path": "backend/config.py",
        "line": 22,
        "column": 8,
        "text": 'os.getenv("LEGACY_ENV", "test") == "prod" is false',
        "kind": "branch",
    }


def test_no_character_that_a_terminal_obeys_stands_in_the_text(hostile: Report) -> None:
    text = render(hostile)

    assert all(char == "\n" or char.isprintable() for char in text)
    assert text.endswith("}\n")


def test_values_that_json_cannot_hold_become_texts(not_ready: Report) -> None:
    data = {"rate": float("nan"), "on": date(2026, 11, 23), "key": Secret("hunter2"), "n": (1, 2)}
    finding = ok("seen", at=Place("caf\udce9.py"), data=data)
    result = replace(not_ready.results[0], findings=(finding,))
    report = replace(not_ready, results=(result,))

    written = json.loads(render(report))["results"][0]["findings"][0]

    assert written["data"] == {"rate": "nan", "on": "2026-11-23", "key": "****", "n": [1, 2]}
    assert written["location"]["path"] == "caf\\xe9.py"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("{", "no JSON: .* at line 1, column 2"),
        ("[]", "no schema_version"),
        ('{"version": "2.1.0"}', "no schema_version"),
        ('{"schema_version": "7"}', "schema_version '7'; this program reads '1'"),
        ('{"schema_version": "1"}', "tool: Field required; .*and 9 more"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_text_that_is_no_report_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(ReadinessError, match=said):
        read(text)


def test_a_wrong_value_is_named_by_its_place_and_not_shown(not_ready: Report) -> None:
    data = json.loads(render(not_ready))
    data["results"][2]["severity"] = "hunter2"

    with pytest.raises(ReadinessError) as refused:
        read(json.dumps(data))

    assert "results.2.severity" in refused.value.message
    assert "hunter2" not in refused.value.message


def test_a_field_of_a_later_version_is_passed_over(not_ready: Report) -> None:
    data = json.loads(render(not_ready))
    data["results"][0]["confidence"] = "high"

    assert read(json.dumps(data)) == not_ready


def test_rendering_does_not_load_pydantic() -> None:
    code = "import sys, readiness.reports.json; sys.exit('pydantic' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
