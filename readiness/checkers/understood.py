"""Files that the evaluation did not understand: nobody can tell what is absent from them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from readiness import Finding, Place, Program, Project, Unreadable, undecided
from readiness.checkers.literals import unparsed

CONNECTS = re.compile(rb"postgres|psycopg|asyncpg|create_(?:async_)?engine|DATABASES|SQLAlchemy\(")
"""What a file says that may connect to PostgreSQL."""

_LIMIT = re.compile(r"\btakes more than\b")
_WHOLE = re.compile(r"\bthe project takes more than\b")
_SLOW = re.compile(r"\btakes more than [0-9.]+ seconds\b")
_LATER = re.compile(r"\bit needs (Python [0-9.]+) or newer\b")
_SHOWN = 3


def doubts(
    program: Program, project: Project, words: re.Pattern[bytes], subject: str, *, absent: bool
) -> Iterator[Finding]:
    """An undecided finding for the files that may speak of a subject and were not understood.

    ``absent`` says that nothing was found of it: then a function that was given up counts
    too, if its file imports the subject. Where something was found, only a whole file that
    was given up adds a doubt.
    """
    found = [(path, why) for path, why in _files(program) if _speaks(project, path, words)]
    if absent:
        known = {path for path, _ in found}
        imports = re.compile(rb"(?m)^\s*(?:from|import)\s[^\n]*(?:" + words.pattern + rb")")
        found += [
            (path, why)
            for path, why in _functions(program)
            if path not in known and _speaks(project, path, imports)
        ]
    shown = _SHOWN if len(found) > _SHOWN + 1 else len(found)
    for path, reason in found[:shown]:
        yield undecided(f"{path} is not understood ({reason}): its {subject} are not judged",
                        at=Place(path),
                        hint=f"{_mend(reason)}, or leave it out in the settings")  # fmt: skip
    if rest := found[shown:]:
        yield undecided(f"{len(rest)} more files are not understood ({rest[0][1]}), "
                        f"{rest[0][0]} among them: their {subject} are not judged",
                        at=Place(rest[0][0]),
                        hint="leave out in the settings what is not deployed")  # fmt: skip


def unread(project: Project, words: re.Pattern[bytes], subject: str) -> Iterator[Finding]:
    """An undecided finding for each file of code that does not parse and speaks of a subject."""
    for path in unparsed(project):
        if _speaks(project, path, words):
            later = _later(project, path)
            why = f"is not understood ({later})" if later else "does not parse"
            yield undecided(f"{path} {why}: its {subject} are not judged",
                            at=Place(path), hint=_mend(later or ""))  # fmt: skip


def was_cut_short(program: Program) -> tuple[Place, str] | None:
    """Where the evaluation of the whole project ended, and why; None where it did not."""
    left = [one for one in (*program.coverage.not_parsed, *program.coverage.left_out) if one.path]
    return next(((Place(one.path), one.reason) for one in left if _WHOLE.search(one.reason)), None)


def _files(program: Program) -> Iterator[tuple[str, str]]:
    """The files that were given up whole, each once, with the first reason."""
    yield from {one.path: one.reason for one in reversed(program.coverage.not_parsed)}.items()


def _functions(program: Program) -> Iterator[tuple[str, str]]:
    """The files in which a function was given up, each once."""
    left = [one for one in program.coverage.left_out if one.path and _is_limit(one.reason)]
    yield from {one.path: one.reason for one in reversed(left)}.items()


@lru_cache(512)
def _is_limit(reason: str) -> bool:
    return _LIMIT.search(reason) is not None


def _mend(reason: str) -> str:
    """What to do about a file, by why it was not understood."""
    if later := _LATER.search(reason):
        return f"run readiness with {later[1]} or newer"
    if _SLOW.search(reason):
        return "give it more time (code.seconds)"
    if _LIMIT.search(reason):
        return "look at it yourself and waive this finding"
    return "correct the file"


def _later(project: Project, path: str) -> str | None:
    try:
        return project.later_python(path)
    except Unreadable:
        return None


def _speaks(project: Project, path: str, words: re.Pattern[bytes]) -> bool:
    shown = project.searchable(path)
    return shown is None or bool(words.search(shown))
