"""What ``unittest.mock.patch`` sets is so within it, and as before when it is over."""

import pytest

from tests.program.conftest import URL, Make

HEAD = f"""
from unittest import mock
from unittest.mock import patch
import store
{URL}
GOOD, BAD = PostgresDb(db_url=URL), InMemoryDb()
def db():
    return GOOD if os.environ.get("APP_ENV") == "production" else BAD
class Config:
    db = GOOD
held = {{"db": GOOD}}
"""
STORE = f"{URL}def make():\n    return PostgresDb(db_url=URL)\n"
WITHIN = {
    "variables": ("mock.patch.dict(os.environ, {'APP_ENV': 'test'})", "db()"),
    "variables by their name": ("patch.dict('os.environ', {'APP_ENV': 'test'})", "db()"),
    "variables by keywords": ("patch.dict(os.environ, APP_ENV='test')", "db()"),
    "no variables": ("patch.dict(os.environ, clear=True)", "db()"),
    "other variables only": ("patch.dict(os.environ, {'OTHER': 'x'}, clear=True)", "db()"),
    "a dictionary": ("patch.dict(held, db=BAD)", "held['db']"),
    "a new entry": ("patch.dict(held, other=BAD)", "held.get('other', GOOD)"),
    "an attribute": ("patch.object(Config, 'db', BAD)", "Config.db"),
    "a new attribute": ("patch.object(Config, 'other', BAD)", "getattr(Config, 'other', GOOD)"),
    "a function of a module": ("patch('store.make', InMemoryDb)", "store.make()"),
}


@pytest.mark.parametrize(("patched", "made"), WITHIN.values(), ids=WITHIN)
def test_what_is_patched_is_so_within_and_not_behind(
    program: Make, patched: str, made: str
) -> None:
    def found(code: str) -> list[str]:
        files = {"store.py": f"from agno.db.postgres import PostgresDb\n{STORE}"}
        known = program(HEAD + code, {"APP_ENV": "production"}, files=files)
        return [one.db for one in known.agents()]

    within = f"with {patched}:\n    Agent(db={made})\n"
    assert found(f"{within}Agent(db={made})\n") == ["volatile", "durable"]
    assert found(f"def run():\n    Agent(db={made})\n{patched}(run)()\nrun()\n") == ["volatile"]
    assert found(f"def run():\n    Agent(db={made})\n{patched}(run)\nrun()\n") == ["durable"]
    started = f"its = {patched}\nits.start()\nAgent(db={made})\n"
    assert found(f"{started}its.stop()\nAgent(db={made})\n") == ["volatile", "durable"]


def test_what_stands_for_something_is_passed_and_not_known(program: Make) -> None:
    code = (
        "@patch('store.make')\ndef run(given):\n    Agent(db=store.make()), Agent(db={})\nrun()\n"
    )
    files = {"store.py": f"from agno.db.postgres import PostgresDb\n{STORE}"}

    kinds = [
        [one.db for one in program(HEAD + code.format(made), {}, files=files).agents()]
        for made in ("given()", "GOOD")
    ]

    assert kinds == [["unknown", "unknown"], ["unknown", "durable"]]
