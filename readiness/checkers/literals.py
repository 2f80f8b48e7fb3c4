"""Texts in Python source that are given to something whose name says what they are."""

import ast
from collections.abc import Mapping
from functools import partial
from weakref import WeakKeyDictionary

from msgspec import Struct

from readiness import Note, Project, Reading, Unreadable
from readiness.checkers.candidates import CANDIDATES, CERTAIN
from readiness.checkers.literal import Around, Literal
from readiness.checkers.literal_notes import count_in, noted, told_by
from readiness.checkers.literal_reader import Reader
from readiness.checkers.named_keys import spelled_out, variables_in
from readiness.checkers.occurrences import may_hold_text
from readiness.checkers.scope import is_code

_FAILED = -1
_FAILURES = (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError)


class _Texts(Struct, frozen=True):
    """The texts that may matter, the files that do not parse, the number of texts of others."""

    telling: tuple[Literal, ...]
    failed: tuple[str, ...]
    counts: Mapping[str, int]


# What was read of a project, for the several rules that ask; gone with the project.
_read: "WeakKeyDictionary[Project, _Texts]" = WeakKeyDictionary()


def literals(project: Project) -> tuple[Literal, ...]:
    """Every text in the Python files that count which may matter to a rule, each once."""
    return _all(project).telling


def numbers_of_texts(project: Project) -> Mapping[str, int]:
    """How many texts there are in each Python file that counts and may hold a credential."""
    return _all(project).counts


def unparsed(project: Project) -> tuple[str, ...]:
    """The Python files that count, may hold a credential, and do not parse."""
    return _all(project).failed


def _all(project: Project) -> "_Texts":
    if project not in _read:
        _read[project] = _texts(project)
    return _read[project]


def _texts(project: Project) -> "_Texts":
    """Read the files, as far as an earlier run has not noted what is in them."""
    notes = project.noted(_LITERALS)
    told = {path: _told_by(project, path, note) for path, note in notes.items()}
    return _Texts(
        tuple(one for every in told.values() for one in every or ()),
        tuple(path for path, every in told.items() if every is None),
        {path: count_in(notes[path]) for path, every in told.items() if every is not None},
    )


def _note(project: Project, path: str) -> Note:
    """What is kept of a file; no text counts in one that can hold none which matters."""
    if not project.mentions(CERTAIN, path):
        shown = project.searchable(path)
        finds = partial(project.mentions, path=path)
        if shown is not None and not may_hold_text(shown, finds):
            return 0
    try:
        reader = _read_by(project, path)
        return noted(reader.count, reader.found, project.read(path))
    except _FAILURES:
        return _FAILED


def _told_by(project: Project, path: str, note: Note) -> list[Literal] | None:
    """The literals of a file, which is read again where the note does not tell them."""
    if isinstance(note, int):
        return None if note == _FAILED else []
    try:
        known = told_by(note, path, project.read(path))
        return _read_by(project, path).found if known is None else known
    except _FAILURES:
        return None


def _read_by(project: Project, path: str) -> Reader:
    tree = ast.parse(project.read(path))
    reader = Reader(path, variables_in(tree))
    reader.below(spelled_out(tree), Around())
    return reader


_LITERALS = Reading(b"literals", CANDIDATES, is_code, _note)
