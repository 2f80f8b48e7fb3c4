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


@pytest.mark.parametrize(
    ("test", "db"),
    [
        ("one is one", "durable"),
        ("one is other", "unknown"),
        ("() is ()", "durable"),
        ("one is (1, 2)", "volatile"),
        ("one is (1, 1, 1)", "volatile"),
        ("either is one", "unknown"),
        ("either is either", "durable"),
        ("both is both", "durable"),
        ("both[0] is one", "unknown"),
        ("7 is int('7')", "durable"),
        ("7000 is int('7000')", "unknown"),
        ("7000 is int('7001')", "volatile"),
    ],
)
def test_equal_tuples_and_large_numbers_may_be_one_object(
    program: Make, test: str, db: str
) -> None:
    made = program(
        "import flagship\none, other = (1, 1), (1, 1)\non = flagship.is_on()\n"
        "either = one if on else other\nboth = (one, 2) if on else (other, 2)\n"
        f"Agent(db=PostgresDb(db_url='postgresql://h/d') if {test} else InMemoryDb())\n"
    )

    assert [one.db for one in made.agents()] == [db]
