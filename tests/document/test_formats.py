import json as library
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.document import dockerfile, dotenv, hcl, ini, json, toml, yaml
from readiness.document.node import Malformed, Node

PARSERS: list[Callable[[str, str], object]] = [
    yaml.parse, toml.parse, json.parse, ini.parse, hcl.parse, dockerfile.parse, dotenv.parse,
]  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def answer_of(parse: Callable[[str, str], object], text: str) -> object:
    try:
        return parse(text, "file")
    except Malformed as refused:
        return refused.reason


def line(node: Node | None) -> int | None:
    return node.at.line if node else None


@settings(deadline=None)
@given(JSON)
def test_json_has_the_values_of_the_standard_library(data: object) -> None:
    text = library.dumps(data, indent=2)

    assert json.parse(text, "x.json").value == library.loads(text)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', "[1,]", '{"a": 1,}', "{'a': 1}", "1 2", "nul", "[1 2]", '"\n"']
)
def test_a_text_that_is_no_json_is_malformed(text: str) -> None:
    with pytest.raises(Malformed, match="not JSON"):
        json.parse(text, "x.json")


def test_json_values_know_their_places_and_the_last_duplicate_wins() -> None:
    root = json.parse('{"a": [1,\n  {"b": 2}],\n "a": {"c": "x"}}', "x.json")

    assert root.value == {"a": {"c": "x"}}
    assert (line(root.get("a", "c")), root.get("a").key_at.column) == (3, 2)  # type: ignore[union-attr]


TOML = """\
a.b = "x"

[project]
dependencies = [ # first
  "sentry-sdk==2", # a comment, with [brackets]
  'b',
]
text = \"\"\"
[not.a.table]
\"\"\"
[tool."y z"]
inline = {k = 1, l = [1, {m = 2}]}
[[row]]
v = 1
[row.inner]
w = 2024-01-01
[[row]]
v = 2
"""


def test_toml_has_the_values_of_the_standard_library_and_their_places() -> None:
    root = toml.parse(TOML, "x.toml")

    assert root.value == tomllib.loads(TOML)
    assert line(root.get("a", "b")) == 1
    assert line(root.get("project", "dependencies", 0)) == 5
    assert line(root.get("tool", "y z", "inline", "l", 1, "m")) == 12
    assert line(root.get("row", 0, "inner", "w")) == 16
    assert line(root.get("row", 1, "v")) == 18


def test_a_wrong_toml_names_line_and_column() -> None:
    with pytest.raises(Malformed) as caught:
        toml.parse("a = 1\nb = \n", "x.toml")

    assert (caught.value.at.line, caught.value.reason) == (2, "not TOML: Invalid value")


def test_ini_options_know_their_lines() -> None:
    root = ini.parse("; c\n[a]\nX = 1\n  two\ny: 2\n\n[b]\nz\n[a]\nX = 3\n", "x.ini")

    assert root.value == {"a": {"X": "3", "y": "2"}, "b": {"z": None}}
    assert [line(root.get(*path)) for path in (("a", "X"), ("a", "y"), ("b", "z"))] == [10, 5, 8]


HCL = """\
resource "aws_db_instance" "main" {
  password = "abc${var.x}"
  days     = var.days
  list = [
    1,
    "q\\"\\n", # c
  ]
  tags = { "a" : true, b = null }
  ingress {
    port = -1
  }
  ingress {}
}
resource "aws_db_instance" "other" {}
variable "x" {}
"""


def test_hcl_blocks_are_found_by_their_labels_and_expressions_stay_texts() -> None:
    root = hcl.parse(HCL, "main.tf")
    main = root.get("resource", "aws_db_instance", "main")

    assert main is not None
    assert main.value == {
        "password": "abc${var.x}",
        "days": "${var.days}",
        "list": [1, 'q"\n'],
        "tags": {"a": True, "b": None},
        "ingress": [{"port": -1}, {}],
    }
    assert (line(main.get("list", 1)), line(main.get("ingress", 0, "port"))) == (6, 10)
    assert set(root.get("resource", "aws_db_instance").value) == {"main", "other"}  # type: ignore[union-attr]
    assert root.get("variable").value == {"x": {}}  # type: ignore[union-attr]


DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG VERSION=3
FROM python:$VERSION AS base
ENV A=1 \\
    # between
    B="x y" \\

    C=d
RUN <<EOF
ENV HIDDEN=1
EOF
FROM base
CMD ["python", \\
  "main.py"] \\
"""


def test_a_dockerfile_has_stages_with_joined_lines_and_hidden_here_documents() -> None:
    found = dockerfile.parse(DOCKERFILE, "Dockerfile")

    assert [(one.image, one.name) for one in found.stages] == [
        ("python:$VERSION", "base"), ("base", None),
    ]  # fmt: skip
    names = [one.name for one in found.stages[0].instructions]
    assert names == ["ENV", "RUN"]
    assert found.stages[0].instructions[0].place_of("C").line == 8
    assert found.stages[1].instructions[0].value.split() == ['["python",', '"main.py"]']


def test_a_dockerfile_without_from_is_malformed() -> None:
    with pytest.raises(Malformed, match="no FROM"):
        dockerfile.parse("RUN x\n", "Dockerfile")


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "- a\n- b\n", "[" * 5000, "{" * 5000, "a: " * 3000, "(" * 2000, "\x01\x02", "=",
     "a = " + "[" * 3000,
     "a = " + "[" * 400 + "]" * 400, "[a", "\ufeff", "x" * 100_000, "'", '"', "${", "ENV", "FROM",
     "x = <<EOF\n", "a = 1" + "0" * 6000],
)  # fmt: skip
def test_no_text_makes_a_parser_do_more_than_refuse(
    parse: Callable[[str, str], object], text: str
) -> None:
    assert answer_of(parse, text) is not None


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab=[]{}\"'#\n\\ $<,.:-1"), max_size=40))
def test_random_texts_are_parsed_or_refused(text: str) -> None:
    for parse in PARSERS:
        assert answer_of(parse, text) is not None


def test_an_alias_bomb_is_refused() -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )

    with pytest.raises(Malformed, match="aliases unfold"):
        yaml.parse(bomb, "x.yaml")


def test_yaml_tags_of_compose_are_kept() -> None:
    root = yaml.parse("a: !reset null\nb: !override [1]\nc: 1\n", "x.yaml")

    assert [root.get(key).tag for key in "abc"] == ["!reset", "!override", None]  # type: ignore[union-attr]


def test_no_value_shows_in_the_text_of_what_was_parsed() -> None:
    parsed = (yaml.parse("a: [hunter2]\n", "x.yaml"), dotenv.parse("A=hunter2\n", ".env"))

    assert "hunter" not in repr(parsed)
