# ruff: noqa: E501 - programs as people write them
"""When a framework calls what nothing in the code calls decides what others find."""

import re

import pytest

from tests.program.conftest import Make

GOOD, BAD = 'PostgresDb("postgresql://h/d")', "InMemoryDb()"
WEB = "from fastapi import APIRouter, BackgroundTasks, FastAPI, WebSocket\napp = FastAPI()\ndb = BEFORE\n"
CHAT = '@app.get("/chat")\ndef chat():\n    return Agent(db=db)\n'
AS_IS = f"{WEB}{CHAT}"
SERVICE = """
class Service:
    def __init__(self):
        self.db = BEFORE
    def change(self):
        self.db = LATER
service = Service()
@app.get("/chat")
def chat():
    return Agent(db=service.db)
"""
STARTS = {
    "startup event after": AS_IS
    + '@app.on_event("startup")\ndef prepare():\n    global db\n    db = LATER\n',
    "startup event plain name": AS_IS
    + '@app.on_event("startup")\nasync def foo():\n    global db\n    db = LATER\n',
    "add_event_handler startup": AS_IS
    + 'def foo():\n    global db\n    db = LATER\napp.add_event_handler("startup", foo)\n',
    "FastAPI on_startup list": "from fastapi import FastAPI\ndb = BEFORE\ndef foo():\n    global db\n    db = LATER\napp = FastAPI(on_startup=[foo])\n"
    + CHAT
    + "",
    "fastapi lifespan": "from fastapi import FastAPI\ndb = BEFORE\nfrom contextlib import asynccontextmanager\n@asynccontextmanager\nasync def around(app):\n    global db\n    db = LATER\n    yield\n    db = None\napp = FastAPI(lifespan=around)\n"
    + CHAT
    + "",
    "litestar lifespan": 'from litestar import Litestar, get\ndb = BEFORE\nfrom contextlib import asynccontextmanager\n@asynccontextmanager\nasync def around(app):\n    global db\n    db = LATER\n    yield\n    db = None\n@get("/chat")\nasync def chat() -> str:\n    return Agent(db=db).run("x")\napp = Litestar([chat], lifespan=[around])\n',
    "litestar on_startup": 'from litestar import Litestar, get\ndb = BEFORE\ndef foo():\n    global db\n    db = LATER\n@get("/chat")\nasync def chat() -> str:\n    return Agent(db=db).run("x")\napp = Litestar([chat], on_startup=[foo])\n',
    "fastmcp lifespan": 'from mcp.server.fastmcp import FastMCP\ndb = BEFORE\nfrom contextlib import asynccontextmanager\n@asynccontextmanager\nasync def around(app):\n    global db\n    db = LATER\n    try:\n        yield {}\n    finally:\n        db = None\nmcp = FastMCP("x", lifespan=around)\n@mcp.tool()\ndef chat():\n    return Agent(db=db)\n',
    "aiohttp on_startup append": 'from aiohttp import web\ndb = BEFORE\nasync def chat(request):\n    return Agent(db=db)\nasync def foo(app):\n    global db\n    db = LATER\napp = web.Application()\napp.on_startup.append(foo)\napp.router.add_get("/chat", chat)\n',
    "aiohttp cleanup_ctx": 'from aiohttp import web\ndb = BEFORE\nasync def chat(request):\n    return Agent(db=db)\nasync def foo(app):\n    global db\n    db = LATER\n    yield\n    db = None\napp = web.Application()\napp.cleanup_ctx.append(foo)\napp.router.add_get("/chat", chat)\n',
    "quart before_serving": 'from quart import Quart\napp = Quart(__name__)\ndb = BEFORE\n@app.get("/c")\nasync def chat():\n    return Agent(db=db)\n@app.before_serving\nasync def foo():\n    global db\n    db = LATER\n',
    "quart while_serving": 'from quart import Quart\napp = Quart(__name__)\ndb = BEFORE\n@app.get("/c")\nasync def chat():\n    return Agent(db=db)\n@app.while_serving\nasync def foo():\n    global db\n    db = LATER\n    yield\n    db = None\n',
    "sanic listener": 'from sanic import Sanic\napp = Sanic(\'x\')\ndb = BEFORE\n@app.get("/c")\nasync def chat(request):\n    return Agent(db=db)\n@app.listener("before_server_start")\nasync def foo(app, loop):\n    global db\n    db = LATER\n',
    "celery worker_process_init": "from celery import Celery\nfrom celery.signals import worker_process_init\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\n@worker_process_init.connect\ndef foo(**kwargs):\n    global db\n    db = LATER\n",
    "celery worker_init call": "from celery import Celery, signals\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\ndef foo(**kwargs):\n    global db\n    db = LATER\nsignals.worker_init.connect(foo)\n",
    "celery on_after_configure": "from celery import Celery\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\n@cel.on_after_configure.connect\ndef foo(sender, **kwargs):\n    global db\n    db = LATER\n",
    "typer callback": "import typer\ncli = typer.Typer()\ndb = BEFORE\n@cli.command()\ndef chat():\n    Agent(db=db)\n@cli.callback()\ndef main():\n    global db\n    db = LATER\n",
    "click group": "import click\ndb = BEFORE\n@click.group()\ndef cli():\n    global db\n    db = LATER\n@cli.command()\ndef chat():\n    Agent(db=db)\n",
    "django ready": "from django.apps import AppConfig\ndb = BEFORE\ndef chat(request):\n    return Agent(db=db)\nclass Conf(AppConfig):\n    def ready(self):\n        global db\n        db = LATER\n",
    "discord setup_hook": "import discord\ndb = BEFORE\nclass Bot(discord.Client):\n    async def on_message(self, message):\n        Agent(db=db)\n    async def setup_hook(self):\n        global db\n        db = LATER\n",
    "discord event on_ready": "import discord\nbot = discord.Client()\ndb = BEFORE\n@bot.event\nasync def on_message(m):\n    Agent(db=db)\n@bot.event\nasync def on_ready():\n    global db\n    db = LATER\n",
    "telegram post_init": 'from telegram.ext import ApplicationBuilder\ndb = BEFORE\nasync def chat(update, context):\n    Agent(db=db)\nasync def foo(application):\n    global db\n    db = LATER\napp = ApplicationBuilder().token("x").post_init(foo).build()\n',
    "aiogram startup": "from aiogram import Dispatcher\ndp = Dispatcher()\ndb = BEFORE\n@dp.message()\nasync def chat(m):\n    Agent(db=db)\nasync def foo():\n    global db\n    db = LATER\ndp.startup.register(foo)\n",
    "arq on_startup global": "db = BEFORE\nasync def job(ctx):\n    Agent(db=db)\nasync def begin(ctx):\n    global db\n    db = LATER\nclass WorkerSettings:\n    functions = [job]\n    on_startup = begin\n",
    "taskiq startup": "from taskiq import TaskiqEvents, InMemoryBroker\nbroker = InMemoryBroker()\ndb = BEFORE\n@broker.task\nasync def chat():\n    Agent(db=db)\n@broker.on_event(TaskiqEvents.WORKER_STARTUP)\nasync def foo(state):\n    global db\n    db = LATER\n",
    "bound method startup": WEB + SERVICE + 'app.add_event_handler("startup", service.change)\n',
    "startup hands on": AS_IS
    + 'def inner(new):\n    global db\n    db = new\n@app.on_event("startup")\nasync def foo():\n    inner(LATER)\n',
    "lambda startup": AS_IS
    + 'def foo():\n    global db\n    db = LATER\napp.add_event_handler("startup", lambda: foo())\n',
    "agent attr replaced by startup": WEB
    + 'agent = Agent(db=db)\n@app.on_event("startup")\ndef foo():\n    agent.db = LATER\n',
}
"""It is over before a request comes."""
ENDS = {
    "a command of django": "from django.core.management.base import BaseCommand\ndb = BEFORE\ndef chat(request):\n    return Agent(db=db)\nclass Command(BaseCommand):\n    def handle(self, *a, **k):\n        global db\n        db = LATER\n        Agent(db=GIVEN)\n",
    "shutdown event": WEB
    + '@app.on_event("shutdown")\ndef init_db():\n    global db\n    db = LATER\n@app.get("/chat")\ndef chat():\n    return Agent(db=db)\n',
    "add_event_handler shutdown": AS_IS
    + 'def init_foo():\n    global db\n    db = LATER\napp.add_event_handler("shutdown", init_foo)\n',
    "FastAPI on_shutdown list": "from fastapi import FastAPI\ndb = BEFORE\ndef foo():\n    global db\n    db = LATER\napp = FastAPI(on_shutdown=[foo])\n"
    + CHAT
    + "",
    "fastapi lifespan end": "from fastapi import FastAPI\ndb = BEFORE\nfrom contextlib import asynccontextmanager\n@asynccontextmanager\nasync def around(app):\n    global db\n    yield\n    db = LATER\napp = FastAPI(lifespan=around)\n"
    + CHAT
    + "",
    "litestar lifespan end": 'from litestar import Litestar, get\ndb = BEFORE\nfrom contextlib import asynccontextmanager\n@asynccontextmanager\nasync def around(app):\n    global db\n    yield\n    db = LATER\n@get("/chat")\nasync def chat() -> str:\n    return Agent(db=db).run("x")\napp = Litestar([chat], lifespan=[around])\n',
    "aiohttp on_cleanup append": 'from aiohttp import web\ndb = BEFORE\nasync def chat(request):\n    return Agent(db=db)\nasync def foo(app):\n    global db\n    db = LATER\napp = web.Application()\napp.on_cleanup.append(foo)\napp.router.add_get("/chat", chat)\n',
    "sanic after stop": "from sanic import Sanic\napp = Sanic('x')\ndb = BEFORE\n@app.get(\"/c\")\nasync def chat(request):\n    return Agent(db=db)\n@app.after_server_stop\nasync def setup_foo(app, loop):\n    global db\n    db = LATER\n",
    "celery worker_shutdown": "from celery import Celery\nfrom celery.signals import worker_shutdown\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\n@worker_shutdown.connect\ndef prepare(**kwargs):\n    global db\n    db = LATER\n",
    "atexit": AS_IS
    + "import atexit\ndef init_foo():\n    global db\n    db = LATER\natexit.register(init_foo)\n",
    "atexit decorator": AS_IS
    + "import atexit\n@atexit.register\ndef foo():\n    global db\n    db = LATER\n",
    "typer command": "import typer\ncli = typer.Typer()\ndb = BEFORE\n@cli.command()\ndef reset():\n    global db\n    db = LATER\n    Agent(db=GIVEN)\n@cli.command()\ndef chat():\n    Agent(db=db)\n",
    "click command": "import click\n@click.group()\ndef cli():\n    pass\ndb = BEFORE\n@cli.command()\ndef load():\n    global db\n    db = LATER\n    Agent(db=GIVEN)\n@cli.command()\ndef chat():\n    Agent(db=db)\n",
    "flask cli command": "from flask import Flask\napp = Flask('x')\ndb = BEFORE\n@app.cli.command(\"init-db\")\ndef init_db():\n    global db\n    db = LATER\n    Agent(db=GIVEN)\n"
    + CHAT
    + "",
    "arq on_shutdown global": "db = BEFORE\nasync def job(ctx):\n    Agent(db=db)\nasync def begin(ctx):\n    global db\n    db = LATER\nclass WorkerSettings:\n    functions = [job]\n    on_shutdown = begin\n",
    "a method that nobody calls": WEB + SERVICE,
    "bound method shutdown": WEB + SERVICE + 'app.add_event_handler("shutdown", service.change)\n',
    "startup under flag off": AS_IS
    + 'import os\n@app.on_event("startup")\nasync def foo():\n    global db\n    if os.getenv("NEVER") == "1":\n        db = LATER\n',
    "agent attr replaced at shutdown": WEB
    + 'agent = Agent(db=db)\n@app.on_event("shutdown")\ndef init():\n    agent.db = LATER\n',
}
"""It has not run yet, or in another process."""
REQUESTS = {
    "a view of django": 'from django.urls import path\ndb = BEFORE\ndef chat(request):\n    return Agent(db=db)\ndef init_x(request):\n    global db\n    db = LATER\nurlpatterns = [path("c", chat), path("x", init_x)]\n',
    "aiohttp add_post replaces": 'from aiohttp import web\ndb = BEFORE\nasync def chat(request):\n    return Agent(db=db)\nasync def init_db(request):\n    global db\n    db = LATER\napp = web.Application()\napp.router.add_post("/reset", init_db)\napp.router.add_get("/chat", chat)\n',
    "admin reset route": AS_IS
    + '@app.post("/admin/reset")\ndef reset():\n    global db\n    db = LATER\n',
    "admin reset named init": AS_IS
    + '@app.post("/admin/init")\ndef init_db():\n    global db\n    db = LATER\n',
    "router reset named startup": WEB
    + 'router = APIRouter()\n@app.get("/chat")\ndef chat():\n    return Agent(db=db)\n@router.put("/x")\ndef startup():\n    global db\n    db = LATER\napp.include_router(router)\n',
    "add_api_route": AS_IS
    + 'def load_db():\n    global db\n    db = LATER\napp.add_api_route("/load", load_db, methods=["POST"])\n',
    "flask add_url_rule": "from flask import Flask\napp = Flask('x')\ndb = BEFORE\n"
    + CHAT
    + 'def load_db():\n    global db\n    db = LATER\napp.add_url_rule("/load", view_func=load_db)\n',
    "starlette Route": 'from starlette.applications import Starlette\nfrom starlette.routing import Route\ndb = BEFORE\ndef chat(request):\n    return Agent(db=db)\ndef init_db(request):\n    global db\n    db = LATER\napp = Starlette(routes=[Route("/c", chat), Route("/init", init_db)])\n',
    "websocket handler": AS_IS
    + '@app.websocket("/ws")\nasync def ws(websocket: WebSocket):\n    global db\n    db = LATER\n',
    "job run by executor": AS_IS
    + 'from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\ndef load_x():\n    global db\n    db = LATER\n@app.post("/x")\ndef x():\n    pool.submit(load_x)\n    return Agent(db=GIVEN)\n',
    "bound method route": WEB + SERVICE + 'app.add_api_route("/reset", service.change)\n',
    "reset helper by route": AS_IS
    + 'def initialise():\n    global db\n    db = LATER\n@app.post("/x")\ndef x():\n    initialise()\n',
    "two requests setter body": AS_IS
    + '@app.post("/x")\ndef x(flag: bool):\n    global db\n    if flag:\n        db = LATER\n',
    "agent attr replaced by reset": WEB
    + 'agent = Agent(db=db)\n@app.post("/reset")\ndef init():\n    agent.db = LATER\n',
}
"""One request may come before it, another after it."""
ANY = {
    "a topic called startup": 'from faststream.kafka import KafkaBroker\nbroker = KafkaBroker()\ndb = BEFORE\n@broker.subscriber("x")\nasync def chat(m):\n    Agent(db=db)\n@broker.subscriber("startup")\nasync def xx(m):\n    global db\n    db = LATER\n',
    "a command of a chat": 'from slack_bolt import App\napp = App()\ndb = BEFORE\n@app.message("hi")\ndef chat(m):\n    Agent(db=db)\n@app.command("/reset")\ndef xx(ack):\n    global db\n    db = LATER\n',
    "a job with the name of a start": AS_IS
    + 'from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\ndef xx():\n    global db\n    db = LATER\ns.add_job(xx, "cron", id="startup")\n',
    "a stream": AS_IS
    + 'from fastapi.responses import StreamingResponse\n@app.get("/s")\ndef s():\n    def events():\n        global db\n        db = LATER\n        yield "x"\n    return StreamingResponse(events())\n',
    "background task named init": AS_IS
    + 'def init_later():\n    global db\n    db = LATER\n@app.post("/x")\ndef x(tasks: BackgroundTasks):\n    tasks.add_task(init_later)\n    return Agent(db=GIVEN)\n',
    "apscheduler job named init": AS_IS
    + 'def init_job():\n    global db\n    db = LATER\nfrom apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\ns.add_job(init_job, "interval", seconds=3)\ns.start()\n',
    "apscheduler decorator": AS_IS
    + 'from apscheduler.schedulers.asyncio import AsyncIOScheduler\ns = AsyncIOScheduler()\n@s.scheduled_job("cron", hour=3)\ndef load_nightly():\n    global db\n    db = LATER\n',
    "schedule library": AS_IS
    + "def reload_db():\n    global db\n    db = LATER\nimport schedule\nschedule.every(3).minutes.do(reload_db)\n",
    "celery task_failure": "from celery import Celery\nfrom celery.signals import task_failure\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\n@task_failure.connect\ndef init_fallback(**kwargs):\n    global db\n    db = LATER\n",
    "celery task named load": "from celery import Celery\ncel = Celery('x')\ndb = BEFORE\n@cel.task\ndef chat():\n    return Agent(db=db)\n@cel.task\ndef load_db():\n    global db\n    db = LATER\n",
    "signal handler": AS_IS
    + "import signal\ndef load_again(signum, frame):\n    global db\n    db = LATER\nsignal.signal(signal.SIGHUP, load_again)\n",
    "timer": AS_IS
    + "import threading\ndef load_db():\n    global db\n    db = LATER\nthreading.Timer(60, load_db).start()\n",
    "nobody calls, named init": AS_IS
    + "def init_db():\n    global db\n    db = LATER\n    return Agent(db=GIVEN)\n",
    "discord on_message replaces": "import discord\ndb = BEFORE\nclass Bot(discord.Client):\n    async def on_message(self, message):\n        Agent(db=db)\n    async def on_guild_join(self, guild):\n        global db\n        db = LATER\n        Agent(db=GIVEN)\n",
    "socketio connect": "import socketio\nsio = socketio.AsyncServer()\ndb = BEFORE\n@sio.event\nasync def message(sid, data):\n    Agent(db=db)\n@sio.event\nasync def connect(sid, environ):\n    global db\n    db = LATER\n",
    "chainlit chat start": "import chainlit as cl\ndb = BEFORE\n@cl.on_message\nasync def main(m):\n    Agent(db=db)\n@cl.on_chat_end\nasync def start():\n    global db\n    db = LATER\n",
    "start and job": AS_IS
    + 'def foo():\n    global db\n    db = LATER\napp.add_event_handler("startup", foo)\nfrom apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\ns.add_job(foo, "interval", seconds=3)\n',
    "middleware": AS_IS
    + '@app.middleware("http")\nasync def setup(request, call_next):\n    global db\n    db = LATER\n',
    "exception handler": AS_IS
    + "@app.exception_handler(ValueError)\nasync def init(request, exc):\n    global db\n    db = LATER\n",
    "redis pubsub listener": AS_IS
    + 'def on_load(message):\n    global db\n    db = LATER\nimport redis\np = redis.Redis().pubsub()\np.subscribe(**{"x": on_load})\n',
    "bus on": AS_IS
    + 'from some import bus\n@bus.on("db.ready")\ndef init_db():\n    global db\n    db = LATER\n',
    "loop call_later": AS_IS
    + 'import asyncio\ndef load_x():\n    global db\n    db = LATER\n@app.on_event("startup")\nasync def begin():\n    asyncio.get_event_loop().call_later(60, load_x)\n',
    "bound method job": WEB
    + SERVICE
    + 'from some import bus\nbus.subscribe("x", service.change)\n',
}
"""Nobody here tells whether it runs."""


