"""What code may have changed that was given up is not known, and never taken as it was."""

import pytest

from readiness.program.evaluation import evaluate
from readiness.program.holders import holders
from readiness.program.interpreter.limits import Limits
from readiness.program.scope import Scope
from tests.program.conftest import HEAD, Make

GOOD = 'good = Agent(db=PostgresDb(db_url="postgresql://h/d"))\n'
HARD = {
    "steps": "for i in range(2000):\n    for j in range(2000):\n        k = i + j",
    "depth": "def deep(n):\n    return [deep(n + 1)]\ndeep(0)",
    "nesting": "from z import g\nk = g" + ".a" * 9000,
    "an error": "k = missing_name",
    "rounds": "k = 0\nwhile k < 3000:\n    k = k + 1\nif k == 2999:\n    k = 0",
}
EASY = "k = 1"


def _function(hard: str, change: str) -> str:
    lines = "\n".join(f"    {line}" for line in f"{hard}\n{change}".split("\n"))
    return f"def start():\n{lines}\n"


CHANGES = {
    "an attribute": "good.db = InMemoryDb()",
    "setattr": 'setattr(good, "db", InMemoryDb())',
    "its dictionary": 'good.__dict__["db"] = InMemoryDb()',
    "a function": "spoil(good)",
    "a method": "Spoiler().spoil(good)",
    "a lambda": "LAMBDA(good)",
}
SPOILERS = """
def spoil(agent):
    agent.db = InMemoryDb()
class Spoiler:
    def spoil(self, agent):
        agent.db = InMemoryDb()
LAMBDA = lambda agent: spoil(agent)
"""


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("hard", ["nesting", "an error"])
def test_an_object_changed_behind_code_that_was_given_up_is_unknown(
    program: Make, hard: str, change: str
) -> None:
    source = GOOD + SPOILERS + _function(HARD[hard], CHANGES[change]) + "start()\n"

    assert {one.db for one in program(source).agents()} == {"unknown"}


@pytest.mark.parametrize("hard", ["steps", "nesting", "an error", "depth", "rounds"])
def test_an_object_that_it_cannot_change_stays_known(program: Make, hard: str) -> None:
    source = GOOD + _function(HARD[hard], "print(good.db, k)") + "start()\n"

    assert {one.db for one in program(source).agents()} == {"durable"}


def test_the_same_change_behind_code_that_is_understood_is_seen(program: Make) -> None:
    source = GOOD + _function(EASY, CHANGES["an attribute"]) + "start()\n"

    assert {one.db for one in program(source).agents()} == {"volatile"}


