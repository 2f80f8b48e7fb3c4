"""A decorator of the code itself changes who may call a function only by what it does with it."""

import pytest

from tests.program.conftest import Make

MAKERS = """
from functools import wraps
ALL = []


def traced(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner


@traced
def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))


@traced
def dev():
    return Agent(db=InMemoryDb())
"""
CHOICE = "prod() if os.environ['APP_ENV'] == 'production' else dev()\n"
PICK = "MAKERS = {'production': prod, 'test': dev}\nMAKERS[os.environ['APP_ENV']]()\n"
LEFT = {
    "a choice between two calls": CHOICE,
    "a choice of what is called": "(prod if os.environ['APP_ENV'] == 'production' else dev)()\n",
    "a dictionary": PICK,
    "a dictionary, asked by a lambda": PICK.replace("MAKERS[", "(lambda: MAKERS[").replace(
        "]()", "])()()"
    ),
    "a dictionary, asked by a lambda with a name": PICK.replace(
        "MAKERS[", "make = lambda: MAKERS["
    )
    + "make()\n",
}


@pytest.mark.parametrize("more", LEFT.values(), ids=LEFT)
def test_what_is_wrapped_is_left_where_the_environment_leaves_it(program: Make, more: str) -> None:
    for value, label in (("production", "durable"), ("test", "volatile")):
        made = program(MAKERS + more, {"APP_ENV": value})

        assert [one.db for one in made.agents()] == [label]


CLASSES = """
class Prod:
    env = "production"
    @traced
    def make(self):
        return Agent(db=PostgresDb("postgresql://h/d"))


class Dev:
    env = "test"
    @traced
    def make(self):
        return Agent(db=InMemoryDb())


"""


@pytest.mark.parametrize(
    "more",
    [
        "{'production': Prod, 'test': Dev}[os.environ['APP_ENV']]().make()",
        "[one for one in (Prod, Dev) if one.env == os.environ['APP_ENV']][0]().make()",
    ],
)
def test_a_wrapped_method_is_left_with_its_class(program: Make, more: str) -> None:
    traced = MAKERS[: MAKERS.index("@traced")]
    for value, label in (("production", "durable"), ("test", "volatile")):
        made = program(traced + CLASSES + more, {"APP_ENV": value})

        assert [one.db for one in made.agents()] == [label]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return inner", "web.on(inner)\n    return inner"),
        ("return inner", "return web.on(inner)"),
        ("return inner", "ALL.append(inner)\n    return inner"),
        ("return inner", "ALL.append(function)\n    return inner"),
        ("    @wraps", "    web.on(function)\n    @wraps"),
        ("@traced\ndef dev", "@web.traced\ndef dev"),
    ],
)
def test_what_is_wrapped_and_given_to_others_may_be_called(
    program: Make, old: str, new: str
) -> None:
    made = program("import web\n" + MAKERS.replace(old, new) + CHOICE, {"APP_ENV": "production"})

    assert "volatile" in {one.db for one in made.agents()}


def test_a_lambda_that_is_handed_on_may_be_asked_for_anything(program: Make) -> None:
    picked = PICK.replace("MAKERS[os.environ['APP_ENV']]()\n", "")
    asked = "make = lambda key: MAKERS[key]()\nmake(os.environ['APP_ENV'])\n"

    kept = program(MAKERS + picked + asked, {"APP_ENV": "production"})
    given = program(MAKERS + picked + asked + "import web\nweb.on(make)\n",
                    {"APP_ENV": "production"})  # fmt: skip

    assert {one.db for one in kept.agents()} == {"durable"}
    assert "volatile" in {one.db for one in given.agents()}