def _judged(program: Make, source: str, before: str, later: str) -> str:
    code = source.replace("BEFORE", before).replace("LATER", later).replace("GIVEN", GOOD)
    made = program(code)
    rows = made.project.text("app.py").splitlines()
    asked = [
        one
        for one in made.agents()
        if re.search(r"db=((service|held)\.)?(db\b|entries|items)", rows[(one.at.line or 1) - 1])
    ]
    return " ".join(one.db for one in asked)


def _both(program: Make, source: str) -> tuple[str, str]:
    return _judged(program, source, GOOD, BAD), _judged(program, source, BAD, GOOD)


@pytest.mark.parametrize("case", STARTS)
def test_what_runs_at_the_start_is_what_others_find(program: Make, case: str) -> None:
    assert _both(program, STARTS[case]) == ("volatile", "durable")


@pytest.mark.parametrize("case", ENDS)
def test_what_runs_at_the_end_or_elsewhere_changes_nothing(program: Make, case: str) -> None:
    assert _both(program, ENDS[case]) == ("durable", "volatile")


@pytest.mark.parametrize("case", REQUESTS)
def test_what_a_request_changes_is_found_both_ways(program: Make, case: str) -> None:
    assert _both(program, REQUESTS[case]) == ("volatile", "volatile")


@pytest.mark.parametrize("case", ANY)
def test_what_may_run_at_any_time_is_no_pass(program: Make, case: str) -> None:
    worse, better = _both(program, ANY[case])

    assert worse == "unknown"
    assert better in {"unknown", "volatile"}


