"""agno 1.x: storages, memories and workflows that are classes, as agno 1.8.1 runs them."""

import pytest

from tests.program.conftest import Make

HEAD = """import os
from agno.agent import Agent
from agno.memory.v2 import Memory
from agno.memory.v2.db.postgres import PostgresMemoryDb
from agno.memory.v2.db.sqlite import SqliteMemoryDb
from agno.storage.in_memory import InMemoryStorage
from agno.storage.postgres import PostgresStorage
from agno.storage.sqlite import SqliteStorage
from agno.workflow import Workflow
from sqlalchemy import create_engine
PG = PostgresStorage("t", db_url="postgresql://app@db/app")
"""
STORAGES = [
    ('Agent(storage=SqliteStorage("t", db_file="x.db"))', "local-file"),
    ('Agent(storage=SqliteStorage("t", db_file=":memory:"))', "local-file"),
    ('Agent(storage=SqliteStorage("t", "sqlite:///x.db"))', "local-file"),
    ('Agent(storage=SqliteStorage("t"))', "volatile"),
    ('Agent(storage=SqliteStorage("t", db_engine=create_engine("sqlite:///x.db")))', "volatile"),
    ('Agent(memory=Memory(db=SqliteMemoryDb("t", db_file="x.db")))', "none"),
    ('Agent(memory=Memory(db=PostgresMemoryDb("t", db_url="postgresql://app@db/app")))', "none"),
    ('Agent(storage=PG, memory=Memory(db=SqliteMemoryDb("t", db_file="x.db")))', "durable"),
    ("Agent(memory=Memory())", "none"),
    ("Agent(storage=PG, memory=Memory())", "durable"),
    ("Agent()\nagent.storage = PG", "durable"),
    ("Agent(storage=PG)\nagent.storage = InMemoryStorage()", "volatile"),
    ("Agent(storage=PG)\nagent.storage = None", "none"),
]


@pytest.mark.parametrize(("made", "expected"), STORAGES)
def test_a_storage_is_what_1_x_makes_of_it(program: Make, made: str, expected: str) -> None:
    found = program(f"{HEAD}agent = {made}\n", head=False).agents()

    assert [one.db for one in found] == [expected]


BLOG = """
class Blog(Workflow):
    writer: Agent = Agent(name="writer")
    def __init__(self, **given):
        super().__init__(**given)
        self.editor = Agent(name="editor")
    {}
blog = Blog(storage={})
"""


@pytest.mark.parametrize(
    ("method", "storage", "expected"),
    [
        ("def run(self, topic): ...", "PG", [("none", True), ("durable", False), ("none", True)]),
        ("def run(self, topic): ...", "InMemoryStorage()",
         [("none", True), ("volatile", False), ("none", True)]),
        ("def plan(self, topic): ...", "PG",
         [("none", False), ("durable", False), ("none", False)]),
    ],
)  # fmt: skip
def test_the_agents_of_a_workflow_class_are_its_steps(
    program: Make, method: str, storage: str, expected: list[tuple[str, bool]]
) -> None:
    found = program(HEAD + BLOG.format(method, storage), head=False).agents()

    assert [(one.db, one.member) for one in found] == expected
