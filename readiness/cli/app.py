"""The command line: its commands, each in a file of its own."""

import typer

from readiness.cli.attest import attest
from readiness.cli.check import check
from readiness.cli.database import app as database
from readiness.cli.demo import demo
from readiness.cli.explain import explain
from readiness.cli.init import init
from readiness.cli.list import list_
from readiness.cli.report import report
from readiness.cli.schema import schema
from readiness.version import VERSION

app = typer.Typer(
    name="readiness",
    help="Would this deployment be safe to release, right now, to that environment?",
    epilog="Exit codes: 0 ready, 1 not ready, 2 wrong use, 3 unverified, 130 interrupted.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:  # noqa: FBT001 - the form of an option's callback
    if asked:
        typer.echo(f"readiness {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(  # noqa: FBT001 - the form of an option
        False,  # noqa: FBT003 - as above
        "--version",
        callback=_version,
        is_eager=True,
        help="Show the version and exit.",
    ),
) -> None:
    """Say whether this deployment would be safe to release, right now, to that environment."""


app.command()(check)
app.command("list")(list_)
app.command()(explain)
app.command()(report)
app.command()(attest)
app.command()(init)
app.command()(schema)
app.command()(demo)
app.add_typer(database, name="database")
