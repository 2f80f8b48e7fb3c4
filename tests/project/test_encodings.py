"""The bytes to look for words in: letters as Python takes them."""

import pytest

from readiness.project.encodings import plain

WIDE = str.maketrans({number: number + 0xFEE0 for number in range(0x21, 0x7F)})
"""Turns letters into the wide ones that Python takes for them."""


@pytest.mark.parametrize(
    "content",
    [
        b"password = 1",
        "größe = '密码'".encode(),
        b"\xef\xbb\xbfpassword = 1",
        b"\xc3a\xa9 is no UTF-8",
        "pw".translate(WIDE).encode() + b"\xff",
        b"# coding: latin-1\nname = '\xe9'",
    ],
)
def test_what_shows_itself_or_cannot_be_run_stays_as_it_is(content: bytes) -> None:
    assert plain(content) == content


def test_letters_that_stand_for_others_are_these() -> None:
    said = f"{'password'.translate(WIDE)} = 'größe'"

    assert plain(said.encode()) == "password = 'größe'".encode()
    assert plain(b"# coding: utf-8\n" + "PW".translate(WIDE).encode()) == b"# coding: utf-8\nPW"


def test_an_encoding_that_turns_letters_into_others_is_not_searched() -> None:
    assert plain(b"# coding: utf-7\nx = 1") is None
    assert plain("password".encode("utf-16")) is None
