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


CHAT = "@app.post('/')\ndef chat(request: Request):\n    Agent(db=request.app.state.db)\n"
PLAIN = f"app = FastAPI()\napp.state.db = db\n{CHAT}"
LIFE = "@asynccontextmanager\nasync def lifespan(app):\n"
LATER = {
    "another request sets it": PLAIN + "@app.put('/')\n"
    "def put(request: Request):\n    request.app.state.db = other\n",
    "another request has it set by what start-up called, too": LIFE
    + "    put(app, db)\n    yield\n"
    "def put(app, new):\n    app.state.db = new\n"
    f"app = FastAPI(lifespan=lifespan)\n{CHAT}"
    "@app.put('/')\ndef change(request: Request):\n    put(request.app, other)\n",
    "an event sets it": PLAIN + "@app.on_event('startup')\n"
    "def begin():\n    app.state.db = other\n",
    "a task sets it": LIFE
    + "    app.state.db = db\n    asyncio.create_task(later(app))\n    yield\n"
    "async def later(app):\n    app.state.db = other\n"
    f"import asyncio\napp = FastAPI(lifespan=lifespan)\n{CHAT}",
    "middleware sets it": LIFE + "    yield {'db': db}\napp = FastAPI(lifespan=lifespan)\n"
    "@app.middleware('http')\nasync def between(request: Request, call_next):\n"
    "    request.state.db = other\n"
    + CHAT.replace("request.app", "request"),
    "the lifespan is an object's": "class Life:\n"
    "    def __init__(self, app):\n        self.app = app\n"
    "    async def __aenter__(self):\n        self.app.state.db = other\n"
    "    async def __aexit__(self, *error):\n        pass\n"
    f"app = FastAPI(lifespan=Life)\napp.state.db = db\n{CHAT}",
    "the application is of a class of its own": "class Api(FastAPI):\n    pass\n"
    f"inner = FastAPI()\ninner.state.db = db\napp = Api()\napp.state.db = other\n{CHAT}",
    "AgentOS makes the application": "from agno.os import AgentOS\n"
    "inner = FastAPI()\ninner.state.db = db\napp = AgentOS(db=kept).get_app()\n"
    f"app.state.db = other\n{CHAT}",
    "nothing decides what the lifespan sets": LIFE + "    app.state.db = db\n"
    "    if open('x').read():\n        app.state.db = other\n    yield\n"
    f"app = FastAPI(lifespan=lifespan)\n{CHAT}",
    "nothing decides where the lifespan waits": LIFE + "    if open('x').read():\n"
    "        app.state.db = db\n        yield\n    else:\n        app.state.db = other\n"
    f"        yield\napp = FastAPI(lifespan=lifespan)\n{CHAT}",
    "nobody calls what makes the application": LIFE + "    app.state.db = other\n    yield\n"
    "def create():\n    app = FastAPI(lifespan=lifespan)\n    app.state.db = db\n    "
    + CHAT.replace("\n", "\n    ").rstrip() + "\n    return app\n",
}  # fmt: skip


@pytest.mark.parametrize("source", LATER.values(), ids=LATER)
def test_what_may_change_after_start_up_is_not_known(program: Make, source: str) -> None:
    made = program(f"{HEAD}other = InMemoryDb()\n{source}", {"APP_ENV": "production"})

    assert "unknown" in [one.db for one in made.agents()]


@pytest.mark.parametrize(("first", "then"), [("kept", "InMemoryDb()"), ("InMemoryDb()", "kept")])
def test_an_attribute_of_what_is_not_known_may_hang_on_what_nothing_decides(
    program: Make, first: str, then: str
) -> None:
    source = (f"import web\nheld = web.App()\nheld.db = {first}\n"
              f"if open('x').read():\n    held.db = {then}\nAgent(db=held.db)\n")  # fmt: skip

    made = program(HEAD + source, {"APP_ENV": "production"})

    assert [one.db for one in made.agents()] == ["unknown"]
