"""Engines that alembic's `env.py` makes of its configuration."""

from collections.abc import Callable

import pytest

from readiness.program import Program

Make = Callable[..., Program]

ENV = """import os
from alembic import context
from sqlalchemy import engine_from_config, pool
config = context.config
{}
def run_migrations_online():
    options = config.get_section(config.config_ini_section, {{}})
    {}
    engine_from_config(options, prefix="sqlalchemy.", {})
"""
INI = "[alembic]\nsqlalchemy.url = {}\nsqlalchemy.pool_size = 7\n"
SET = 'config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])'
PUT = 'options["sqlalchemy.url"] = os.environ["DATABASE_URL"]'
GIVEN = {"DATABASE_URL": "postgresql://app@given/app"}


@pytest.mark.parametrize(
    ("top", "inside", "host"),
    [
        pytest.param(SET, "pass", "given", id="the main option is set"),
        pytest.param("pass", PUT, "given", id="the section is changed"),
        pytest.param("pass", "pass", "listed", id="as the file has it"),
        pytest.param("pass", 'config.set_main_option("sqlalchemy.url", "x://late")', "listed",
                     id="set when the section has been read"),
    ],
)  # fmt: skip
def test_the_address_is_what_the_configuration_holds_when_it_is_read(
    program: Make, top: str, inside: str, host: str
) -> None:
    files = {
        "migrations/env.py": ENV.format(top, inside, ""),
        "alembic.ini": INI.format("postgresql://app@listed/app"),
    }

    [engine] = program("", GIVEN, head=False, files=files).engines()

    assert engine.url.host.text == host
    assert (engine.pool_size, engine.pool_size_set) == (7, True)


@pytest.mark.parametrize("folder", ["migrations", "alembic", "app/alembic"])
@pytest.mark.parametrize(
    "read", ["from alembic import context", "import alembic\ncontext = alembic.context"]
)
def test_a_folder_named_as_the_library_is_not_the_library(
    program: Make, folder: str, read: str
) -> None:
    source = ENV.format(SET, "pass", "").replace("from alembic import context", read)

    [engine] = program("", GIVEN, head=False, files={f"{folder}/env.py": source}).engines()

    assert engine.url.host.text == "given"


def test_a_package_named_as_the_library_comes_first(program: Make) -> None:
    own = "class context:\n    config = None\n"
    files = {"alembic/env.py": ENV.format(SET, "pass", ""), "alembic/__init__.py": own}

    engines = program("", GIVEN, head=False, files=files).engines()

    assert [one.url.host.text for one in engines] != ["given"]


def test_the_address_of_the_template_is_none(program: Make) -> None:
    files = {
        "migrations/env.py": ENV.format("pass", "pass", ""),
        "alembic.ini": INI.format("driver://user:pass@localhost/dbname"),
    }

    [engine] = program("", head=False, files=files).engines()

    assert (engine.url.host.text, engine.url.password.value) == (None, None)


def test_a_configuration_without_its_file_may_hold_anything(program: Make) -> None:
    files = {"migrations/env.py": ENV.format(SET, "pass", "")}

    [engine] = program("", GIVEN, head=False, files=files).engines()

    assert engine.url.host.text == "given"
    assert engine.pool_size is None


@pytest.mark.parametrize(
    ("options", "pooled"), [("poolclass=pool.NullPool", False), ("echo=True", True)]
)
def test_what_is_passed_beside_the_configuration_wins(
    program: Make,
    options: str,
    pooled: bool,
) -> None:
    files = {"env.py": ENV.format("pass", "pass", options)}

    [engine] = program("", head=False, files=files).engines()

    assert engine.pooled is pooled


def test_a_percent_sign_is_doubled_only_on_the_way(program: Make) -> None:
    top = 'config.set_main_option("sqlalchemy.url", os.environ["U"].replace("%", "%%"))'
    url = {"U": "postgresql://app@db/app?options=-c%20x"}

    [engine] = program(
        "", url, head=False, files={"env.py": ENV.format(top, "pass", "")}
    ).engines()

    assert engine.url.query["options"].text == "-c x"


OFFLINE = """from alembic import context
from sqlalchemy import create_engine
if {}context.is_offline_mode():
    context.configure(url="postgresql://h/d")
else:
    engine = create_engine("postgresql://app@db/app")
"""


def test_what_is_deployed_runs_the_migrations_online(program: Make) -> None:
    online = program("", head=False, files={"env.py": OFFLINE.format("")}).engines()
    offline = program("", head=False, files={"env.py": OFFLINE.format("not ")}).engines()

    assert [one.under for one in online] == [()]
    assert offline == ()


OWN = """import os
from alembic.config import Config
from sqlalchemy import engine_from_config
config = Config({})
{}
engine = engine_from_config(config.get_section("alembic"), prefix="sqlalchemy.")
"""


@pytest.mark.parametrize(
    ("given", "inside", "host"),
    [
        ("'alembic.ini'", "pass", "listed"),
        ("'./alembic.ini'", SET, "given"),
        ("", SET, "given"),
        ("stdout=open('x')", SET, "given"),
        ("os.environ['INI']", SET, "given"),
        ("os.environ['INI']", "pass", None),
    ],
)
def test_a_configuration_that_the_code_makes_has_what_its_file_says(
    program: Make, given: str, inside: str, host: str | None
) -> None:
    files = {"alembic.ini": INI.format("postgresql://app@listed/app")}

    made = program(OWN.format(given, inside), GIVEN, head=False, files=files)

    assert [engine.url.host.text for engine in made.engines()] == [host]
    assert not [one for one in made.coverage.left_out if "failed" in one.reason]
