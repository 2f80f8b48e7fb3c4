"""Checkers of what a query of the team's own gives."""

from collections.abc import Iterator
from typing import Any

from readiness import (
    Answer,
    Answers,
    Finding,
    Matcher,
    Query,
    Undecidable,
    checker,
    counted,
    ok,
    problem,
    shown,
    undecided,
)


def _asks(*, sql: str, **_: Any) -> Iterator[Query]:
    yield Query(sql)


@checker("sql.query", asks=_asks, kind="live")
def query(
    answers: Answers,
    *,
    sql: str,
    expect: Matcher | None = None,
    column: str | None = None,
    rows: Matcher | None = None,
) -> Iterator[Finding]:
    """The value that ``sql`` gives is as ``expect`` says, and the number of rows as ``rows``.

    The statement is one SELECT, VALUES, TABLE or WITH that only reads; it runs with the
    other questions in one read-only transaction that is rolled back. With more than one
    row every row's value is judged; with more than one column ``column`` names it.

    A session in which a function of yours left an advisory lock or a prepared statement is
    ended, and the rule is unknown. Of what a function keeps in the memory of its language,
    of a library that it loads, of the seed of random() and of the names of settings that it
    makes up no server tells: call none that does so where a pooler hands sessions on.
    """
    if expect is None and rows is None:
        raise Undecidable("the rule expects nothing", "give it `expect` or `rows`")
    answer = answers.of(Query(sql), Answer)
    if answer.error is not None:
        raise Undecidable(f"the query gave no answer: {answer.error}", "mend the query")
    if rows is not None:
        yield _count(answer, rows)
    if expect is not None:
        yield from _values(answer, expect, column)


def _count(answer: Answer, expect: Matcher) -> Finding:
    count = len(answer.rows)
    data = {"rows": count, "truncated": answer.truncated}
    if answer.truncated:
        return _more_than(count, expect, data)
    found = counted(count, "row")
    if expect.accepts(count):
        return ok(f"the query gives {found}, as expected", source="database", data=data)
    return problem(f"the query gives {found}, {expect} is expected", source="database", data=data)


def _more_than(count: int, expect: Matcher, data: dict[str, Any]) -> Finding:
    """Judge a number of rows of which only a lower bound is known."""
    if expect.most is not None and expect.most <= count:
        message = f"the query gives more than {count} rows, {expect} is expected"
        return problem(message, source="database", data=data)
    if expect == Matcher(least=expect.least) and expect.accepts(count):
        message = f"the query gives more than {count} rows, as expected"
        return ok(message, source="database", data=data)
    return undecided(
        f"the query gives more than {count} rows, and {expect} is expected",
        hint="let the query count: SELECT count(*) FROM …, with `expect` instead of `rows`",
        source="database",
        data=data,
    )


def _values(answer: Answer, expect: Matcher, column: str | None) -> Iterator[Finding]:
    name = _column(answer, column)
    if not answer.rows:
        yield undecided(
            "the query gives no row, so there is no value to judge",
            hint="expect a number of rows with `rows`, or let the query always give a row",
            source="database",
        )
    for row in answer.rows:
        yield _value(name, row[name], expect)
    if answer.truncated:
        yield undecided(
            f"only the first {counted(len(answer.rows), 'row')} of the query were read",
            hint="let the query give one row, with what it counts",
            source="database",
        )


def _column(answer: Answer, column: str | None) -> str:
    names = answer.columns
    if column is not None and column not in names:
        raise Undecidable(f"the query gives {', '.join(names)}, and no column {column}")
    if column is None and len(names) != 1:
        raise Undecidable(
            f"the query gives {counted(len(names), 'column')}: {', '.join(names)}",
            "name the one to judge with `column`",
        )
    return column or names[0]


def _value(name: str, value: Any, expect: Matcher) -> Finding:
    seen = "null" if value is None else shown(name, str(value)) or "empty"
    data = {"column": name, "value": seen}
    if expect.accepts(value):
        return ok(f"{name} is {seen}, as expected", source="database", data=data)
    return problem(f"{name} is {seen}, {expect} is expected", source="database", data=data)
