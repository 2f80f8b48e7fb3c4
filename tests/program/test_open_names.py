"""A name of another library may stand for any text or switch; a class or function does not."""

import pytest

from tests.program.conftest import HEAD, Make

TESTS = [
    ("settings.ENV == 'production'", "unknown"),
    ("settings.env in ('production', 'live')", "unknown"),
    ("settings['ENV'] == 'production'", "unknown"),
    ("settings.DEBUG", "unknown"),
    ("not settings.debug", "unknown"),
    ("settings.DATABASE is None", "unknown"),
    ("{'production': True}.get(settings.ENV, False)", "unknown"),
    ("isinstance(settings.ENV, str)", "unknown"),
    ("settings.ENV == settings.LIVE", "unknown"),
    ("settings.ENV == settings.ENV", "durable"),
    ("Engine is not None", "durable"),
    ("make is not None", "durable"),
    ("Engine == Other", "volatile"),
    ("Engine", "durable"),
]


@pytest.mark.parametrize(("test", "db"), TESTS)
def test_what_a_library_holds_is_not_guessed(program: Make, test: str, db: str) -> None:
    made = program(
        "from somelib import settings, make, Engine, Other\n"
        f"Agent(db=PostgresDb(db_url='postgresql://h/d') if {test} else InMemoryDb())\n"
    )

    assert [one.db for one in made.agents()] == [db]


def test_the_same_question_has_the_same_answer(program: Make) -> None:
    made = program(
        "from somelib import settings\n"
        "db = InMemoryDb()\n"
        "if settings.LIVE:\n    db = PostgresDb(db_url='postgresql://h/d')\n"
        "if settings.LIVE:\n    Agent(db=db)\n"
    )

    assert [one.db for one in made.agents()] == ["durable"]


WRAPPERS = """
def same(build):
    return build


def memory(build):
    def built():
        agent = build()
        agent.db = InMemoryDb()
        return agent
    return built
"""
WRAPPED = """
import wrappers

chosen = getattr(wrappers, {name})


@chosen
def build():
    return Agent(db=PostgresDb("postgresql://h/d"))


build()
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("input()", "unknown"),
        ("'memory'", "volatile"),
        ("'same'", "durable"),
        ("'sa' + 'me'", "durable"),
        ("f'not_{input()}'", "durable"),
    ],
)
def test_a_name_that_is_typed_may_take_any_function_of_a_module(
    program: Make, name: str, expected: str
) -> None:
    files = {"wrappers.py": HEAD + WRAPPERS}

    made = program(WRAPPED.format(name=name), files=files)

    assert [one.db for one in made.agents()] == [expected]


HANDLER = """
from fastapi import FastAPI

app = FastAPI()


{}
def ask(kind: str):
    return Agent(db=InMemoryDb() if kind == "dev" else PostgresDb("postgresql://h/d"))


ask("prod")
"""


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [("@app.get('/')", "volatile"), ("@app.post('/')", "volatile"), ("", "durable")],
)
def test_a_handler_that_the_code_calls_too_is_asked_with_anything(
    program: Make, decorator: str, expected: str
) -> None:
    found = {one.db for one in program(HANDLER.format(decorator)).agents()}

    assert found == {expected}


@pytest.mark.parametrize(
    ("update", "expected"), [("some.found()", "unknown"), ("{'other': 1}", "volatile")]
)
def test_a_module_that_takes_names_nobody_knows_may_have_any(
    program: Make, update: str, expected: str
) -> None:
    files = {"held/__init__.py": f"import some\nglobals().update({update})\n"}
    code = (
        "try:\n    from held import db\nexcept ImportError:\n    db = InMemoryDb()\nAgent(db=db)\n"
    )

    assert [one.db for one in program(code, files=files).agents()] == [expected]
