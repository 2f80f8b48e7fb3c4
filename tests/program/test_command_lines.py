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
        (CLICK, ("--debug",), "production", "volatile"),
        (CLICK, ("--debug", "--no-debug"), "production", "durable"),
        (ARGPARSE, (), "production", "durable"),
        (ARGPARSE, (), "test", "volatile"),
        (ARGPARSE, ("--env", "test"), "production", "volatile"),
        (ARGPARSE, None, "production", "unknown"),
        (ARGV, ("--production",), "test", "durable"),
        (ARGV, ("--other",), "test", "volatile"),
        (ARGV, None, "test", "unknown"),
        (ARGV.replace("sys.argv", "sys.argv[1:]"), None, "test", "unknown"),
        (ARGV.replace("sys.argv", "sys.argv[1:2]"), (), "test", "volatile"),
        (ARGV.replace("--production", "runserver"), None, "test", "volatile"),
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


BARE = """
import typer
from typing import Annotated, Optional
app = typer.Typer()

@app.command()
def serve(port: int = 8000, memory: bool = False):
    Agent(db=InMemoryDb() if memory or port < 1024 else PostgresDb("postgresql://h/d"))

if __name__ == "__main__":
    app()
"""
ANNOTATED = BARE.replace("memory: bool =", "memory: Annotated[bool, typer.Option()] =")
SHORT = BARE.replace("memory: bool =", 'memory: Annotated[bool, typer.Option("--memory", "-m")] =')
PLAIN = BARE.replace("memory: bool = False", "memory: bool = typer.Option(False)")
MADE = BARE.replace("memory: bool = False", "memory: bool = typer.Option(default_factory=bool)")
RUN = BARE.replace("@app.command()", "").replace("app()", "typer.run(serve)")
KIND = """
import enum
import typer

class Kind(str, enum.Enum):
    MEMORY = "memory"
    POSTGRES = "postgres"

def serve(kind: Kind = Kind.MEMORY, *, url: str = "postgresql://h/d"):
    Agent(db=InMemoryDb() if kind is Kind.MEMORY else PostgresDb(url))

if __name__ == "__main__":
    typer.run(serve)
"""


@pytest.mark.parametrize(
    ("source", "words", "db"),
    [
        (BARE, (), "durable"),
        (BARE, ("--memory",), "volatile"),
        (BARE, ("--no-memory",), "durable"),
        (BARE, ("--memory", "--no-memory"), "durable"),
        (BARE, ("--port", "80"), "volatile"),
        (BARE, ("--port=8080",), "durable"),
        (BARE, None, "unknown"),
        (ANNOTATED, (), "durable"),
        (ANNOTATED, ("--memory",), "volatile"),
        (SHORT, ("-m",), "volatile"),
        (SHORT, ("-vm",), "unknown"),
        (SHORT, ("-v",), "unknown"),
        (PLAIN, ("--memory",), "volatile"),
        (PLAIN, (), "durable"),
        (MADE, ("--memory",), "volatile"),
        (MADE, (), "durable"),
        (RUN, ("--memory",), "volatile"),
        (RUN, (), "durable"),
        (KIND, (), "volatile"),
        (KIND, ("--kind", "postgres"), "durable"),
        (KIND, ("--kind=memory",), "volatile"),
    ],
)
def test_a_parameter_of_a_typer_command_is_an_option(
    program: Make, source: str, words: tuple[str, ...] | None, db: str
) -> None:
    entry = Entry("app.py", main=True, arguments=words)

    assert [one.db for one in program(source, entry_points=(entry,)).agents()] == [db]


TYPER_COMMANDS = """
import typer
app = typer.Typer()
kept = {}

@app.command()
def serve(): kept["db"] = PostgresDb("postgresql://h/d")

@app.command("try-out")
def trial(): kept["db"] = InMemoryDb()

if __name__ == "__main__":
    app(standalone_mode=False)
    agent = Agent(db=kept.get("db", InMemoryDb()))
"""
CLICK_COMMANDS = """
import click
kept = {}

@click.group()
def app(): pass

@app.command
def serve(): kept["db"] = PostgresDb("postgresql://h/d")

@click.command()
def trial_cmd(): kept["db"] = InMemoryDb()

app.add_command(trial_cmd, "try-out")

if __name__ == "__main__":
    app(standalone_mode=False)
    agent = Agent(db=kept.get("db", InMemoryDb()))
"""


