"""Functions of the standard library that only compute: as Python itself has them."""

import pytest

from tests.program.conftest import Make

ASKED = [
    ("difflib.get_close_matches(stage, ['production', 'staging'], 1, 0.8) == ['production']",
     "producton", "tost"),
    ("html.unescape(stage) == 'a & b'", "a &amp; b", "a &lt; b"),
    ("unicodedata.normalize('NFKC', stage) == 'prod'", "\N{FULLWIDTH LATIN SMALL LETTER P}rod",
     "\N{FULLWIDTH LATIN SMALL LETTER B}rod"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "good", "bad"), ASKED)
def test_what_is_known_is_computed(program: Make, asked: str, good: str, bad: str) -> None:
    source = f"""
import difflib, html, unicodedata
stage = os.environ["STAGE"]
Agent(db=PostgresDb("postgresql://h/d") if {asked} else InMemoryDb())
"""

    found = [program(source, {"STAGE": one}).agents()[0].db for one in (good, bad)]

    assert found == ["durable", "volatile"]
