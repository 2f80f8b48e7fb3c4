"""A function that takes too long shows what it builds itself, its calls not looked into."""

import pytest

from tests.program.conftest import Make

LONG = """
def slow(n):
    for i in range(2000):
        for j in range(2000):
            i + j
    return n
"""
DURABLE = "PostgresDb(db_url='postgresql://h/d')"
CASES = {
    "no db": ("Agent(name=slow(name))", "none"),
    "a volatile one": ("Agent(name=slow(name), db=InMemoryDb())", "volatile"),
    "a good one": (f"Agent(name=slow(name), db={DURABLE})", "durable"),
    "one that the call gives": ("Agent(db=slow(name))", "unknown"),
    "what the call decides": (
        f"Agent(db=held[0] if slow(name) else {DURABLE})",
        "unknown",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_it_builds_itself_is_seen(program: Make, name: str) -> None:
    built, db = CASES[name]

    made = program(f"held = [InMemoryDb()]\n{LONG}\ndef build(name):\n    return {built}\n")

    assert [one.db for one in made.agents()] == [db]


def test_that_it_was_given_up_stays_told(program: Make) -> None:
    made = program(f"{LONG}\ndef build(name):\n    return Agent(name=slow(name))\n")

    reasons = [one.reason for one in made.coverage.left_out]
    assert [one for one in reasons if "more than" in one]
    assert not [one for one in reasons if "not looked into" in one]


def test_what_it_imports_is_run_whole(program: Make) -> None:
    files = {
        "store.py": "from agno.db.postgres import PostgresDb\n"
        f"def make():\n    return {DURABLE}\ndb = make()\n"
    }
    late = "def build(name):\n    slow(name)\n    import store\n    return Agent(db=store.db)\n"

    made = program(f"{LONG}{late}", files=files, entry_points=("app.py",))

    assert [one.db for one in made.agents()] == ["durable"]


def test_what_itself_takes_too_long_is_not_known(program: Make) -> None:
    body = LONG.partition(":\n")[2].replace("return n", "return Agent(db=InMemoryDb())")

    made = program(f"def build(name):\n{body}")

    assert [one.db for one in made.agents()] == ["unknown"]


def test_what_stands_behind_a_call_that_was_given_up_is_seen(program: Make) -> None:
    inner = "def inner(name):\n    slow(name)\n    return Agent(db=InMemoryDb())\n"

    made = program(f"{LONG}{inner}def outer(name):\n    return inner(name)\nouter('a')\n")

    assert [one.db for one in made.agents()] == ["volatile"]


def test_what_stands_in_for_a_library_is_no_gap_but_who_called_it(program: Make) -> None:
    source = ("import heapq\ndef add(one):\n    for i in range(200):\n        i + one\n"
              "    return one\ndef command():\n    heapq.nlargest(2, range(90), key=add)\n"
              "    return Agent(db=None)\n")  # fmt: skip
    made = program(source)
    made.agents()

    coverage = made.coverage
    found = {one.path for one in (*coverage.left_out, *coverage.not_parsed)}
    assert found == {"app.py"}
