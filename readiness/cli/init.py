"""`readiness init`: look at a project and write the settings that a person would keep."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readiness.engine.survey import Survey

_NAME = "readiness.yaml"
_MOST = 12
_REVIEW = timedelta(days=180)


def init(
    project: Annotated[Path, typer.Argument(help="The folder of the project.")] = Path(),
    *,
    environment: Annotated[
        str, typer.Option("--environment", "-e", metavar="NAME", help="What will be judged.")
    ] = "production",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Look at a project and write its readiness.yaml, with comments."""
    from readiness.cli.outputs import write_whole  # noqa: PLC0415 - not for --help
    from readiness.engine.survey import survey  # noqa: PLC0415 - as above
    from readiness.model.clock import Clock  # noqa: PLC0415 - as above
    from readiness.model.errors import ReadinessError  # noqa: PLC0415 - as above

    if not project.is_dir():
        raise ReadinessError(f"{project}: there is no such folder")
    target = project / _NAME
    if target.exists() and not force:
        raise ReadinessError(f"{target} is there already", hint="--force replaces it")
    seen = survey(project, environment)
    write_whole(target, settings_text(seen, environment, Clock().today()))
    typer.echo(f"wrote {target}: {_sentence(seen)}")
    typer.echo("next: read it, name an owner, then `readiness check --database auto`")


def settings_text(seen: "Survey", environment: str, today: date) -> str:
    """Write the settings for what was seen."""
    return "\n".join([*_checklist(seen, today), "", *_environment(seen, environment), ""])


def _checklist(seen: "Survey", today: date) -> Iterator[str]:
    yield "# What `readiness check` should know of this project. Everything here is optional."
    yield f"# Written by `readiness init`, which saw {_sentence(seen)}."
    for assumption in seen.assumptions:
        yield f"# Assumed: {assumption}"
    yield ""
    yield "checklist:"
    yield f"  title: {_scalar(f'{seen.folder}, before a release')}"
    yield "  # owner: who answers for this checklist"
    yield f"  review_by: {(today + _REVIEW).isoformat()}"
    more = "  # agno, too: who may call its agents, what they remember, how they run"
    yield f"  extends: [production]{more if seen.agent_files else ''}"
    rules = [*_agents(seen), *_required(seen)]
    yield "  rules:" if rules else "  rules: []  # `readiness list rules` shows what is inherited"
    yield from rules


def _agents(seen: "Survey") -> Iterator[str]:
    if seen.agent_files:
        yield "    # Each of these files must build an agent, and each agent must keep its data."
        yield "    - id: agents-durable-db"
        yield "      with:"
        yield from _list("files", seen.agent_files, indent=8)


def _required(seen: "Survey") -> Iterator[str]:
    if seen.required:
        yield "    # The code does not start without these."
        yield "    - id: required-env"
        yield "      with:"
        yield from _list("required", seen.required, indent=8)


def _environment(seen: "Survey", environment: str) -> Iterator[str]:
    yield "environments:"
    yield f"  {environment}:"
    if seen.missing:
        yield "    # No file sets these, so the platform must; list only what it really sets."
        yield from _list("injected", seen.missing, indent=4)
    for process in seen.processes:
        yield f"    # Starts {process}."
    yield from _deployment(seen)
    for url in seen.databases:
        yield f"    # The code connects to {url}"
    yield "    # Where `check` connects. It is asked for, never guessed: auto is the connection"
    yield "    # of the code, env:NAME takes a URL from a variable, none leaves live rules out."
    yield "    # database: auto"
    yield "    # Traits that rules may ask for with `when`."
    yield "    # traits: {users: many, history: kept}"


def _deployment(seen: "Survey") -> Iterator[str]:
    """What was taken for the deployment, to be named where that is wrong."""
    if seen.left_out:
        yield "    # Not of this environment:"
        shown = seen.left_out[:_MOST]
        yield from (f"    #   {path}: {reason}" for path, reason in shown)
        if len(seen.left_out) > _MOST:
            yield f"    #   and {len(seen.left_out) - _MOST} more, which `readiness check` names"
    if seen.deployment:
        yield "    # Found by their names and forms; say it here, and nothing else counts."
        yield from (f"    # {line}" for line in _list("deployment", seen.deployment, indent=0))


def _list(key: str, values: Sequence[str], indent: int) -> Iterator[str]:
    space = " " * indent
    yield f"{space}{key}:"
    yield from (f"{space}  - {_scalar(value)}" for value in values)


def _scalar(text: str) -> str:
    import json  # noqa: PLC0415 - not for --help

    plain = text.replace("_", "").replace("/", "").replace(".", "").replace("-", "")
    return text if plain.isalnum() and not plain.isdigit() else json.dumps(text)


def _sentence(seen: "Survey") -> str:
    counts = (
        (seen.files, "file", "files"),
        (len(seen.services), "service that runs the code", "services that run the code"),
        (len(seen.agent_files), "file with agents", "files with agents"),
        (len(seen.databases), "database address in the code", "database addresses in the code"),
    )
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts)
