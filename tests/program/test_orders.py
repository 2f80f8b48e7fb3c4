"""What functions make of items in an order that nobody knows: of a set, of keys put in late."""

import pytest

from tests.program.conftest import Make

HELD = """import os
held = {}
if os.environ["MODE"] == "test":
    held["b"] = 1
held["a"] = 2
held["b"] = 3
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("sorted(held)", ["a", "b"]),
        ("sorted(held.items(), reverse=True)", [("b", 3), ("a", 2)]),
        ("max(held)", "b"),
        ("min(held.values())", 2),
        ("max(held, key=held.get)", "b"),
        ("sum(held.values())", 5),
        ("sorted(set(held))", ["a", "b"]),
        ("any(held.values())", True),
        ("list(held)[0]", None),
        ("next(iter(held))", None),
        ("sorted(held, key=lambda key: 1)", None),
        ("max(held, key=lambda key: 1)", None),
        ("sorted({'bb', 'a'}, key=len)", ["a", "bb"]),
        ("sorted({'bb', 'aa'}, key=len)", None),
        ("min({'bb', 'aa', 'c'}, key=len)", "c"),
        ("max({'bb', 'aa', 'c'}, key=len)", None),
        ("max(['bb', 'aa', 'c'], key=len)", "bb"),
    ],
)
def test_an_order_that_nobody_knows_counts_only_where_it_is_asked_for(
    program: Make, expression: str, expected: object
) -> None:
    made = program(f"{HELD}made = {expression}\n", injected=("MODE",))
    found = made.plain(made.value("app:made"))

    assert (found if isinstance(found, str | int | list) else None) == expected
