"""The way to each site, as it is told: every step that bears on the verdict, and no other."""

import textwrap

import pytest

from readiness.model.trace import Trace
from readiness.program import Scope
from tests.program.conftest import Make

DURABLE = 'PostgresDb(db_url="postgresql://h/d")'


def told(trace: Trace) -> str:
    """A trace as lines of kind, text and place."""
    return "\n".join(f"{step.kind} | {step.text} | {step.at}" for step in trace)


def same(trace: Trace, expected: str) -> None:
    assert told(trace) == textwrap.dedent(expected).strip()


def test_a_factory_in_another_module(program: Make) -> None:
    factory = """\
        import os
        from agno.db.in_memory import InMemoryDb
        from agno.db.postgres import PostgresDb

        def get_db():
            if os.getenv("DEBUG"):
                print("debugging")
            stage = os.getenv("STAGE", "test")
            url = f"postgresql://{os.getenv('DB_HOST', 'localhost')}/d"
            if stage == "production":
                return PostgresDb(db_url=url)
            return InMemoryDb()
        """
    made = program(
        "from stores import get_db\nagent = Agent(db=get_db())\n",
        {"STAGE": "production", "DB_HOST": "db", "DEBUG": "1"},
        files={"stores/__init__.py": "from .make import get_db\n",
               "stores/make.py": textwrap.dedent(factory)},
    )  # fmt: skip

    same(
        made.agents()[0].trace,
        """
        call | agent = Agent(db=get_db()) | app.py:6
        call | get_db(), defined at stores/make.py:5 | app.py:6
        variable | STAGE is production (--set) | stores/make.py:8
        branch | stage == 'production' is true (otherwise line 12: return InMemoryDb()) | stores/make.py:10
        call | return PostgresDb(db_url=url) | stores/make.py:11
        """,  # noqa: E501 - lines of an output
    )


def test_a_variable_that_nothing_sets_and_its_default(program: Make) -> None:
    made = program(
        f'name = os.getenv("STAGE", "test")\n'
        f'agent = Agent(db={DURABLE} if name == "production" else InMemoryDb())\n'
    )

    same(
        made.agents()[0].trace,
        """
        variable | STAGE is not set | app.py:5
        default | the default of STAGE is 'test' | app.py:5
        branch | name == 'production' is false (otherwise PostgresDb(db_url='postgresql://h/d')) | app.py:6
        call | agent = Agent(db=…, …) | app.py:6
        call | InMemoryDb() | app.py:6
        """,  # noqa: E501 - lines of an output
    )


REGISTRY = f"""
def memory(): return InMemoryDb()
def server(): return {DURABLE}
MAKERS = {{"memory": memory, "server": server}}
agent = Agent(db=MAKERS[os.getenv("KIND", "memory")]())
"""


def test_a_registry_tells_what_chose_from_it(program: Make) -> None:
    same(
        program(REGISTRY, {"KIND": "server"}).agents()[0].trace,
        """
        call | agent = Agent(db=MAKERS[os.getenv('KIND', 'memory')]()) | app.py:9
        variable | KIND is server (--set) | app.py:9
        call | server(), defined at app.py:7 | app.py:9
        call | return PostgresDb(db_url='postgresql://h/d') | app.py:7
        """,
    )


def test_an_object_of_a_registry_tells_its_own_choice_only(program: Make) -> None:
    made = program(
        f'KEPT = {{"memory": InMemoryDb(), "server": {DURABLE}}}\n'
        'first = Agent(db=KEPT[os.getenv("KIND", "memory")])\n'
        'second = Agent(db=KEPT["memory"])\n'
    )

    assert [len(one.trace) for one in made.agents()] == [4, 2]
    assert "KIND is not set" in told(made.agents()[0].trace)


def test_what_is_assigned_later_and_what_an_agent_os_fills(program: Make) -> None:
    made = program(
        f"from agno.os import AgentOS\n"
        f"late, filled = Agent(), Agent()\n"
        f"late.db = {DURABLE}\n"
        f"AgentOS(agents=[filled], db=InMemoryDb())\n"
    )

    late, filled, _ = (one.trace for one in made.agents())
    assert "late.db = PostgresDb(db_url='postgresql://h/d') | app.py:7" in told(late)
    assert "AgentOS hands its db on | app.py:8" in told(filled)


