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
        ("@some.flag('pg')", "return len(URL) > 1", "durable"),
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
