"""What a group of commands prepares is what its commands find in the context."""

import pytest

from tests.program.conftest import Make

MADE = "PostgresDb('postgresql://h/d') if os.environ['APP_ENV'] == 'production' else InMemoryDb()"
CLICK = "import click\nclass Kept:\n    def __init__(self):\n        self.db = {made}\n"
COMMANDS = {
    "the context": "@click.group()\n@click.pass_context\ndef cli(ctx):\n    ctx.obj = Kept()\n"
    "@cli.command()\n@click.pass_context\ndef run(ctx):\n    Agent(db=ctx.obj.db)\n",
    "its object": "@click.group()\n@click.pass_context\ndef cli(ctx):\n    ctx.obj = Kept()\n"
    "@cli.command()\n@click.pass_obj\ndef run(kept):\n    Agent(db=kept.db)\n",
    "an entry of it": "@click.group()\n@click.pass_context\ndef cli(ctx):\n"
    "    ctx.ensure_object(dict)\n    ctx.obj['db'] = Kept().db\n"
    "@cli.command()\n@click.pass_context\ndef run(ctx):\n    Agent(db=ctx.obj['db'])\n",
    "an ensured object": "take = click.make_pass_decorator(Kept, ensure=True)\n@click.group()\n"
    "def cli():\n    pass\n@cli.command()\n@take\ndef run(kept):\n    Agent(db=kept.db)\n",
    "a group that runs": "@click.group()\n@click.pass_context\ndef cli(ctx):\n"
    "    ctx.obj = Kept()\n@cli.command()\n@click.pass_obj\ndef run(kept):\n"
    "    Agent(db=kept.db)\nif __name__ == '__main__':\n    cli()\n",
    "typer": "import typer\napp = typer.Typer()\n@app.command()\n"
    "def run(ctx: typer.Context):\n    Agent(db=ctx.obj.db)\n@app.callback()\n"
    "def prepare(ctx: typer.Context):\n    ctx.obj = Kept()\n",
}


@pytest.mark.parametrize("source", COMMANDS.values(), ids=COMMANDS)
def test_a_command_finds_what_its_group_prepared(program: Make, source: str) -> None:
    def judged(env: str) -> list[str]:
        made = program(CLICK.format(made=MADE) + source, {"APP_ENV": env})
        return [one.db for one in made.agents()]

    assert judged("production") == ["durable"]
    assert judged("test") == ["volatile"]
