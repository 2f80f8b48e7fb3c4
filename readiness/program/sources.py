"""The project's Python modules: where a name is, and the tree of a file."""

import ast
import itertools
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from readiness.program import stand_ins
from readiness.program.answers import LeftOut
from readiness.program.installed import Installed, installed
from readiness.program.mangling import mangle
from readiness.project import Project, Unreadable

LARGEST_FILE = 200_000
"""The words and signs of a file: what Python takes most of a second to parse."""
_IMPORTED = re.compile(rb"\n[ \t]*(?:from|import)[ \t]+([^\n#]+)")
_SERVED = re.compile(rb"""["']([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?["']""")
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
T = TypeVar("T")
_DIGITS = b"0123456789"
_SPACED = bytes(n if n < 128 and (chr(n).isalnum() or n == ord("_")) else 32 for n in range(256))  # noqa: PLR2004 - ASCII
"""Turns whatever is no part of a word into a space."""
_IN_BRACES = 5
_TOKEN = re.compile(
    rb"""
    "{3}.*?"{3} | '{3}.*?'{3} | "[^"\\\n]*(?:\\.[^"\\\n]*)*" | '[^'\\\n]*(?:\\.[^'\\\n]*)*'
    | \#[^\n]* | \w+ | [^\w\s]
    """,
    re.VERBOSE | re.DOTALL,
)


