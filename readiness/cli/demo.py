"""`readiness demo`: the main job on the sample application and a real server."""

import sys
from pathlib import Path

import typer


def demo() -> int:
    """Show a deployment that is not ready, then the same one made ready.

    Starts PostgreSQL servers of its own on 127.0.0.1 and removes them at the end.
    """
    from readiness.drills.demo import demo as show  # noqa: PLC0415 - not for --help

    return show(_check, _say)


def _say(text: str) -> None:
    sys.stderr.write(f"demo: {text}\n")
    sys.stderr.flush()


def _check(project: Path, *, database: str, skip: tuple[str, ...]) -> int:
    """Judge a project as `readiness check` does, and show the report."""
    from readiness.cli.outputs import deliver, outputs  # noqa: PLC0415 - not for --help
    from readiness.engine.check import run  # noqa: PLC0415 - as above
    from readiness.engine.request import Request  # noqa: PLC0415 - as above

    made = run(Request.make(project, database=database, skip=skip, say=_say))
    typer.echo()
    deliver(made, outputs([]), quiet=False)
    typer.echo()
    return made.exit_code
