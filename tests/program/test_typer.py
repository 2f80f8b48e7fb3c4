"""What typer gives the parameters of a command: by ``Annotated``, and in the type they name."""

import pytest

from readiness.program.entries import Entry
from tests.program.conftest import Make

PROGRAM = """
import enum
import typer
from typing import Annotated, Optional
PG = PostgresDb("postgresql://h/d")
class Store(str, enum.Enum):
    POSTGRES = "postgres"
    MEMORY = "memory"
app = typer.Typer()

@app.command()
def serve({}):
    Agent(db=PG if {} else InMemoryDb())

if __name__ == "__main__":
    app()
"""
ANNOTATED = 'store: Annotated[str, typer.Option(envvar="STORE")] = "memory"', "store == 'postgres'"
OPTIONAL = (
    'store: Annotated[Optional[str], typer.Option("--store", envvar="STORE")] = None',
    "store == 'postgres'",
)
MEMBER = 'store: Store = typer.Option(Store.MEMORY, envvar="STORE")', "store is Store.POSTGRES"
SWITCH = 'keep: bool = typer.Option(True, envvar="KEEP")', "keep"
SWITCHED = 'keep: Annotated[bool, typer.Option(envvar="KEEP")] = True', "keep"


@pytest.mark.parametrize(
    ("command", "variables", "words", "db"),
    [
        (ANNOTATED, {"STORE": "postgres"}, (), "durable"),
        (ANNOTATED, {"STORE": "Postgres"}, (), "volatile"),
        (ANNOTATED, {"STORE": None}, (), "volatile"),
        (ANNOTATED, {"STORE": None}, ("--store", "postgres"), "durable"),
        (ANNOTATED, {"STORE": "postgres"}, ("--store", "memory"), "volatile"),
        (OPTIONAL, {"STORE": "postgres"}, (), "durable"),
        (OPTIONAL, {"STORE": None}, (), "volatile"),
        (MEMBER, {"STORE": "postgres"}, (), "durable"),
        (MEMBER, {"STORE": "memory"}, (), "volatile"),
        (MEMBER, {"STORE": None}, (), "volatile"),
        (SWITCH, {"KEEP": "true"}, (), "durable"),
        (SWITCH, {"KEEP": "false"}, (), "volatile"),
        (SWITCHED, {"KEEP": "0"}, (), "volatile"),
        (SWITCHED, {"KEEP": None}, (), "durable"),
        (SWITCHED, {"KEEP": "1"}, ("--no-keep",), "volatile"),
    ],
)
def test_an_option_is_read_as_typer_reads_it(
    program: Make, command: tuple[str, str], variables: dict[str, str | None],
    words: tuple[str, ...], db: str,
) -> None:  # fmt: skip
    entry = Entry("app.py", main=True, arguments=words)

    made = program(PROGRAM.format(*command), variables, entry_points=(entry,))

    assert [one.db for one in made.agents()] == [db]
