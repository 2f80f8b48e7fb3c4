"""`readiness check`: judge a project, and its database, for one environment."""

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
    from readiness.cli.checking import judge_project  # noqa: PLC0415 - not for --help

    return judge_project(
        project,
        environment=environment,
        checklist=checklist,
        set_=set_,
        unset=unset,
        injected=injected,
        env_file=env_file,
        database=database,
        pooler=pooler,
        only=only,
        skip=skip,
        fail_on=fail_on,
        report=report,
        timeout=timeout,
        allow_commands=allow_commands,
        quiet=quiet,
        no_cache=no_cache,
        debug=debug,
    )
