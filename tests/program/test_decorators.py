# ruff: noqa: E501 - programs as people write them
"""What a decorator that is not known may do: pass arguments, or answer by itself."""

import pytest

from tests.program.conftest import URL, Make

GOOD, BAD = "PostgresDb(db_url=URL)", "InMemoryDb()"
INJECTS = {
    "a function": "{}\ndef make(db=None):\n    return Agent(db=db or {})\nmake({})\n",
    "a keyword": "{}\ndef make(*, db=None):\n    return Agent(db=db or {})\nmake({})\n",
    "a class": (
        "{}\nclass Service:\n    def __init__(self, db=None):\n"
        "        self.agent = Agent(db=db or {})\nService({})\n"
    ),
    "a method": (
        "class Service:\n    {}\n    def make(self, db=None):\n"
        "        return Agent(db=db or {})\nService().make({})\n"
    ),
}


@pytest.mark.parametrize("shape", INJECTS)
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("@some.inject", GOOD, ""), "unknown"),
        (("@some.autowired()", GOOD, ""), "unknown"),
        (("@some.inject", BAD, ""), "unknown"),
        (("@some.observe()", GOOD, ""), "durable"),
        (("@some.observe()", BAD, ""), "volatile"),
        (("@some.inject", BAD, f"db={GOOD}"), "durable"),
        (("@some.inject", GOOD, f"db={BAD}"), "volatile"),
        (("#", GOOD, ""), "durable"),
    ],
)
def test_a_decorator_that_injects_may_pass_what_a_call_leaves_out(
    program: Make, shape: str, told: tuple[str, str, str], expected: str
) -> None:
    code = f"import some\n{URL}" + INJECTS[shape].format(*told)

    assert [one.db for one in program(code).agents()] == [expected]


@pytest.mark.parametrize(
    ("decorator", "body", "expected"),
    [
        ("@some.flag('pg')", "return True", "unknown"),
        ("@some.flag('pg')", "'''Whether.'''\n    return True", "unknown"),
        ("@some.flag('pg')", "return False", "unknown"),
        ("@some.flag('pg')", "return len(URL) > 1", "unknown"),
        ("@some.logged('pg')", "return len(URL) > 1", "durable"),
        ("@typing.override", "return True", "durable"),
        ("#", "return True", "durable"),
        ("#", "return False", "volatile"),
    ],
)
def test_a_function_that_only_says_yes_or_no_has_its_answer_from_the_decorator(
    program: Make, decorator: str, body: str, expected: str
) -> None:
    code = f"""
import some, typing
{URL}
{decorator}
def durable():
    {body}
Agent(db={GOOD} if durable() else {BAD})
"""

    assert [one.db for one in program(code).agents()] == [expected]


@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
@pytest.mark.parametrize(
    "before",
    [
        "import some\nclass Timed(some.Timer):\n    pass\n",
        "import contextlib\nclass Timed(contextlib.ContextDecorator):\n    __enter__ = __exit__ = print\n",
        "import contextlib\n@contextlib.contextmanager\ndef Timed():\n    yield\n",
    ],
)
def test_a_function_that_an_object_decorates_is_run_where_it_is_called(
    program: Make, before: str, made: str, expected: str
) -> None:
    code = f"{before}{URL}\nheld = []\n@Timed()\ndef fill():\n    held.append({made})\nfill()\nAgent(db=held[0] if held else {{}})\n"

    assert [one.db for one in program(code).agents()] == [expected]


