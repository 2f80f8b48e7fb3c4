"""Checkers of the exporter that Prometheus scrapes for the server."""

import re
from collections.abc import Iterator

from readiness import (
    Answers,
    Finding,
    Request,
    Response,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)

_OK = 200
_WANTED = {
    "pg_up": (1.0, "the exporter cannot reach the server: mend its DATA_SOURCE_NAME"),
    "pg_exporter_last_scrape_error": (0.0, "read the exporter's log: a query of its fails"),
}
_SAMPLE = re.compile(r"(?P<name>[A-Za-z_:][\w:]*)(?:\{[^\n]*\})?[ \t]+(?P<value>[^\s#]+)")


def _asks(*, url: str | None = None, timeout: float = 5.0) -> Iterator[Request]:
    if url:
        yield Request(url, timeout=timeout)


@checker("monitoring.exporter", asks=_asks, kind="live")
def exporter(
    answers: Answers, *, url: str | None = None, timeout: float = 5.0
) -> Iterator[Finding]:
    """The exporter of PostgreSQL's metrics reaches the server, and its last scrape was whole.

    ``url`` is the address of its metrics, such as http://exporter:9187/metrics; it answers
    200 also while the server is down, so what it says is judged.
    """
    if not url:
        raise Undecidable(
            "the rule names no exporter, so nobody knows whether the server is watched",
            "give the address of its metrics as `url`, or switch the rule off",
        )
    question = next(_asks(url=url, timeout=timeout))
    response = answers.of(question, Response)
    where = question.masked
    if response.error is not None or response.status is None:
        raise Undecidable(
            f"{where} gave no answer: {response.error or 'no status'}",
            "check from a host that can reach it, or start the exporter",
        )
    if response.status != _OK:
        yield problem(
            f"{where} answers {response.status}, {_OK} is expected",
            hint="start the exporter, or mend `url`",
            source="endpoint",
            data={"url": where, "status": response.status},
        )
        return
    for name, (expected, mend) in _WANTED.items():
        yield _judge(where, name, expected, mend, response)


def _judge(where: str, name: str, expected: float, mend: str, response: Response) -> Finding:
    values = tuple(_values(response.text, name))
    data = {"url": where, "metric": name, "values": list(values)}
    if any(_number(value) != expected for value in values):
        return problem(
            f"{where} says {name} {', '.join(values)}; {expected:g} is required",
            hint=mend,
            source="endpoint",
            data=data,
        )
    if response.truncated:
        message = f"{where} is too long to be judged by {name}"
        return undecided(message, source="endpoint", data=data)
    if not values:
        return problem(
            f"{where} has no metric {name}, so it is no exporter of PostgreSQL's, or an old one",
            hint="give the address of postgres_exporter's metrics as `url`",
            source="endpoint",
            data=data,
        )
    return ok(f"{where} says {name} {values[0]}", source="endpoint", data=data)


def _values(text: str, name: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith(name) and (found := _SAMPLE.match(line)) and found["name"] == name:
            yield found["value"]


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