class Sources:
    """Finds modules by name as the interpreter's path would, and parses on demand."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.not_parsed: dict[str, str] = {}
        self._trees: dict[str, ast.Module | None] = {}
        self._read_of: dict[tuple[str, Callable[[ast.Module], Any]], Any] = {}
        self._paths = tuple(path for path in project.paths if path.endswith(".py"))
        self._present = frozenset(self._paths)
        self._stems = frozenset(
            path[:end] for path in self._paths for end, letter in enumerate(path) if letter == "/"
        )
        self._folders = self._every_folder()
        self._located: dict[tuple[str, str, int, int], str | None] = {}
        self.roots: list[str] = ["", "src/"]
        self.libraries: frozenset[str] = frozenset()
        self.modelled: frozenset[str] = frozenset()

    def _every_folder(self) -> dict[str, dict[str, None]]:
        """The folders that directly hold a module or package of a first name, in order."""
        found: dict[str, dict[str, None]] = {}
        for path in self._paths:
            pieces = path.split("/")
            for depth, piece in enumerate(pieces):
                name = piece.removesuffix(".py")
                folder = "".join(f"{above}/" for above in pieces[:depth])
                found.setdefault(name, {})[folder] = None
        return found

    @property
    def paths(self) -> tuple[str, ...]:
        """Every Python file of the project."""
        return self._paths

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

    def words(self, paths: Iterable[str]) -> set[str]:
        """Every word in some files, found without parsing."""
        found: set[bytes] = set()
        for path in paths:
            try:
                found.update(self.project.read(path).translate(_SPACED).split())
            except Unreadable:
                continue
        return {word.decode("ascii") for word in found if word[0] not in _DIGITS}

    def has(self, path: str) -> bool:
        """Whether a module's file is there."""
        return path in self._present

    def has_folder(self, stem: str) -> bool:
        """Whether some module stands below this folder."""
        return stem in self._stems

    def add_root(self, folder: str) -> None:
        """Look for modules in this folder too, as the code has said."""
        if folder not in self.roots and not folder.startswith(".."):
            self.roots.append(folder)

    def has_ending(self, tail: str) -> bool:
        """Whether some folder of the project holds this path."""
        return any(path == tail or path.endswith(f"/{tail}") for path in self._paths)

    def locate(self, name: str, near: str) -> str | None:
        """The path of a module by its full name: a file, a package, or a bare folder.

        ``near`` is the file that asks: its own folder and those above it come first,
        since a script's folder is on the path of its program.
        """
        key = name, near.rpartition("/")[0], len(self.roots), len(self.libraries)
        if key not in self._located:
            self._located[key] = self._locate(name, near)
        return self._located[key]

    def _locate(self, name: str, near: str) -> str | None:
        tail = name.replace(".", "/")
        for folder in self._candidates(name.partition(".")[0], near):
            found = self._at(f"{folder}{tail}")
            if found is not None:
                return found
        return None

    def locate_from(self, folder: str, name: str) -> str | None:
        """The path of a module that a process started in this folder would find."""
        tail = name.replace(".", "/")
        here = self._at(f"{folder}/{tail}") if folder else None
        return here or self.locate(name, f"{folder}/{tail}" if folder else "")

    def _candidates(self, first: str, near: str) -> list[str]:
        """The folders where the interpreter's path may lead: the roots, then those above.

        Folders elsewhere that are no packages come last, for code whose path is set by the
        deployment; never for a name of the standard library.
        """
        known = self._folders.get(first, {})
        above = near.split("/")[:-1]
        nearby = ["".join(f"{piece}/" for piece in above[:end])
                  for end in range(len(above), -1, -1)]  # fmt: skip
        ordered = [*self.roots, *nearby]
        if first not in sys.stdlib_module_names and first not in self.libraries:
            ordered += sorted(known, key=lambda f: (self._is_bare(f, first), f.count("/"), f))
        copies = {one.folder for one in self.installed if one.name == first}
        return [
            folder
            for folder in dict.fromkeys(ordered)
            if folder in known and folder not in copies
            and (folder in self.roots or not self.has(f"{folder}__init__.py"))
        ]  # fmt: skip

    def _is_bare(self, folder: str, first: str) -> bool:
        """Whether a name is only a folder there: any package or module of that name wins."""
        return not (self.has(f"{folder}{first}/__init__.py") or self.has(f"{folder}{first}.py"))

    @property
    def installed(self) -> tuple[Installed, ...]:
        """The installed libraries of which there is a model: it is used in place of their code."""
        return tuple(one for one in self._installed if one.name in self.modelled)

    @cached_property
    def _installed(self) -> tuple[Installed, ...]:
        return installed(self.project)

    def _at(self, stem: str) -> str | None:
        for path in (f"{stem}/__init__.py", f"{stem}.py"):
            if path in self._present:
                return path
        if self.has_folder(stem):
            return f"{stem}/"
        return None

    def packages_of(self, path: str) -> list[str]:
        """The `__init__.py` of the packages that a module lies in, the outermost first."""
        pieces = path.split("/")[:-1]
        found: list[str] = []
        while pieces and self.has("/".join([*pieces, "__init__.py"])):
            found.insert(0, "/".join([*pieces, "__init__.py"]))
            pieces.pop()
        return [package for package in found if package != path]

    def name_of(self, path: str) -> str:
        """The dotted name that a module would be imported by."""
        pieces = path.removesuffix(".py").split("/")
        if pieces[-1] == "__init__":
            pieces.pop()
        start = len(pieces) - 1
        while start > 0 and self.has("/".join([*pieces[:start], "__init__.py"])):
            start -= 1
        if start > 0 and pieces[0] != "src" and "/".join(pieces[:start]) + "/" not in self.roots:
            return ".".join(pieces)
        return ".".join(pieces[start:])

    @cached_property
    def imported_names(self) -> frozenset[str]:
        """The last names of all modules that any file imports, found without parsing."""
        copies = tuple(start for one in self.installed for start in one.paths)
        own = (path for path in self._paths if not path.startswith(copies))
        return frozenset[str]().union(*map(self.imports_of, own))

    def imports_of(self, path: str) -> frozenset[str]:
        """Every word in what a file imports, or has a server import; found without parsing."""
        content = self.project.searchable(path) or b""
        lines = _IMPORTED.findall(b"\n" + content)
        lines += _SERVED.findall(content) if path in self._serving else []
        return frozenset(word.decode() for word in _WORD.findall(b" ".join(lines)))

    @cached_property
    def _serving(self) -> frozenset[str]:
        """The files that may say what a server is to import: a search finds them faster."""
        return frozenset(self.project.matching(_SERVED.pattern, [b":"]))

    def left_out(self) -> tuple[LeftOut, ...]:
        """The files that could not be parsed, with the reasons."""
        return tuple(LeftOut(path, why) for path, why in sorted(self.not_parsed.items()))


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
