"""`readiness report`: other formats from a JSON report, without judging anew."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    file: Annotated[
        Path, typer.Argument(help="A report in JSON, as --report json=FILE wrote it.")
    ],
    *,
    formats: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT[=FILE]", help="terminal, markdown, json."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the failures.")] = False,
) -> int:
    """Render a JSON report in other formats; the exit code is that of the report."""
    from readiness.cli.outputs import deliver, outputs  # noqa: PLC0415 - not for --help
    from readiness.model.errors import ReadinessError  # noqa: PLC0415 - as above
    from readiness.reports.json import read  # noqa: PLC0415 - as above

    chosen = outputs(formats or [])
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise ReadinessError(f"{file}: the report cannot be read: {reason}") from None
    made = read(text)
    deliver(made, chosen, quiet=quiet)
    return made.exit_code
