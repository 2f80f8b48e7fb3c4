import pytest

from readiness.testing import check

HEAD = """
import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
from agno.db.sqlite import SqliteDb
from agno.os import AgentOS
from agno.team import Team
"""
PG = 'PostgresDb(db_url=os.environ["DATABASE_URL"])'

TWINS = [
    pytest.param(f'agent = Agent(name="a", db={PG})', 'agent = Agent(name="a", db=InMemoryDb())',
                 id="memory"),
    pytest.param(f'agent = Agent(name="a", db={PG})', 'agent = Agent(name="a")', id="none"),
    pytest.param('agent = Agent(db=PostgresDb(db_url="postgresql://db/app"))',
                 'agent = Agent(db=PostgresDb(db_url="sqlite://"))', id="a class is no proof"),
    pytest.param(f'agent = Agent(name="a")\nos_ = AgentOS(agents=[agent], db={PG})',
                 'agent = Agent(name="a")\nos_ = AgentOS(agents=[agent])', id="AgentOS fills"),
    pytest.param(f'team = Team(members=[Agent(name="a")], db={PG})',
                 f'team = Team(members=[Agent(name="a", db=InMemoryDb())], db={PG})',
                 id="a member without a db is fine"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), TWINS)
def test_one_change_decides(good: str, bad: str) -> None:
    fine = check("agents.durable-db", {"files": {"app.py": f"{HEAD}\n{good}\n"}})
    wrong = check("agents.durable-db", {"files": {"app.py": f"{HEAD}\n{bad}\n"}})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert len(wrong.problems) == 1


def app(text: str) -> dict[str, dict[str, str]]:
    return {"files": {"app.py": f"{HEAD}\n{text}\n"}}


def test_every_site_has_a_finding_with_its_db() -> None:
    text = f'one = Agent(name="a", db={PG})\ntwo = Agent(name="b", db=InMemoryDb())'

    result = check("agents.durable-db", app(text))

    found = {str(one.at): one.data["db"] for one in result.findings}
    assert found == {"app.py:10": "durable", "app.py:11": "volatile"}


def test_a_condition_that_nothing_decides_is_named() -> None:
    text = f"""
import json
import urllib.request

with urllib.request.urlopen("http://flags.internal/durable") as answer:
    durable = json.load(answer)["on"]
agent = Agent(db={PG} if durable else InMemoryDb())
"""

    result = check("agents.durable-db", app(text))

    assert result.outcome == "unknown"
    assert result.undecided[0].data["db"] == "unknown"
    assert "durable" in result.undecided[0].message


def test_a_file_on_one_machine_is_the_teams_choice() -> None:
    state = app('agent = Agent(name="a", db=SqliteDb(db_file="agents.db"))')

    assert check("agents.durable-db", state).outcome == "fail"
    assert check("agents.durable-db", state, allow_local_file=True).outcome == "pass"


@pytest.mark.parametrize("pattern", ["app.py:10", "app.py", "*.py"])
def test_a_site_may_be_allowed(pattern: str) -> None:
    state = app('agent = Agent(name="a")')

    assert check("agents.durable-db", state, allow=[pattern]).outcome == "pass"


def test_a_named_file_that_is_missing_is_a_problem() -> None:
    result = check("agents.durable-db", app(f"agent = Agent(db={PG})"), files=["prober.py"])

    assert [str(one.at) for one in result.problems] == ["prober.py"]
    assert "is not there" in result.problems[0].message


def test_a_named_file_that_builds_no_agent_is_a_problem() -> None:
    state = {"files": {**app(f"agent = Agent(db={PG})")["files"], "prober.py": "x = 1\n"}}

    result = check("agents.durable-db", state, files=["app.py", "prober.py"])

    assert [str(one.at) for one in result.problems] == ["prober.py"]


def test_a_file_that_does_not_parse_is_undecided() -> None:
    result = check("agents.durable-db", {"files": {"app.py": "from agno.agent import Agent\n("}})

    assert result.outcome == "unknown"


def test_without_agents_the_rule_does_not_apply() -> None:
    state = {"files": {"app.py": "x = 1\n"}}

    assert check("agents.durable-db", state).outcome == "not-applicable"
    assert check("agents.no-fallback", state).outcome == "not-applicable"


def test_a_switch_with_a_development_name_as_default_falls_back() -> None:
    text = f"""
production = os.getenv("APP_ENV", "test") == "production"
agent = Agent(db={PG} if production else InMemoryDb())
"""
    state = {**app(text), "environment": {"set": {"APP_ENV": "production"}}}

    assert check("agents.durable-db", state).outcome == "pass"
    assert check("agents.no-fallback", state).outcome == "fail"


CAUGHT = f"""
def make_db():
    try:
        return {PG}
    except KeyError:
        return InMemoryDb()

agent = Agent(db=make_db())
"""


def test_a_fallback_that_is_taken_already_is_one() -> None:
    result = check(
        "agents.no-fallback", app(CAUGHT) | {"environment": {"unset": ["DATABASE_URL"]}}
    )

    assert [one.message for one in result.problems] == [
        "Agent holds InMemoryDb, since DATABASE_URL is missing"
    ]


def test_a_volatile_db_by_choice_is_no_fallback() -> None:
    chosen = app("agent = Agent(name=os.getenv('NAME'), db=InMemoryDb())")

    result = check("agents.no-fallback", chosen)

    assert result.outcome == "pass"
    assert "1 hold one as it is" in result.findings[0].message


@pytest.mark.parametrize(
    ("without", "outcome"), [("None", "fail"), ("SqliteDb(db_file='kept.db')", "pass")]
)
def test_no_db_at_all_is_lost_as_a_volatile_one_is(without: str, outcome: str) -> None:
    text = f"""
url = os.getenv("DATABASE_URL")
agent = Agent(db=PostgresDb(db_url=url) if url else {without})
"""
    state = {**app(text), "environment": {"set": {"DATABASE_URL": "postgresql://db/app"}}}

    assert check("agents.no-fallback", state).outcome == outcome


def test_a_db_that_is_always_the_same_falls_back_to_nothing() -> None:
    assert check("agents.no-fallback", app(f"agent = Agent(db={PG})")).outcome == "pass"


def test_where_the_db_is_not_known_nor_is_the_fallback() -> None:
    given = "def build(db):\n    return Agent(db=db)"

    assert check("agents.no-fallback", app(given)).outcome == "unknown"


CLICKHOUSE = "from agno.db.clickhouse import ClickhouseDb\n"


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ('Agent(name="a", db=ClickhouseDb(host="h"))', "fail", "keeps traces only"),
        (f'Team(members=[Agent(name="a", db=ClickhouseDb())], db={PG})', "fail", "traces only"),
        ('AgentOS(agents=[Agent(name="a")], db=ClickhouseDb(host="h"))', "fail", "traces only"),
        (f'AgentOS(agents=[Agent(db={PG})], db=ClickhouseDb(host="h"))', "pass", "its traces in"),
    ],
)
def test_a_db_for_traces_keeps_no_session(text: str, outcome: str, words: str) -> None:
    result = check("agents.durable-db", app(f"{CLICKHOUSE}one = {text}"))

    assert result.outcome == outcome
    assert any(words in finding.message for finding in result.findings)
