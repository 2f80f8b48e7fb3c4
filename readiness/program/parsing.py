"""The trees of the project's files, parsed when first asked for."""

import ast
import itertools
import re
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from readiness.program import stand_ins
from readiness.program.mangling import mangle
from readiness.project import Project, Unreadable

LARGEST_FILE = 200_000
"""The words and signs of a file: what Python takes most of a second to parse."""
T = TypeVar("T")
_IN_BRACES = 5
_TOKEN = re.compile(
    rb"""
    "{3}.*?"{3} | '{3}.*?'{3} | "[^"\\\n]*(?:\\.[^"\\\n]*)*" | '[^'\\\n]*(?:\\.[^'\\\n]*)*'
    | \#[^\n]* | \w+ | [^\w\s]
    """,
    re.VERBOSE | re.DOTALL,
)


class Trees:
    """Parses each file once, and remembers why one cannot be parsed."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.not_parsed: dict[str, str] = {}
        self._trees: dict[str, ast.Module | None] = {}
        self._read_of: dict[tuple[str, Callable[[ast.Module], Any]], Any] = {}

    def tree(self, path: str) -> ast.Module | None:
        """The parsed file; None where it cannot be parsed, with the reason kept."""
        if path not in self._trees:
            self._trees[path] = self._parse(path)
        return self._trees[path]

    def read_of(self, path: str, read: Callable[[ast.Module], T]) -> T | None:
        """What is read from the tree of a file, once; None where it cannot be parsed."""
        key = path, read
        if key not in self._read_of:
            tree = self.tree(path)
            self._read_of[key] = read(tree) if tree is not None else None
        found: T | None = self._read_of[key]
        return found

    def is_parsed(self, path: str) -> bool:
        """Whether anybody asked for the tree of a file."""
        return path in self._trees

    def _parse(self, path: str) -> ast.Module | None:
        try:
            content = self._read(path)
            if _is_too_large(content):
                self.not_parsed[path] = f"it has more than {LARGEST_FILE} words and signs"
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return mangle(ast.parse(content, path), content)
        except Unreadable as unreadable:
            self.not_parsed[path] = unreadable.reason
        except SyntaxError as error:
            self.not_parsed[path] = self._why_not(path, error)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            self.not_parsed[path] = f"it cannot be parsed ({type(error).__name__})"
        return None

    def _read(self, path: str) -> bytes:
        return (
            stand_ins.content(path) if path.startswith(stand_ins.HEAD) else self.project.read(path)
        )

    def _why_not(self, path: str, error: SyntaxError) -> str:
        where = f" (line {error.lineno})" if error.lineno else ""
        later = self.project.later_python(path)
        return later or f"it is not Python {_words(error)}{where}"


def _is_too_large(content: bytes) -> bool:
    """Whether a file has more words and signs than are looked at.

    A text is taken for one, but for what its braces may hold.
    """
    allowed = LARGEST_FILE - _IN_BRACES * content.count(b"{")
    if len(content) <= allowed:
        return False
    found = itertools.islice(_TOKEN.finditer(content), max(allowed, 0), None)
    return next(found, None) is not None


def _words(error: SyntaxError) -> str:
    return f"of this version: {error.msg}" if error.msg else "of this version"
