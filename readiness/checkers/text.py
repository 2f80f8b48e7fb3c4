"""Checkers of texts: what must stand in them, and what must not."""

from collections.abc import Iterator, Mapping
from itertools import islice

from readiness import (
    Finding,
    NotApplicable,
    Place,
    Project,
    Undecidable,
    Unreadable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.pattern import Pattern

_MOST = 20


@checker("text.search")
def search(
    project: Project,
    *,
    files: list[str],
    must: list[Pattern] | None = None,
    must_not: list[Pattern] | None = None,
    anywhere: bool = False,
) -> Iterator[Finding]:
    """Each pattern of ``must`` occurs in every file, and none of ``must_not`` in any.

    ``files`` are globs; patterns are RE2, in which ``^`` and ``$`` mean the ends of a
    line. With ``anywhere`` it is enough that one of the files has what ``must`` occur.
    """
    if not must and not must_not:
        raise Undecidable("the rule searches for nothing", "give it `must` or `must_not`")
    texts: dict[str, str] = {}
    for path in project.files(*files):
        try:
            texts[path] = project.text(path)
        except Unreadable as error:
            yield undecided(f"{path} cannot be searched: {error.reason}", at=Place(path))
    if not texts:
        raise NotApplicable(f"no text matches {', '.join(files)}")
    for pattern in must or ():
        yield from (_once if anywhere else _everywhere)(pattern, texts)
    for pattern in must_not or ():
        yield from _nowhere(pattern, texts)


def _once(pattern: Pattern, texts: Mapping[str, str]) -> Iterator[Finding]:
    places = ((path, next(pattern.lines_in(text), None)) for path, text in texts.items())
    found = next(((path, line) for path, line in places if line), None)
    if found:
        yield ok(f"{pattern.text} occurs in {found[0]}", at=Place(*found), data=_data(pattern))
    else:
        yield problem(
            f"{pattern.text} occurs in none of {_count(texts)}, one is expected",
            at=Place(next(iter(texts))) if len(texts) == 1 else None,
            hint="add what the rule asks for",
            data=_data(pattern),
        )


def _everywhere(pattern: Pattern, texts: Mapping[str, str]) -> Iterator[Finding]:
    without = [path for path, text in texts.items() if not pattern.is_in(text)]
    for path in without:
        yield problem(
            f"{pattern.text} does not occur in {path}, and must",
            at=Place(path), hint=f"add what the rule asks for to {path}", data=_data(pattern),
        )  # fmt: skip
    if not without:
        yield ok(f"{pattern.text} occurs in {_count(texts)}", data=_data(pattern))


def _nowhere(pattern: Pattern, texts: Mapping[str, str]) -> Iterator[Finding]:
    found = False
    for path, text in texts.items():
        for line in islice(pattern.lines_in(text), _MOST):
            found = True
            yield problem(
                f"{pattern.text} occurs in {path}, and must not",
                at=Place(path, line), hint="remove it", data=_data(pattern),
            )  # fmt: skip
    if not found:
        yield ok(f"{pattern.text} does not occur in {_count(texts)}", data=_data(pattern))


def _count(texts: Mapping[str, str]) -> str:
    return f"{len(texts)} file{'s' if len(texts) > 1 else ''}"


def _data(pattern: Pattern) -> dict[str, str]:
    return {"pattern": pattern.text}
