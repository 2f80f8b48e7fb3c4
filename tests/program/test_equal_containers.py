"""Lists, tuples and dictionaries of classes and objects compare item by item."""

import pytest

from tests.program.conftest import Make

CLASSES = "class A: pass\nclass B: pass\na = A()\n"


@pytest.mark.parametrize(
    ("test", "db"),
    [
        ("[A] == [A]", "durable"),
        ("[A] == [B]", "volatile"),
        ("(A, 1) == (A, 1)", "durable"),
        ("[A, B] == [A]", "volatile"),
        ("{'x': A} == {'x': A}", "durable"),
        ("{'x': A} == {'y': A}", "volatile"),
        ("[A] == (A,)", "volatile"),
        ("list({'x': A}.values()) == [A]", "durable"),
        ("[a, A] == [a, A]", "durable"),
    ],
)
def test_things_in_containers_are_compared(program: Make, test: str, db: str) -> None:
    made = program(
        f"{CLASSES}Agent(db=PostgresDb(db_url='postgresql://h/d') if {test} else InMemoryDb())\n"
    )

    assert [one.db for one in made.agents()] == [db]
