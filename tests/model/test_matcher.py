"""The one vocabulary of expectations."""

from typing import Any

import pytest

from readiness.model.matcher import Matcher


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("production", "production"),
        (5, "5"),
        ("5", 5),
        (True, "true"),
        (None, None),
        (["a", "b"], "b"),
        ({"equals": 3}, 3),
        ({"in": [1, 2]}, 2),
        ({"matches": "^prod"}, "production"),
        ({"min": 5}, 5),
        ({"min": 5, "max": 10}, "7"),
        ({"not": "a"}, "b"),
        ({"not": {"in": ["development", "test"]}}, "production"),
        ({"not": {"min": 5}}, 4),
    ],
)
def test_a_value_as_expected_is_accepted(expected: Any, value: Any) -> None:
    assert Matcher.parse(expected).accepts(value)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("production", "Production"),
        (True, 1),
        (1, True),
        (["a", "b"], "c"),
        ({"matches": "^prod$"}, "production"),
        ({"matches": ""}, None),
        ({"min": 5}, 4),
        ({"min": 5}, "many"),
        ({"max": 5}, None),
        ({"max": 5}, True),
        ({"min": 5, "max": 10}, 11),
        ({"not": "a"}, "a"),
        ({"equals": "a", "not": "a"}, "a"),
    ],
)
def test_another_value_is_not_accepted(expected: Any, value: Any) -> None:
    assert not Matcher.parse(expected).accepts(value)


def test_not_at_least_does_not_hold_of_a_value_that_is_no_number() -> None:
    assert not Matcher.parse({"not": {"min": 5}}).accepts("many")
    assert not Matcher.parse({"not": {"not": {"max": 5}}}).accepts("many")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"equal": 1}, "equal is no expectation; expectations are equals, in"),
        ({}, "nothing is expected"),
        ({"in": "abc"}, "`in` takes a list"),
        ({"min": "5"}, "`min` takes a number"),
        ({"max": True}, "`max` takes a number"),
        ({"matches": 5}, "`matches` takes a text"),
        ({"matches": "(?=a)"}, "is no RE2 pattern"),
        ({"not": {"mtches": "a"}}, "mtches is no expectation"),
    ],
)
def test_a_wrong_expectation_says_what_was_expected(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("`", ".")):
        Matcher.parse(wrong)


def test_a_pattern_that_would_hang_others_ends_at_once() -> None:
    matcher = Matcher.parse({"matches": "(a+)+$"})

    assert not matcher.accepts("a" * 50_000 + "!")


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({"not": {"in": ["a", "b"]}}, "not one of a, b"),
        ({"min": 5, "max": 50}, "at least 5 and at most 50"),
        ("x", "x"),
    ],
)
def test_an_expectation_reads_as_words(expected: Any, words: str) -> None:
    assert str(Matcher.parse(expected)) == words
