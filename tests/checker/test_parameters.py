from collections.abc import Iterator
from typing import Any, Literal

import pytest

from readiness import Age, Finding, Matcher, Project, Query
from readiness.checker.checker import Checker
from readiness.checker.parameters import Bound, bind, model_of


def judge(
    project: Project,
    *,
    least: int,
    word: str | None = None,
    names: list[str] | None = None,
    json: dict[str, Matcher] | None = None,
    mode: Literal["one", "all"] = "all",
    age: Age | None = None,
) -> Iterator[Finding]:
    """Demand something."""
    yield from ()


def asks(*, least: int, **_: Any) -> Iterator[Query]:
    yield Query(f"SELECT {least}")


CHECKER = Checker("a.b", judge, asks)


def wrong(given: dict[str, Any]) -> list[str]:
    found = bind(CHECKER, given)
    assert isinstance(found, list)
    return [f"{'.'.join(map(str, one.path))}: {one.found}; {one.expected}" for one in found]


def test_parameters_are_given_to_the_checker_as_it_names_them() -> None:
    bound = bind(CHECKER, {"least": 3, "json": {"a": {"max": 3}}, "age": "90d"})

    assert isinstance(bound, Bound)
    assert bound.parameters["least"] == 3
    assert bound.parameters["word"] is None
    assert bound.parameters["json"] == {"a": Matcher(most=3)}
    assert bound.parameters["age"] == Age.parse("90d")


def test_the_questions_are_made_of_the_same_parameters() -> None:
    bound = bind(CHECKER, {"least": 3})

    assert isinstance(bound, Bound)
    assert bound.questions() == (Query("SELECT 3"),)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "least: least is missing"),
        ({"least": "3"}, "least: least is the text '3'; a whole number is expected"),
        ({"least": True}, "least: least is true; a whole number is expected"),
        ({"least": 3.5}, "a whole number is expected"),
        ({"least": 3, "word": 3}, "word: word is 3; a text is expected"),
        ({"least": 3, "names": "x"}, "names: names is the text 'x'; a list is expected"),
        ({"least": 3, "names": [0]}, "a text is expected"),
        ({"least": 3, "mode": "any"}, "mode: mode is the text 'any'; one of one or all"),
        ({"least": 3, "age": "soon"}, "a number and one of m, h, d, w is expected"),
        ({"least": 3, "json": {"a": {"maximum": 3}}}, "maximum is no expectation"),
    ],
)
def test_types_are_strict_and_said_in_words(given: dict[str, Any], said: str) -> None:
    assert any(said in one for one in wrong(given)), wrong(given)


def test_an_unknown_parameter_says_the_nearest_one() -> None:
    found = bind(CHECKER, {"leest": 3, "least": 3})

    assert isinstance(found, list)
    assert (found[0].found, found[0].nearest, found[0].is_key) == (
        "unknown key leest",
        "least",
        True,
    )


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert len(wrong({"least": "x", "word": 3, "other": 1})) == 3


def test_parameters_have_a_schema_for_editors_under_their_own_names() -> None:
    schema = model_of(CHECKER).model_json_schema()

    assert set(schema["properties"]) == set(CHECKER.options)
    assert schema["required"] == ["least"]
    assert schema["additionalProperties"] is False
