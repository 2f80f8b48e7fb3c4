# ruff: noqa: E501 - programs as people write them
"""Data beside the code says what is built: by the path of a class, or as a file of a package."""

import pytest

from tests.program.conftest import Make

PLAIN = """
import importlib, yaml
def load(path):
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)
for one in yaml.safe_load(open("agents.yaml"))["agents"]:
    load(one["class"])(name="x", db=load(one["db"])())
"""
STORES = {"stores.py": "from agno.db.in_memory import InMemoryDb\nfrom agno.db.postgres import "
          "PostgresDb\ndurable = lambda: PostgresDb(db_url='x')\nvolatile = InMemoryDb\n"}  # fmt: skip


@pytest.mark.parametrize("db", ["durable", "volatile"])
def test_a_file_that_names_no_library_builds_what_its_data_names(program: Make, db: str) -> None:
    said = f"agents: [{{class: agno.agent.Agent, db: stores.{db}}}]\n"
    made = program(PLAIN, head=False, files={"agents.yaml": said, **STORES})

    assert [one.db for one in made.agents()] == [db]


def test_nothing_but_data_needs_to_name_the_library(program: Make) -> None:
    said = "agents: [{class: agno.agent.Agent, db: agno.db.in_memory.InMemoryDb}]\n"
    made = program(PLAIN, head=False, files={"agents.yaml": said})

    assert [one.db for one in made.agents()] == ["volatile"]


READ = [
    "from importlib.resources import files\nsaid = files('conf').joinpath('db.txt').read_text()",
    "from importlib import resources\nsaid = (resources.files('conf') / 'db.txt').read_text()",
    "import importlib.resources as r, conf\nsaid = r.files(conf).joinpath('db.txt').read_text()",
    "from importlib.resources import read_text\nsaid = read_text('conf', 'db.txt')",
    "from importlib.resources import open_text\nwith open_text('conf', 'db.txt') as f:\n    said = f.read()",
    "from importlib.resources import as_file, files\nwith as_file(files('conf') / 'db.txt') as p:\n"
    "    said = p.read_text()",
]  # fmt: skip


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize(("said", "held"), [("pg", "durable"), ("mem", "volatile")])
def test_a_package_reads_its_own_files(program: Make, read: str, said: str, held: str) -> None:
    made = program(
        f"{read}\nAgent(db=PostgresDb(db_url='x') if said == 'pg' else InMemoryDb())",
        files={"conf/__init__.py": "", "conf/db.txt": said},
    )

    assert [one.db for one in made.agents()] == [held]


CONVERTED = """
import attrs
from attrs import converters
@attrs.define
class Config:
    store: str = attrs.field(converter={converter})
Agent(db=PostgresDb(db_url='x') if Config({given}).store == {wanted} else InMemoryDb())
"""


@pytest.mark.parametrize(
    ("converter", "given", "wanted", "held"),
    [
        ("converters.pipe(str.strip, str.lower)", "' PG '", "'pg'", "durable"),
        ("converters.pipe(str.strip, str.upper)", "' PG '", "'pg'", "volatile"),
        ("converters.default_if_none('pg')", "None", "'pg'", "durable"),
        ("converters.default_if_none('pg')", "'mem'", "'pg'", "volatile"),
        ("converters.optional(str.lower)", "None", "None", "durable"),
        ("converters.to_bool", "'ON'", "True", "durable"),
        ("converters.to_bool", "'off'", "True", "volatile"),
    ],
)
def test_the_converters_of_attrs_are_known(
    program: Make, converter: str, given: str, wanted: str, held: str
) -> None:
    made = program(CONVERTED.format(converter=converter, given=given, wanted=wanted))

    assert [one.db for one in made.agents()] == [held]


GENERIC = """
from typing import Generic, TypeVar, get_args
T = TypeVar("T")
class Store(Generic[T]):
    def __init__(self):
        kind = {asked}
        self.db = kind(db_url="x") if kind is PostgresDb else kind()
class Sessions(Store[{db}]):
    pass
Agent(db=Sessions().db)
"""


@pytest.mark.parametrize(
    "asked",
    [
        "get_args(type(self).__orig_bases__[0])[0]",
        "self.__orig_bases__[0].__args__[0]",
        "get_args(__import__('types').get_original_bases(type(self))[0])[0]",
    ],
)
@pytest.mark.parametrize(("db", "held"), [("PostgresDb", "durable"), ("InMemoryDb", "volatile")])
def test_a_class_says_with_which_types_it_was_made(
    program: Make, asked: str, db: str, held: str
) -> None:
    made = program(GENERIC.format(asked=asked, db=db))

    assert [one.db for one in made.agents()] == [held]
