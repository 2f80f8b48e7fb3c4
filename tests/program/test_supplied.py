# ruff: noqa: E501 - programs as people write them
"""What frameworks pass by name or place: arq's context, Litestar's dependencies."""

import pytest

from tests.program.conftest import Make

GOOD, BAD = 'PostgresDb("postgresql://h/d")', "InMemoryDb()"
ARQ = """
import arq
async def job(ctx, question):
    return Agent(db=ctx["db"]).run(question)
async def begin(ctx):
    ctx["db"] = {0}
async def end(ctx):
    ctx["db"] = None
"""
WORKERS = {
    "a class": "class WorkerSettings:\n    functions = [job]\n    on_startup = begin\n    on_shutdown = end\n",
    "a class of another name": "class Jobs:\n    functions = [job]\n    on_startup = begin\n",
    "a function with options": "class Jobs:\n    functions = [arq.func(job, name='x')]\n    on_startup = begin\n",
    "a plan": "class Jobs:\n    cron_jobs = [arq.cron(job, hour=3)]\n    on_startup = begin\n",
    "a call": "arq.Worker(functions=[job], on_startup=begin, on_shutdown=end)\n",
    "before each job": "class Jobs:\n    functions = [job]\n    on_job_start = begin\n",
    "a context of its own": "class Jobs:\n    functions = [job]\n    ctx = {{'db': {0}}}\n",
}  # fmt: skip


@pytest.mark.parametrize("worker", WORKERS)
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_a_job_finds_what_start_up_has_put_into_the_context(
    program: Make, worker: str, made: str, expected: str
) -> None:
    found = program((ARQ + WORKERS[worker]).format(made)).agents()

    assert [one.db for one in found] == [expected]


@pytest.mark.parametrize(
    "rest",
    [
        "class Jobs:\n    on_startup = begin\n",
        "class Jobs:\n    functions = [job]\n",
        "class Jobs:\n    functions = [begin]\nclass Others:\n    functions = [job]\n",
        f"class Jobs:\n    functions = [job, other]\n    on_startup = begin\nasync def other(ctx):\n    ctx['db'] = {BAD}\n",
    ],
)  # fmt: skip
def test_what_no_start_up_has_settled_is_not_known(program: Make, rest: str) -> None:
    if "other" in rest:
        rest = f"async def other(ctx):\n    ctx['db'] = {BAD}\n    Agent(db={GOOD})\n{rest.partition('async')[0]}"

    found = program(ARQ.format(GOOD) + rest).agents()

    assert "unknown" in [one.db for one in found]


LITESTAR = """
from litestar import Controller, Litestar, Router, get
from litestar.di import Provide
def make_db():
    return {0}
"""
HANDLER = "async def chat({}) -> str:\n    return Agent(db={}).run('x').content\n"
SCOPES = {
    "of the application": f"@get('/a')\n{HANDLER.format('db: object', 'db')}app = Litestar([chat], dependencies={{{{'db': Provide(make_db)}}}})\n",
    "of a router": f"@get('/a')\n{HANDLER.format('db: object', 'db')}app = Litestar([Router('/x', route_handlers=[chat], dependencies={{{{'db': Provide(make_db)}}}})])\n",
    "of the handler": f"@get('/a', dependencies={{{{'db': Provide(make_db)}}}})\n{HANDLER.format('db: object', 'db')}app = Litestar([chat], dependencies={{{{'db': Provide(lambda: {BAD})}}}})\n",
    "of the controller": f"class Chat(Controller):\n    dependencies = {{{{'db': Provide(make_db)}}}}\n    @get()\n    {HANDLER.format('self, db: object', 'db').replace(chr(10) + '    ', chr(10) + '        ')}app = Litestar([Chat])\n",
    "by keyword only": f"@get('/a')\n{HANDLER.format('*, db: object', 'db')}app = Litestar([chat], dependencies={{{{'db': make_db}}}})\n",
    "of another dependency": "async def make_agent(db: object):\n    return Agent(db=db)\n@get('/a')\nasync def chat(agent: object) -> str:\n    return agent.run('x').content\napp = Litestar([chat], dependencies={{'db': Provide(make_db), 'agent': Provide(make_agent)}})\n",
}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_a_handler_is_given_what_the_nearest_provider_makes(
    program: Make, scope: str, made: str, expected: str
) -> None:
    found = program((LITESTAR + SCOPES[scope]).format(made)).agents()

    assert {one.db for one in found} == {expected}


def test_of_two_applications_with_a_dependency_of_one_name_nobody_knows_which_is_asked(
    program: Make,
) -> None:
    source = f"""{LITESTAR.format(GOOD)}
@get('/a')
{HANDLER.format("db: object", "db")}
one = Litestar([chat], dependencies={{"db": Provide(make_db)}})
two = Litestar([chat], dependencies={{"db": Provide(lambda: {BAD})}})
"""

    assert "unknown" in [one.db for one in program(source).agents()]
