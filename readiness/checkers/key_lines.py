"""Keys that their issuers made recognisable: in settings, in notes, and in comments of code."""

import re
from collections.abc import Iterator

from readiness import Place, Project, Reading, Search, Unreadable
from readiness.checkers.key_shapes import MARKS, may_hold_key, shape_of
from readiness.checkers.literals import numbers_of_texts
from readiness.checkers.scope import is_code

_HEADER_LINES = 6
"""Within so many lines the first one of a key itself follows on its title."""
Key = tuple[str, Place]
"""Whose key it is, and where it stands."""


def in_lines(project: Project, path: str) -> Iterator[Key]:
    """The keys in the lines of a file."""
    for text, at in _lines(project, path):
        if shape := shape_of(text):
            yield shape, at


def in_notes(project: Project, path: str) -> Iterator[Key]:
    """The keys in notes and the like; a key's first line alone is none."""
    text = project.text_if_any(path)
    lines = project.lines(path) if text is not None and may_hold_key(text) else ()
    for n, line in enumerate(lines):
        rest = "\n".join(one.text for one in lines[n : n + _HEADER_LINES])
        if shape_of(line.text) and (shape := shape_of(rest, whole=True)):
            yield shape, line.at


def in_comments(project: Project, left_out: frozenset[str]) -> Iterator[Key]:
    """The keys in comments of the code."""
    counted_in = numbers_of_texts(project)
    for path, count in project.noted(_COMMENTS).items():
        if count and path in counted_in and path not in left_out:
            for text, at in _lines(project, path):
                if shape := _in_comment(text):
                    yield shape, at


def _lines(project: Project, path: str) -> Iterator[tuple[str, Place]]:
    """The lines of a file that may hold a key."""
    try:
        if may_hold_key(project.text(path)):
            yield from ((line.text, line.at) for line in project.lines(path))
    except Unreadable:
        return


def _in_comment(line: str) -> str | None:
    _, sign, comment = line.partition("#")
    return shape_of(comment) if sign else None


def _may_hold_keys(project: Project, path: str) -> int:
    """Whether there are such keys in comments of a file; -1 of a file without a text."""
    if project.text_if_any(path) is None:
        return -1
    content = project.read(path)
    return any(map(_in_comment, _with_marks(content)))


def _with_marks(content: bytes) -> Iterator[str]:
    """What is left of each line from its first comment with such a mark on."""
    for match in _MARKED.each(content):
        end = content.find(b"\n", match.start())
        rest = content[match.start() : end if end >= 0 else len(content)]
        yield from rest.decode("utf-8", "replace").split("\r")


_MARKED = Search(
    rb"#[^\n]*(?:" + b"|".join(re.escape(one.encode()) for one in MARKS) + rb")", among=is_code
)
_COMMENTS = Reading(
    b"keys in comments",
    _MARKED,
    is_code,
    _may_hold_keys,
)
