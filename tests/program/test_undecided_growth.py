"""Containers that grow while a condition stands open: what comes after it is not lost."""

import pytest

from readiness.program.interpreter.consulting import things_in
from readiness.program.values import Choice, Condition, Value, alternatives, text
from tests.program.conftest import Make

FILTERED = """import lib
found = [one for one in (lib.own(), {db}) if one]
Agent(db=found[-1])
"""
TASKS = """import asyncio, lib
async def first():
    return Agent(db=PostgresDb('postgresql://h/d'))
async def second():
    return Agent(db={db})
async def main():
    if lib.wants():
        asyncio.create_task(first())
    asyncio.create_task(second())
    await asyncio.sleep(1)
asyncio.run(main())
"""
LATER = 9
DBS = {"InMemoryDb()": "volatile", "PostgresDb('postgresql://h/d')": "durable"}


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_items_behind_one_that_is_perhaps_left_out_are_kept(
    program: Make, db: str, label: str
) -> None:
    made = program(FILTERED.format(db=db))

    assert [one.db for one in made.agents()] == [label]


def test_a_set_keeps_them_as_well(program: Make) -> None:
    made = program(
        "import lib\nfound = len({one for one in (lib.own(), 'a', 'b') if one}) > 1\n"
        "Agent(db=PostgresDb('postgresql://h/d') if found else InMemoryDb())"
    )

    assert [one.db for one in made.agents()] != ["volatile"]


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_a_task_runs_beside_one_that_is_perhaps_made(program: Make, db: str, label: str) -> None:
    made = program(TASKS.format(db=db))

    assert [(one.at.line, one.db) for one in made.agents()] == [
        (7, "durable"),
        (9, label),
    ]


def test_a_task_that_is_perhaps_made_is_no_more_than_that(program: Make) -> None:
    source = TASKS.format(db="InMemoryDb()").replace("create_task(first", "create_task(second")

    assert [one.db for one in program(source).agents() if one.at.line == LATER] == ["volatile"]
    only = source.replace("    asyncio.create_task(second())\n    await", "    await")
    assert [one.db for one in program(only).agents() if one.at.line == LATER] == ["unknown"]


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_what_a_task_behind_it_changes_is_seen(program: Make, db: str, label: str) -> None:
    source = TASKS.format(db=db).replace("return Agent(db=", "held.append(").replace(
        "import asyncio, lib", "import asyncio, lib\nheld = []")  # fmt: skip

    made = program(f"{source}Agent(db=held[-1])\n")

    assert [one.db for one in made.agents()] == [label]


@pytest.mark.parametrize(
    ("text", "label"), [("os.environ['PAIRS']", "unknown"), ("''", "durable"), ("'a'", "volatile")]
)
def test_pairs_of_a_text_may_be_an_error(program: Make, text: str, label: str) -> None:
    source = (f"try:\n    dict({text})\n    db = PostgresDb('postgresql://h/d')\n"
              "except ValueError:\n    db = InMemoryDb()\nAgent(db=db)\n")  # fmt: skip

    made = program(source, injected=("PAIRS",))

    assert [one.db for one in made.agents()] == [label]


SETTINGS = """import lib
from pydantic import Field
from pydantic_settings import BaseSettings
if {condition}:
    os.environ["USE_MEMORY"] = "{value}"
class Settings(BaseSettings):
    in_memory: bool = Field({default}, validation_alias="USE_MEMORY")
Agent(db=InMemoryDb() if Settings().in_memory else PostgresDb("postgresql://h/d"))
"""
PERHAPS_SET = {
    "it says what the default does": ("lib.wants()", "0", "False", ["durable"]),
    "both are bad": ("lib.wants()", "1", "True", ["volatile"]),
    "they differ": ("lib.wants()", "1", "False", ["unknown"]),
    "set": ("True", "1", "False", ["volatile"]),
    "a default is made": ("lib.wants()", "0", "default_factory=lambda: False", ["durable"]),
    "it is required": ("lib.wants()", "0", "...", ["durable"]),
}


@pytest.mark.parametrize(
    ("condition", "value", "default", "label"), PERHAPS_SET.values(), ids=PERHAPS_SET
)
def test_a_setting_whose_variable_is_perhaps_set_has_its_default_otherwise(
    program: Make, condition: str, value: str, default: str, label: list[str]
) -> None:
    made = program(SETTINGS.format(condition=condition, value=value, default=default))

    assert [one.db for one in made.agents()] == label


SET_BY = {
    "nobody knows which": ("os.environ.update(lib.found())\n", "unknown"),
    "by name": ("os.environ['STORE'] = lib.found()\n", "durable"),
    "another": ("os.environ['OTHER'] = lib.found()\n", "volatile"),
    "removed": ("os.environ['STORE'] = 'a'\nos.environ.pop(lib.found())\n", "unknown"),
}


@pytest.mark.parametrize(("code", "label"), SET_BY.values(), ids=SET_BY)
def test_whether_a_variable_is_set_is_not_known_where_any_may_be(
    program: Make, code: str, label: str
) -> None:
    source = (
        f"import lib\n{code}inside = 'STORE' in os.environ\n"
        "Agent(db=PostgresDb('postgresql://h/d') if inside else InMemoryDb())\n"
    )

    assert [one.db for one in program(source).agents()] == [label]


ORDERED = """import lib
makers = {{}}
if lib.wants():
    makers["lost"] = InMemoryDb
makers["kept"] = lambda: PostgresDb('postgresql://h/d')
makers["{again}"] = {maker}
chosen = next(iter(makers))
Agent(db=makers[chosen]())
"""
KEPT = "lambda: PostgresDb('postgresql://h/e')"


@pytest.mark.parametrize(
    ("again", "maker", "label"),
    [("lost", "InMemoryDb", "unknown"), ("lost", KEPT, "durable"), ("last", KEPT, "unknown")],
)
def test_the_first_key_hangs_on_whether_it_was_put_in_before(
    program: Make, again: str, maker: str, label: str
) -> None:
    made = program(ORDERED.format(again=again, maker=maker))

    assert [one.db for one in made.agents()] == [label]


def test_what_many_ways_lead_to_is_looked_into_once() -> None:
    one, other = text("one"), text("other")
    value: Value = Choice(Condition(("first",), "first", None), one, other)
    for number in range(100):
        condition = Condition((number,), str(number), None)
        value = Choice(condition, value, Choice(Condition((-number - 1,), "-", None), value, one))

    assert alternatives(value) == [one, other]
    assert list(things_in(value)) == []
