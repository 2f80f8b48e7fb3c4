"""The web application: ``gunicorn backend.main:app``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import text

from backend.agents.planner_agent import PlannerAgent
from backend.agents.prober_agent import ProberAgent
from backend.agents.subject_simulator_agent import SubjectSimulatorAgent
from backend.agents.summarizer_agent import SummarizerAgent
from backend.model import interview_model
from database.engine import engine

AGENTS = {
    "planner": PlannerAgent().agent,
    "prober": ProberAgent().agent,
    "summarizer": SummarizerAgent().agent,
    "subject-simulator": SubjectSimulatorAgent().agent,
}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Give every agent its model before the first request."""
    for agent in AGENTS.values():
        agent.model = interview_model()
    yield


app = FastAPI(title="Interview", lifespan=lifespan)


class Message(BaseModel):
    """What a user says to one of the agents."""

    user_id: str
    text: str


@app.get("/health")
def health() -> dict[str, str]:
    """Answer only while the database answers."""
    with engine.connect() as connection:
        connection.execute(text("select 1"))
    return {"status": "ok"}


@app.post("/interviews/{session_id}/{agent_id}")
def say(session_id: str, agent_id: str, message: Message) -> dict[str, str]:
    """Pass a message on to an agent, and its answer back."""
    if agent_id not in AGENTS:
        raise HTTPException(404, "There is no such agent")
    run = AGENTS[agent_id].run(message.text, session_id=session_id, user_id=message.user_id)
    return {"answer": run.get_content_as_string()}
