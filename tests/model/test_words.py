"""Words of messages that hang on a number."""

import pytest

from readiness import counted


@pytest.mark.parametrize(
    ("number", "noun", "plural", "words"),
    [
        (0, "file", None, "0 files"),
        (1, "file", None, "1 file"),
        (2, "standby is", "standbys are", "2 standbys are"),
    ],
)
def test_a_noun_follows_its_number(number: int, noun: str, plural: str | None, words: str) -> None:
    assert counted(number, noun, plural) == words
