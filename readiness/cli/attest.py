"""`readiness attest`: write down that something was done or seen, by whom, for how long."""

from pathlib import Path
from typing import Annotated

import typer


def attest(
    rule: Annotated[str, typer.Argument(help="The id of the rule that this is evidence for.")],
    project: Annotated[Path, typer.Argument(help="The folder of the project.")] = Path(),
    *,
    by: Annotated[str, typer.Option("--by", help="Who did it or saw it.")],
    note: Annotated[str, typer.Option("--note", help="What was done or seen.")],
    valid: Annotated[str, typer.Option("--valid", help="How long it holds, such as 90d.")],
    commit: Annotated[
        str | None,
        typer.Option("--commit", help="The commit that it speaks of; HEAD is this one."),
    ] = None,
    file: Annotated[
        list[str] | None, typer.Option("--file", help="A file of the project that backs it up.")
    ] = None,
    checklist: Annotated[
        list[str] | None, typer.Option("--checklist", "-c", metavar="NAME|FILE")
    ] = None,
) -> None:
    """Write a dated record into the project's evidence folder, for `check` to read."""
    from readiness.cli.outputs import write_whole  # noqa: PLC0415 - not for --help
    from readiness.engine.plan import evidence_record  # noqa: PLC0415 - as above

    path, text = evidence_record(
        project,
        rule=rule,
        by=by,
        note=note,
        valid=valid,
        commit=commit,
        files=tuple(file or ()),
        checklists=tuple(checklist or ()),
    )
    target = project / path
    target.parent.mkdir(exist_ok=True)
    write_whole(target, text)
    typer.echo(f"wrote {path}")
