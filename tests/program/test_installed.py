"""Libraries that are installed into the project's folder are left to their models."""

import pytest

from tests.program.conftest import Make

ENGINE = """
from sqlalchemy import create_engine
engine = create_engine("postgresql+psycopg://h/d?sslmode=require", pool_size=7)
"""
CODE = "def create_engine(url, **options):\n    return None\n"
RECORD = "sqlalchemy/__init__.py,sha256=x,1\nsqlalchemy/engine/base.py,,\n../bin/x,,\n"
COPY = {
    "lib/sqlalchemy/__init__.py": CODE,
    "lib/SQLAlchemy-2.1.9.dist-info/RECORD": RECORD,
}
PATHS = 'import sys\nsys.path.insert(0, "lib")\n'


def test_an_installed_library_is_not_run_and_the_coverage_says_so(program: Make) -> None:
    made = program(PATHS + ENGINE, files=COPY)

    assert [(one.pool_size, one.sslmode) for one in made.engines()] == [(7, "require")]
    assert [(one.path, one.reason) for one in made.coverage.left_out] == [
        ("lib/sqlalchemy/", "it is an installed copy of SQLAlchemy, which is known without "
         "running it"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"lib/SQLAlchemy-2.1.9.dist-info/RECORD": "something/__init__.py,,\n"},
        {"lib/SQLAlchemy-2.1.9.dist-info/RECORD": "sqlalchemy/engine/base.py,,\n"},
        {"lib/SQLAlchemy-2.1.9.dist-info/direct_url.json": "{}"},
    ],
)
def test_a_package_that_no_index_installed_is_the_code_s_own(
    program: Make, more: dict[str, str]
) -> None:
    made = program(PATHS + ENGINE, files=COPY | more)

    assert made.engines() == ()
    assert made.coverage.left_out == ()


def test_a_module_of_the_same_name_elsewhere_is_the_code_s_own(program: Make) -> None:
    own = "from agno.agent import Agent\nfrom agno.db.in_memory import InMemoryDb\n"
    files = {
        "records.py": f"{own}def made():\n    return Agent(db=InMemoryDb())\n",
        "lib/records.py": "",
        "lib/records-1.0.dist-info/RECORD": "records.py,,\n",
    }
    made = program("import records\nagent = records.made()\n", files=files)

    assert [(one.at.path, one.db) for one in made.agents()] == [("records.py", "volatile")]


def test_what_an_installed_library_mentions_calls_nothing_of_the_code(program: Make) -> None:
    source = """
def dev():
    return Agent(db=InMemoryDb())


def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))


prod() if os.environ["APP_ENV"] == "production" else dev()
"""
    mention = {"lib/sqlalchemy/dev.py": "def dev(): ...\ndev()\n"}
    for files, expected in ((COPY | mention, ["durable"]), (mention, ["durable", "volatile"])):
        made = program(source, {"APP_ENV": "production"}, files=files)
        assert sorted(one.db for one in made.agents()) == expected