KEEPING = (
    "some.observe()",
    "some.traced",
    "langfuse.decorators.observe(name='x')",
    "app.get('/db')",
    "router.post('/db')",
    "limiter.limit('5/minute')",
    "tasks.task",
    "tasks.task(bind=True)",
    "server.tool()",
    "some.validate_call",
    "some.lru_cache(maxsize=1)",
    "beartype.beartype",
    "some.retry(times=3)",
    "some.singleton",
    "some.on_event('x')",
    "some.login_required",
    "some.cached(default=None)",
    "some.circuit(threshold=3)",
    "functools.wraps(print)",
    "functools.lru_cache",
    "typing.no_type_check",
)
REPLACING = (
    "some.mock_task",
    "some.lazy_route('x')",
    "some.cached(default=InMemoryDb())",
    "some.circuit(fallback_function=print)",
    "some.magic",
    "some.magic()",
    "some.variant('b')",
    "thing.swapped",
    "core.own",
)
MADE = {
    "a function": "@{}\ndef get_db():\n    return {}\nAgent(db=get_db())\n",
    "a function that waits": (
        "@{}\nasync def get_db():\n    return {}\n"
        "async def main():\n    Agent(db=await get_db())\nimport asyncio\nasyncio.run(main())\n"
    ),
    "a method": (
        "class Service:\n    @{}\n    def get_db(self):\n        return {}\n"
        "Agent(db=Service().get_db())\n"
    ),
    "a class": (
        "@{}\nclass Service:\n    def __init__(self):\n        self.db = {}\n"
        "Agent(db=Service().db)\n"
    ),
    "an address": "@{}\ndef get_db():\n    return {}\ndb = get_db()\nAgent(db=db)\n",
}
HELD = {
    "what a class has": "@{}\nclass Store:\n    db = {}\nAgent(db=Store.db)\n",
    "a method of a class": (
        "@{}\nclass Store:\n    @classmethod\n    def get(cls):\n        return {}\n"
        "Agent(db=Store.get())\n"
    ),
}
AROUND = f"""
import beartype, core, functools, langfuse.decorators, some, typing
from celery import Celery
from fastapi import APIRouter, FastAPI
from mcp.server.fastmcp import FastMCP
from slowapi import Limiter
app, router, tasks, server, limiter = FastAPI(), APIRouter(), Celery(), FastMCP(), Limiter(key=1)
thing = some.Thing()
{URL}
"""


@pytest.mark.parametrize("shape", MADE)
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_a_decorator_that_keeps_what_a_function_gives_changes_nothing(
    program: Make, shape: str, made: str, expected: str
) -> None:
    found: dict[str, list[str]] = {}
    for decorator in KEEPING:
        agents = program(AROUND + MADE[shape].format(decorator, made)).agents()
        found[decorator] = [one.db for one in agents]

    assert found == {decorator: [expected] for decorator in KEEPING}


@pytest.mark.parametrize("shape", HELD)
@pytest.mark.parametrize("made", [GOOD, BAD])
@pytest.mark.parametrize(
    ("decorator", "is_left"),
    [
        ("some.register('x')", True),
        ("zope.interface.implementer(print)", True),
        ("some.magic", False),
    ],
)
def test_what_a_class_has_is_what_a_decorator_leaves_to_it(
    program: Make, shape: str, made: str, decorator: str, *, is_left: bool
) -> None:
    expected = "durable" if made == GOOD else "volatile"
    code = f"import zope.interface\n{AROUND}{HELD[shape].format(decorator, made)}"

    found = [one.db for one in program(code).agents()]

    assert found == [expected if is_left else "unknown"]


@pytest.mark.parametrize("shape", MADE)
@pytest.mark.parametrize("decorator", REPLACING)
@pytest.mark.parametrize("made", [GOOD, BAD])
def test_any_other_decorator_may_put_something_else_in_its_place(
    program: Make, shape: str, decorator: str, made: str
) -> None:
    found = program(AROUND + MADE[shape].format(decorator, made)).agents()

    assert [one.db for one in found] == ["unknown"]
    assert "makes of" in found[0].reason


@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_what_is_built_inside_has_the_db_that_it_has(
    program: Make, made: str, expected: str
) -> None:
    code = f"{AROUND}@some.magic\ndef make():\n    return Agent(db={made})\nmake()\n"

    assert [one.db for one in program(code).agents()] == [expected]


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [("observe", "durable"), ("magic", "unknown"), ("functools.cache", "durable")],
)
def test_a_decorator_that_is_imported_if_it_is_there_is_one_of_both(
    program: Make, decorator: str, expected: str
) -> None:
    code = f"""
import functools
try:
    from some import magic, observe
except ImportError:
    def magic(function):
        return function
    observe = magic
{URL}
@{decorator}
def get_db():
    return {GOOD}
Agent(db=get_db())
"""

    assert [one.db for one in program(code).agents()] == [expected]
