"""`readiness database`: what the program would do to a server, and what it needs there."""

from pathlib import Path
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
    from readiness.database.plan import CONSOLE, PROBES, statements, versions  # noqa: PLC0415 - not for --help
    from readiness.engine.plan import queries_of  # noqa: PLC0415 - as above

    for statement in statements(queries_of(Path.cwd(), tuple(checklist or ()))):
        where = versions(statement)
        typer.echo(f"-- PostgreSQL {where}" if where else "", nl=bool(where))
        typer.echo(f"{statement.strip().rstrip(';')};\n")
    for statement in CONSOLE:
        typer.echo(f"-- PgBouncer's console, where one stands between\n{statement};\n")
    typer.echo(PROBES, nl=False)


@app.command()
def grants(
    *,
    checklist: options.Checklists = None,
    role: Annotated[str, typer.Option("--role", help="The name of the role.")] = "readiness",
    database: Annotated[
        str, typer.Option("--dbname", help="The database that it looks at.")
    ] = "app",
) -> None:
    """Print the SQL that makes the least role for the rules of the checklists."""
    from readiness.database.grants import least_role  # noqa: PLC0415 - not for --help
    from readiness.engine.plan import asking_of, privileges_of  # noqa: PLC0415 - as above

    asked = tuple(checklist or ())
    needed, asking = privileges_of(Path.cwd(), asked), asking_of(Path.cwd(), asked)
    typer.echo(least_role(needed, role=role, database=database, asking=asking), nl=False)


@app.command()
def snapshot(
    project: options.Project = Path(),
    *,
    database: options.Database = None,
    pooler: options.Pooler = None,
    environment: options.Environment = None,
    checklist: options.Checklists = None,
    timeout: options.Timeout = 30.0,
) -> None:
    """Read the server and print its facts, for `check --database FILE.json` elsewhere."""
    from readiness.database.facts import LOGIN  # noqa: PLC0415 - not for --help
    from readiness.engine.check import prepare  # noqa: PLC0415 - as above
    from readiness.engine.facts import Missing  # noqa: PLC0415 - not for --help
    from readiness.engine.request import Request  # noqa: PLC0415 - as above
    from readiness.engine.snapshot import write_snapshot  # noqa: PLC0415 - as above
    from readiness.model.errors import InternalError  # noqa: PLC0415 - as above

    request = Request.make(
        project,
        environment=environment,
        checklists=tuple(checklist or ()),
        database=database,
        pooler=pooler,
        timeout=timeout,
        say=lambda text: typer.echo(f"readiness: {text}", err=True),
    )
    found = prepare(request).gathering.database
    if isinstance(found, Missing):
        raise InternalError(found.reason, hint=found.hint)
    typer.echo(write_snapshot(found), nl=False)
    if not found.entered:
        # What the wire told is worth keeping, and is no snapshot of the whole.
        raise InternalError(found.missing[LOGIN].reason, hint=found.missing[LOGIN].hint)
