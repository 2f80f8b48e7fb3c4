"""What code changes after a way on which it had already returned does not count on that way."""

import pytest

from tests.program.conftest import URL, Make

DURABLE, VOLATILE = "PostgresDb(db_url=URL)", "InMemoryDb()"
SHAPES = {
    "an early return": """
def build():
    agent = Agent(db={first})
    if nobody.asks():
        return agent
    agent.db = {then}
    return agent
build()
""",
    "an error that is caught": """
def build():
    agent = Agent(db={first})
    try:
        nobody.connect()
    except OSError:
        return agent
    agent.db = {then}
    return agent
build()
""",
    "a round that is left": """
for number in (1,):
    agent = Agent(db={first})
    if nobody.asks():
        continue
    agent.db = {then}
""",
    "a return within a branch": """
def build():
    if nobody.knows():
        agent = Agent(db={first})
        if nobody.asks():
            return agent
        agent.db = {then}
        return agent
    return None
build()
""",
    "options that are filled later": """
def options():
    held = {{"db": {first}}}
    if nobody.asks():
        return held
    held["db"] = {then}
    return held
Agent(**options())
""",
    "an entry that is put in later": """
def options():
    held = {{}}
    if nobody.asks():
        return held
    held["db"] = {then}
    return held
Agent(db=options().get("db", {first}))
""",
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(
    ("first", "then", "labels"),
    [
        (DURABLE, DURABLE, {"durable"}),
        (VOLATILE, DURABLE, {"unknown", "volatile"}),
        (DURABLE, VOLATILE, {"unknown", "volatile"}),
        (VOLATILE, VOLATILE, {"unknown", "volatile"}),
    ],
)
def test_what_comes_behind_a_way_out_does_not_count_on_it(
    program: Make, name: str, first: str, then: str, labels: set[str]
) -> None:
    source = "import nobody\n" + SHAPES[name].format(first=first, then=then)

    made = program(URL + source)

    assert {one.db for one in made.agents()} <= labels
    assert made.agents()
