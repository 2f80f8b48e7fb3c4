"""Functions that nothing here calls: what they connect to is judged all the same."""

import pytest

from readiness.program.models.libraries import asyncpg, pg8000, psycopg, sqlalchemy
from tests.program.conftest import Make

ADDRESS = "'postgresql://u@h/d'"
CALLS = {
    **{name: f"{name}({ADDRESS})" for name, cls in psycopg.TABLE.classes.items() if cls.recorded},
    **{
        name: f"{name}({{'sqlalchemy.url': {ADDRESS}}})"
        for name in sorted(sqlalchemy.TABLE.connects)
    },
    **{name: f"{name}({ADDRESS})" for name in asyncpg.TABLE.functions},
    **{name: f"{name}('u', host='h')" for name in pg8000.TABLE.functions},
    "sqlalchemy.create_engine": f"sqlalchemy.create_engine({ADDRESS})",
    "psycopg.connect": f"psycopg.connect({ADDRESS})",
    "peewee.PostgresqlDatabase": "peewee.PostgresqlDatabase('d', host='h')",
    "databases.Database": f"databases.Database({ADDRESS})",
}


@pytest.mark.parametrize("name", CALLS)
def test_what_it_connects_to_is_an_engine(program: Make, name: str) -> None:
    module = name.rpartition(".")[0]
    while module.rpartition(".")[2][:1].isupper():
        module = module.rpartition(".")[0]
    source = f"import {module}\n\ndef nobody_calls_this():\n    return {CALLS[name]}\n"

    (engine,) = program(source, head=False).engines()

    assert str(engine.at) == "app.py:4"


@pytest.mark.parametrize(
    ("held", "db"),
    [
        ("Box(lambda: Agent(db=Held.db))", "durable"),
        ("lambda self: Agent(db=self.db)", "durable"),
        ("property(lambda self: Agent(db=self.db))", "durable"),
        ("Box(lambda one: Agent(db=one.db))", "unknown"),
    ],
)
def test_a_lambda_of_a_class_gets_an_object_only_where_it_is_a_method(
    program: Make, held: str, db: str
) -> None:
    made = program(
        "class Box:\n    def __init__(self, make):\n        self.make = make\n"
        "class Held:\n    db = PostgresDb(db_url='postgresql://h/d')\n"
        f"    build = {held}\n"
    )

    assert made._evaluated.machine.gaps == {}
    assert [one.db for one in made.agents()] == [db]


def test_what_follows_a_method_that_takes_too_long_is_judged(program: Make) -> None:
    made = program(
        "from flask import Flask\n"
        "class Held:\n    db = PostgresDb(db_url='postgresql://h/d')\n"
        "    def long(self):\n        Agent(db=self.db)\n        for a in range(1000):\n"
        "            self.x = [str(b) for b in range(1000)]\n"
        "    def short(self, given: Flask):\n        return Agent(db=self.db)\n"
        "held = Held()\napp = Flask(__name__)\n"
        "app.add_url_rule('/a', view_func=held.long)\n"
        "app.add_url_rule('/b', view_func=held.short)\n"
    )

    assert [one.db for one in made.agents()] == ["durable", "durable"]
    assert [one.reason for one in made.coverage.left_out] == ["it takes more than 12000 steps"]
