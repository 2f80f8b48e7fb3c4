"""What the command line of a deployment gives a program, and what it leaves to defaults."""

import pytest

from readiness.program.entries import Entry
from tests.program.conftest import Make

TYPER = """
import typer
app = typer.Typer()

@app.command()
def serve(env: str = typer.Option("test", "--env", envvar="APP_ENV")):
    Agent(db=PostgresDb("postgresql://h/d") if env == "production" else InMemoryDb())

if __name__ == "__main__":
    app()
"""
CLICK = """
import click

@click.command()
@click.option("--env", "-e", envvar="APP_ENV", default="test")
@click.option("--debug/--no-debug", default=False)
def main(env, debug):
    Agent(db=InMemoryDb() if debug or env != "production" else PostgresDb("postgresql://h/d"))

if __name__ == "__main__":
    main()
"""
ARGPARSE = """
import argparse
p = argparse.ArgumentParser()
p.add_argument("--env", default=os.getenv("APP_ENV", "test"))
args = p.parse_args()
Agent(db=PostgresDb("postgresql://h/d") if args.env == "production" else InMemoryDb())
"""
ARGV = """
import sys
production = "--production" in sys.argv
Agent(db=PostgresDb("postgresql://h/d") if production else InMemoryDb())
"""


@pytest.mark.parametrize(
    ("source", "words", "variable", "db"),
    [
        (TYPER, (), "production", "durable"),
        (TYPER, (), "test", "volatile"),
        (TYPER, ("--env", "production"), "test", "durable"),
        (TYPER, ("--env=test",), "production", "volatile"),
        (TYPER, None, "production", "durable"),
        (TYPER, None, "test", "volatile"),
        (CLICK, None, "test", "volatile"),
        (CLICK, (), "production", "durable"),
        (CLICK, (), "test", "volatile"),
        (CLICK, ("-e", "production"), "test", "durable"),
        (CLICK, ("--env", "test"), "production", "volatile"),
        (CLICK, ("--debug",), "production", "unknown"),
        (ARGPARSE, (), "production", "durable"),
        (ARGPARSE, (), "test", "volatile"),
        (ARGPARSE, ("--env", "test"), "production", "volatile"),
        (ARGPARSE, None, "production", "unknown"),
        (ARGV, ("--production",), "test", "durable"),
        (ARGV, ("--other",), "test", "volatile"),
    ],
)
def test_the_command_line_decides(
    program: Make, source: str, words: tuple[str, ...] | None, variable: str, db: str
) -> None:
    entry = Entry("app.py", main=True, arguments=words)
    made = program(source, {"APP_ENV": variable}, entry_points=(entry,))

    assert [one.db for one in made.agents()] == [db]


FACTORY = """
def create(kind="prod", *, memory=False):
    return Agent(db=InMemoryDb() if memory or kind == "dev" else PostgresDb("postgresql://h/d"))
"""


@pytest.mark.parametrize(
    ("entry", "db"),
    [
        ("app:create", "durable"),
        ("app:create()", "durable"),
        ("app:create('prod')", "durable"),
        ("app:create('dev')", "volatile"),
        ("app:create(kind='dev')", "volatile"),
        ("app:create(memory=True)", "volatile"),
        ("app:create(memory=False)", "durable"),
    ],
)
def test_a_server_calls_a_factory_with_what_the_command_says(
    program: Make, entry: str, db: str
) -> None:
    assert [one.db for one in program(FACTORY, entry_points=(entry,)).agents()] == [db]


@pytest.mark.parametrize("call", ["('a', 'b', 'c')", "(nothing='x')"])
def test_a_call_that_does_not_fit_leaves_it_open(program: Make, call: str) -> None:
    made = program(FACTORY, entry_points=(f"app:create{call}",))

    assert {one.db for one in made.agents()} != {"durable"}
