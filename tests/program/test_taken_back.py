"""Modules that were loaded on a path that is given up, or that ends the program, are whole."""

import pytest

from tests.program.conftest import HEAD, Make

STORE = """import json
class Held:
    pass
held = Held()
held.db = {db}
def get():
    return json and held.db
"""
USER = """try:
    from store import get
except ImportError:
    get = {other}
agent = Agent(db=get())
"""
BROKEN = """def f(x):
    if x:
        import store
        raise ValueError
"""
PATHS = {
    "an error that ends it": BROKEN + "f(input())\n",
    "an exit behind an error": BROKEN
    + "try:\n    f(input())\nexcept ValueError:\n    raise SystemExit\n",
    "what takes too long": """def f(x):
    if x:
        import store
        while True:
            for i in range(2000):
                for j in range(2000):
                    i + j
f(input())
""",
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("db", "other", "found"),
    [
        ("PostgresDb(db_url='postgresql://h/d')", "InMemoryDb", "durable"),
        ("InMemoryDb()", "lambda: PostgresDb(db_url='postgresql://h/d')", "volatile"),
    ],
)
def test_a_module_that_was_loaded_on_such_a_path_has_its_names(
    program: Make, path: str, db: str, other: str, found: str
) -> None:
    files = {"store.py": HEAD + STORE.format(db=db), "user.py": HEAD + USER.format(other=other)}

    made = program(PATHS[path], files=files, entry_points=("app.py",))

    assert [one.db for one in made.agents()] == [found]
