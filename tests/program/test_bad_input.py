"""No input hangs or crashes the evaluation; what it cannot take in is unknown."""

import sys

import pytest

from readiness.program import Program
from readiness.project import Project
from readiness.testing import check, project
from tests.program.conftest import HEAD, Make, environment

AGENT = '\nagent = Agent(db=InMemoryDb() if x else PostgresDb(db_url="postgresql://h/d"))\n'
HOSTILE = {
    "recursion": "def f(n):\n    return f(n + 1) + f(n + 2)\nx = f(0)",
    "an endless loop": "x = 0\nwhile True:\n    x += 1",
    "a huge power": "x = 10 ** 10 ** 10",
    "a huge text": 'x = "a" * 10 ** 10',
    "a huge list": "x = [[0] * 1000] * 1000 * 1000",
    "a huge range": "x = list(range(10 ** 12))",
    "a text that doubles": 'x = "a"\nfor i in range(100):\n    x = x + x',
    "a wide format": 'x = "%1000000000d" % 1',
    "many unknown conditions": "from z import g\nx = 0\n" + "\n".join(
        f"if g({i}):\n    x += {i}" for i in range(60)),
    "undecided recursion": "from z import g\ndef f(n):\n    if n and g(n):\n"
                           "        f(n - 1)\n    return f(n - 1) if n else g(0)\nx = f(30)",
    "an attribute of itself": "class X:\n    def __getattr__(self, n):\n"
                              "        return getattr(self, n)\nx = X().a",
    "tuples of tuples": "x = (1,)\nfor i in range(60):\n    x = (x, x)\nx = {x: 1}.get(g)",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_ends_as_unknown(program: Make, name: str) -> None:
    made = program(HOSTILE[name] + AGENT)

    assert [one.db for one in made.agents()] == ["unknown"]


@pytest.mark.parametrize(
    "content",
    [b"x = " + b"(" * 10_000 + b")" * 10_000, b'print "two"', b"x = 1\0", b"x = " + b"9" * 9_000],
)
def test_a_file_that_does_not_parse_is_named(content: bytes) -> None:
    project = Project({"app.py": HEAD.encode() + content})

    made = Program(project, environment({}))

    assert [one.path for one in made.coverage.not_parsed] == ["app.py"]
    assert made.agents() == ()


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this version knows them")
def test_a_file_of_a_later_python_is_not_called_wrong() -> None:
    later = "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n"
    wrong = "try:\n    pass\nexcept ValueError, :\n    pass\n"
    files = {"later.py": HEAD + later + AGENT, "wrong.py": HEAD + wrong + AGENT}

    found = check("agents.durable-db", project(files))

    told = {finding.at.path: finding for finding in found.undecided if finding.at}
    assert "it needs Python 3.14 or newer, this is 3." in told["later.py"].message
    assert "run readiness with Python 3.14 or newer" in (told["later.py"].hint or "")
    assert "correct the file" in (told["wrong.py"].hint or "")


def test_an_empty_project_has_no_answers() -> None:
    made = Program(Project({}), environment({}))

    assert (made.agents(), made.engines(), made.reads(), made.fallbacks()) == ((), (), (), ())


def test_a_text_of_many_undecided_pieces_is_given_up(program: Make) -> None:
    choices = "\n".join(
        f'p{n} = "a{n}" if os.environ["X{n}"] == "1" else "b{n}"' for n in range(40)
    )
    pieces = "".join(f"{{p{n}}}" for n in range(40))
    source = f'{choices}\nagent = Agent(name=f"{pieces}", db=InMemoryDb())\n'

    made = program(source)

    assert [one.db for one in made.agents()] == ["volatile"]
    assert made.steps < 10_000


SLOW = "for i in range(2000):\n    for j in range(2000):\n        pass\n"


def test_what_is_given_up_for_its_length_is_not_to_be_corrected() -> None:
    body = "".join(f"    {line}\n" for line in SLOW.splitlines())
    files = {"app.py": f"import psycopg\ndef make(x):\n{body}    return psycopg\nmake('a')\n"}

    found = check("engines.ssl", project(files))

    assert [one.hint for one in found.undecided] == [
        "look at it yourself and waive this finding, or leave it out in the settings"
    ]