SHORTENED = CLICK_COMMANDS.replace(
    'app.add_command(trial_cmd, "try-out")', "app.add_command(trial_cmd)"
)


@pytest.mark.parametrize(
    ("word", "db"),
    [
        ("trial", "volatile"),
        ("trial-cmd", "volatile"),
        ("other", "volatile"),
        ("serve", "durable"),
    ],
)
def test_a_command_has_the_name_of_its_function(program: Make, word: str, db: str) -> None:
    entry = Entry("app.py", main=True, arguments=(word,))
    agents = program(SHORTENED, entry_points=(entry,)).agents()

    assert [one.db for one in agents] == [db]


@pytest.mark.parametrize("source", [TYPER_COMMANDS, CLICK_COMMANDS])
@pytest.mark.parametrize(("words", "db"), [(("serve",), "durable"), (("try-out",), "volatile")])
def test_the_command_line_names_a_command(
    program: Make, source: str, words: tuple[str, ...], db: str
) -> None:
    entry = Entry("app.py", main=True, arguments=words)

    assert [one.db for one in program(source, entry_points=(entry,)).agents()] == [db]


TYPED = """
import click

@click.command()
@click.option("--workers", default=1, envvar=["PROCESSES", "WORKERS"])
@click.option("--kind", type=click.Choice(["Memory", "Postgres"], case_sensitive=False))
@click.option("--port", type=click.IntRange(1, 99), default=1)
def main(workers, kind, port):
    Agent(db=InMemoryDb() if kind == "Memory" or workers < 2 or port > 9 else PostgresDb("postgresql://h/d"))

if __name__ == "__main__":
    main(PREFIX)
"""


@pytest.mark.parametrize(
    ("words", "prefix", "variables", "db"),
    [
        (("--workers", "2", "--kind", "postgres"), "", {}, "durable"),
        (("--workers", "1", "--kind", "postgres"), "", {}, "volatile"),
        (("--workers", "2", "--kind", "MEMORY"), "", {}, "volatile"),
        (("--workers", "2", "--kind", "postgres", "--port", "5"), "", {}, "unknown"),
        (("--workers", "2", "--kind", "postgres"), "auto_envvar_prefix='APP'", {}, "durable"),
        (("--workers", "2", "--kind", "postgres", "--", "--workers", "1"), "", {}, "durable"),
        (("--kind", "postgres"), "", {"WORKERS": "2"}, "durable"),
        (("--kind", "postgres"), "", {"PROCESSES": "1", "WORKERS": "2"}, "volatile"),
        (("--kind", "postgres"), "", {"PROCESSES": "", "WORKERS": "2"}, "durable"),
        (
            ("--workers", "2", "--kind", "postgres"),
            "auto_envvar_prefix='APP'",
            {"APP_PORT": "50"},
            "unknown",
        ),
    ],
)
def test_the_words_of_an_option_have_its_type(
    program: Make, words: tuple[str, ...], prefix: str, variables: dict[str, str], db: str
) -> None:
    entry = Entry("app.py", main=True, arguments=words)
    made = program(TYPED.replace("PREFIX", prefix), variables, entry_points=(entry,))

    assert [one.db for one in made.agents()] == [db]


INSTALLED = """
import sys

def main():
    Agent(db=InMemoryDb() if "--memory" in sys.argv else PostgresDb("postgresql://h/d"))
"""


@pytest.mark.parametrize(("words", "db"), [((), "durable"), (("--memory",), "volatile")])
def test_an_installed_command_has_the_words_behind_it(
    program: Make, words: tuple[str, ...], db: str
) -> None:
    entry = Entry("app", "main", arguments=words, call="()")

    assert [one.db for one in program(INSTALLED, entry_points=(entry,)).agents()] == [db]


