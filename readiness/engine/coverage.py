"""What was looked at and what was not, for the end of every report."""

from collections.abc import Iterator, Sequence

from readiness.checker.registry import Registry
from readiness.checklist.select import Selection
from readiness.engine.gather import Gathering
from readiness.model.outcome import Outcome
from readiness.model.report import Coverage, Gap, Result
from readiness.model.words import counted
from readiness.program import LeftOut

MOST_LINES = 8
"""The lines of a file that are named for one reason."""


def coverage_of(
    gathering: Gathering, selection: Selection, registry: Registry, results: Sequence[Result]
) -> Coverage:
    """Say how many files were there, what was left out, and what could not be read."""
    gaps = [
        *_files(gathering),
        *_variables(gathering),
        *_code(gathering),
        *_rules(results),
        *_plugins(registry),
    ]
    disabled = (name for checklist in gathering.checklists for name in checklist.disabled)
    return Coverage(
        files=len(gathering.project.paths) if gathering.made("project") else 0,
        gaps=tuple(dict.fromkeys(gaps)),
        deselected=selection.deselected,
        disabled=tuple(dict.fromkeys(disabled)),
    )


def _files(gathering: Gathering) -> Iterator[Gap]:
    if gathering.made("project"):
        yield from (Gap(one.path, one.reason) for one in gathering.project.unread)
    if gathering.made("deployment"):
        deployment = gathering.deployment
        yield from (Gap(one.path, one.reason) for one in deployment.unread)
        yield from (Gap(one.path, one.reason) for one in deployment.left_out)


def _code(gathering: Gathering) -> Iterator[Gap]:
    for program in gathering.made("programs") or ():
        coverage = program.coverage
        yield from (Gap(one.path, one.reason) for one in coverage.not_parsed)
        whole = (one for one in coverage.left_out if one.line is None)
        yield from (Gap(one.path or "the project", one.reason) for one in whole)
        yield from lines_of(coverage.left_out)


def lines_of(left_out: Sequence[LeftOut]) -> Iterator[Gap]:
    """Code within files that was given up: the lines of a file together, for each reason."""
    found: dict[tuple[str, str], list[int]] = {}
    for one in left_out:
        if one.line is not None:
            found.setdefault((one.path, one.reason), []).append(one.line)
    for (path, reason), lines in found.items():
        shown, rest = sorted(set(lines))[:MOST_LINES], len(set(lines)) - MOST_LINES
        more = f" and {counted(rest, 'more line', 'more lines')}" if rest > 0 else ""
        yield Gap(f"{path}:{','.join(map(str, shown))}{more}", f"code is not understood: {reason}")


def _variables(gathering: Gathering) -> Iterator[Gap]:
    for environment in gathering.made("environments") or ():
        reason = "it is not in the project; it may set variables"
        yield from (Gap(path, reason) for path in environment.unread_sources)


def _rules(results: Sequence[Result]) -> Iterator[Gap]:
    """Rules that did not look: the same reason is named once, with how many it left out."""
    left_out: dict[str, int] = {}
    for result in results:
        if result.outcome is Outcome.SKIPPED:
            reason = result.reason or "left out"
            left_out[reason] = left_out.get(reason, 0) + 1
    for reason, count in left_out.items():
        yield Gap(counted(count, "rule"), reason)


def _plugins(registry: Registry) -> Iterator[Gap]:
    for prefix, error in sorted(registry.broken.items()):
        yield Gap(f"the plug-in {prefix}", error.message)
