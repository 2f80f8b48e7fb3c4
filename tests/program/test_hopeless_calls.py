"""Calls that others have shown to lead nowhere are not made: who makes them goes on."""

import pytest

from readiness.program.evaluation import evaluate
from readiness.program.holders import holders
from readiness.program.interpreter.limits import Limits
from readiness.program.scope import Scope
from tests.program.conftest import HEAD, Make, environment
from tests.program.test_taken_too_long import LONG

DURABLE = "PostgresDb(db_url='postgresql://h/d')"
MERGE = """
import json
def merge(one, other):
    made = dict(one)
    for key, value in other.items():
        if key in made and isinstance(made[key], dict) and isinstance(value, dict):
            made[key] = merge(made[key], value)
        else:
            made[key] = value
    return made
"""
ENTERED = 12_000


def _built(program: Make, source: str) -> tuple[list[str], int]:
    made = program("", files={"app.py": HEAD + source})
    found = evaluate(made.sources, environment({}), (), Scope(), Limits())
    return [one.db for one in holders(found.machine)], found.steps


def test_what_calls_itself_with_nothing_known_is_asked_but_once(program: Make) -> None:
    source = (
        f"{MERGE}\ndef build(one, other):\n    merge(one, other)\n    return Agent(db={DURABLE})\n"
    )

    built, steps = _built(program, source)

    assert built == ["durable"]
    assert steps < ENTERED // 10


def test_what_it_gives_is_not_known(program: Make) -> None:
    source = f"{MERGE}\ndef build(one, other):\n    return Agent(db=merge(one, other)['db'])\n"

    assert _built(program, source)[0] == ["unknown"]


SPOILING = """
def walk(tree):
    for one in tree:
        {}
        walk(one)
def spoil(tree):
    {}
"""


@pytest.mark.parametrize(("inner", "outer", "db"), [
    ("good.db = InMemoryDb()", "pass", "unknown"),
    ("print(good)", "pass", "durable"),
])  # fmt: skip
def test_what_it_changes_is_not_lost(program: Make, inner: str, outer: str, db: str) -> None:
    source = f"good = Agent(db={DURABLE})\n{SPOILING.format(inner, outer)}\n"
    source += "import sys\nwalk(sys.argv)\n"

    assert _built(program, source)[0] == [db]


@pytest.mark.parametrize(("count", "db"), [(3, "volatile"), (1, "durable")])
def test_what_calls_itself_with_something_known_is_followed(
    program: Make, count: int, db: str
) -> None:
    source = ("import sys\ndef build(tree, count):\n    if count == 3:\n"
              "        return Agent(db=InMemoryDb())\n    if count == 1:\n"
              f"        return Agent(db={DURABLE})\n"
              f"    return build(tree, {count})\nbuild(sys.argv, 2)\n")  # fmt: skip

    assert _built(program, source)[0] == [db]


def _several(count: int) -> str:
    lines = (f"def build_{n}(name):\n    slow(name)\n    return [Agent(db={DURABLE})]\n"
             for n in range(count))  # fmt: skip
    return LONG + "".join(lines)


def test_what_used_up_its_steps_twice_is_not_called_again(program: Make) -> None:
    few, many = _built(program, _several(3)), _built(program, _several(30))

    assert many[0] == ["durable"] * 30
    assert many[1] - few[1] < 27 * ENTERED // 10


def test_nothing_is_known_of_what_it_may_have_changed(program: Make) -> None:
    slow = LONG.replace("    return n", "    global db\n    db = InMemoryDb()")
    source = f"db = {DURABLE}\n{slow}{_several(4)[len(LONG) :]}".replace(f"db={DURABLE}", "db=db")

    assert set(_built(program, source)[0]) == {"unknown"}


class _Broken:
    asked = 0

    def __getattr__(self, _: str) -> object:
        self.asked += 1
        raise OSError("the folder is gone")


def test_an_evaluation_that_failed_is_not_made_once_more(program: Make) -> None:
    made, broken = program(""), _Broken()
    made.__dict__["sources"] = broken

    for _ in range(3):
        with pytest.raises(OSError, match="gone"):
            made.agents()

    assert broken.asked == 1


@pytest.mark.parametrize(("change", "db"), [("pass", "durable"), ("held.clear()", "unknown")])
def test_who_calls_what_takes_too_long_goes_on_with_what_it_may_have_changed(
    program: Make, change: str, db: str
) -> None:
    slow = LONG.replace("    return n", f"    {change}")
    source = (
        f"held = [{DURABLE}]\n{slow}\ndef main():\n    slow(1)\n    Agent(db=held[0])\nmain()\n"
    )

    assert _built(program, source)[0] == [db]


@pytest.mark.parametrize(("db", "found"), [("made", "unknown"), (DURABLE, "durable")])
def test_what_such_a_call_gives_is_not_known(program: Make, db: str, found: str) -> None:
    slow = LONG.replace("return n", "return InMemoryDb()")
    source = f"{slow}\ndef main():\n    made = slow(1)\n    Agent(db={db})\nmain()\n"

    assert _built(program, source)[0] == [found]


def test_a_loop_over_a_generator_ends_where_its_body_takes_too_long(program: Make) -> None:
    source = (f"{LONG}\ndef each():\n    yield 1\n    held.append(InMemoryDb())\n"
              f"held = []\ndef main():\n    for one in each():\n        held.append({DURABLE})\n"
              "        for i in range(2000):\n            for j in range(2000):\n"
              "                i + j\n    Agent(db=held[0])\nmain()\n")  # fmt: skip

    assert _built(program, source)[0] == ["unknown"]


def _merging(conditions: int) -> str:
    """Ways that leave early, in each of which many other values were set."""
    names = ", ".join(f"state.v{n}" for n in range(30))
    lines = "".join(f"    if one['{n}']:\n        {names} = one['{n}']\n"
                    f"    if one['end {n}']:\n        return None\n"
                    for n in range(conditions))  # fmt: skip
    return ("class State:\n    pass\nstate = State()\n"
            f"def read(one):\n{lines}    return Agent(db={DURABLE})\n")  # fmt: skip


def test_steps_are_counted_for_what_ways_have_to_be_compared(program: Make) -> None:
    few, many = _built(program, _merging(4)), _built(program, _merging(8))

    assert few[0] == many[0] == ["durable"]
    assert many[1] > few[1] * 2.3
