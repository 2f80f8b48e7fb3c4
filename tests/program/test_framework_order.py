"""What frameworks call first, and whose constructors others call."""

import pytest

from tests.program.conftest import Make


@pytest.mark.parametrize(("given", "expected"), [(", PG", "durable"), ("", "volatile")])
def test_a_class_is_made_as_a_method_that_nothing_calls_makes_it(
    program: Make, given: str, expected: str
) -> None:
    code = f"""
import discord
PG = PostgresDb("postgresql://h/d")
class Ask(discord.Cog):
    def __init__(self, bot, db=None):
        self.agent = Agent(db=db or InMemoryDb())
class Bot(discord.Client):
    async def setup_hook(self):
        await self.add_cog(Ask(self{given}))
"""

    assert [one.db for one in program(code).agents()] == [expected]


@pytest.mark.parametrize(("base", "expected"), [("AppConfig", "durable"), ("object", "none")])
def test_an_application_of_django_is_ready_before_any_request(
    program: Make, base: str, expected: str
) -> None:
    files = {
        "bots/registry.py": "db = None\n",
        "bots/apps.py": f"""from django.apps import AppConfig
from agno.db.postgres import PostgresDb
class Bots({base}):
    def ready(self):
        from . import registry
        registry.db = PostgresDb("postgresql://h/d")
""",
        "bots/views.py": """from agno.agent import Agent
from . import registry
def ask(request):
    return Agent(db=registry.db)
""",
    }

    assert [one.db for one in program("", files=files, head=False).agents()] == [expected]


@pytest.mark.parametrize(
    ("hook", "made", "expected"),
    [
        ("on_startup", "PG", "durable"),
        ("on_startup", "InMemoryDb()", "volatile"),
        ("on_shutdown", "PG", "unknown"),
    ],
)
def test_a_job_of_arq_finds_what_start_up_put_into_the_context(
    program: Make, hook: str, made: str, expected: str
) -> None:
    code = f"""
PG = PostgresDb("postgresql://h/d")
async def fill(ctx):
    ctx["db"] = {made}
async def reply(ctx, text, db=None):
    return Agent(db=ctx["db"]).run(text)
class WorkerSettings:
    functions = [reply]
    {hook} = fill
"""

    assert [one.db for one in program(code).agents()] == [expected]
