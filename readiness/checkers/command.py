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
    undecided,
)

_SUCCESS = Matcher.parse(0)
_BY_HAND = "run it by hand, in the project's folder, for its output"


def _asks(*, argv: list[str], timeout: float = 60.0, **_: Any) -> Iterator[Command]:
    yield Command(tuple(argv), timeout=timeout)


@checker("command.run", asks=_asks, kind="live")
def run(
    answers: Answers,
    *,
    argv: list[str],
    exit_code: Matcher | None = None,
    output: Matcher | None = None,
    timeout: float = 60.0,
) -> Iterator[Finding]:
    """The command ends with ``exit_code``, and its standard output is as ``output`` says.

    Without ``exit_code`` it is to end with 0. ``argv`` is the program and its arguments;
    no shell reads them. It runs in the project's folder, and only where --allow-commands
    was given. Its output is not shown.
    """
    result = answers.of(next(_asks(argv=argv, timeout=timeout)), CommandResult)
    name = shown_text(shlex.join(argv))
    if result.error is not None or result.exit_code is None:
        raise Undecidable(
            f"{name} did not run to its end: {result.error or 'it gave no exit code'}",
            _BY_HAND,
        )
    yield _ending(name, result.exit_code, exit_code or _SUCCESS)
    if output is not None:
        yield _output(name, result, output)


def _ending(name: str, code: int, expect: Matcher) -> Finding:
    data = {"command": name, "exit_code": code}
    if expect.accepts(code):
        return ok(f"{name} ends with {code}, as expected", source="command", data=data)
    message = f"{name} ends with {code}, {expect} is expected"
    return problem(message, hint=_BY_HAND, source="command", data=data)


def _output(name: str, result: CommandResult, expect: Matcher) -> Finding:
    """Judge an output without showing it."""
    data = {"command": name}
    if result.truncated:
        message = f"the output of {name} is too long to be judged"
        return undecided(message, source="command", data=data)
    if expect.accepts(result.stdout.strip()):
        return ok(f"the output of {name} is as expected", source="command", data=data)
    message = f"the output of {name} is not as expected: {expect}"
    return problem(message, hint=_BY_HAND, source="command", data=data)
