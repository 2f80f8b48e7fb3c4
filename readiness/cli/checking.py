"""What `readiness check` does once its options are read."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

from readiness.cache.reports import moment
from readiness.cli.again import remember
from readiness.cli.outputs import deliver, outputs
from readiness.engine.check import run_with_inputs
from readiness.engine.request import Request
from readiness.model.outcome import Severity
from readiness.project.early import Early


def judge_project(
    project: Path,
    *,
    environment: str | None = None,
    checklist: Sequence[str] | None = None,
    set_: Sequence[str] | None = None,
    unset: Sequence[str] | None = None,
    injected: Sequence[str] | None = None,
    env_file: Sequence[Path] | None = None,
    database: str | None = None,
    pooler: str | None = None,
    only: Sequence[str] | None = None,
    skip: Sequence[str] | None = None,
    fail_on: Severity | None = None,
    report: Sequence[str] | None = None,
    timeout: float = 30.0,
    allow_commands: bool = False,
    quiet: bool = False,
    no_cache: bool = False,
    debug: bool = False,
    early: Early | None = None,
) -> int:
    """Judge a project, deliver the reports, and give the exit code."""
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
        early=early,
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