HOLDERS = {
    "a list": ("dbs = [PostgresDb(db_url='postgresql://h/d')]\n",
               "dbs[0] = InMemoryDb()", "dbs[0]"),
    "a list that grows": ("dbs = [PostgresDb(db_url='postgresql://h/d')]\n",
                          "dbs.insert(0, InMemoryDb())", "dbs[0]"),
    "a dictionary": ("dbs = {'a': PostgresDb(db_url='postgresql://h/d')}\n",
                     "dbs['a'] = InMemoryDb()", "dbs['a']"),
    "a list, by another name": ("dbs = [PostgresDb(db_url='postgresql://h/d')]\n"
                                "def put(held):\n    held[0] = InMemoryDb()\n",
                                "put(dbs)", "dbs[0]"),
    "a global": ("db = PostgresDb(db_url='postgresql://h/d')\ndef put():\n    global db\n"
                 "    db = InMemoryDb()\n", "put()", "db"),
    "a class": ("class Config:\n    db = PostgresDb(db_url='postgresql://h/d')\n",
                "Config.db = InMemoryDb()", "Config.db"),
    "a variable": ("", "os.environ['MODE'] = 'memory'",
                   "InMemoryDb() if os.getenv('MODE') else PostgresDb(db_url='postgresql://h/d')"),
    "a variable of a file": (
        "from dotenv import load_dotenv\n", "load_dotenv('x.env')",
        "InMemoryDb() if os.getenv('MODE') else PostgresDb(db_url='postgresql://h/d')"),
    "a variable of a file, by environs": (
        "from environs import Env\nenv = Env()\n", "env.read_env('x.env')",
        "InMemoryDb() if os.getenv('MODE') else PostgresDb(db_url='postgresql://h/d')"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOLDERS)
def test_what_is_built_from_what_it_may_have_changed_is_unknown(program: Make, name: str) -> None:
    before, change, db = HOLDERS[name]
    source = before + _function(HARD["nesting"], change) + f"start()\nagent = Agent(db={db})\n"

    assert {one.db for one in program(source).agents()} == {"unknown"}


@pytest.mark.parametrize("name", [name for name in HOLDERS if name != "a variable of a file"])
def test_without_the_change_it_is_known(program: Make, name: str) -> None:
    before, _, db = HOLDERS[name]
    source = before + _function(HARD["nesting"], "pass") + f"start()\nagent = Agent(db={db})\n"

    assert {one.db for one in program(source).agents()} == {"durable"}


def test_what_a_module_assumes_when_it_is_given_up_is_not_assumed_later(program: Make) -> None:
    source = (
        "from z import g\nflag = g()\ndef f():\n    try:\n        if flag:\n"
        "            raise ValueError\n        for i in range(2000):\n"
        "            for j in range(2000):\n                pass\n"
        "    except ValueError:\n        pass\nf()\n"
        "agent = Agent(db=InMemoryDb() if flag else PostgresDb(db_url='postgresql://h/d'))\n"
    )

    assert [one.db for one in program(source).agents()] == ["unknown"]


def test_a_function_that_was_too_deep_to_call_is_entered_by_itself(program: Make) -> None:
    calls = "".join(f"def f{i}():\n    return f{i + 1}()\n" for i in range(60))
    source = f"{GOOD}{calls}def f60():\n    return Agent(db=InMemoryDb())\nf0()\n"

    assert sorted(one.db for one in program(source).agents()) == ["durable", "volatile"]


def test_an_imported_file_that_changes_an_agent_and_is_given_up_leaves_it_unknown(
    program: Make,
) -> None:
    change = "agents.good.db = InMemoryDb()"
    other = f"{HEAD}import agents\n{_function(HARD['nesting'], change)}start()\n"
    files = {"agents.py": HEAD + GOOD, "changes.py": other}

    made = program("import agents, changes\n", files=files)

    assert {one.db for one in made.agents()} == {"unknown"}


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        (HARD["steps"] + "\nagent = Agent()\n", Limits().steps),
        (_function(HARD["steps"], "return Agent()"), Limits().steps_entered),
    ],
)
def test_the_reason_tells_the_allowance_that_was_used_up(
    program: Make, code: str, allowed: int
) -> None:
    coverage = program(code).coverage

    reasons = [one.reason for one in (*coverage.left_out, *coverage.not_parsed)]
    assert [one for one in reasons if f"it takes more than {allowed} steps" in one]


LATE = (
    _function(HARD["steps"], "return Agent()")
    + """
def late():
    good.name = "changed"
    return Agent()
import web
@web.post("/latest")
def latest():
    good.db = InMemoryDb()
    return Agent()
"""
)


@pytest.mark.parametrize(
    ("total", "db", "left"), [(8_000, "unknown", 3), (6_000_000, "volatile", 0)]
)
def test_what_no_time_is_left_for_may_have_changed_what_is_known(
    program: Make, total: int, db: str, left: int
) -> None:
    made = program(GOOD + LATE)
    limits = Limits(total_steps=total)

    machine = evaluate(made.sources, made.environment, (), Scope(), limits).machine

    assert [one.db for one in holders(machine) if one.at.line == HEAD.count("\n") + 1] == [db]
    assert len([why for why in machine.gaps.values() if "the project takes" in why]) == left
