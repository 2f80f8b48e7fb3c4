"""Code that is written to be hard: it ends, and no agent that it could change passes."""

import time

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

MANY_TIMES = {
    "a set of a list": "x = set(list(range(9999)))",
    "a set of texts": "x = {str(n) for n in range(1900)} & {str(n) for n in range(900, 1990)}",
    "members": "x = list(range(9999))\ny = [n in x for n in x]",
    "places": "x = list(range(9999))\ny = [x.index(n) for n in x]",
    "counts": "x = list(range(9999))\ny = [x.count(n) for n in x]",
    "a sum of tuples": "x = sum([(1,) * 1000] * 1900, ())",
    "managers": f"{G}with " + ", ".join(f"g({n}) as x{n}" for n in range(5000)) + ":\n    x = 1",
    "fields": 'import os\nx = f"' + "{os.getenv('A')}" * MANY + '"',
}
GROWING = {
    "a set of unknown texts": "import os\nx = {os.environ['A'] + str(n) for n in range(1900)}",
    "a power of a huge number": "x = pow(7, 1 << 19000, (1 << 19000) + 1)",
    "a rounding": "x = round(10**5000, -(10**9))",
    "a template": "import string\nx = string.Template('$a' * 10000).substitute(a='b' * 100000)",
    "replaced matches": "import re\nx = re.sub('a', 'b' * 100000, 'a' * 30000)",
    "equal trees": "x, y = [1], [1]\nfor i in range(40):\n    x, y = [x, x], [y, y]\nz = x == y",
    "managers in managers": f"{G}" + "".join(
        " " * n + f"with g({n}) as x:\n" for n in range(80)) + " " * 80 + "x = 1",
    "ways out": f"{G}def f():\n" + "".join(
        f"    if g({n}):\n        return {n}\n" for n in range(3000)) + "    return 1\nx = f()",
    "calls in a try": f"{G}try:\n" + "".join(
        f"    x = g({n})\n" for n in range(3000)) + "except ValueError:\n    x = 2",
    "diamonds of classes": "class A0: pass\nclass B0: pass\n" + "".join(
        f"class A{n}(A{n - 1}, B{n - 1}): pass\nclass B{n}(A{n - 1}, B{n - 1}): pass\n"
        for n in range(1, 300)) + "x = A299()",
    "a chain of classes": "class A0: pass\n" + "".join(
        f"class A{n}(A{n - 1}): pass\n" for n in range(1, 2500)) + "x = A2499()",
    "an enumeration": "import enum\nx = enum.Enum('E', [f'a{i}' for i in range(1990)])",
    "fields of a class": "import dataclasses\n@dataclasses.dataclass\nclass A:\n" + "".join(
        f"    a{n}: int = {n}\n" for n in range(3000)) + "x = A()\ny = repr(x)",
    "names by globals()": "for i in range(1990):\n    globals()[f'v{i}'] = i\nx = v1989",
}  # fmt: skip
ALL_OF_IT = {
    "equal objects": "import dataclasses\n@dataclasses.dataclass\nclass A:\n"
                     "    n: object = None\n    m: object = None\nx, y = A(), A()\n"
                     "for i in range(40):\n    x, y = A(x, x), A(y, y)\nz = x == y",
    "merged dictionaries": "d = {i: i for i in range(1990)}\n"
                           "for i in range(1990):\n    d = {**d, 'a': i}",
    "interpolation": "import configparser\np = configparser.ConfigParser()\n"
                     "p.read_dict({'a': {'k0': 'z' * 1000, **{"
                     "f'k{i}': f'%(k{i - 1})s' * 10 for i in range(1, 10)}}})\n"
                     "x = p.get('a', 'k9')",
    **{
        name: f"{imports}\nt = {given}\nfor i in range(1990):\n    x = {code}"
        for name, imports, given, code in (
            ("numbers as JSON", "import json", "list(range(9000))", "json.dumps(t)"),
            ("JSON as numbers", "import json", "'[' + '1,' * 100000 + '1]'", "json.loads(t)"),
            ("literals", "import ast", "'[' + '1,' * 100000 + '1]'", "ast.literal_eval(t)"),
            ("indents", "import textwrap", "' a\\n' * 200000", "textwrap.dedent(t)"),
            ("quoted words", "import shlex", "'a ' * 200000", "shlex.split(t)"),
            ("found letters", "import re", "'ab' * 14000", "re.findall('a', t)"),
            ("words", "", "'a ' * 90000", "t.split()"),
            ("counters", "from collections import Counter", "list(range(9000))", "Counter(t)"),
            ("digests", "import hashlib", "b'a' * 900000", "hashlib.md5(t).hexdigest()"),
        )
    },
}  # fmt: skip
HARD |= MANY_TIMES | GROWING | ALL_OF_IT
SECONDS = 5.0
"""Of computing, on a machine that has other work; what is not bounded takes far longer."""


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


@pytest.mark.parametrize("name", MANY_TIMES)
def test_what_goes_through_much_many_times_ends_soon(name: str) -> None:
    began = time.thread_time()

    assert _judged({"app.py": f"{HEAD}agent = Agent(db=InMemoryDb())\n{MANY_TIMES[name]}\n"})

    assert time.thread_time() - began < SECONDS


@pytest.mark.parametrize(("code", "expected"), [
    ("len(set([1, True, 1.0, '1', b'1', None, '1', None]))", 4),
    ("sorted(set(['b', 'a', 'b']) & {'b', 'c'})", ["b"]),
    ("[1, '1', True].index(True)", 0),
    ("[1, '1', True, 1.0].count(1)", 3),
    ("'1' in [1, None, b'1']", False),
    ("0 in [None, '', False]", True),
])  # fmt: skip
def test_numbers_and_texts_are_equal_as_in_python(code: str, expected: object) -> None:
    assert eval(code) == expected
    source = f"{HEAD}agent = Agent(db=InMemoryDb() if ({code}) != {expected!r} else PostgresDb(U))"

    assert _judged({"app.py": f'U = "postgresql://h/d?sslmode=require"\n{source}\n'}) == "pass"


def test_the_agent_passes_beside_code_that_is_not_hard() -> None:
    easy = f"{HEAD}from app import good\ndef f():\n    x = 1\nf()\n"

    assert _judged({"app.py": GOOD, "other.py": easy}) == "pass"