HELD = "class Held: pass\nheld = Held()\nheld.db = BEFORE\nentries = {'db': BEFORE}\nitems = [BEFORE]\n"
ASKED = {
    "name": '@app.get("/chat")\ndef chat():\n    return Agent(db=db)\n',
    "held": '@app.get("/chat")\ndef chat():\n    return Agent(db=held.db)\n',
    "entry": '@app.get("/chat")\ndef chat():\n    return Agent(db=entries["db"])\n',
    "item": '@app.get("/chat")\ndef chat():\n    return Agent(db=items[0])\n',
}
RESET = '@app.post("/reset")\ndef reset():\n    '
SET = [
    ("name", 'globals()["db"] = LATER'),
    ("name", "globals().update(db=LATER)"),
    ("held", 'vars(held)["db"] = LATER'),
    ("held", "held.__dict__.update(db=LATER)"),
    ("held", 'object.__setattr__(held, "db", LATER)'),
    ("held", "same = held\n    same.db = LATER"),
    ("held", "for one in [held]:\n        one.db = LATER"),
    ("entry", 'same = entries\n    same["db"] = LATER'),
    ("entry", 'dict.update(entries, {"db": LATER})'),
    ("entry", 'same = entries\n    same |= {"db": LATER}'),
    ("item", "items.append(LATER)\n    items.reverse()"),
    ("item", "from collections import deque\n    items.insert(0, LATER)"),
]
HELPED = {
    "a lambda": 'change = lambda new: setattr(held, "db", new)\n' + RESET + "change(LATER)\n",
    "another name": "def change():\n    held.db = LATER\nagain = change\n" + RESET + "again()\n",
    "a parameter": '@app.post("/reset")\ndef reset(one=held):\n    one.db = LATER\n',
    "a name in a text": "def change():\n    held.db = LATER\nimport app as me\n" + RESET + 'getattr(me, "change")()\n',
    "many calls": "def change():\n    held.db = LATER\n" + "".join(f"def f{n}():\n    return {n}\n" for n in range(250)) + RESET
    + "; ".join(f"f{n}()" for n in range(250)) + "; change()\n",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "change"), SET)
