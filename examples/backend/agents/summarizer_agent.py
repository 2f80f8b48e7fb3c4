"""The summarizer: writes down what the subject said."""

from agno.agent import Agent

from database.agent_db import get_agent_db


class SummarizerAgent:
    """Summarizes an interview from its stored session."""

    def __init__(self) -> None:
        self.agent = Agent(
            id="summarizer",
            name="Summarizer",
            db=get_agent_db(),
            instructions="Summarize the interview in ten sentences, with quotations.",
            add_history_to_context=True,
        )
