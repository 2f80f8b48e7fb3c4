import os
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.document.dotenv import parse, references
from readiness.project import Project

NAMES = st.sampled_from(["A", "B", "LONG_NAME", "x", "PATHLIKE", "A1"])
TEXTS = st.text(
    alphabet=st.sampled_from("ab1 '\"\\#$={}:-\tnü"), max_size=12
)  # what may stand in a value
VALUES = st.one_of(
    TEXTS,
    st.builds("'{}'".format, TEXTS),
    st.builds('"{}"'.format, TEXTS),
    st.builds('"{}\n{}"'.format, TEXTS, TEXTS),
    st.builds("'{}\n\n{}'".format, TEXTS, TEXTS),
    st.builds("${{{}}}".format, NAMES),
    st.builds("${{{}:-{}}}".format, NAMES, st.sampled_from(["", "d", "d d"])),
)
LINES = st.one_of(
    st.builds("{}={}".format, NAMES, VALUES),
    st.builds("export {} = {}".format, NAMES, VALUES),
    st.builds("{}={} # comment".format, NAMES, VALUES),
    st.sampled_from(["", "# comment", "ALONE", "two words", "='x'", "  ", "'A'=1"]),
)
FILES = st.builds(
    lambda lines, end, last: end.join(lines) + (end if last else ""),
    st.lists(LINES, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


@settings(deadline=None, max_examples=300)
@given(FILES)
def test_values_are_those_of_python_dotenv(text: str) -> None:
    theirs = dict(dotenv_values(stream=TextIOWrapper(BytesIO(text.encode()), "utf-8")))

    ours = parse(text, ".env").values(dict(os.environ))

    assert ours == theirs


@settings(deadline=None, max_examples=300)
@given(FILES)
def test_every_binding_stands_on_the_line_that_is_given(text: str) -> None:
    lines = text.replace("\r\n", "\n").split("\n")

    for binding in parse(text, ".env").bindings:
        assert binding.at.line is not None
        # A name in quotes may go on over lines; it begins on its own.
        assert binding.name.partition("\n")[0] in lines[binding.at.line - 1]


MARK = "\ufeff"
# Releases of python-dotenv that keep the mark in the first name are older than this.
DROPS_THE_MARK = dotenv_values(stream=StringIO(f"{MARK}A=1")) == {"A": "1"}


@pytest.mark.skipif(not DROPS_THE_MARK, reason="not possible on this build: an old python-dotenv")
@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=FILES)
def test_a_file_with_a_byte_order_mark_is_the_same_file(tmp_path: Path, text: str) -> None:
    content = f"{MARK}{text}".encode()
    (tmp_path / ".env").write_bytes(content)

    ours = Project({".env": content}).dotenv(".env").values(dict(os.environ))

    assert ours == dict(dotenv_values(tmp_path / ".env"))


def test_the_last_of_duplicates_counts_and_all_are_kept() -> None:
    file = parse("A=1\nB=2\nA=3", ".env")

    assert file.values() == {"A": "3", "B": "2"}
    assert [one.at.line for one in file.all("A")] == [1, 3]


def test_a_line_that_is_no_binding_is_broken_and_nothing_else_is_lost() -> None:
    file = parse("A=1\ntwo words here\nB=2\n", ".env")

    assert [at.line for at in file.broken] == [2]
    assert file.values() == {"A": "1", "B": "2"}


def test_the_process_wins_over_the_file_where_it_does_not_override() -> None:
    file = parse("A=file\nB=${A}\n", ".env")

    assert file.values({"A": "process"}, override=False)["B"] == "process"
    assert file.values({"A": "process"}, override=True)["B"] == "file"


@pytest.mark.parametrize(
    ("text", "quote"), [("A='x'", "'"), ('export A = "x"', '"'), ("A=x", ""), ("A='a b' # c", "'")]
)
def test_the_quote_of_a_value_is_kept(text: str, quote: str) -> None:
    assert parse(text, ".env").bindings[0].quote == quote


def test_references_are_named() -> None:
    assert list(references("a${B}c${D:-e}$F")) == ["B", "D"]


def test_references_that_grow_without_end_stay_as_they_are_written() -> None:
    lines = ["K0=" + "z" * 1000, *(f"K{n}=" + f"${{K{n - 1}}}" * 10 for n in range(1, 10))]

    found = parse("\n".join(lines), ".env").values()

    assert found["K2"] == "z" * 100_000
    assert found["K9"] == "${K8}" * 10
