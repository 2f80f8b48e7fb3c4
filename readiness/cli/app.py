"""The command line: its commands, each in a file of its own."""

import typer

from readiness.cli.check import check

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
        from importlib.metadata import version  # noqa: PLC0415 - only when it is asked for

        typer.echo(f"readiness {version('readiness')}")
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
    """Would this deployment be safe to release, right now, to that environment?"""


app.command()(check)
