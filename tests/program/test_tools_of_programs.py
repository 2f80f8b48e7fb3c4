# ruff: noqa: E501 - programs as people write them
"""Command lines, configuration files, iterators and records that decide which db an agent gets."""

import pytest

from tests.program.conftest import Make, spelled

SHAPES = {
    "yaml env file": {
        "app.py": """
import yaml
from pathlib import Path
path = Path(__file__).parent / "conf" / f"{os.environ['APP_ENV']}.yml"
cfg = yaml.safe_load(path.read_text(encoding="utf-8"))
agent = Agent(db=PostgresDb(cfg["database"]["url"]) if cfg["database"]["durable"] else InMemoryDb())
""",
        "conf/production.yml": """
@database: {durable: yes, url: postgresql+psycopg://h/d}
""",
        "conf/test.yml": """
@database:
  durable: no
""",
    },
    "ini config": {
        "app.py": """
import configparser
cp = configparser.ConfigParser()
cp.read("app.ini")
section = os.environ["APP_ENV"]
durable = cp.getboolean(section, "durable", fallback=False)
url = cp[section].get("url", "")
agent = Agent(db=PostgresDb(url) if durable and url else InMemoryDb())
""",
        "app.ini": """
@[DEFAULT]
url = postgresql+psycopg://h/d
[production]
durable = yes
[test]
durable = no
""",
    },
    "argparse default": {
        "app.py": """
import argparse
p = argparse.ArgumentParser()
p.add_argument("--db", default="memory", choices=["memory", "pg"])
p.add_argument("--durable", action="store_true")
args = p.parse_args([])
agent = Agent(db=PostgresDb(URL) if args.db == "pg" or args.durable else InMemoryDb())
""",
    },
    "argparse env default": {
        "app.py": """
import argparse
p = argparse.ArgumentParser()
p.add_argument("--db", default=os.environ.get("DB", "memory"))
args, _ = p.parse_known_args()
if __name__ == "__main__":
    agent = Agent(db=PostgresDb(URL) if args.db == "pg" else InMemoryDb())
""",
    },
    "click default": {
        "app.py": """
import click
@click.command()
@click.option("--db", default="memory", envvar="DB")
def main(db):
    agent = Agent(db=PostgresDb(URL) if db == "pg" else InMemoryDb())
main([], standalone_mode=False)
""",
    },
    "click called": {
        "app.py": """
import click
@click.command()
@click.option("--db", "kind", default="memory", envvar="DB", show_default=True)
@click.option("--fast/--slow", default=True)
def main(kind, fast):
    Agent(db=PostgresDb(URL) if kind == "pg" and fast else InMemoryDb())
if __name__ == "__main__":
    main(standalone_mode=False)
""",
    },
    "typer run": {
        "app.py": """
import typer
app = typer.Typer()
@app.command()
def main(db: str = typer.Option("memory", "--db", envvar="DB"), verbose: bool = False):
    Agent(db=PostgresDb(URL) if db == "pg" else InMemoryDb())
if __name__ == "__main__":
    app(standalone_mode=False)
""",
    },
    "set membership": {
        "app.py": """
PROD = frozenset({"production", "live"}) | {"prod"}
NONPROD = {"dev", "qa"} - {"live"}
e = os.environ["APP_ENV"]
a = Agent(db=PostgresDb(URL) if e in PROD else InMemoryDb())
b = Agent(db=InMemoryDb() if e in NONPROD else PostgresDb(URL))
c = Agent(db=PostgresDb(URL) if not {e}.isdisjoint(PROD) else InMemoryDb())
d = Agent(db=PostgresDb(URL) if {e} <= PROD else InMemoryDb())
""",
    },
    "bool ast eval": {
        "app.py": """
import ast, json
a = Agent(db=PostgresDb(URL) if ast.literal_eval(os.environ["USE_PG"]) else InMemoryDb())
b = Agent(db=PostgresDb(URL) if json.loads(os.environ["USE_PG"].lower()) else InMemoryDb())
""",
    },
    "itertools functools": {
        "app.py": """
import itertools, functools, operator
pairs = itertools.chain([("test", InMemoryDb)], [("production", lambda: PostgresDb(URL))])
table = dict(pairs)
agent = Agent(db=table[os.environ["APP_ENV"]]())
merged = functools.reduce(operator.or_, [{"k": "mem"}, {"k": "pg"} if os.environ["APP_ENV"] == "production" else {}])
b = Agent(db=PostgresDb(URL) if merged["k"] == "pg" else InMemoryDb())
first = next(itertools.dropwhile(lambda k: k != os.environ["APP_ENV"], table))
c = Agent(db=table[first]())
d = Agent(db=next(iter(sorted(table, key=lambda k: k != os.environ["APP_ENV"]))) == "production" and PostgresDb(URL) or InMemoryDb())
""",
    },
    "sys argv tests": {
        "app.py": """
import sys
db = InMemoryDb() if "pytest" in sys.modules else PostgresDb(URL)
agent = Agent(db=db)
""",
    },
    "slots namedtuple": {
        "app.py": """
from collections import namedtuple
from typing import NamedTuple
class Conf(NamedTuple):
    env: str
    durable: bool = False
c = Conf(os.environ["APP_ENV"])._replace(durable=os.environ["APP_ENV"] == "production")
env, durable = c
a = Agent(db=PostgresDb(URL) if durable else InMemoryDb())
P = namedtuple("P", "x y", defaults=[False])
b = Agent(db=PostgresDb(URL) if P(1)._replace(y=c.durable).y else InMemoryDb())
""",
    },
    "typeddict generic": {
        "app.py": """
from typing import TypedDict, Generic, TypeVar
T = TypeVar("T")
class Conf(TypedDict):
    env: str
class Box(Generic[T]):
    def __init__(self, v: T):
        self.v = v
conf = Conf(env=os.environ["APP_ENV"])
box = Box[str](conf["env"])
a = Agent(db=PostgresDb(URL) if box.v == "production" else InMemoryDb())
""",
    },
}
CASES = [
    ("yaml env file", {"APP_ENV": "production"}, "durable"),
    ("yaml env file", {"APP_ENV": "test"}, "volatile"),
    ("ini config", {"APP_ENV": "production"}, "durable"),
    ("ini config", {"APP_ENV": "test"}, "volatile"),
    ("argparse default", {"X": None}, "volatile"),
    ("argparse env default", {"DB": "pg"}, "unknown"),
    ("argparse env default", {"DB": "memory"}, "unknown"),
    ("click default", {"DB": "pg"}, "durable"),
    ("click default", {"DB": "memory"}, "volatile"),
    ("click default", {"DB": ""}, "volatile"),
    ("click called", {"DB": "pg"}, "unknown"),
    ("click called", {"DB": "memory"}, "volatile"),
    ("typer run", {"DB": "pg"}, "durable"),
    ("typer run", {"DB": "memory"}, "volatile"),
    ("typer run", {"DB": None}, "unknown"),
    ("set membership", {"APP_ENV": "live"}, "durable durable durable durable"),
    ("set membership", {"APP_ENV": "qa"}, "volatile volatile volatile volatile"),
    ("bool ast eval", {"USE_PG": "True"}, "durable durable"),
    ("bool ast eval", {"USE_PG": "False"}, "volatile volatile"),
    ("itertools functools", {"APP_ENV": "production"}, "durable durable durable durable"),
    ("itertools functools", {"APP_ENV": "test"}, "volatile volatile volatile volatile"),
    ("sys argv tests", {"X": None}, "durable"),
    ("slots namedtuple", {"APP_ENV": "production"}, "durable durable"),
    ("slots namedtuple", {"APP_ENV": "test"}, "volatile volatile"),
    ("typeddict generic", {"APP_ENV": "production"}, "durable"),
    ("typeddict generic", {"APP_ENV": "test"}, "volatile"),
]


@pytest.mark.parametrize(("shape", "variables", "expected"), CASES)
def test_a_tool_is_read_as_the_interpreter_does(
    program: Make, shape: str, variables: dict[str, str | None], expected: str
) -> None:
    made = program("", variables, head=False, files=spelled(SHAPES[shape]))

    assert " ".join(one.db for one in made.agents()) == expected
