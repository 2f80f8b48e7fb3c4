"""Code that was given up: what it would have built is not known, and is named."""

import pytest

from tests.program.conftest import Make

ENDLESS = """
def build():
    {}
    {}
    return {}
"""
AGENT = ("from agno.agent import Agent as A", "A(db=None)")
ENGINE = ("import sqlalchemy", 'sqlalchemy.create_engine("postgresql://app@db/app")')


@pytest.mark.parametrize(
    ("cause", "db"),
    [("[a + b for a in range(1000) for b in range(1000)]", "unknown"), ("pass", "none")],
)
def test_an_agent_in_a_function_that_was_given_up_is_unknown(
    program: Make, cause: str, db: str
) -> None:
    made = program(ENDLESS.format(AGENT[0], cause, AGENT[1]))

    assert [(one.db, one.at.line) for one in made.agents()] == [(db, 9)]


@pytest.mark.parametrize(
    ("cause", "mode"),
    [("[a + b for a in range(1000) for b in range(1000)]", None), ("pass", "prefer")],
)
def test_an_engine_in_a_function_that_was_given_up_is_unknown(
    program: Make, cause: str, mode: str | None
) -> None:
    made = program(ENDLESS.format(ENGINE[0], cause, ENGINE[1]))

    assert [(one.sslmode, one.at.line) for one in made.engines()] == [(mode, 9)]


CONTEXT = """
from contextvars import ContextVar
current = ContextVar("current")
{}
def build():
    return Agent(name=current.get(), db=InMemoryDb())
{}
"""


@pytest.mark.parametrize(
    ("set_first", "call", "db"),
    [("pass", "", "volatile"), ('current.set("a")', "agent = build()", "volatile")],
)
def test_who_would_call_a_function_would_have_set_its_context(
    program: Make, set_first: str, call: str, db: str
) -> None:
    assert [one.db for one in program(CONTEXT.format(set_first, call)).agents()] == [db]
