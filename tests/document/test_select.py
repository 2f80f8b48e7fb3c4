import pytest

from readiness.document.json import parse
from readiness.document.select import nodes_at, values_at

DATA = {"a": {"b.c": [10, {"d": 20}]}, "x": None}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("x", [None]),
        ("$['a']['b.c'][*].d", [20]),
        ("$.a['b.c'][0]", [10]),
        ("$..d", [20]),
        ("a.b", []),
        ("a.b.c.d", []),
        ("y", []),
        ("x.y", []),
    ],
)
def test_values_stand_at_dotted_keys_or_at_a_jsonpath(path: str, values: list[object]) -> None:
    assert list(values_at(DATA, path)) == values


def test_the_elements_of_a_list_are_numbered() -> None:
    assert list(values_at({"a": [1, {"b": 2}]}, "a.1.b")) == [2]
    assert list(values_at({"a": [1]}, "a.1")) == []


@pytest.mark.parametrize(
    "path", ["", "a..b", "$.a[", "$[?match(@.a, 'x')]", "$[?search(@.a, 'x')]"]
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        list(values_at(DATA, path))


@pytest.mark.parametrize("data", [None, 3, '{"a": 1}', "a", [], {}])
def test_nothing_stands_below_a_scalar(data: object) -> None:
    assert list(values_at(data, "$.a")) == []
    assert list(values_at(data, "a")) == []


def test_a_node_is_found_with_its_place() -> None:
    (node,) = nodes_at(parse('{"a":\n [1,\n 2]}', "x.json"), "$.a[1]")

    assert (node.value, str(node.at)) == (2, "x.json:3")
