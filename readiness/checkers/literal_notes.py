"""The literals of a file as numbers, for a later run in which the file is still the same."""

from collections.abc import Iterable
from typing import Any, get_args
from zlib import crc32

from readiness import Note, Place
from readiness.checkers.literal import How, Literal
from readiness.checkers.quoted import places_of, quoted

_HOWS: tuple[How, ...] = get_args(How)


def noted(count: int, telling: Iterable[Literal], content: bytes) -> Note:
    """How many texts a file has, and those of them that may matter, none of them written out."""
    rows = [_row(one, content) for one in telling]
    if not rows:
        return count
    return [count, crc32(content), rows if None not in rows else None]


def count_in(note: Note) -> int:
    """How many texts the file has."""
    return note if isinstance(note, int) else int(note[0])


def told_by(note: Note, path: str, content: bytes) -> list[Literal] | None:
    """The literals of a file; None where the note does not tell, or not of this content."""
    if isinstance(note, int):
        return []
    _, known, rows = note
    if rows is None or known != crc32(content):
        return None
    return [_literal(row, path, content) for row in rows]


def _row(one: Literal, content: bytes) -> list[Any] | None:
    texts = [places_of(text, content) for text in (one.name, one.text, *one.within)]
    variable = None if one.variable is None else places_of(one.variable, content)
    if None in texts or (variable is None) != (one.variable is None):
        return None
    flags = one.guarded + 2 * one.switched
    return [one.at.line, one.at.column, _HOWS.index(one.how), flags, variable, *texts]


def _literal(row: list[Any], path: str, content: bytes) -> Literal:
    line, column, how, flags, variable, *texts = row
    name, text, *within = (quoted(places, content) for places in texts)
    return Literal(
        name, text, Place(path, line, column), _HOWS[how],
        None if variable is None else quoted(variable, content),
        bool(flags & 1), tuple(within), bool(flags & 2),
    )  # fmt: skip