def test_an_exception_that_is_caught(program: Make) -> None:
    made = program(
        """
def get_db():
    try:
        url = os.environ["DB_URL"]
    except KeyError:
        return InMemoryDb()
    return PostgresDb(db_url=url)
agent = Agent(db=get_db())
"""
    )

    same(
        made.agents()[0].trace,
        """
        call | agent = Agent(db=get_db()) | app.py:12
        call | get_db(), defined at app.py:6 | app.py:12
        variable | DB_URL is not set | app.py:8
        branch | the KeyError of app.py:8 is caught | app.py:9
        call | return InMemoryDb() | app.py:10
        """,
    )


def test_an_assertion_that_the_environment_meets_is_part_of_the_way(program: Make) -> None:
    source = f'assert os.getenv("STAGE") == "production"\nagent = Agent(db={DURABLE})\n'

    met, missed = program(source, {"STAGE": "production"}), program(source, {"STAGE": "test"})

    assert "os.getenv('STAGE') == 'production' is true" in told(met.agents()[0].trace)
    assert [one.db for one in missed.agents()] == ["unknown"]
    assert "start-up ends with AssertionError" in missed.agents()[0].reason


def test_a_literal_that_a_function_chooses_tells_the_branch(program: Make) -> None:
    made = program(
        """
from sqlalchemy import create_engine
def mode():
    if os.getenv("STAGE", "test") == "production":
        return "verify-full"
    return "disable"
engine = create_engine(f"postgresql://u@{os.environ['HOST']}/d?sslmode={mode()}")
""",
        {"HOST": "db"},
    )

    same(
        made.engines()[0].tls,
        """
        call | engine = create_engine(…) | app.py:11
        variable | STAGE is not set | app.py:8
        default | the default of STAGE is 'test' | app.py:8
        branch | os.getenv('STAGE', 'test') == 'production' is false (otherwise line 9: return 'verify-full') | app.py:8
        """,  # noqa: E501 - lines of an output
    )


@pytest.mark.parametrize("word", ["DB_PASSWORD", "SECRET_URL"])
def test_a_default_that_may_be_a_secret_is_not_told(program: Make, word: str) -> None:
    made = program(
        f"from sqlalchemy import create_engine\n"
        f'engine = create_engine("postgresql://u:" + os.getenv("{word}", "hunter2") + "@h/d")\n'
    )

    assert f"the default of {word} counts" in told(made.engines()[0].trace)
    assert "hunter2" not in told(made.engines()[0].trace)


def test_a_size_tells_its_variable_and_not_the_address(program: Make) -> None:
    made = program(
        "from sqlalchemy import create_engine\n"
        'engine = create_engine("postgresql://u@" + os.getenv("HOST", "h") + "/d",\n'
        '                       pool_size=int(os.getenv("POOL", "64")))\n'
    )

    same(
        made.engines()[0].pool,
        """
        variable | POOL is not set | app.py:7
        default | the default of POOL is '64' | app.py:7
        call | engine = create_engine(pool_size=int(os.getenv('POOL', '64')), …) | app.py:6
        """,
    )


@pytest.mark.parametrize(
    "code",
    [
        'PostgresDb(db_url=os.getenv("DB_PASSWORD", "sesame"))',
        'PostgresDb(db_url=os.getenv("API_TOKEN", default="sesame"))',
        'PostgresDb(db_url="postgresql://u:sesame@h/d")',
        'PostgresDb(db_url=make(password="sesame"))',
        'PostgresDb(db_url={"password": "sesame"}["password"])',
        'PostgresDb(db_url="postgresql://h/d?password=sesame")',
        'InMemoryDb() if os.getenv("DB_PASSWORD") == "sesame" else None',
        'InMemoryDb() if os.getenv("DB_PASSWORD") in ("sesame", "b") else None',
    ],
)
def test_no_step_shows_what_could_be_a_secret(program: Make, code: str) -> None:
    made = program(
        f"def make(password): return 'postgresql://u:' + password + '@h/d'\n"
        f"db = {code}\n"
        f"agent = Agent(db=db)\n"
    )

    assert made.agents()
    every = [made.agents()[0].trace, *(e.trace + e.tls + e.pool for e in made.engines())]
    assert "sesame" not in "".join(map(told, every))


def test_what_is_left_out_says_why(program: Make) -> None:
    files = {"tests/helper.py": "x = 1\n", "conftest.py": "x = 1\n", "old/app.py": "x = 1\n"}
    made = program("x = 1\n", files=files, scope=Scope(exclude=("old/**",)))

    why = "which is not deployed, and nothing that is deployed imports it"
    assert {one.path: one.reason for one in made.coverage.left_out} == {
        "conftest.py": f"it is named like conftest.py, {why}",
        "old/app.py": "the settings leave it out (old/**)",
        "tests/helper.py": f"it lies in tests/, {why}",
    }
