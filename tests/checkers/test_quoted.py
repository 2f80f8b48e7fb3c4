"""Texts that are kept as places in a file, and literals that are kept as numbers."""

import ast
import json

import pytest

from readiness.checkers.literal import Around
from readiness.checkers.literal_notes import count_in, noted, told_by
from readiness.checkers.literal_reader import Reader
from readiness.checkers.quoted import places_of, quoted

CODE = """
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_")
    API_KEY: str = "sk-live-0123456789abcdef0123456789abcdef"
    password = "wörd\\nof" "several" if debug else f"{first}:{second}@{third}"

DATABASES = {"default": {"PASSWORD": os.getenv("DB_PASSWORD", "n3v3r-t0ld")}}
connect("postgresql://me:" + word + "@db/app")
quiet = "nothing"
"""


def read(code: str) -> Reader:
    reader = Reader("app.py")
    reader.below(ast.parse(code), Around())
    return reader


@pytest.mark.parametrize("text", ["", "abc", "cab", "a\0b", "\0", "\0\0c", "a" * 50, "\xfc"])
def test_a_text_whose_letters_are_in_the_file_is_quoted_from_it(text: str) -> None:
    content = "x = 'abc\xfc'".encode()

    places = places_of(text, content)

    assert places is not None
    assert quoted(places, content) == text


@pytest.mark.parametrize("text", ["z", "abz", "\ud800", "a" * 1000])
def test_a_text_that_the_file_does_not_have_is_not_told(text: str) -> None:
    assert places_of(text, b"x = 'abc'") is None


def test_literals_come_back_from_numbers_as_they_were() -> None:
    reader = read(CODE)
    note = json.loads(json.dumps(noted(reader.count, reader.found, CODE.encode())))

    assert len(reader.found) == 5
    assert {one.how for one in reader.found} == {"default", "argument"}
    assert count_in(note) == reader.count > len(reader.found)
    assert told_by(note, "app.py", CODE.encode()) == reader.found


def test_what_is_noted_has_no_text() -> None:
    reader = read(CODE)

    assert not any(one.isalpha() for one in json.dumps(noted(reader.count, reader.found,
                                                             CODE.encode()))
                   .replace("null", ""))  # fmt: skip


def test_numbers_tell_nothing_of_another_content() -> None:
    reader = read(CODE)
    note = noted(reader.count, reader.found, CODE.encode())

    assert told_by(note, "app.py", CODE.replace("n3v3r", "n0v0r").encode()) is None


def test_a_literal_that_the_file_does_not_spell_is_not_told() -> None:
    code = "password = '\\x6e3v3r-\\x74\\x7ald'"
    reader = read(code)
    note = noted(reader.count, reader.found, code.encode())

    assert reader.found
    assert count_in(note) == 1
    assert told_by(note, "app.py", code.encode()) is None


def test_a_file_without_any_that_matters_is_a_number() -> None:
    assert noted(3, [], b"") == 3
    assert told_by(3, "app.py", b"") == []
