"""The prober: asks the next question, with the whole conversation in mind."""

from agno.agent import Agent

from database.agent_db import get_agent_db


class ProberAgent:
    """Asks one follow-up question at a time."""

    def __init__(self) -> None:
        self.agent = Agent(
            id="prober",
            name="Prober",
            db=get_agent_db(),
            instructions="Ask one short follow-up question. Never suggest the answer.",
            add_history_to_context=True,
            num_history_runs=20,
        )
