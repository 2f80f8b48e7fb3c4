"""`readiness list`: a name for everything, written down once."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readiness.model.outcome import Outcome, Severity
from readiness.model.words import counted

Row = Sequence[str]


class Kind(StrEnum):
    """What can be listed."""

    RULES = "rules"
    CHECKERS = "checkers"
    FACTS = "facts"
    CHECKLISTS = "checklists"
    OUTCOMES = "outcomes"
    SEVERITIES = "severities"
    FORMATS = "formats"


def list_(
    kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.RULES,
    *,
    checklist: Annotated[
        list[str] | None, typer.Option("--checklist", "-c", metavar="NAME|FILE")
    ] = None,
) -> None:
    """List rules, checkers, facts, checklists, outcomes, severities or report formats."""
    listings: dict[Kind, Callable[[], Iterator[Row]]] = {
        Kind.RULES: lambda: _rules(tuple(checklist or ())),
        Kind.CHECKERS: _checkers,
        Kind.FACTS: _facts,
        Kind.CHECKLISTS: _checklists,
        Kind.OUTCOMES: lambda: iter((one.value, one.meaning) for one in Outcome),
        Kind.SEVERITIES: lambda: iter((one.value, one.meaning) for one in Severity),
        Kind.FORMATS: _formats,
    }
    _print(list(listings[kind]()))


def _print(rows: Sequence[Row]) -> None:
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns[:-1]]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        typer.echo("  ".join([*cells, row[-1]]).rstrip())


def _rules(asked: Sequence[str]) -> Iterator[Row]:
    from readiness.checker.registry import load  # noqa: PLC0415 - not for --help
    from readiness.checklist.select import select  # noqa: PLC0415 - as above
    from readiness.engine.plan import checklists_of  # noqa: PLC0415 - as above

    registry = load()
    for rule in select(checklists_of(Path.cwd(), asked)).rules:
        checker = registry.get(rule.check)
        kind = checker.kind if checker else "?"
        yield rule.id, rule.severity.value, kind, ", ".join(rule.tags), rule.title


def _checkers() -> Iterator[Row]:
    from readiness.checker.registry import load  # noqa: PLC0415 - not for --help

    registry = load()
    for name, checker in sorted(registry.checkers.items()):
        yield name, checker.kind, ", ".join(checker.options), checker.demand
    for prefix, error in sorted(registry.broken.items()):
        yield f"{prefix}.*", "error", "", error.message


def _facts() -> Iterator[Row]:
    import inspect  # noqa: PLC0415 - not for --help

    from readiness.checker.checker import FACTS  # noqa: PLC0415 - as above

    for name, fact in FACTS.items():
        yield name, fact.__name__, (inspect.getdoc(fact) or "").partition("\n")[0]


def _checklists() -> Iterator[Row]:
    from readiness.checklist.load import load  # noqa: PLC0415 - not for --help
    from readiness.checklist.shipped import shipped  # noqa: PLC0415 - as above

    for name in shipped():
        checklist = load(name, base=Path.cwd())
        yield name, counted(len(checklist.rules), "rule"), checklist.title


def _formats() -> Iterator[Row]:
    from readiness.reports.formats import FORMATS  # noqa: PLC0415 - not for --help

    for name, render in FORMATS.items():
        yield name, (render.__doc__ or "").partition("\n")[0]
