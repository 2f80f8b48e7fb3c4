"""Engines with the values that they would really have."""

from tests.program.conftest import Make


def test_connect_args_beat_the_url(program: Make) -> None:
    made = program(
        """
from sqlalchemy import create_engine
engine = create_engine("postgresql://h/d?sslmode=disable", connect_args={"sslmode": "require"})
"""
    )

    assert [(one.sslmode, one.sslmode_set) for one in made.engines()] == [("require", True)]


def test_a_url_keeps_its_known_parts_beside_a_secret(program: Make) -> None:
    made = program(
        """
from sqlalchemy import create_engine
from urllib.parse import quote_plus
password = quote_plus(os.environ["PASSWORD"])
engine = create_engine(f"postgresql+psycopg://app:{password}@db:5432/app?sslmode=require")
"""
    )

    engine = made.engines()[0]

    assert (engine.url.host.text, engine.url.database.text, engine.sslmode) == (
        "db", "app", "require",
    )  # fmt: skip
    assert engine.url.password.reason == "PASSWORD is set by the platform"


def test_no_text_of_an_engine_shows_a_password(program: Make) -> None:
    made = program(
        'import psycopg\nconnection = psycopg.connect(os.environ["DSN"])',
        {"DSN": "postgresql://app:hunter2@db/app"},
    )

    engine = made.engines()[0]

    assert "hunter2" not in f"{engine} {engine!r} {engine.url} {made.reads()!r}"
    assert engine.url.password.value is not None
    assert engine.url.password.value.reveal() == "hunter2"


def test_pgsslmode_counts_where_nothing_else_speaks(program: Make) -> None:
    source = "import psycopg2\nconnection = psycopg2.connect('host=h dbname=d')"

    plain, told = program(source), program(source, {"PGSSLMODE": "verify-full"})

    assert plain.engines()[0].sslmode == "prefer"
    assert told.engines()[0].sslmode == "verify-full"


def test_a_pool_size_from_a_variable_that_the_platform_sets_is_unknown(program: Make) -> None:
    source = """
from sqlalchemy import create_engine
engine = create_engine("postgresql://h/d", pool_size=int(os.environ["SIZE"]))
"""

    unknown, known = program(source), program(source, {"SIZE": "12"})

    assert unknown.engines()[0].pool_size is None
    assert unknown.engines()[0].pool_reason == "SIZE is set by the platform"
    assert known.engines()[0].pool_size == 12


def test_the_engine_of_an_agno_db_has_the_library_s_pool(program: Make) -> None:
    made = program('agent = Agent(db=PostgresDb(db_url="postgresql://h/d"))')

    engine = made.engines()[0]

    assert (engine.own, engine.pool_size, engine.max_overflow) == (False, 5, 10)


def test_django_databases_are_engines(program: Make) -> None:
    made = program(
        """
import dj_database_url
DATABASES = {
    "default": dj_database_url.config(default="postgres://u:p@h/n", ssl_require=True),
    "other": {"ENGINE": "django.db.backends.postgresql", "HOST": "db",
              "PASSWORD": os.getenv("PASSWORD", "postgres")},
}
"""
    )

    found = [(one.url.host.text, one.sslmode) for one in made.engines()]

    assert found == [("h", "require"), ("db", "prefer")]


def test_a_default_password_is_told_with_its_place(program: Make) -> None:
    made = program(
        """
import psycopg
connection = psycopg.connect(host="db", password=os.getenv("PASSWORD", "postgres"))
"""
    )

    password = made.engines()[0].url.password

    assert password.literal
    assert str(password.places[0]) == "app.py:7"


def test_a_password_in_the_query_of_a_url_is_a_secret_too(program: Make) -> None:
    made = program(
        "from sqlalchemy import create_engine\n"
        'engine = create_engine("postgresql:///app?host=/run/db&user=app&password=hunter2")'
    )

    url = made.engines()[0].url

    assert (url.host.text, url.user.text, url.database.text) == ("/run/db", "app", "app")
    assert "hunter2" not in f"{url!r} {made.constructions('sqlalchemy.create_engine')!r}"
    assert url.password.value is not None