def test_however_a_request_sets_what_others_find_it_counts(
    program: Make, kind: str, change: str
) -> None:
    source = f"{WEB}{HELD}{ASKED[kind]}{RESET}{change}\n"

    assert _both(program, source) == ("volatile", "volatile")
    assert _judged(program, source, GOOD, GOOD) == "durable"


@pytest.mark.parametrize("case", HELPED)
def test_whatever_a_request_calls_to_set_it_counts(program: Make, case: str) -> None:
    source = f"{WEB}{HELD}{ASKED['held']}{HELPED[case]}"

    assert _both(program, source) == ("volatile", "volatile")
    assert _judged(program, source, GOOD, GOOD) == "durable"


ENGINE = """
from fastapi import FastAPI
from sqlalchemy import create_engine
app = FastAPI()
url = "postgresql://u@h/d?sslmode=BEFORE"
@app.get("/chat")
def chat():
    return create_engine(url)
{}
def init():
    global url
    url = "postgresql://u@h/d?sslmode=LATER"
"""


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [
        ('@app.post("/reset")', [("require", ()), ("disable", ())]),
        ('@app.on_event("startup")', [("disable", ())]),
        ('@app.on_event("shutdown")', [("require", ())]),
        ('@app.on_event("other")', [("disable", ("init() has run since",)), ("require", ("not: init() has run since",))]),
    ],
)  # fmt: skip
def test_an_engine_is_made_of_what_is_there_by_then(
    program: Make, decorator: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    code = ENGINE.format(decorator).replace("BEFORE", "require").replace("LATER", "disable")

    found = program(code).engines()

    assert sorted((one.sslmode, one.under) for one in found) == sorted(expected)
    assert {one.count for one in found} == {1}


def test_a_server_finds_its_functions_by_their_names(program: Make) -> None:
    chat = f"db = {GOOD}\ndef chat():\n    return Agent(db=db)\n"

    def judged(name: str, file: str) -> list[str]:
        hook = f"import app\nfrom agno.db.in_memory import InMemoryDb\ndef {name}(server, worker):\n    app.db = {BAD}\n"
        return [one.db for one in program(chat, files={file: hook}).agents()]

    assert judged("post_fork", "gunicorn.conf.py") == ["volatile"]
    assert judged("post_spoon", "gunicorn.conf.py") == ["durable"]
    assert judged("post_fork", "other.py") == ["durable"]


def test_what_an_object_has_built_is_there_though_its_method_is_looked_at_anew(
    program: Make,
) -> None:
    code = """
from fastapi import FastAPI
from sqlalchemy import create_engine
app = FastAPI()
size = 5
class Holder:
    def __init__(self):
        self.engine = create_engine("postgresql://u@one/d")
    def connect(self):
        return create_engine("postgresql://u@two/d", pool_size=size)
@app.post("/size")
def change():
    global size
    size = 7
"""

    found = program(code).engines()

    assert sorted((one.url.host.text, one.pool_size, one.count) for one in found) == [
        ("one", 5, 1), ("two", 5, 1), ("two", 7, 1)]  # fmt: skip
