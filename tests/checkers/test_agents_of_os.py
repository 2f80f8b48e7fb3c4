"""An AgentOS without a db passes only where it is known what it runs."""

import pytest

from readiness.testing import check

HEAD = """from agno.agent import Agent, RemoteAgent
from agno.db.postgres import PostgresDb
from agno.os import AgentOS
DB = PostgresDb(db_url="postgresql://db/app")
"""
KNOWN = {
    "built here": "os_ = AgentOS(agents=[Agent(db=DB)])\n",
    "built in a loop of unknown length": "import sys\nfound = []\nfor name in sys.argv:\n"
    "    found.append(Agent(name=name, db=DB))\nos_ = AgentOS(agents=found)\n",
    "run on another server": "os_ = AgentOS(agents=[RemoteAgent(base_url='https://a')])\n",
    "nothing": "os_ = AgentOS(agents=None)\n",
}
STRANGE = {
    "a list from elsewhere": "from z import found\nos_ = AgentOS(agents=found)\n",
    "one from elsewhere": "from z import other\nos_ = AgentOS(agents=[Agent(db=DB), other])\n",
    "a team from elsewhere": "from z import make\nos_ = AgentOS(teams=[make()])\n",
    "found in modules": "import importlib, sys\nfound = []\nfor name in sys.argv:\n"
    "    found.extend(importlib.import_module(name).agents)\nos_ = AgentOS(agents=found)\n",
    "gathered from modules": "import importlib, sys\ndef agents_of(module):\n    held = []\n"
    "    for name in dir(module):\n        one = getattr(module, name)\n"
    "        if isinstance(one, Agent):\n            held.append(one)\n    return held\n"
    "found = []\nfor name in sys.argv:\n"
    "    found.extend(agents_of(importlib.import_module(name)))\nos_ = AgentOS(agents=found)\n",
    "perhaps none": "from z import found\nos_ = AgentOS(agents=found or None)\n",
}


@pytest.mark.parametrize("name", KNOWN)
def test_each_agent_answers_for_its_own(name: str) -> None:
    assert check("agents.durable-db", {"files": {"app.py": HEAD + KNOWN[name]}}).outcome == "pass"


@pytest.mark.parametrize("name", STRANGE)
def test_agents_that_are_not_known_here_are_not_passed(name: str) -> None:
    found = check("agents.durable-db", {"files": {"app.py": HEAD + STRANGE[name]}})

    assert found.outcome == "unknown"
    assert "it is given is not known here" in found.undecided[0].message


@pytest.mark.parametrize("name", STRANGE)
def test_its_own_db_is_handed_to_them(name: str) -> None:
    code = HEAD + STRANGE[name].replace("AgentOS(", "AgentOS(db=DB, ")

    assert check("agents.durable-db", {"files": {"app.py": code}}).outcome == "pass"
