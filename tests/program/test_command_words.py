"""The words of a command line are walked through once, as click's own parser takes them."""

import pytest

from readiness.program.entries import Entry
from tests.program.conftest import Make

HEAD = """
import click
out = {}

def upper(ctx, param, value):
    return (value or "none").upper()

def by_stage(ctx, param, value):
    return "pg" if value == "auto" and os.environ.get("STAGE") == "production" else value

def note(ctx, param, value):
    out["noted"] = value

@click.command()
"""
TAIL = """
def main(**given):
    out.update(given)

if __name__ == "__main__":
    main(standalone_mode=False)
"""
SWITCH = '@click.option("--memory/--disk", "-m/-d", default=False)'
WORKERS = '@click.option("--workers", "-w", default=1)'
ENV = '@click.option("--env", "-e", default="test", envvar="APP_ENV")'


def given(program: Make, options: str, words: str, variables: dict[str, str]) -> dict[str, object]:
    entry = Entry("app.py", main=True, arguments=tuple(words.split()))
    made = program(HEAD + options + TAIL, variables, entry_points=(entry,))
    held = made.plain(made.value("app:out"))
    assert isinstance(held, dict)
    return held


@pytest.mark.parametrize(
    ("options", "words", "expected"),
    [
        (f"{SWITCH}\n{WORKERS}", "-mw3", {"memory": True, "workers": 3}),
        (f"{SWITCH}\n{WORKERS}", "-w3 -d", {"memory": False, "workers": 3}),
        (f"{SWITCH}\n{WORKERS}", "-md", {"memory": False, "workers": 1}),
        (f"{SWITCH}\n{ENV}", "--env --memory", {"memory": False, "env": "--memory"}),
        (f"{SWITCH}\n{ENV}", "-e -m", {"memory": False, "env": "-m"}),
        (f"{SWITCH}\n{ENV}", "-eprod", {"memory": False, "env": "prod"}),
        ('@click.option("-v", "--verbose", count=True)', "-vv -v", {"verbose": 3}),
        ('@click.option("--tag", "-t", multiple=True)', "-ta --tag b", {"tag": ("a", "b")}),
        ('@click.option("--pair", nargs=2, type=int)', "--pair 1 2", {"pair": (1, 2)}),
        ('@click.option("--num", default="5", type=int)', "", {"num": 5}),
        ('@click.option("--late", default=lambda: "made")', "", {"late": "made"}),
        ('@click.argument("many", nargs=-1)', "a b", {"many": ("a", "b")}),
        ('@click.argument("many", nargs=-1)', "", {"many": ()}),
        (
            '@click.argument("many", nargs=-1)\n@click.argument("last")',
            "a b",
            {"many": ("a",), "last": "b"},
        ),
    ],
)
def test_each_word_is_taken_once(
    program: Make, options: str, words: str, expected: dict[str, object]
) -> None:
    assert given(program, options, words, {}) == expected


@pytest.mark.parametrize(
    ("option", "words", "variables", "expected"),
    [
        ('"--x", callback=upper', "", {}, {"x": "NONE"}),
        ('"--x", callback=upper, envvar="X"', "", {"X": "a"}, {"x": "A"}),
        ('"--x", callback=upper', "--x b", {}, {"x": "B"}),
        ('"--x", default="auto", callback=by_stage', "", {"STAGE": "production"}, {"x": "pg"}),
        ('"--x", default="auto", callback=by_stage', "", {"STAGE": "test"}, {"x": "auto"}),
        ('"--x", default="a", expose_value=False, callback=note', "", {}, {"noted": "a"}),
    ],
)
def test_a_callback_says_what_an_option_has(
    program: Make, option: str, words: str, variables: dict[str, str], expected: dict[str, object]
) -> None:
    assert given(program, f"@click.option({option})", words, variables) == expected


TYPER = """
import typer

def stage(value: str):
    return os.environ.get("STAGE", "test") if value == "auto" else value

def named(ctx: typer.Context, param: typer.CallbackParam, value: str):
    return stage(value)

def main(env: str = typer.Option("auto", callback=CALLBACK)):
    Agent(db=PostgresDb("postgresql://h/d") if env == "production" else InMemoryDb())

if __name__ == "__main__":
    typer.run(main)
"""


@pytest.mark.parametrize("callback", ["stage", "named", "lambda context, value: stage(value)"])
@pytest.mark.parametrize("words", [(), None])
@pytest.mark.parametrize(("value", "db"), [("production", "durable"), ("test", "volatile")])
def test_typer_gives_a_callback_what_its_parameters_ask_for(
    program: Make, callback: str, words: tuple[str, ...] | None, value: str, db: str
) -> None:
    source = TYPER.replace("CALLBACK", callback)
    entry = Entry("app.py", main=True, arguments=words)

    made = program(source, {"STAGE": value}, entry_points=(entry,)).agents()

    assert [one.db for one in made] == [db if words is not None else "unknown"]


GROUP = """
import click
out = {}

@click.group()
@click.option("--env", "-e", default="test")
def cli(env):
    out["outer"] = env

@cli.command()
@click.option("--env", default="inner")
def serve(env):
    out["inner"] = env

if __name__ == "__main__":
    cli(PREFIX)
"""


@pytest.mark.parametrize(
    ("words", "prefix", "variables", "expected"),
    [
        ("serve", "", {}, {"outer": "test", "inner": "inner"}),
        ("--env serve serve --env q", "", {}, {"outer": "serve", "inner": "q"}),
        ("-ep serve", "", {}, {"outer": "p", "inner": "inner"}),
        ("other", "['-e', 'z', 'serve']", {}, {"outer": "z", "inner": "inner"}),
        (
            "serve",
            "auto_envvar_prefix='APP'",
            {"APP_ENV": "a", "APP_SERVE_ENV": "b"},
            {"outer": "a", "inner": "b"},
        ),
    ],
)
def test_a_group_has_the_words_before_its_command(
    program: Make, words: str, prefix: str, variables: dict[str, str], expected: dict[str, object]
) -> None:
    entry = Entry("app.py", main=True, arguments=tuple(words.split()))
    made = program(GROUP.replace("PREFIX", prefix), variables, entry_points=(entry,))

    assert made.plain(made.value("app:out")) == expected
