"""What ``**`` takes of a function that nobody here calls is not known, and may be handed on."""

import pytest

from tests.program.conftest import Make

DURABLE = "PostgresDb(db_url='postgresql://h/d')"
MAKE = "def make(**kw):\n    return Agent(**kw)\n"
CASES = {
    "the db among others": (MAKE, "unknown"),
    "the others only": (f"def make(**kw):\n    return Agent(db={DURABLE}, **kw)\n", "durable"),
    "none": ("def make():\n    return Agent()\n", "none"),
    "a method's": (
        "class Maker:\n    def make(self, **kw):\n        return Agent(**kw)\n", "unknown"),
    "called with none": (f"{MAKE}make()\n", "none"),
    "called with one": (f"{MAKE}make(db={DURABLE})\n", "durable"),
    "a default that somebody may replace": (
        MAKE.replace("return", f"kw.setdefault('db', {DURABLE})\n    return"), "unknown"),
    "one that nobody can": (
        f"def make(**kw):\n    kw['db'] = {DURABLE}\n    return Agent(**kw)\n", "durable"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_calls_it_may_give_what_it_hands_on(program: Make, name: str) -> None:
    source, db = CASES[name]

    assert [one.db for one in program(source).agents()] == [db]
