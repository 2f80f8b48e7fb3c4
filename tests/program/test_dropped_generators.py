"""Generators that nothing holds any more, and whose ends end others."""

import pytest

from tests.program.conftest import Make

TOGETHER = """
log = []
def inner(name):
    try:
        yield name
    finally:
        log.append(name)
def outer():
    one = inner("in")
    try:
        yield next(one)
    finally:
        log.append("out")
        one.close()
given = outer()
next(given)
given = None
Agent(db=PostgresDb("postgresql://h/d"))
"""


def test_generators_that_end_together_end_no_evaluation(program: Make) -> None:
    found = program(TOGETHER)

    assert [one.db for one in found.agents()] == ["durable"]
    assert not [why for why in found._evaluated.machine.gaps.values() if "failed" in why]


@pytest.mark.parametrize(
    ("error", "db"), [("ValueError", "volatile"), ("StopIteration", "durable")]
)
def test_an_error_thrown_into_a_generator_that_has_ended_is_raised(
    program: Make, error: str, db: str
) -> None:
    found = program(
        "def words():\n    yield 1\none = words()\nnext(one)\nnext(one, 0)\n"
        "db = PostgresDb(db_url='postgresql://h/d')\n"
        f"try:\n    one.throw({error}('x'))\nexcept ValueError:\n    db = InMemoryDb()\n"
        "except StopIteration:\n    pass\nAgent(db=db)\n"
    )

    assert [one.db for one in found.agents()] == [db]


STACK = """
import contextlib
import flagship
log = []
@contextlib.contextmanager
def part(name):
    try:
        yield name
    except KeyError:
        pass
    finally:
        log.append(name)
db = PostgresDb(db_url="postgresql://h/d")
try:
    with contextlib.ExitStack() as stack:
        if {on}:
            stack.enter_context(part("a"))
        raise {error}("x")
except ValueError:
    db = InMemoryDb()
Agent(db=db)
"""


@pytest.mark.parametrize(
    ("on", "error", "db"),
    [
        ("flagship.is_on()", "ValueError", {"volatile", "unknown"}),
        ("True", "ValueError", {"volatile"}),
        ("True", "KeyError", {"durable"}),
    ],
)
def test_a_manager_that_was_perhaps_entered_swallows_no_error_for_certain(
    program: Make, on: str, error: str, db: set[str]
) -> None:
    found = program(STACK.format(on=on, error=error))

    assert {one.db for one in found.agents()} <= db
