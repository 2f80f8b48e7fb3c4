"""Which functions are run that nothing calls: those that lead to what builds, and no others."""

import pytest

from readiness.program import Program
from readiness.program.values import Function
from tests.program.conftest import URL, Make

AGENTS = """\
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb

def search(volatile):
    return Agent(db=InMemoryDb() if volatile else PostgresDb(db_url="postgresql://u@h/d"))

search(False)
"""
HEAD = "import os\nSTAGE = os.environ.get('STAGE')\n"
REACHING = {
    "a name": "from agents import search\n\ndef job():\n    search(True)\n",
    "another name": "from agents import search as fetch\n\ndef job():\n    fetch(True)\n",
    "a module": "import agents\n\ndef job():\n    agents.search(True)\n",
    "another name of a module": "import agents as a\n\ndef job():\n    a.search(True)\n",
    "a star": "from agents import *\n\ndef job():\n    search(True)\n",
    "an import inside": "def job():\n    from agents import search\n    search(True)\n",
    "a package": "from parts import search\n\ndef job():\n    search(True)\n",
    "a module of a package": "import parts.inner\n\ndef job():\n    parts.inner.search(True)\n",
    "a module that a package imports": "from parts import agents\n\ndef job():\n"
    "    agents.search(True)\n",
    "an attribute": "from agents import search\nclass Api: pass\napi = Api()\n"
    "api.search = search\n\ndef job():\n    api.search(True)\n",
    "an attribute of another name": "from agents import search\nclass Api: pass\napi = Api()\n"
    "api.fetch = search\n\ndef job():\n    api.fetch(True)\n",
    "a class that holds it": "from agents import search\nclass Api:\n"
    "    search = staticmethod(search)\n\ndef job():\n    Api.search(True)\n",
    "a method that hands it on": "from agents import search\nclass Api:\n    def __init__(self):\n"
    "        self.search = search\n\n    def job(self):\n        self.search(True)\n",
    "a list of modules": "import agents\nmodules = [agents]\n\ndef job():\n"
    "    for one in modules:\n        one.search(True)\n",
    "a module that is loaded by name": "import importlib\n\ndef job():\n"
    "    importlib.import_module('agents').search(True)\n",
    "a module that somebody else loads": "from loading import load\n\ndef job():\n"
    "    module = load('agents')\n    module.search(True)\n",
    "what a module makes of another's": "from lazily import search\n\n"
    "def job():\n    search(True)\n",
    "what was made around it": "from agents import search\n\ndef traced(call):\n"
    "    def inner(*given):\n        return call(*given)\n    return inner\n\n"
    "fetch = traced(search)\n\ndef job():\n    fetch(True)\n",
    "a function that calls it": "from agents import search\n\ndef run(volatile):\n"
    "    search(volatile)\n\ndef job():\n    run(True)\n",
    "a default": "from agents import search\n\ndef job(fetch=search):\n    fetch(True)\n",
    "a registry of the code": "import registry\n\ndef job():\n    registry.all.search(True)\n",
}
BESIDE = {
    "parts/__init__.py": HEAD + "from agents import search\nimport agents\n",
    "parts/inner.py": HEAD + "from agents import search\n",
    "loading.py": HEAD
    + "import importlib\n\ndef load(name):\n    return importlib.import_module(name)\n",
    "lazily.py": HEAD
    + "import agents\n\ndef __getattr__(name):\n    return getattr(agents, name)\n",
    "registry.py": HEAD + "import agents\nclass All: pass\nall = All()\n"
    "setattr(all, 'search', agents.search)\n",
}


@pytest.mark.parametrize("way", REACHING)
def test_what_comes_to_a_builder_by_any_way_is_run(program: Make, way: str) -> None:
    files = {**BESIDE, "agents.py": AGENTS, "jobs.py": HEAD + REACHING[way]}

    (site,) = program("import agents\nimport jobs\n", head=False, files=files).agents()

    assert site.db != "durable"


UNRELATED = {
    "a method": "class Tool:\n    def search(self, word):\n        return word\n\n"
    "    def job(self):\n        return self.search('word')\n",
    "a method of anything": "def job(tool):\n    return tool.search('word')\n",
    "a parameter": "def job(search):\n    return search(True)\n",
    "a name of its own": "def job(words):\n    search = words.first\n    return search(True)\n",
    "a hint": "from agents import Maker\n\ndef job(maker: Maker) -> Maker:\n    return maker\n",
    "a question": "from agents import Maker\n\ndef job(one):\n    return isinstance(one, Maker)\n",
    "a class that has the word": "class Kind:\n    search = 'search'\n    other = 'other'\n\n"
    "def job():\n    return Kind.other\n",
    "a file that is not PostgreSQL": "import sqlite3  # not sqlalchemy\n\ndef job(path):\n"
    "    return sqlite3.connect(path)\n",
    "another library": "from crewai import Agent  # not agno\n\ndef job():\n    return Agent()\n",
}
MAKING = AGENTS + "\nclass Maker:\n    def make(self):\n        return search(True)\n"


def _entered(made: Program) -> set[str]:
    """The functions that were run though nothing calls them."""
    assert made.coverage
    functions = made._evaluated.machine.records.functions
    return {one.qualified for one in functions if isinstance(one, Function) and one.entered}


@pytest.mark.parametrize("what", UNRELATED)
def test_what_only_has_the_name_of_a_builder_is_not_run(program: Make, what: str) -> None:
    files = {"agents.py": MAKING, "jobs.py": HEAD + UNRELATED[what]}

    made = program("import agents\nimport jobs\n", head=False, files=files)

    assert _entered(made) == {"Maker.make"}


def test_tools_with_methods_that_are_named_like_commands_are_not_run(program: Make) -> None:
    tool = "class Tool{n}:\n" + "".join(
        f"    def {name}(self, text):\n        return self.search(text) or self.{name}(text)\n\n"
        for name in ("search", "chat", "status", "delete")
    )
    tools = {f"tool{n}.py": HEAD + tool.replace("{n}", str(n)) for n in range(20)}
    commands = "".join(
        f"@app.command()\ndef {name}(text: str):\n    agent({name}=text)\n\n"
        for name in ("search", "chat", "status", "delete")
    )
    source = (
        "import typer\n"
        + "".join(f"import {one.removesuffix('.py')}\n" for one in tools)
        + (
            "app = typer.Typer()\n"
            "def agent(**given):\n    return Agent(db=PostgresDb(db_url=URL))\n\n"
        )
    )

    made = program(URL + source + commands, files=tools)

    assert _entered(made) <= {"agent", "search", "chat", "status", "delete"}
