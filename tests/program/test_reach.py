"""What-if questions are asked of the modules that they can concern."""

import pytest

from readiness.program.reach import connected
from readiness.testing import check, project

AGENT = """
import os
from agno.agent import Agent
from agno.db.postgres import PostgresDb
from agno.db.in_memory import InMemoryDb
db = PostgresDb("postgresql://h/x") if os.getenv("{}", "on") == "on" else InMemoryDb()
agent = Agent(db=db)
"""
PLAIN = """
from agno.agent import Agent
from agno.db.postgres import PostgresDb
agent = Agent(db=PostgresDb("postgresql://h/x"))
"""
CONFIGURED = """
from agno.agent import Agent
from agno.db.postgres import PostgresDb
from agno.db.in_memory import InMemoryDb
from config import durable
agent = Agent(db=PostgresDb("postgresql://h/x") if durable else InMemoryDb())
"""


def test_a_fallback_in_one_module_is_found_beside_others() -> None:
    repo = project({"a.py": AGENT.format("A"), "b.py": PLAIN, "c.py": AGENT.format("C")})

    result = check("agents.no-fallback", repo)

    assert [(p.at.path, p.data["variable"]) for p in result.problems if p.at] == [
        ("a.py", "A"), ("c.py", "C")
    ]  # fmt: skip


def test_a_variable_that_an_imported_module_reads_opens_a_way() -> None:
    config = "import os\ndurable = os.getenv('DURABLE', 'yes') == 'yes'\n"
    repo = project({"config.py": config, "app.py": CONFIGURED, "other.py": PLAIN})

    result = check("agents.no-fallback", repo)

    assert [p.data["variable"] for p in result.problems] == ["DURABLE"]


def test_a_variable_that_the_code_passes_on_through_another_opens_a_way() -> None:
    sets = "import os\nos.environ['MODE'] = 'on' if os.getenv('KIND', 'a') == 'a' else 'off'\n"
    repo = project({"a_sets.py": sets, "b_agent.py": AGENT.format("MODE")})

    result = check("agents.no-fallback", repo)

    assert "KIND" in [p.data["variable"] for p in result.problems]


@pytest.mark.parametrize("links", [{"a": {"b"}, "b": {"c"}}, {"c": {"b"}, "a": {"c"}}])
def test_links_connect_in_either_direction(links: dict[str, set[str]]) -> None:
    groups = connected(["a", "b", "c", "d"], links)

    assert sorted(map(sorted, groups)) == [["a", "b", "c"], ["d"]]
