"""Generators that nothing holds any more, and whose ends end others."""

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
