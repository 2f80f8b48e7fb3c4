"""Checkers of what a command of the team's own says."""

import shlex
from collections.abc import Iterator
from typing import Any

from readiness import (
    Answers,
    Command,
    CommandResult,
    Finding,
    Matcher,
    Undecidable,
    checker,
    ok,
    problem,
    shown_text,
)

_SUCCESS = Matcher.parse(0)


def _asks(*, argv: list[str], timeout: float = 60.0, **_: Any) -> Iterator[Command]:
    yield Command(tuple(argv), timeout=timeout)


@checker("command.run", asks=_asks, kind="live")
def run(
    answers: Answers,
    *,
    argv: list[str],
    exit_code: Matcher = _SUCCESS,
    output: Matcher | None = None,
    timeout: float = 60.0,
) -> Iterator[Finding]:
    """The command ends with ``exit_code``, and its standard output is as ``output`` says.

    ``argv`` is the program and its arguments; no shell reads them. It runs in the
    project's folder, and only where --allow-commands was given. Its output is not shown.
    """
    result = answers.of(next(_asks(argv=argv, timeout=timeout)), CommandResult)
    name = shown_text(shlex.join(argv))
    if result.error is not None or result.exit_code is None:
        raise Undecidable(
            f"{name} did not run to its end: {result.error or 'it gave no exit code'}",
            "run it by hand in the project's folder",
        )
    data = {"command": name, "exit_code": result.exit_code}
    if exit_code.accepts(result.exit_code):
        yield ok(f"{name} ends with {result.exit_code}, as expected", source="command", data=data)
    else:
        message = f"{name} ends with {result.exit_code}, {exit_code} is expected"
        yield problem(message, hint="run it by hand for its output", source="command", data=data)
    if output is not None:
        yield _output(name, output.accepts(result.stdout.strip()), output)


def _output(name: str, met: bool, expect: Matcher) -> Finding:  # noqa: FBT001 - the one answer
    data = {"command": name}
    if met:
        return ok(f"the output of {name} is as expected", source="command", data=data)
    return problem(
        f"the output of {name} is not as expected: {expect}",
        hint="run it by hand for its output",
        source="command",
        data=data,
    )
