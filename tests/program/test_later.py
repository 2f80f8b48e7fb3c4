"""What one request sets, another may find: a db that some handler replaces is two dbs."""

import pytest

from tests.program.conftest import URL, Make

HEAD = f"""
from fastapi import FastAPI, Request
app = FastAPI()
{URL}
"""
GOOD, BAD = "PostgresDb(db_url=URL)", "InMemoryDb()"
RESET = '@app.post("/reset")\ndef reset():\n'
CHAT = '@app.get("/chat")\ndef chat():\n'
SHAPES = {
    "a global": f"""
db = {GOOD}
{CHAT}    return Agent(db=db).run("hi")
{RESET}    global db
    db = {{}}
""",
    "a global that is set first": f"""
db = {GOOD}
{RESET}    global db
    db = {{}}
{CHAT}    return Agent(db=db).run("hi")
""",
    "an attribute": f"""
class Holder:
    pass
holder = Holder()
holder.db = {GOOD}
{CHAT}    return Agent(db=holder.db).run("hi")
{RESET}    holder.db = {{}}
""",
    "an attribute by its name": f"""
class Holder:
    pass
holder = Holder()
holder.db = {GOOD}
{CHAT}    return Agent(db=holder.db).run("hi")
{RESET}    setattr(holder, "db", {{}})
""",
    "an entry": f"""
held = {{{{"db": {GOOD}}}}}
{CHAT}    return Agent(db=held["db"]).run("hi")
{RESET}    held["db"] = {{}}
""",
    "an entry by update": f"""
held = dict(db={GOOD})
{CHAT}    return Agent(db=held["db"]).run("hi")
{RESET}    held.update(db={{}})
""",
    "an item": f"""
held = [{GOOD}]
{CHAT}    return Agent(db=held[0]).run("hi")
{RESET}    held[0] = {{}}
""",
    "an item behind others": f"""
held = [{GOOD}]
{CHAT}    return Agent(db=held[-1]).run("hi")
{RESET}    held.append({{}})
""",
    "an attribute of a class": f"""
class Config:
    db = {GOOD}
{CHAT}    return Agent(db=Config.db).run("hi")
{RESET}    Config.db = {{}}
""",
    "a method": f"""
class Service:
    def __init__(self):
        self.db = {GOOD}
    def reset(self):
        self.db = {{}}
    def agent(self):
        return Agent(db=self.db)
service = Service()
{CHAT}    return service.agent().run("hi")
{RESET}    service.reset()
""",
    "an object that is told": f"""
class Holder:
    def __init__(self, held):
        self.held = held
    def put(self, other):
        self.held = other
holder = Holder({GOOD})
{CHAT}    return Agent(db=holder.held).run("hi")
{RESET}    holder.put({{}})
""",
    "a handler that is named like a start": f"""
db = {GOOD}
{CHAT}    return Agent(db=db).run("hi")
@app.post("/start")
def start_anew():
    global db
    db = {{}}
""",
    "a setter and a getter": f"""
_db = {GOOD}
def set_db(db):
    global _db
    _db = db
def get_db():
    return _db
{CHAT}    return Agent(db=get_db()).run("hi")
{RESET}    set_db({{}})
""",
    "an agent of the module": f"""
agent = Agent(db={GOOD})
{CHAT}    return agent.run("hi")
{RESET}    agent.db = {{}}
""",
    "a handler in a function": f"""
def create():
    inner, db = FastAPI(), {GOOD}
    @inner.get("/chat")
    def chat():
        return Agent(db=db).run("hi")
    @inner.post("/reset")
    def reset():
        nonlocal db
        db = {{}}
    return inner
application = create()
""",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_what_a_handler_sets_is_found_by_others(
    program: Make, shape: str, made: str, expected: str
) -> None:
    found = program(HEAD + SHAPES[shape].format(made)).agents()

    assert [one.db for one in found] == [expected]


def test_a_switch_that_a_handler_sets_opens_both_ways(program: Make) -> None:
    code = f"""{HEAD}
volatile = False
{CHAT}    return Agent(db={BAD} if volatile else {GOOD}).run("hi")
@app.post("/debug")
def debug():
    global volatile
    volatile = {{}}
"""

    found = [program(code.format(one)).agents()[0].db for one in ("True", "bool()")]

    assert found == ["volatile", "durable"]


REST = f"""
db = {GOOD}
def degrade():
    global db
    db = {{}}
{{}}
{CHAT}    return Agent(db=db).run("hi")
"""
JOB = """
from apscheduler.schedulers.background import BackgroundScheduler
scheduler = BackgroundScheduler()
scheduler.add_job(degrade, "interval", seconds=30)
"""


@pytest.mark.parametrize(
    ("rest", "made", "expected"),
    [
        (JOB, BAD, "unknown"),
        (JOB, GOOD, "durable"),
        (f"def reload():\n    degrade()\n{JOB.replace('degrade', 'reload')}", BAD, "unknown"),
        ("app.add_event_handler('x', degrade)", BAD, "unknown"),
        ("", BAD, "durable"),  # nobody calls it
        (f"{RESET}    db = {BAD}\n    return db", BAD, "durable"),  # a name of its own
    ],
)
def test_of_any_other_function_nobody_tells_whether_it_runs(
    program: Make, rest: str, made: str, expected: str
) -> None:
    found = program(HEAD + REST.format(made, rest)).agents()

    assert [one.db for one in found] == [expected]


BEGINS = f"""
from quart import Quart
app = Quart(__name__)
db = {{}}
@app.before_serving
async def begin():
    global db
    db = {{}}
{{}}
{CHAT}    return Agent(db=db).run("hi")
"""
ENDS = """
@app.after_serving
async def finish():
    global db
    db = None
"""


@pytest.mark.parametrize(
    ("before", "made", "more", "expected"),
    [
        (BAD, GOOD, "", "durable"),
        ("None", GOOD, "", "durable"),
        ("None", BAD, "", "volatile"),
        (GOOD, BAD, "", "volatile"),
        (BAD, GOOD, ENDS, "durable"),
        (BAD, BAD, ENDS, "volatile"),
    ],
)
def test_what_runs_at_the_start_is_over_and_what_runs_at_the_end_is_not_yet(
    program: Make, before: str, made: str, more: str, expected: str
) -> None:
    found = program(URL + BEGINS.format(before, made, more)).agents()

    assert [one.db for one in found] == [expected]


@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_what_the_first_request_makes_is_not_missing_before(
    program: Make, made: str, expected: str
) -> None:
    code = f"""{HEAD}
_db = None
def get_db():
    global _db
    if _db is None:
        _db = {made}
    return _db
{CHAT}    return Agent(db=get_db()).run("hi")
@app.get("/ask")
def ask():
    return Agent(db=get_db()).run("hi")
"""

    assert {one.db for one in program(code).agents()} == {expected}


def test_what_a_handler_sets_that_was_nothing_is_there(program: Make) -> None:
    code = f"""{HEAD}
db = None
@app.post("/connect")
def link():
    global db
    db = {{}}
{CHAT}    return Agent(db=db).run("hi")
"""

    found = [program(code.format(one)).agents()[0].db for one in (BAD, GOOD)]

    assert found == ["volatile", "durable"]


@pytest.mark.parametrize(
    ("signal", "expected"),
    [("worker_process_init", "durable"), ("worker_process_shutdown", "volatile")],
)
def test_nobody_finds_what_is_set_as_a_process_ends(
    program: Make, signal: str, expected: str
) -> None:
    code = f"""
from celery import signals, shared_task
{URL}
db = {BAD}
@signals.{signal}.connect
def connect(**_):
    global db
    db = {GOOD}
@shared_task
def answer(text):
    return Agent(db=db).run(text)
"""

    assert [one.db for one in program(code).agents()] == [expected]


def test_commands_are_processes_of_their_own(program: Make) -> None:
    code = f"""
import typer
{URL}
app = typer.Typer()
db = {GOOD}
@app.command()
def chat():
    Agent(db=db).run("hi")
@app.command()
def reset():
    global db
    db = {{}}
    Agent(db=db)
"""

    assert [one.db for one in program(code.format(BAD)).agents()] == ["durable", "volatile"]
    assert [one.db for one in program(code.format(GOOD)).agents()] == ["durable", "durable"]


def test_a_parameter_that_is_set_anew_was_nobody_elses(program: Make) -> None:
    code = f"""{HEAD}
@app.get("/chat")
def chat(db={BAD}):
    db = {{}}
    app.later(lambda: Agent(db=db))
"""

    assert [one.db for one in program(code.format(BAD)).agents()] == ["volatile"]
    assert [one.db for one in program(code.format(GOOD)).agents()] == ["durable"]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [("x = 1", "volatile"), ("x = [('a' * 900_000) + str(n) for n in range(100)]", "unknown")],
)
def test_where_there_is_no_time_to_look_anew_nothing_passes(
    program: Make, rest: str, expected: str
) -> None:
    source = f"""
from fastapi import FastAPI
app = FastAPI()
db = PostgresDb(db_url="postgresql://h/d")
@app.get("/a")
def a():
    return Agent(db=db)
@app.post("/reset")
def reset():
    global db
    db = InMemoryDb()
    {rest}
"""

    assert [one.db for one in program(source).agents()] == [expected]
