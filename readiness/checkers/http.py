"""Checkers of endpoints that answer HTTP."""

from collections.abc import Iterator
from typing import Any, Literal

from readiness import (
    Answers,
    Finding,
    Matcher,
    Request,
    Response,
    Undecidable,
    checker,
    ok,
    problem,
    shown,
    undecided,
    values_at,
)

Method = Literal["GET", "HEAD"]
_FOUND = Matcher.parse(200)


def _asks(
    *, url: str, method: Method = "GET", timeout: float = 5.0, **_: Any
) -> Iterator[Request]:
    yield Request(url, method=method, timeout=timeout)


@checker("http.endpoint", asks=_asks, kind="live")
def endpoint(
    answers: Answers,
    *,
    url: str,
    method: Method = "GET",
    status: Matcher | None = None,
    json: dict[str, Matcher] | None = None,
    text: Matcher | None = None,
    timeout: float = 5.0,
) -> Iterator[Finding]:
    """The endpoint answers with ``status``, and its body is as ``json`` and ``text`` say.

    Without ``status`` it is to answer 200. ``json`` maps paths in the body (keys parted by
    dots, or a JSONPath) to what is expected there. ``${NAME}`` in ``url`` stands for a
    variable of the environment. An endpoint that cannot be reached from here is not
    decided.
    """
    question = next(_asks(url=url, method=method, timeout=timeout))
    response = answers.of(question, Response)
    where = question.masked
    if response.error is not None or response.status is None:
        raise Undecidable(
            f"{method} {where} gave no answer: {response.error or 'no status'}",
            "check from a host that can reach it, or mend the endpoint",
        )
    yield _status(where, response.status, status or _FOUND)
    if text is not None:
        yield _body(where, response, text)
    for path, expected in (json or {}).items():
        yield from _at(response.json(), path, expected, where)


def _status(where: str, status: int, expect: Matcher) -> Finding:
    data = {"url": where, "status": status}
    if expect.accepts(status):
        return ok(f"{where} answers {status}, as expected", source="endpoint", data=data)
    message = f"{where} answers {status}, {expect} is expected"
    return problem(message, source="endpoint", data=data)


def _body(where: str, response: Response, expect: Matcher) -> Finding:
    """Judge a body without showing it."""
    data = {"url": where}
    if response.truncated:
        message = f"the body of {where} is too long to be judged"
        return undecided(message, source="endpoint", data=data)
    if expect.accepts(response.text):
        return ok(f"the body of {where} is as expected", source="endpoint", data=data)
    message = f"the body of {where} is not as expected: {expect}"
    return problem(message, source="endpoint", data=data)


def _at(body: Any, path: str, expect: Matcher, where: str) -> Iterator[Finding]:
    try:
        values = list(values_at(body, path))
    except ValueError as error:
        raise Undecidable(str(error)) from None
    if not values:
        message = f"{where} answers without {path}, {expect} is expected"
        yield problem(message, source="endpoint", data={"url": where, "path": path})
    for value in values:
        yield _value(value, path, expect, where)


def _value(value: Any, path: str, expect: Matcher, where: str) -> Finding:
    seen = _seen(path, value)
    data = {"url": where, "path": path, "value": seen}
    message = f"{path} of {where} is {seen}"
    if not isinstance(value, dict | list) and expect.accepts(value):
        return ok(f"{message}, as expected", source="endpoint", data=data)
    return problem(f"{message}, {expect} is expected", source="endpoint", data=data)


def _seen(path: str, value: Any) -> str:
    match value:
        case None:
            return "null"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return "true" if value else "false"
        case _:
            return shown(path, str(value)) or "empty"
