"""The planner: turns a research question into an interview guide."""

from agno.agent import Agent

from database.agent_db import get_agent_db


class PlannerAgent:
    """Plans an interview, and keeps the plan for the later turns."""

    def __init__(self) -> None:
        self.agent = Agent(
            id="planner",
            name="Planner",
            db=get_agent_db(),
            instructions="Turn the research question into a guide of eight open questions.",
            add_history_to_context=True,
        )
