"""A project of many small files, each building agents, in the shapes that cookbooks have."""

from pathlib import Path

FILES = 2000
_FOLDER = 20

_STORED = '''"""Recipe {i}: an agent that keeps its sessions."""

from agno.agent import Agent
from agno.db.sqlite import SqliteDb
from agno.models.openai import OpenAIChat
from agno.tools.duckduckgo import DuckDuckGoTools

db = SqliteDb(db_file="tmp/data_{i}.db")
agent = Agent(
    name="Agent {i}",
    model=OpenAIChat(id="gpt-5-mini"),
    db=db,
    tools=[DuckDuckGoTools()],
    instructions=["Use tables to show data", "Answer in one paragraph", "Cite sources"],
    add_history_to_context=True,
    num_history_runs=3,
)

if __name__ == "__main__":
    agent.print_response("What is the news about topic {i}?", stream=True)
'''
_PLAIN = '''"""Recipe {i}: an agent without storage."""

from agno.agent import Agent, RunOutput
from agno.models.openai import OpenAIChat
from pydantic import BaseModel, Field


class Script{i}(BaseModel):
    setting: str = Field(..., description="Provide a nice setting for a blockbuster movie.")
    genre: str = Field(..., description="Genre of the movie.")
    characters: list[str] = Field(..., description="Names of the characters.")


agent = Agent(model=OpenAIChat(id="gpt-5-mini"), output_schema=Script{i})

if __name__ == "__main__":
    run: RunOutput = agent.run("New York")
'''
_SERVED = '''"""Recipe {i}: a team behind AgentOS, its db chosen by a variable."""

from os import getenv

from agno.agent import Agent
from agno.db.postgres import AsyncPostgresDb, PostgresDb
from agno.os import AgentOS
from agno.team import Team

db_url = getenv("DATABASE_URL", "postgresql+psycopg://ai:ai@localhost:5532/ai")
use_async = getenv("USE_ASYNC", "false").lower() == "true"
sync_db = PostgresDb(db_url=db_url, session_table="sessions_{i}")
async_db = AsyncPostgresDb(db_url=db_url)
db = async_db if use_async else sync_db
writer = Agent(name="Writer", role="Writes about topic {i}")
team = Team(name="Team {i}", members=[writer, Agent(name="Reader")])
agent_os = AgentOS(description="Example app {i}", teams=[team], agents=[writer], db=db)
app = agent_os.get_app()
'''
_STEPS = '''"""Recipe {i}: a workflow that a function makes."""

from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.workflow import Step, StepInput, StepOutput, Workflow

planner = Agent(name="Planner {i}", instructions="Plan four weeks")


def plan(given: StepInput) -> StepOutput:
    try:
        return StepOutput(content=planner.run(f"Plan {{given.input}}").content)
    except Exception as error:
        return StepOutput(content=f"Planning failed: {{error}}", success=False)


def make() -> Workflow:
    return Workflow(name="Workflow {i}", db=InMemoryDb(), steps=[Step(name="Plan", executor=plan)])


workflow = make()
'''
_SHARED = '''"""Recipe {i}: the db comes from a module beside this one."""

from agno.agent import Agent
from db import get_db


def build_agent(debug: bool = False) -> Agent:
    return Agent(name="Docs agent {i}", db=get_db(), debug_mode=debug)


agent = build_agent()
'''
_DB = '''"""One db for the folder."""

from agno.db.sqlite import SqliteDb


def get_db() -> SqliteDb:
    return SqliteDb(db_file="tmp/folder.db")
'''
_SHAPES = (_STORED, _STORED, _PLAIN, _PLAIN, _PLAIN, _SERVED, _STEPS, _SHARED)


def write(root: Path, files: int = FILES) -> None:
    """Write the project."""
    for i in range(files):
        folder = root / f"recipes_{i // _FOLDER:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "db.py").write_text(_DB)
        (folder / f"recipe_{i}.py").write_text(_SHAPES[i % len(_SHAPES)].format(i=i))
    (root / "pyproject.toml").write_text('[project]\nname = "recipes"\nversion = "1"\n')
