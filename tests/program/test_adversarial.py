"""Code that is written to be hard: it ends, and no agent that it could change passes."""

import pytest

from readiness.program import Program
from readiness.program.interpreter.limits import Limits
from readiness.project import Project
from readiness.testing import check
from tests.program.conftest import HEAD, environment

MANY = 10_000
GOOD = f'{HEAD}good = Agent(db=PostgresDb(db_url="postgresql://h/d?sslmode=require"))\n'
G = "from z import g\n"
HARD = {
    "parentheses": "x = " + "(" * MANY + "1" + ")" * MANY,
    "lists": "x = " + "[" * MANY + "]" * MANY,
    "attributes": f"{G}x = g" + ".a" * MANY,
    "calls of calls": f"{G}x = g" + "()" * MANY,
    "sums": "x = " + " + ".join(["1"] * MANY),
    "powers": "x = " + "**".join(["2"] * MANY),
    "or": f"{G}x = " + " or ".join(f"g({n})" for n in range(2000)),
    "ternaries": f"{G}x = " + "".join(f"{n} if g({n}) else " for n in range(MANY)) + "0",
    "elif": f"{G}if g():\n    x = 0\n" + "".join(
        f"elif g({n}):\n    x = {n}\n" for n in range(MANY)),
    "cases": f"{G}match g():\n"
    + "".join(f"    case {n}:\n        x = {n}\n" for n in range(2000)),
    "comparisons": f"{G}x = " + " < ".join(f"g({n})" for n in range(3000)),
    "negations": "x = " + "not " * MANY + "1",
    "lambdas": "x = " + "lambda: " * MANY + "1",
    "fields": 'import os\nx = f"' + "{os.getenv('A')}" * 2000 + '"',
    "statements": "x = 1\n" * 100_000,
    "numbers": "x = [" + ",".join(["1"] * 400_000) + "]",
    "a huge number": "x = 0x" + "f" * 500_000 + "\nx = x * x * x",
    "a huge text": 'x = "' + "a" * 900_000 + '"\nx = [x.upper() + str(n) for n in range(2000)]',
    "parameters": "def f("
    + ",".join(f"a{n}=1" for n in range(MANY))
    + "):\n    return a1\nx = f()",
    "decorators": f"{G}" + "@g\n" * 5000 + "def f():\n    return 1\nx = f()",
    "a large set": "x = {(n, n) for n in range(1990)}",
    "objects that equal": "class A:\n    def __eq__(self, o):\n        return True\n"
                          "    def __hash__(self):\n        return 1\n"
                          "x = {A() for n in range(2000)}",
    "ranges": "x = [list(range(10000)) for n in range(1999)]",
    "loops in loops": "".join(" " * n + f"for i{n} in range(10):\n" for n in range(18))
                      + " " * 18 + "x = 1",
    "a list of itself": "x = []\nx.append(x)\ny = str(x)\nz = x == x",
    "a metaclass": "class M(type):\n    def __call__(c, *a):\n        return c(*a)\n"
                   "class A(metaclass=M):\n    pass\nx = A()",
    "exec": 'exec("x = 1")',
    "eval": 'x = eval("x + 1" * 1000)',
    "a class of itself": "class A:\n    pass\nA.__class__ = A\nA.a = A\nx = A" + ".a" * MANY,
    "types": 'T = object\nfor n in range(1900):\n    T = type("A", (T,), {})\nx = T()',
}  # fmt: skip


def _judged(files: dict[str, str]) -> str:
    project = Project({path: source.encode() for path, source in files.items()})
    made = Program(project, environment({}))
    outcome = check("agents.durable-db", project, made).outcome
    assert made.steps <= Limits().total_steps
    return str(outcome)


@pytest.mark.parametrize("name", HARD)
def test_an_agent_that_hangs_on_it_never_passes(name: str) -> None:
    source = f"{HEAD}{HARD[name]}\nagent = Agent(db=InMemoryDb() if x else g)\n"

    assert _judged({"app.py": source}) in {"fail", "unknown"}


@pytest.mark.parametrize("name", HARD)
def test_an_agent_of_another_module_that_it_changes_never_passes(name: str) -> None:
    lines = "\n".join(f"    {line}" for line in HARD[name].split("\n"))
    changing = f"{HEAD}from app import good\ndef f():\n{lines}\n    good.db = InMemoryDb()\nf()\n"

    assert _judged({"app.py": GOOD, "other.py": changing}) in {"fail", "unknown"}


def test_the_agent_passes_beside_code_that_is_not_hard() -> None:
    easy = f"{HEAD}from app import good\ndef f():\n    x = 1\nf()\n"

    assert _judged({"app.py": GOOD, "other.py": easy}) == "pass"
