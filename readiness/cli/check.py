"""`readiness check`: judge a project, and its database, for one environment."""

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from readiness.model.outcome import Severity

Project = Annotated[
    Path, typer.Argument(help="A folder, or one Python file, which is then the entry point.")
]
Environment = Annotated[
    str | None,
    typer.Option("--environment", "-e", metavar="NAME", help="What is judged (production)."),
]
Checklists = Annotated[
    list[str] | None,
    typer.Option("--checklist", "-c", metavar="NAME|FILE", help="Repeatable (production)."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A variable has this value. Repeatable."),
]
Unset = Annotated[
    list[str] | None,
    typer.Option("--unset", metavar="KEY", help="A variable is not set. Repeatable."),
]
Injected = Annotated[
    list[str] | None,
    typer.Option("--injected", metavar="KEY", help="The platform sets a variable. Repeatable."),
]
EnvFile = Annotated[
    list[Path] | None,
    typer.Option("--env-file", metavar="FILE", help="Variables of the environment. Repeatable."),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL|env:NAME|SNAPSHOT.json|auto|none",
        help="Where to connect: auto is what the code would use, none leaves live rules out.",
    ),
]
Pooler = Annotated[
    str | None,
    typer.Option(
        "--pooler",
        metavar="URL|env:NAME|none",
        help="PgBouncer's console; not given: asked where --database is found to be PgBouncer.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="ID|TAG", help="Judge only these. Repeatable."),
]
Skip = Annotated[
    list[str] | None, typer.Option("--skip", metavar="ID|TAG", help="Leave these out. Repeatable.")
]
FailOn = Annotated[
    Severity | None,
    typer.Option("--fail-on", help="The least severity that closes the gate (medium)."),
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report", metavar="FORMAT[=FILE]", help="terminal, markdown, json. Repeatable."
    ),
]
Timeout = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="For everything outside.")
]
AllowCommands = Annotated[
    bool, typer.Option("--allow-commands", help="Let rules run their commands.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the failures and the verdict.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read and judge everything afresh.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an error happened.")]


def check(
    project: Project = Path(),
    *,
    environment: Environment = None,
    checklist: Checklists = None,
    set_: Set = None,
    unset: Unset = None,
    injected: Injected = None,
    env_file: EnvFile = None,
    database: Database = None,
    pooler: Pooler = None,
    only: Only = None,
    skip: Skip = None,
    fail_on: FailOn = None,
    report: Reports = None,
    timeout: Timeout = 30.0,
    allow_commands: AllowCommands = False,
    quiet: Quiet = False,
    no_cache: NoCache = False,
    debug: Debug = False,
) -> int:
    """Judge a project, and its database, for one environment.

    Exit codes: 0 ready, 1 not ready, 2 wrong use, 3 unverified, 130 interrupted.
    """
    from readiness.cache.reports import moment  # noqa: PLC0415 - not for --help
    from readiness.cli.again import remember  # noqa: PLC0415 - as above
    from readiness.cli.outputs import deliver, outputs  # noqa: PLC0415 - as above
    from readiness.engine.check import run_with_inputs  # noqa: PLC0415 - as above
    from readiness.engine.request import Request  # noqa: PLC0415 - as above

    chosen = outputs(report or [])
    request = Request.make(
        project,
        environment=environment,
        checklists=tuple(checklist or ()),
        variables=tuple(set_ or ()),
        unset=tuple(unset or ()),
        injected=tuple(injected or ()),
        env_files=tuple(env_file or ()),
        database=database,
        pooler=pooler,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        fail_on=fail_on,
        timeout=timeout,
        allow_commands=allow_commands,
        cached=not no_cache,
        debug=debug,
        say=_silent if quiet else _progress,
    )
    began = None if no_cache else moment()
    made, inputs = run_with_inputs(request)
    if began is not None and inputs is not None:
        remember(made, inputs, chosen, began, quiet=quiet)
    deliver(made, chosen, quiet=quiet)
    if not quiet and all(output.path for output in chosen):
        _progress(f"{made.gate} (exit {made.exit_code})")
    return made.exit_code


def _progress(text: str) -> None:
    with contextlib.suppress(OSError, AttributeError):  # nobody may be there to read it
        sys.stderr.write(f"readiness: {text}\n")


def _silent(text: str) -> None:
    """Say nothing."""
