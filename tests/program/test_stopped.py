"""A project that takes more than is allowed: the rest is not run, but named, and unknown."""

import pytest

from readiness.program.answers import Holder
from readiness.program.evaluation import Evaluated, evaluate
from readiness.program.holders import holders
from readiness.program.interpreter.limits import Limits
from readiness.program.scope import Scope
from tests.program.conftest import HEAD, Make, environment

FIRST = 'kept = Agent(db=PostgresDb(db_url="postgresql://h/d"))\n'
LONG = "for i in range(1000):\n    for j in range(1000):\n        k = i + j\n"
LATER = "def later():\n    return Agent(name='late')\n"
STEPS = 20_000


def _evaluated(program: Make, **files: str) -> Evaluated:
    made = program("", files={f"{name}.py": HEAD + text for name, text in files.items()})
    limits = Limits(total_steps=STEPS)
    return evaluate(made.sources, environment({}), (), Scope(), limits)


def _site(evaluated: Evaluated, path: str) -> Holder:
    return next(one for one in holders(evaluated.machine) if one.at.path == path)


def test_what_a_file_that_is_not_run_may_change_is_unknown(program: Make) -> None:
    spoils = "import a\na.kept.db = InMemoryDb()\n"

    evaluated = _evaluated(program, a=FIRST, b="import a\n" + LONG, c=spoils)

    assert _site(evaluated, "a.py").db == "unknown"
    assert "takes more than 20000 steps" in evaluated.machine.cut_short["c.py"]


def test_what_no_file_that_is_not_run_names_stays_known(program: Make) -> None:
    evaluated = _evaluated(program, a=FIRST, b="import a\n" + LONG, c="import a\nprint(a)\n")

    assert _site(evaluated, "a.py").db == "durable"
    assert "c.py" in evaluated.machine.cut_short


def test_what_a_function_that_is_not_entered_builds_is_unknown(program: Make) -> None:
    evaluated = _evaluated(program, a=FIRST + LATER, b=LONG)

    late = [one for one in holders(evaluated.machine) if one.at.line and one.db == "unknown"]
    assert [one.at.path for one in late] == ["a.py"]
    assert "steps" in late[0].reason


def test_nothing_is_parsed_that_is_not_run(program: Make) -> None:
    evaluated = _evaluated(program, a=FIRST, b=LONG, c="x = 1\n", d="y = 1\n")

    assert not evaluated.sources.is_parsed("d.py")
    assert {"c.py", "d.py"} <= set(evaluated.machine.cut_short)
    assert evaluated.over is not None


@pytest.mark.parametrize(
    ("body", "db"),
    [("import a; a.kept.db = other.made()", "unknown"), ("return other", "durable")],
)
def test_a_function_in_a_file_that_names_no_library_may_change_it(
    program: Make, body: str, db: str
) -> None:
    files = {"a.py": HEAD + FIRST + "import z\n", "b.py": HEAD + "import a\n" + LONG,
             "z.py": f"def reset(other):\n    {body}\n"}  # fmt: skip
    made = program("", files=files)

    evaluated = evaluate(made.sources, environment({}), (), Scope(), Limits(total_steps=STEPS))

    assert _site(evaluated, "a.py").db == db


def test_what_such_a_function_builds_by_names_of_the_code_is_unknown(program: Make) -> None:
    kit = "from agno.agent import Agent\nfrom agno.db.in_memory import InMemoryDb\n"
    late = "from kit import Agent, InMemoryDb\ndef late():\n    return Agent(db=InMemoryDb())\n"
    files = {"a.py": HEAD + "import z\n" + FIRST, "b.py": HEAD + "import a\n" + LONG,
             "z.py": late, "kit.py": kit}  # fmt: skip
    made = program("", files=files)

    evaluated = evaluate(made.sources, environment({}), (), Scope(), Limits(total_steps=STEPS))

    assert _site(evaluated, "z.py").db == "unknown"
