"""`readiness database`: what the program would do to a server, and what it needs there."""

from typing import Annotated

import typer

from readiness.cli import check as options

app = typer.Typer(
    help="What would be asked of the server, and the least role that may ask it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def plan(*, checklist: options.Checklists = None) -> None:
    """Print every statement that `check` may send, before it does."""
    from pathlib import Path  # noqa: PLC0415 - not for --help

    from readiness.database.plan import statements  # noqa: PLC0415 - as above
    from readiness.engine.plan import queries_of  # noqa: PLC0415 - as above

    for statement in statements(queries_of(Path.cwd(), tuple(checklist or ()))):
        typer.echo(f"{statement.strip().rstrip(';')};\n")


@app.command()
def grants(
    *,
    role: Annotated[str, typer.Option("--role", help="The name of the role.")] = "readiness",
    database: Annotated[
        str, typer.Option("--dbname", help="The database that it looks at.")
    ] = "app",
) -> None:
    """Print the SQL that makes the least role for every rule."""
    from readiness.database.grants import least_role  # noqa: PLC0415 - not for --help

    typer.echo(least_role(role=role, database=database))
