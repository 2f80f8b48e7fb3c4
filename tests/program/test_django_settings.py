"""What ``django.conf.settings`` shows is what the module that the variable names has."""

import pytest

from tests.program.conftest import URL, Make

HEAD = f"""
from django.conf import settings
{URL}
"""
GOOD, BAD = "PostgresDb(db_url=URL)", "InMemoryDb()"
FILES = {
    "proj/__init__.py": "",
    "proj/base.py": "SECRET_KEY = 'x'\nAGENTS = {'store': 'mem'}\nCACHED = 'mem'\n",
    "proj/prod.py": "from .base import *\nAGENTS = {'store': 'pg'}\nSTORE = 'pg'\nDEBUG = False\n",
    "proj/dev.py": "from proj.base import *\nSTORE = None\nDEBUG = True\n",
    "proj/bare.py": "from some import *\n",
}
PROD, DEV, BARE = ({"DJANGO_SETTINGS_MODULE": f"proj.{one}"} for one in ("prod", "dev", "bare"))
NONE: dict[str, str] = {}


@pytest.mark.parametrize(
    ("variables", "asked", "expected"),
    [
        (PROD, "settings.STORE == 'pg'", "durable"),
        (DEV, "settings.STORE == 'pg'", "volatile"),
        (PROD, "settings.AGENTS['store'] == 'pg'", "durable"),
        (DEV, "settings.AGENTS['store'] == 'pg'", "volatile"),
        (DEV, "getattr(settings, 'MEMORY_ONLY', False)", "volatile"),
        (PROD, "settings.CACHED == 'mem'", "durable"),
        (PROD, "hasattr(settings, 'AGENT_STORE')", "volatile"),
        (PROD, "settings.DEBUG", "volatile"),
        (DEV, "settings.DEBUG", "durable"),
        (PROD, "settings.USE_TZ", "unknown"),
        (PROD, "hasattr(settings, 'USE_TZ')", "unknown"),
        (BARE, "settings.STORE == 'pg'", "unknown"),
        (BARE, "hasattr(settings, 'AGENT_STORE')", "unknown"),
        (NONE, "settings.STORE == 'pg'", "unknown"),
        ({"DJANGO_SETTINGS_MODULE": "else.where"}, "settings.STORE == 'pg'", "unknown"),
    ],
)
def test_a_setting_is_that_of_the_module_which_is_named(
    program: Make, variables: dict[str, str], asked: str, expected: str
) -> None:
    source = f"{HEAD}Agent(db={GOOD} if {asked} else {BAD})\n"

    made = program(source, variables, files=FILES)

    assert [one.db for one in made.agents()] == [expected]


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
        ("os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'proj.prod')", "STORE", "durable"),
        ("os.environ['DJANGO_SETTINGS_MODULE'] = 'proj.dev'", "STORE", "volatile"),
        ("settings.configure(STORE='pg')", "STORE", "durable"),
        ("settings.configure(STORE='')", "STORE", "volatile"),
        ("settings.configure()", "DEBUG", "volatile"),
        ("settings.STORE = 'x'", "STORE", "durable"),
    ],
)
def test_what_the_code_sets_counts(program: Make, before: str, asked: str, expected: str) -> None:
    source = f"{HEAD}{before}\nAgent(db={GOOD} if settings.{asked} else {BAD})\n"

    assert [one.db for one in program(source, NONE, files=FILES).agents()] == [expected]


STARTING = """
import os
from django.core.{0} import {1}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proj.{2}")
{1}()
"""
BY_HAND = ("management", "execute_from_command_line")


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
@pytest.mark.parametrize(
    ("served", "by_hand", "expected"), [("prod", "dev", "durable"), ("dev", "prod", "volatile")]
)
def test_the_settings_that_a_server_takes_count_before_those_of_the_command_line(
    program: Make, server: str, served: str, by_hand: str, expected: str
) -> None:
    files = {
        **FILES,
        "manage.py": STARTING.format(*BY_HAND, by_hand),
        f"proj/{server}.py": STARTING.format(server, f"get_{server}_application", served),
    }
    source = f"{HEAD}Agent(db={GOOD} if settings.STORE == 'pg' else {BAD})\n"

    assert [one.db for one in program(source, NONE, files=files).agents()] == [expected]
