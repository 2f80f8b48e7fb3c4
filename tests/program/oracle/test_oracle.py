"""The real interpreter is the oracle: where the evaluation decides, it must agree."""

from random import Random

import pytest

from tests.program.oracle.judging import evaluate, judge, judge_open
from tests.program.oracle.productions import NAMES
from tests.program.oracle.regressions import OPEN, REGRESSIONS
from tests.program.oracle.regressions_of_conditions import OF_CONDITIONS
from tests.program.oracle.regressions_of_generators import OF_GENERATORS
from tests.program.oracle.regressions_of_libraries import OF_LIBRARIES, OPEN_OF_LIBRARIES
from tests.program.oracle.regressions_of_models import OF_MODELS
from tests.program.oracle.regressions_of_paths import MODULES, OF_PATHS
from tests.program.oracle.regressions_of_the_language import OF_THE_LANGUAGE
from tests.program.oracle.shrinking import shrink
from tests.program.oracle.writing import CONSTRUCTS as PLAIN
from tests.program.oracle.writing import EVERY, Writer

SEEDS = range(95)
MOST_UNKNOWN = 0.01
CONSTRUCTS = tuple(sorted(EVERY))
DECIDED = tuple(sorted(PLAIN))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_variables_decide_is_decided_as_it_runs(seed: int) -> None:
    written = Writer(seed, only=CONSTRUCTS).program()

    verdict = judge(written.files, written.variables)

    assert verdict.wrong == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_covers_every_run_however_variables_and_flags_stand(seed: int) -> None:
    written = Writer(seed, asks=True, only=CONSTRUCTS).program()
    injected = tuple(Random(seed).sample(NAMES, 2))
    held = {name: value for name, value in written.variables.items() if name not in injected}

    verdict = judge_open(written.files, held, injected, seed)

    assert verdict.wrong == []


KEPT = {**REGRESSIONS, **OF_MODELS, **OF_GENERATORS, **OF_LIBRARIES, **OF_THE_LANGUAGE}
KEPT_OPEN = {**OPEN, **OF_PATHS, **OF_CONDITIONS, **OPEN_OF_LIBRARIES}
GOOD = 'PostgresDb(db_url="postgresql://h/d")'
HEAD = "import os\nfrom agno.agent import Agent\n"


def test_a_static_method_that_nothing_calls_is_entered_without_an_object() -> None:
    held = "class Held:\n    @staticmethod\n    def one():\n        return Agent()\n"

    said = evaluate({"main.py": f"{HEAD}{held}"}, {})

    assert said.gaps == ()
    assert len(said.agents) == 1


def test_most_of_what_the_variables_decide_is_known() -> None:
    sites = unknown = 0
    for seed in range(1_000, 1_060):
        written = Writer(seed, only=DECIDED).program()
        verdict = judge(written.files, written.variables)
        sites += len(verdict.sites)
        unknown += len(verdict.unknown)

    assert sites > 120
    assert unknown / sites < MOST_UNKNOWN


@pytest.mark.parametrize("name", KEPT)
def test_what_was_once_decided_wrongly_is_not(name: str) -> None:
    files = {"main.py": f"{HEAD}{KEPT[name]}\nAgent(metadata=made)\n"}

    verdict = judge(files, {"MODE": "dev"})

    assert verdict.wrong == []
    assert verdict.unknown == {}


@pytest.mark.parametrize("name", KEPT_OPEN)
def test_what_was_once_too_certain_is_not(name: str) -> None:
    files = {"main.py": f"{HEAD}{KEPT_OPEN[name]}\nAgent(metadata=made)\n"}

    verdict = judge_open(files, {}, ("LIMIT", "MODE"), most=12)

    assert verdict.wrong == []


@pytest.mark.parametrize("name", MODULES)
def test_what_modules_hand_on_under_conditions_covers_every_run(name: str) -> None:
    verdict = judge_open(MODULES[name], {}, ("LIMIT", "MODE"), most=12)

    assert verdict.wrong == []


def test_a_name_that_start_up_did_not_come_to_is_not_known_later() -> None:
    body = (
        "try:\n    def build():\n        return Agent(db=store)\n"
        "    size = int(os.environ['MODE'])\n    store = None\n    build()\n"
        "except ValueError:\n    pass\n"
    )

    said = evaluate({"main.py": f"{HEAD}{body}"}, {"MODE": "x"})

    assert said.gaps == ()
    assert list(said.dbs.values()) == ["unknown"]


@pytest.mark.parametrize(("value", "expected"), [("x", {"ValueError"}), ("2", set())])
def test_an_error_that_ends_start_up_on_some_paths_is_noticed(
    value: str, expected: set[str]
) -> None:
    body = "if nobody.knows():\n    os.environ['LIMIT'] = '1'\nfloat(os.environ['LIMIT'])\n"

    said = evaluate({"main.py": f"import nobody\n{HEAD}{body}"}, {"LIMIT": value})

    assert said.ended is None
    assert said.perhaps == expected


@pytest.mark.parametrize(("made", "expected"), [("InMemoryDb()", "unknown"), (GOOD, "durable")])
def test_a_db_that_a_handler_makes_counts_under_the_condition_of_a_return_too(
    made: str, expected: str
) -> None:
    body = (
        "from agno.db.in_memory import InMemoryDb\nfrom agno.db.postgres import PostgresDb\n"
        "import nobody\nlive = nobody.is_live()\ndef build():\n    try:\n"
        f"        nobody.connect()\n        if live:\n            return {GOOD}\n"
        f"    except OSError:\n        return {made} if live else {GOOD}\n    return {GOOD}\n"
    )

    said = evaluate({"main.py": f"{HEAD}{body}Agent(db=build())\n"}, {})

    assert list(said.dbs.values()) == [expected]


def test_a_failing_program_is_made_small() -> None:
    files = {"main.py": "a = 1\nif a:\n    b = [1, 2, 'odd']\nc = 3\n", "other.py": "d = 4\n"}

    small = shrink(files, lambda held: "odd" in held.get("main.py", ""))

    assert small == {"main.py": "b = 'odd'\n"}
