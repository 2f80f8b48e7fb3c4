"""Objects of the standard library that decide which db an agent gets."""

import pytest

from tests.program.conftest import URL, Make

CHOICE = "agent = Agent(db=PostgresDb(db_url=URL) if {test} else InMemoryDb())\n"
TWINS: dict[str, tuple[str, str, str]] = {
    "the level of a logger": (
        "import logging\nlogging.getLogger('app').setLevel(logging.{})\n"
        + CHOICE.format(test="not logging.getLogger('app.db').isEnabledFor(logging.INFO)"),
        "ERROR", "DEBUG",
    ),
    "the level of all loggers": (
        "import logging\nlogging.basicConfig(level='{}')\n"
        + CHOICE.format(test="logging.getLogger('app').getEffectiveLevel() > logging.INFO"),
        "ERROR", "DEBUG",
    ),
    "a command": (
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "commands = parser.add_subparsers(dest='command')\n"
        "commands.add_parser('serve').set_defaults(keep=True)\n"
        "commands.add_parser('try').set_defaults(keep=False)\n"
        "given = parser.parse_args(['{}'])\n" + CHOICE.format(test="given.keep"),
        "serve", "try",
    ),
    "what a namespace has": (
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--{}')\n"
        "given = parser.parse_args([])\n" + CHOICE.format(test="hasattr(given, 'keep')"),
        "keep", "other",
    ),
    "an object that something holds": (
        "import weakref\nclass Settings:\n    pass\nkept, other = Settings(), Settings()\n"
        "seen = weakref.ref({})\n" + CHOICE.format(test="seen() is kept"),
        "kept", "other",
    ),
    "a module that the code makes": (
        "import sys, types\nmade = types.ModuleType('settings_of_the_code')\nmade.KEEP = {}\n"
        "sys.modules['settings_of_the_code'] = made\nimport settings_of_the_code as settings\n"
        + CHOICE.format(test="settings.KEEP"),
        "True", "False",
    ),
    "a configuration that the code changes": (
        "import configparser\nparser = configparser.ConfigParser()\nparser.add_section('db')\n"
        "parser['db']['keep'] = '{}'\n" + CHOICE.format(test="parser.getboolean('db', 'keep')"),
        "yes", "no",
    ),
    "a template of its own": (
        "import string\nclass Own(string.Template):\n    delimiter = '%'\n"
        "text = Own('%kind').substitute(kind='{}')\n" + CHOICE.format(test="text == 'durable'"),
        "durable", "memory",
    ),
    "what an encoder makes": (
        "import json\nclass Own(json.JSONEncoder):\n    def default(self, o):\n"
        "        return sorted(o)\ntext = json.dumps({{'{}', 'b'}}, cls=Own)\n"
        + CHOICE.format(test="text == '[\"a\", \"b\"]'"),
        "a", "c",
    ),
    "a clock": (
        "import datetime\n"
        + CHOICE.format(test="datetime.datetime.now() {} datetime.datetime(2020, 1, 1)"),
        ">", "<",
    ),
    "a number by chance": (
        "import uuid\n" + CHOICE.format(test="len(uuid.uuid4().hex) {} 32"),
        "==", "!=",
    ),
    "an attribute of a partial": (
        "import functools\nmake = functools.partial(int)\nmake.keep = {}\n"
        + CHOICE.format(test="make.keep"),
        "True", "False",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize(("side", "label"), [(1, "durable"), (2, "volatile")])
def test_an_object_of_the_library_decides(program: Make, name: str, side: int, label: str) -> None:
    source = TWINS[name][0].format(TWINS[name][side])

    made = program(URL + source)

    assert [one.db for one in made.agents()] == [label]


def test_an_object_that_nothing_holds_is_not_known_to_be_there(program: Make) -> None:
    source = (
        "import weakref\nclass Settings:\n    pass\nseen = weakref.ref(Settings())\n"
        + CHOICE.format(test="seen() is not None")
    )

    made = program(URL + source)

    assert [one.db for one in made.agents()] == ["unknown"]


@pytest.mark.parametrize(
    ("error", "label"),
    [("ImportError", "unknown"), ("ModuleNotFoundError", "unknown"), ("KeyError", "durable")],
)
def test_a_handler_sees_a_module_that_may_be_missing(
    program: Make, error: str, label: str
) -> None:
    source = (
        "try:\n    import some_library_of_others\n    db = PostgresDb(db_url=URL)\n"
        f"except {error}:\n    db = InMemoryDb()\nagent = Agent(db=db)\n"
    )

    made = program(URL + source)

    assert [one.db for one in made.agents()] == [label]


@pytest.mark.parametrize(("shown", "label"), [("volatile", "unknown"), ("durable", "durable")])
def test_what_is_done_with_items_that_may_be_there_counts(
    program: Make, shown: str, label: str
) -> None:
    made = {"volatile": "InMemoryDb()", "durable": "PostgresDb(db_url=URL)"}[shown]
    source = (
        "import nobody\nclass Change:\n    def to(self, agent):\n"
        f"        agent.db = {made}\nagent = Agent(db=PostgresDb(db_url=URL))\n"
        "changes = [one for one in (Change(), Change()) if nobody.asks(one)]\n"
        "for one in changes:\n    one.to(agent)\n"
    )

    said = program(URL + source)

    assert [one.db for one in said.agents()] == [label]
