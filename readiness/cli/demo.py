"""`readiness demo`: the main job on the sample application and a real server."""

import sys

import typer


def demo() -> int:
    """Show a deployment that is not ready, then the same one made ready.

    Starts a PostgreSQL server of its own on 127.0.0.1 and removes it at the end.
    """
    from readiness.drills.demo import demo as show  # noqa: PLC0415 - not for --help

    return show(_check, _say)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _check(*arguments: str) -> int:
    """Run the real command, as a user would type it, and show what it prints."""
    from readiness.cli.edge import run  # noqa: PLC0415 - not for --help

    typer.echo(f"\n$ readiness {' '.join(arguments)}\n")
    return run(arguments)
