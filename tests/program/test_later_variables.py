"""What one request sets in the process or its context, another may find: beside the default."""

import pytest

from tests.program.conftest import URL, Make

GOOD, BAD = "PostgresDb(db_url=URL)", "InMemoryDb()"
HEAD = f"""
from contextvars import ContextVar
from fastapi import FastAPI
app = FastAPI()
{URL}
kind, other = ContextVar("kind", default="no"), ContextVar("other", default="no")
held = ContextVar("held")
"""
SET = '@app.post("/kind")\ndef choose():\n    {}\n'
CHAT = '@app.get("/")\ndef ask():\n    return Agent(db={} if {} == "yes" else {}).run("hi")\n'
ASKED = {
    'kind.set("{}")': "kind.get()",
    'token = kind.set("{}")': 'kind.get("no")',
    'os.environ["KIND"] = "{}"': 'os.getenv("KIND")',
    'os.environ.update(KIND="{}")': 'os.environ.get("KIND", "no")',
    'os.putenv("KIND", "{}"); os.environ.setdefault("KIND", "{}")': 'os.environ.get("KIND")',
}


def _opened(setting: str, *, used: bool) -> str:
    """What is set in the process others find in the end; in a context they need not."""
    return "volatile" if used or "kind.set" not in setting else "unknown"


@pytest.mark.parametrize("setting", ASKED)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("said", "then", "otherwise", "expected"),
    [
        ("yes", GOOD, BAD, None),
        ("yes", BAD, GOOD, None),
        ("yes", GOOD, GOOD, "durable"),
        ("off", BAD, GOOD, "durable"),
        ("off", GOOD, BAD, "volatile"),
    ],
)
def test_what_a_request_sets_stands_beside_the_default(  # noqa: PLR0917 - the twins
    program: Make, setting: str, first: bool, said: str, then: str, otherwise: str,
    expected: str | None,
) -> None:  # fmt: skip
    parts = [SET.format(setting.replace("{}", said)), CHAT.format(then, ASKED[setting], otherwise)]
    code = HEAD + "".join(parts if first else parts[::-1])

    found = program(code, {"KIND": None}).agents()
    opened = _opened(setting, used=not first and otherwise == BAD)  # until somebody sets it

    assert [one.db for one in found] == [expected or opened]


@pytest.mark.parametrize(
    ("setting", "asked"),
    [
        ('other.set("yes")', "kind.get()"),
        ('os.environ["OTHER"] = "yes"', 'os.getenv("KIND")'),
        ('kind.set("yes")', 'other.get("no")'),
    ],
)
@pytest.mark.parametrize(
    ("then", "otherwise", "expected"), [(BAD, GOOD, "durable"), (GOOD, BAD, "volatile")]
)
def test_another_variable_that_a_request_sets_decides_nothing(  # noqa: PLR0917 - the twins
    program: Make, setting: str, asked: str, then: str, otherwise: str, expected: str
) -> None:
    code = HEAD + SET.format(setting) + CHAT.format(then, asked, otherwise)

    assert [one.db for one in program(code, {"KIND": None}).agents()] == [expected]


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", "volatile"), ("no", "durable"), (None, "durable")]
)
def test_a_request_that_removes_a_variable_opens_both_ways(
    program: Make, value: str | None, expected: str
) -> None:
    code = HEAD + SET.format('os.environ.pop("KIND", None)')
    code += CHAT.format(BAD, 'os.getenv("KIND")', GOOD)

    assert [one.db for one in program(code, {"KIND": value}).agents()] == [expected]


@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_a_variable_without_a_default_was_set_where_it_is_read(
    program: Make, made: str, expected: str
) -> None:
    code = HEAD + SET.format(f"held.set({made})")
    code += '@app.get("/")\ndef ask():\n    return Agent(db=held.get()).run("hi")\n'

    assert [one.db for one in program(code).agents()] == [expected]


def test_settings_that_a_request_builds_find_what_another_set(program: Make) -> None:
    code = f"""{HEAD}
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    kind: str = "no"
{SET.format('os.environ["KIND"] = "{}"')}
{CHAT.format(BAD, "Settings().kind", GOOD)}"""

    found = [program(code.replace('"{}"', f'"{one}"'), {"KIND": None}).agents()[0].db
             for one in ("yes", "off")]  # fmt: skip

    assert found == ["volatile", "durable"]


@pytest.mark.parametrize(("said", "expected"), [("yes", 2), ("off", 1)])
def test_an_engine_finds_what_a_request_set(program: Make, said: str, expected: int) -> None:
    code = f"""
import os
from fastapi import FastAPI
from sqlalchemy import create_engine
app = FastAPI()
{SET.format(f'os.environ["KIND"] = "{said}"')}
@app.get("/")
def ask():
    good = "postgresql://db.example.com/a"
    return create_engine("sqlite:///x.db" if os.getenv("KIND") == "yes" else good)
"""

    found = program(code, {"KIND": None}, head=False).engines()

    assert len({repr(one.url) for one in found}) == expected
