"""What an application sets up as it starts is what each request finds in it."""

import pytest

from tests.program.conftest import Make

HEAD = """
from contextlib import asynccontextmanager
from fastapi import Depends, FastAPI, Request
kept = PostgresDb('postgresql://h/d')
db = kept if os.environ['APP_ENV'] == 'production' else InMemoryDb()
"""
STATE = """
@asynccontextmanager
async def lifespan(app):
    app.state.db = db
    yield
    app.state.db = None

app = FastAPI(lifespan=lifespan)
"""
YIELDED = """
@asynccontextmanager
async def lifespan(app):
    try:
        yield {'db': db}
    finally:
        pass

app = FastAPI(lifespan=lifespan)
"""
USES = {
    "a request": (STATE, "request: Request", "request.app.state.db"),
    "a request without annotation": (STATE, "request", "request.app.state.db"),
    "a dependency": (
        STATE + "def get_db(request: Request):\n    return request.app.state.db\n",
        "kept=Depends(get_db)", "kept"),
    "the state of a request": (YIELDED, "request: Request", "request.state.db"),
}  # fmt: skip


@pytest.mark.parametrize(("set_up", "takes", "read"), USES.values(), ids=USES)
def test_a_request_finds_what_start_up_left(
    program: Make, set_up: str, takes: str, read: str
) -> None:
    source = f"{HEAD}{set_up}\n@app.post('/')\nasync def chat({takes}):\n    Agent(db={read})\n"

    def judged(env: str) -> list[str]:
        return [one.db for one in program(source, {"APP_ENV": env}).agents()]

    assert judged("production") == ["durable"]
    assert judged("test") == ["volatile"]


def test_of_two_applications_nobody_knows_which_one_is_asked(program: Make) -> None:
    source = (
        f"{HEAD}{STATE}\nother = FastAPI()\n@app.post('/')\nasync def chat(request: Request):\n"
    )

    made = program(source + "    Agent(db=request.app.state.db)\n", {"APP_ENV": "production"})

    assert [one.db for one in made.agents()] == ["unknown"]
