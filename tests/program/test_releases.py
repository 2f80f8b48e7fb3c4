"""What hangs on the release of a library: its own defaults, and the names that it reads."""

import pytest

from readiness.program.releases import at_least
from readiness.project import Project
from tests.program.conftest import Make

LOCK = '[[package]]\nname = "agno"\nversion = "{}"\n'


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("uv.lock", LOCK.format("2.3.21"), False),
        ("uv.lock", LOCK.format("2.3.22"), True),
        ("poetry.lock", LOCK.format("3.1.10"), True),
        ("requirements.txt", "agno==2.3.22", True),
        ("requirements.txt", "agno[postgres]==2.3.0  # pinned", False),
        ("requirements.txt", "agno==2.3.*", None),
        ("requirements.txt", "agno>=3", True),
        ("requirements.txt", "agno>=2", None),
        ("requirements.txt", "agno>=2,<2.3", False),
        ("requirements.txt", "agno~=2.2.1", False),
        ("requirements.txt", "agno~=2.2", None),
        ("requirements.txt", "agno", None),
        ("requirements.txt", "agno-tools==1.0", None),
        ("requirements.txt", "Agno == 3.0 ; python_version > '3.9'", True),
        ("requirements.txt", "agno!=2.3.21", None),
        ("pyproject.toml", '[project]\ndependencies = ["x", "agno[os]>=3,<4"]', True),
        ("pyproject.toml", '[project]\ndependencies = [\n  "agno<2.3",\n]', False),
        ("pyproject.toml", '[tool.poetry.dependencies]\nagno = "^3.0"', True),
        ("pyproject.toml", '[tool.poetry.dependencies]\nagno = "^2.0"', None),
        ("pyproject.toml", '[tool.poetry.dependencies]\nagno = {version = "3.1.0", extras = []}',
         True),
        ("pyproject.toml", '[tool.poetry.dependencies]\nagno = "*"', None),
    ],
)  # fmt: skip
def test_a_release_is_at_least_another_where_the_files_say_so(
    path: str, text: str, expected: bool | None
) -> None:
    assert at_least(Project({path: f"{text}\n".encode()}), "agno", (2, 3, 22)) is expected


def test_a_lock_beats_the_range_that_it_was_made_from() -> None:
    files = {"uv.lock": LOCK.format("2.3.0").encode(), "requirements.txt": b"agno>=3\n"}

    assert at_least(Project(files), "agno", (2, 3, 22)) is False


def test_pins_that_disagree_say_nothing() -> None:
    files = {"a/uv.lock": LOCK.format("2.3.0").encode(), "b/uv.lock": LOCK.format("3.0").encode()}

    assert at_least(Project(files), "agno", (2, 3, 22)) is None


@pytest.mark.parametrize(
    ("pin", "ping", "recycle"),
    [("agno==3.1.10", True, 3600), ("agno==2.3.0", False, -1), ("agno>=2", None, None)],
)
def test_the_engine_of_agno_is_that_of_its_release(
    program: Make, pin: str, ping: bool | None, recycle: int | None
) -> None:
    made = program("db = PostgresDb('postgresql://a@h/d')", files={"requirements.txt": pin + "\n"})

    assert [(one.pre_ping, one.recycle) for one in made.engines()] == [(ping, recycle)]


FLASK = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config.update(SQLALCHEMY_DATABASE_URI="postgresql://db/x", SQLALCHEMY_POOL_SIZE=20)
OPTIONS
database = SQLAlchemy(app, engine_options={"max_overflow": 3})
"""
_SAID = "app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {'max_overflow': 4}"


@pytest.mark.parametrize(
    ("pin", "options", "size", "overflow"),
    [
        ("flask-sqlalchemy==2.5.1", "", 20, 3),
        ("Flask_SQLAlchemy==3.1.1", "", 5, 3),
        ("flask", "", None, 3),
        ("flask-sqlalchemy==2.5.1", _SAID, 20, 3),
        ("flask-sqlalchemy==3.1.1", _SAID, 5, 4),
    ],
)
def test_the_names_of_flask_sqlalchemy_2_count_in_its_release(
    program: Make, pin: str, options: str, size: int | None, overflow: int
) -> None:
    source = FLASK.replace("OPTIONS", options)

    (engine,) = program(source, head=False, files={"requirements.txt": pin + "\n"}).engines()

    assert (engine.pool_size, engine.max_overflow) == (size, overflow)
    assert ("no release is pinned" in engine.pool_reason) is (size is None)
