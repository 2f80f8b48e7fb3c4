"""Code whose bytes do not show its words is evaluated as Python reads it."""

from base64 import b64encode
from collections.abc import Callable

import pytest

from readiness.program import Program
from readiness.project import Project
from readiness.testing import check
from tests.program.conftest import HEAD, environment

GOOD = 'PostgresDb(db_url="postgresql://h/d?sslmode=require")'
BAD = "InMemoryDb()"
NAMES = ("agno", "Agent", "InMemoryDb", "PostgresDb")


def _utf7(source: str) -> bytes:
    def shifted(letter: str) -> str:
        return f"+{b64encode(letter.encode('utf-16-be')).decode().rstrip('=')}-"

    letters = (shifted(one) if one.isalpha() or one == "+" else one for one in source)
    return b"# coding: utf-7\n" + "".join(letters).encode()


def _escaped(source: str) -> bytes:
    letters = (f"\\x{ord(one):02x}" if one.isalpha() else one for one in source)
    return b"#!python\n# coding: unicode_escape\n" + "".join(letters).encode()


def _wide(source: str) -> str:
    """The names in letters that Python takes for the plain ones."""
    for name in NAMES:
        source = source.replace(f" {name}", " " + "".join(chr(ord(one) + 0xFEE0) for one in name))
    return source


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "utf-7": _utf7,
    "escapes": _escaped,
    "wide letters": lambda source: _wide(source).encode(),
    "wide letters in gbk": lambda source: b"# coding: gbk\n" + _wide(source).encode("gbk"),
    "wide letters in shift_jis": lambda source: (
        b"# vim: set fileencoding=shift_jis\n" + _wide(source).encode("shift_jis")),
    "an ordinal in latin-1": lambda source: (
        b"# coding: latin-1\n" + source.replace(" agno", " \xaagno").encode("latin-1")),
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("db", "outcome"), [(GOOD, "pass"), (BAD, "fail")])
def test_names_are_found_in_every_encoding(written: str, db: str, outcome: str) -> None:
    source = f"import os\n{HEAD}agent = Agent(db={db})\n"
    content = WRITTEN[written](source)
    assert b" agno" not in content

    project = Project({"app.py": content})

    assert (
        check("agents.durable-db", project, Program(project, environment({}))).outcome == outcome
    )


@pytest.mark.parametrize(
    "content",
    ["agent = 1\n".encode("utf-16"), b"# coding: rot13\nntrag = 1\n", b"# coding: own_codec\nx\n"],
)
def test_a_file_that_cannot_be_decoded_may_hold_an_agent(content: bytes) -> None:
    good = f"{HEAD}agent = Agent(db={GOOD})\n".encode()
    project = Project({"app.py": good, "other.py": content})

    judged = check("agents.durable-db", project, Program(project, environment({})))

    assert judged.outcome == "unknown"
    assert [one.at.path for one in judged.findings if one.verdict == "undecided" and one.at] == [
        "other.py"
    ]


def test_a_file_that_names_a_plain_encoding_and_no_library_is_not_evaluated() -> None:
    content = "# coding: latin-1\nname = 'größe'\n".encode("latin-1")

    assert Program(Project({"app.py": content}), environment({})).coverage.evaluated == ()
