"""The subject simulator: plays the subject in a rehearsal of an interview."""

from agno.agent import Agent
from agno.db.in_memory import InMemoryDb


class SubjectSimulatorAgent:
    """Plays a person who is interviewed."""

    db = InMemoryDb()

    def __init__(self) -> None:
        self.agent = Agent(
            id="subject-simulator",
            name="Subject simulator",
            db=self.db,
            instructions="Answer as the person of the given profile would. Stay consistent.",
            add_history_to_context=True,
        )
