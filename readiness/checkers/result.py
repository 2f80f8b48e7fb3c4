"""Checkers of what another tool found, by its result file."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from readiness import (
    Age,
    Answers,
    Clock,
    Finding,
    Matcher,
    Place,
    ResultFile,
    ToolResult,
    Undecidable,
    checker,
    ok,
    problem,
    shown,
    undecided,
)

Format = Literal["sarif", "junit", "json"]

_LIMITS: Mapping[str, Mapping[str, int]] = {
    "sarif": {"error": 0},
    "junit": {"failures": 0, "errors": 0},
}
_SKEW = timedelta(minutes=5)
_AGAIN = "run the tool before this check, and let it write there"


def _asks(
    *,
    path: str,
    format: Format,  # noqa: A002 - the word of the rule
    at: str | None = None,
    time_at: str | None = None,
    **_: Any,
) -> Iterator[ResultFile]:
    yield ResultFile(path, format, at=at, time_at=time_at)


@checker("result.file", asks=_asks, kind="evidence")
def file(
    answers: Answers,
    clock: Clock,
    *,
    path: str,
    format: Format,  # noqa: A002 - the word of the rule
    max: dict[str, int] | None = None,  # noqa: A002 - the word of the rule
    max_age: Age | None = None,
    at: str | None = None,
    expect: Matcher | None = None,
    time_at: str | None = None,
) -> Iterator[Finding]:
    """The result file of another tool has no more of each kind than ``max`` allows.

    SARIF counts ``error``, ``warning``, ``note`` and ``suppressed`` (at first no error
    is allowed), JUnit ``failures``, ``errors``, ``skipped`` and ``total`` (at first no
    failure and no error). JSON has its values ``at`` a path judged by ``expect``, and its
    time at ``time_at``. A result older than ``max_age`` says nothing any more.
    """
    question = ResultFile(path, format, at=at, time_at=time_at)
    result = answers.of(question, ToolResult)
    if result.error is not None:
        raise Undecidable(f"{path} cannot be used: {result.error}", _AGAIN)
    for doubt in result.doubts:
        yield undecided(f"{path} may not be complete: {doubt}", at=Place(path), source="evidence",
                        hint="run the tool again until it finishes")  # fmt: skip
    if max_age is not None:
        yield from _age(path, result, max_age, clock.now())
    if format == "json":
        yield from _values(path, at or "", result.values, expect)
    else:
        yield from _counts(path, result, _LIMITS[format] if max is None else max)


def _age(path: str, result: ToolResult, most: Age, now: datetime) -> Iterator[Finding]:
    if result.made is None:
        why = f": {result.made_by}" if result.made_by else ""
        yield undecided(f"{path} does not say when it was made{why}", at=Place(path),
                        source="evidence", hint=_AGAIN)  # fmt: skip
        return
    when = f"{path} is of {result.made:%Y-%m-%d %H:%M} UTC (by {result.made_by})"
    if result.made > now + _SKEW:
        yield undecided(f"{when}, which is in the future", at=Place(path), source="evidence",
                        hint=_AGAIN)  # fmt: skip
    elif now - result.made > most.length:
        yield undecided(f"{when}, at most {most} old is expected", at=Place(path),
                        source="evidence", hint=_AGAIN)  # fmt: skip


def _counts(path: str, result: ToolResult, limits: Mapping[str, int]) -> Iterator[Finding]:
    unknown = sorted(set(limits) - set(result.counts))
    if unknown or not limits:
        raise Undecidable(
            f"{path} does not count {', '.join(unknown) or 'what the rule asks for'}",
            f"`max` limits {', '.join(result.counts)}",
        )
    if "total" in result.counts and result.counts["total"] == result.counts["skipped"]:
        yield undecided(f"all {result.counts['total']} tests of {path} were skipped",
                        at=Place(path), source="evidence", hint="let the tests run")  # fmt: skip
    whose = f"{result.tool} in {path}" if result.tool else path
    for kind, most in limits.items():
        yield _count(path, whose, kind, result.counts[kind], most)


def _count(path: str, whose: str, kind: str, count: int, most: int) -> Finding:
    data = {"kind": kind, "count": count, "max": most}
    message = f"{kind} is {count} in {whose}, at most {most} is expected"
    if count > most:
        return problem(message, at=Place(path), source="evidence", data=data,
                       hint="mend what the tool reports")  # fmt: skip
    return ok(message, at=Place(path), source="evidence", data=data)


def _values(
    path: str, at: str, values: tuple[Any, ...], expect: Matcher | None
) -> Iterator[Finding]:
    if expect is None:
        raise Undecidable("the rule expects nothing of a JSON result", "give it `at` and `expect`")
    if not values:
        yield undecided(f"{path} has no {at}, {expect} is expected there", at=Place(path),
                        source="evidence", hint="name the value with `at`")  # fmt: skip
    for value in values:
        yield _value(path, at, value, expect)


def _value(path: str, at: str, value: Any, expect: Matcher) -> Finding:
    is_many = isinstance(value, dict | list)
    seen = "no single value" if is_many else shown(at, str(value)) or "empty"
    data = {"path": at, "value": seen}
    if not is_many and expect.accepts(value):
        return ok(f"{at} of {path} is {seen}, as expected", at=Place(path), source="evidence",
                  data=data)  # fmt: skip
    return problem(f"{at} of {path} is {seen}, {expect} is expected", at=Place(path),
                   source="evidence", data=data)  # fmt: skip
