"""`readiness explain`: what a rule demands and why, and how its verdict came about."""

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli import check as options

if TYPE_CHECKING:
    from readiness.checker.checker import Checker
    from readiness.model.finding import Finding
    from readiness.model.report import Result
    from readiness.model.rule import Rule

_WIDTH = 88


def explain(
    rule: Annotated[str, typer.Argument(help="The id of a rule.")],
    project: Annotated[
        Path | None, typer.Argument(help="Judge this project, and tell how it came about.")
    ] = None,
    *,
    environment: options.Environment = None,
    checklist: options.Checklists = None,
    set_: options.Set = None,
    unset: options.Unset = None,
    injected: options.Injected = None,
    env_file: options.EnvFile = None,
    database: options.Database = None,
    timeout: options.Timeout = 30.0,
    debug: options.Debug = False,  # noqa: ARG001 - read at the edge
) -> int:
    """Explain a rule; with a project, tell the story of its verdict there.

    `--set`, `--unset` and `--injected` ask what would be if.
    """
    from readiness.checker.registry import load  # noqa: PLC0415 - not for --help
    from readiness.checklist.select import select  # noqa: PLC0415 - as above
    from readiness.engine.plan import checklists_of  # noqa: PLC0415 - as above

    folder = project if project and project.is_dir() else Path.cwd()
    found = select(checklists_of(folder, tuple(checklist or ())), only=[rule]).rules
    registry = load()
    for one in found:
        _print(_about(one, registry.get(one.check)))
    if project is None:
        return 0
    from readiness.engine.check import run  # noqa: PLC0415 - not for --help
    from readiness.engine.request import Request  # noqa: PLC0415 - as above

    made = run(
        Request.make(
            project,
            environment=environment,
            checklists=tuple(checklist or ()),
            variables=tuple(set_ or ()),
            unset=tuple(unset or ()),
            injected=tuple(injected or ()),
            env_files=tuple(env_file or ()),
            database=database,
            only=(rule,),
            timeout=timeout,
            say=lambda _: None,
        )
    )
    for assumption in made.assumptions:
        typer.echo(f"assumed: {assumption}")
    for result in made.results:
        _print(_story(result, made.environment.name))
    return made.exit_code


def _print(lines: Iterator[str]) -> None:
    from readiness.reports.visible import visible  # noqa: PLC0415 - not for --help

    for line in lines:
        typer.echo(visible(line))
    typer.echo()


def _about(rule: "Rule", checker: "Checker | None") -> Iterator[str]:
    kind = checker.kind if checker else "its checker did not load"
    yield f"{rule.id}: {rule.title}"
    yield f"{rule.severity}, {kind}, judged by {rule.check}, checklist {rule.checklist}"
    yield ""
    yield from _paragraph("why", rule.why or "nobody wrote it down")
    yield from _paragraph("fix", rule.fix or "nobody wrote it down")
    if checker:
        needs = [n.fact.__name__ + (" (if there)" if n.optional else "") for n in checker.needs]
        yield from _paragraph("from", ", ".join(needs))
        for name, (_, default) in checker.options.items():
            value = rule.parameters.get(name, "required" if default is ... else default)
            yield from _paragraph("with", f"{name}: {_shown(value)}")
    for reference in rule.references:
        yield f"  see   {reference}"


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _paragraph(word: str, text: str) -> list[str]:
    first = f"  {word:<5} "
    return wrap(" ".join(text.split()), _WIDTH, initial_indent=first, subsequent_indent=" " * 8)


def _story(result: "Result", environment: str) -> Iterator[str]:
    yield f"In {environment}: {result.outcome.upper()}"
    if result.reason:
        yield from _paragraph("for", result.reason)
    for finding in result.findings:
        yield ""
        yield from _finding(finding)


def _finding(finding: "Finding") -> Iterator[str]:
    place = f"{finding.at}: " if finding.at else ""
    yield f"{finding.verdict}: {place}{finding.message}"
    for step in finding.trace:
        where = f"  ({step.at})" if step.at else ""
        yield f"    {step.kind:<9} {step.text}{where}"
    if finding.hint:
        yield from _paragraph("mend", finding.hint)