def test_an_installed_command_may_be_a_program_of_typer(program: Make) -> None:
    found = {}
    for words in ((), ("--memory",)):
        entry = Entry("app", "app", arguments=words, call="()")
        source = BARE.partition("if __name__")[0]
        found[words] = [one.db for one in program(source, entry_points=(entry,)).agents()]

    assert found == {(): ["durable"], ("--memory",): ["volatile"]}


ASKING = """
import sys
import typer
app = typer.Typer()

@app.command()
def serve():
    Agent(db=InMemoryDb() if "--memory" in sys.argv else PostgresDb("postgresql://h/d"))
"""


def test_the_words_are_those_of_the_process_alone(program: Make) -> None:
    entry = Entry("app", "app", arguments=("--memory",), call="()")
    other = f"import sys\n{ASKING.partition('@app')[0].partition('app =')[0]}"
    other += "from agno.agent import Agent\nfrom agno.db.in_memory import InMemoryDb\n"
    other += "from agno.db.postgres import PostgresDb\n"
    other += (
        "Agent(db=InMemoryDb() if '--memory' in sys.argv else PostgresDb('postgresql://h/d'))\n"
    )
    made = program(ASKING, entry_points=(entry,), files={"tool.py": other})

    assert [one.db for one in made.agents()] == ["volatile", "unknown"]


def test_what_an_option_makes_of_several_words_is_not_guessed(program: Make) -> None:
    found = []
    for more in ("", ", multiple=True", ", flag_value='x'", ", callback=str.lower"):
        source = CLICK.replace('default="test")', f'default="test"{more})')
        entry = Entry("app.py", main=True, arguments=("--env", "production"))
        found += [
            one.db for one in program(source, {"APP_ENV": None}, entry_points=(entry,)).agents()
        ]

    assert found == ["durable", "volatile", "unknown", "unknown"]


PLACED = {
    "click": """
import click

@click.command()
@click.option("--fast/--slow", default=False)
@click.option("--port", type=int, default=1)
@click.option("--tag", multiple=True)
@click.argument("kind", default="memory")
@click.argument("zone", default="eu")
def main(kind, zone, port, fast, tag):
    Agent(db=PostgresDb("postgresql://h/d") if kind == "pg" and zone == "eu" else InMemoryDb())

if __name__ == "__main__":
    main()
""",
    "typer": """
import typer

def main(kind: str = typer.Argument("memory"), zone: str = typer.Argument("eu"), port: int = 1,
         fast: bool = False):
    Agent(db=PostgresDb("postgresql://h/d") if kind == "pg" and zone == "eu" else InMemoryDb())

if __name__ == "__main__":
    typer.run(main)
""",
}


@pytest.mark.parametrize("library", PLACED)
@pytest.mark.parametrize(
    ("words", "db"),
    [
        ((), "volatile"),
        (("pg",), "durable"),
        (("memory",), "volatile"),
        (("pg", "us"), "volatile"),
        (("--port", "8", "pg"), "durable"),
        (("--port=8", "pg", "eu"), "durable"),
        (("--fast", "pg"), "durable"),
        (("--", "pg"), "durable"),
        (("--other", "pg"), "unknown"),
        (None, "unknown"),
    ],
)
def test_words_of_no_option_are_arguments_in_their_order(
    program: Make, library: str, words: tuple[str, ...] | None, db: str
) -> None:
    entry = Entry("app.py", main=True, arguments=words)
    made = program(PLACED[library], entry_points=(entry,))

    assert [one.db for one in made.agents()] == [db]


def test_a_switch_is_a_truth_value(program: Make) -> None:
    source = BARE.replace("if memory or", "if memory is True or")
    entry = Entry("app.py", main=True, arguments=("--memory",))

    assert [one.db for one in program(source, entry_points=(entry,)).agents()] == ["volatile"]


def test_several_values_are_none_at_first(program: Make) -> None:
    source = PLACED["click"].replace('kind == "pg" and zone == "eu"', "tag == ()")
    entry = Entry("app.py", main=True, arguments=())

    assert [one.db for one in program(source, entry_points=(entry,)).agents()] == ["durable"]
