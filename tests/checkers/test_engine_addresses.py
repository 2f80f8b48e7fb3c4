# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]
HEAD = "import os\n\nimport asyncpg\nimport psycopg\nfrom sqlalchemy import create_engine, make_url\nfrom sqlalchemy.ext.asyncio import create_async_engine\n"


def code(text: str, **others: str) -> Files:
    return {"db.py": f"{HEAD}{text}\n", **others}


def engine(address: str) -> Files:
    return code(f"engine = create_engine({address})")


def env(text: str) -> Files:
    return {".env.production": f"{text}\n"}


def both(one: str, other: str) -> Files:
    return code(f"one = create_engine({one})\nother = create_engine({other})")


NO_HOST = '"postgresql+psycopg:///app"'
PROD = '"postgresql://app@db.internal/shop"'
TWO = '"postgresql+psycopg2://app@/shop?host=db1.internal:5432&host=db2.internal:5433"'
READ = 'os.environ["DATABASE_URL"]'

ADDRESSES = [
    pytest.param(engine(PROD), engine('"postgresql://app@localhost/shop"'), id="localhost"),
    pytest.param(engine(PROD), engine('"postgresql://app@127.0.0.1/shop"'), id="loopback"),
    pytest.param(engine(PROD), engine('"postgresql://app@[::1]/shop"'), id="loopback of IPv6"),
    pytest.param(engine(PROD), engine('"postgresql://app@0.0.0.0/shop"'), id="any address"),
    pytest.param(engine(PROD), engine('"postgresql://app@/shop?host=/var/run/postgresql"'), id="a socket"),
    pytest.param({**engine(NO_HOST), **env("PGHOST=db.internal")}, engine(NO_HOST), id="no host"),
    pytest.param({**engine(NO_HOST), **env("PGHOST=db.internal")}, {**engine(NO_HOST), **env("PGHOST=localhost")}, id="the variable of libpq"),
    pytest.param(engine(PROD), engine('"postgresql://app@host.docker.internal/shop"'), id="the machine of Docker"),
    pytest.param(engine(PROD), engine('"postgresql://app@db.internal/shop_dev"'), id="a database of development"),
    pytest.param(engine(PROD), engine('"postgresql://app@db.internal/testdb"'), id="a database of tests, in one word"),
    pytest.param(engine('"postgresql://app@db.corp.local/shop"'), engine('"postgresql://app@db.local.corp/shop"'), id="what a network is called says nothing"),
    pytest.param(engine('"postgresql://app@latest.internal/contest"'), engine('"postgresql://app@test2.internal/contest"'), id="a word, not a part of one"),
    pytest.param({**engine('os.getenv("DATABASE_URL", "postgresql://app@localhost/shop")'), **env("DATABASE_URL=postgresql://app@db.internal/shop")}, engine('os.getenv("DATABASE_URL", "postgresql://app@localhost/shop")'), id="the default of a variable"),
    pytest.param(code(f'c = psycopg.connect({PROD}, host="db2.internal")'), code(f'c = psycopg.connect({PROD}, host="localhost")'), id="an argument beats the address"),
    pytest.param(code('c = psycopg.connect("postgresql://app@localhost/shop", host="db.internal")'), code('c = psycopg.connect("postgresql://app@localhost/shop")'), id="or mends it"),
    pytest.param(env("DATABASE_URL=postgresql://app@db.internal/shop"), env("DATABASE_URL=postgresql://app@localhost/shop"), id="a variable that no engine takes"),
    pytest.param(env("DATABASE_URL=postgresql://app@db.internal/shop\nTEST_DATABASE_URL=postgresql://app@localhost/shop"), env("DATABASE_URL=postgresql://app@db.internal/shop\nJOBS_DATABASE_URL=postgresql://app@localhost/shop"), id="a variable of tests"),
    pytest.param(engine('"postgresql://app@db1.internal,db2.internal/shop"'), engine('"postgresql://app@db1.internal,localhost/shop"'), id="one of several hosts"),
    pytest.param({"settings.py": 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": "db.internal"}}'}, {"settings.py": 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}'}, id="Django without a host"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), ADDRESSES)
def test_one_change_decides_about_the_address(good: Files, bad: Files) -> None:
    fine = check("engines.address", {"files": good})
    wrong = check("engines.address", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert (wrong.outcome, len(wrong.problems)) == ("fail", 1)


@pytest.mark.parametrize(
    ("address", "allow"),
    [
        ("postgresql://app@127.0.0.1:6432/shop", "127.0.0.1:6432"),
        ("postgresql+psycopg://app@/shop?host=/cloudsql/acme:eu:db", "/cloudsql/*"),
        ("postgresql://app@db.internal/shop_test_results", "/shop_test_results"),
    ],
)
def test_an_address_that_is_meant_is_allowed_by_name(address: str, allow: str) -> None:
    files = engine(f'"{address}"')

    assert check("engines.address", {"files": files}).outcome == "fail"
    assert check("engines.address", {"files": files}, allow=[allow]).outcome == "pass"
    assert check("engines.address", {"files": files}, allow=["other*"]).outcome == "fail"


def test_the_name_of_the_environment_is_no_fault_in_it() -> None:
    files = engine('"postgresql://app@db-staging.internal/shop"')

    production = check("engines.address", {"files": files})
    staging = check("engines.address", {"files": files, "environment": {"name": "staging"}})

    assert (production.outcome, staging.outcome) == ("fail", "pass")


def test_a_host_that_is_not_known_is_undecided_and_its_database_still_counts() -> None:
    host = "f\"postgresql://app@{os.environ['HOST']}/{name}\"".replace("{name}", "{}")

    fine = check("engines.address", {"files": engine(host.replace("{}", "shop"))})
    wrong = check("engines.address", {"files": engine(host.replace("{}", "shop_dev"))})

    assert (fine.outcome, wrong.outcome) == ("unknown", "fail")


def test_a_condition_that_nothing_decides_is_named() -> None:
    text = f"import flags\naddress = {PROD} if flags.on() else 'postgresql://app@localhost/shop'\nengine = create_engine(address)"

    result = check("engines.address", {"files": code(text)})

    assert result.outcome == "unknown"
    assert "flags.on()" in result.undecided[0].message


def test_a_file_is_no_server() -> None:
    files = engine('"sqlite:///dev.db"')

    assert check("engines.address", {"files": files}).outcome == "not-applicable"
    assert check("engines.agreement", {"files": files}).outcome == "not-applicable"


def test_the_line_to_mend_is_where_the_host_stands() -> None:
    files = {**engine(READ), **env("DATABASE_URL=postgresql://app@localhost/shop")}

    result = check("engines.address", {"files": files})

    assert [str(one.at) for one in result.problems] == [".env.production:1"]
    assert result.problems[0].data["url"] == "postgresql://app@localhost/shop"


OTHER = '"postgresql://app@old.internal/shop"'
AGREEMENTS = [
    pytest.param(both(PROD, PROD), both(PROD, OTHER), id="another server"),
    pytest.param(both(PROD, '"postgresql://app@DB.internal.:5432/shop"'), both(PROD, '"postgresql://app@db.internal:5433/shop"'), id="one spelling or another port"),
    pytest.param(both(PROD, PROD), both(PROD, '"postgresql://app@db.internal/archive"'), id="another database"),
    pytest.param(both(TWO, TWO), both(TWO, '"postgresql://app@db3.internal/shop"'), id="the hosts of one address are one server"),
    pytest.param(both(TWO, '"postgresql://app@db2.internal/shop"'), both(TWO, '"postgresql://app@db2.internal/archive"'), id="one of the hosts is that server, too"),
    pytest.param(code(f"one = create_engine({READ})\nother = create_async_engine({READ}.replace('postgresql://', 'postgresql+asyncpg://'))"), code(f"one = create_engine({READ})\nother = create_async_engine({OTHER})", **env("DATABASE_URL=postgresql://app@db.internal/shop")), id="twins of one address, sync and async"),
    pytest.param({**engine(READ), **env("DATABASE_URL=postgresql://app@db.internal/shop\nJOBS_URL=postgresql://app@db.internal/shop")}, {**engine(READ), **env("DATABASE_URL=postgresql://app@db.internal/shop\nJOBS_URL=postgresql://app@old.internal/shop")}, id="a variable that no engine takes"),
    pytest.param(code(f"one = create_engine({PROD})", **{"tests/conftest.py": f"{HEAD}e = create_engine({OTHER})\n"}), code(f"one = create_engine({PROD})", **{"jobs.py": f"{HEAD}e = create_engine({OTHER})\n"}), id="code of tests does not count"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), AGREEMENTS)
def test_one_change_decides_about_agreement(good: Files, bad: Files) -> None:
    fine = check("engines.agreement", {"files": good})
    wrong = check("engines.agreement", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert (wrong.outcome, len(wrong.problems)) == ("fail", 1)


@pytest.mark.parametrize("declared", ["old.internal", "old.internal/shop", "old.*"])
def test_a_second_server_that_is_declared_is_meant(declared: str) -> None:
    files = both(PROD, OTHER)

    assert check("engines.agreement", {"files": files}, declared=[declared]).outcome == "pass"
    assert check("engines.agreement", {"files": files}, declared=["old"]).outcome == "fail"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (READ, 'os.environ["JOBS_URL"]'),
        (READ, f"{READ} + '_archive'"),
        (PROD, "f\"postgresql://app@db.internal/{os.environ['NAME']}\""),
        (PROD, '"postgresql://app@db/shop"'),
        (PROD, '"postgresql://app@db.internal:6432/shop"'),
    ],
)
def test_what_may_differ_is_undecided(one: str, other: str) -> None:
    assert check("engines.agreement", {"files": both(one, other)}).outcome == "unknown"


def test_what_differs_is_certain_whatever_the_rest_is() -> None:
    files = both(PROD, "f\"postgresql://app@{os.environ['HOST']}/archive\"")

    assert check("engines.agreement", {"files": files}).outcome == "fail"


def test_engines_of_which_only_one_is_built_agree() -> None:
    text = "import flags\nif flags.on():\n    one = create_engine({})\nelse:\n    one = create_engine({})"

    result = check("engines.agreement", {"files": code(text.format(PROD, OTHER))})

    assert result.problems == ()


def test_the_forgotten_default_is_blamed_and_not_the_address_of_the_environment() -> None:
    files = {
        **both('"postgresql://app@localhost/shop"', READ),
        **env("DATABASE_URL=postgresql://app@db.internal/shop"),
    }

    result = check("engines.agreement", {"files": files})

    assert [str(one.at) for one in result.problems] == ["db.py:7"]


LONG = """import psycopg
def other(items):
    total = 0
    while total < {}:
        total += 1
    return [psycopg.connect("host=db.acme.io dbname=app user=u") for _ in range(total)]
"""


@pytest.mark.parametrize(("turns", "places"), [("2", []), ("200000", ["long.py:6", "long.py"])])
def test_what_was_given_up_may_be_a_second_engine(turns: str, places: list[str]) -> None:
    files = {**engine('"postgresql://u@db.acme.io/app"'), "long.py": LONG.format(turns)}
    result = check("engines.agreement", {"files": files})

    assert [str(one.at) for one in result.undecided] == places


@pytest.mark.parametrize(
    ("loads", "outcome"),
    [
        ('load_dotenv()\nload_dotenv(".env.production")', "fail"),
        ('load_dotenv()\nload_dotenv(".env.production", override=True)', "pass"),
        ('load_dotenv(".env.production")\nload_dotenv()', "pass"),
        ("load_dotenv()", "pass"),
        ("load_dotenv()\nload_dotenv(f\".env.{os.environ['APP_ENV']}\")", "fail"),
    ],
)
def test_a_file_that_the_code_loads_too_late_changes_nothing(loads: str, outcome: str) -> None:
    files = {
        "db.py": "import os\nfrom dotenv import load_dotenv\nfrom sqlalchemy import create_engine\n"
        f"{loads}\nengine = create_engine(os.environ['DATABASE_URL'])\n",
        ".env": "DATABASE_URL=postgresql://app@localhost/shop\nAPP_ENV=development\n",
        ".env.production": "DATABASE_URL=postgresql://app@db.internal/shop\nAPP_ENV=production\n",
    }

    assert check("engines.address", {"files": files}).outcome == outcome
