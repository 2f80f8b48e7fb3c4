"""The project's Python modules: their trees, where a name is, and the words that stand in them."""

import re
from collections.abc import Iterable
from functools import cached_property

from readiness.program.answers import LeftOut
from readiness.program.parsing import Trees
from readiness.program.search_path import SearchPath
from readiness.project import Project, Unreadable
from readiness.project.imports import WORD

_SERVED = re.compile(rb"""["']([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?["']""")
_DIGITS = b"0123456789"
_SPACED = bytes(n if n < 128 and (chr(n).isalnum() or n == ord("_")) else 32 for n in range(256))  # noqa: PLR2004 - ASCII
"""Turns whatever is no part of a word into a space."""


class Sources(Trees, SearchPath):
    """Finds modules by name, parses them on demand, and looks into them without parsing."""

    def __init__(self, project: Project) -> None:
        Trees.__init__(self, project)
        SearchPath.__init__(self, project)

    def words(self, paths: Iterable[str]) -> set[str]:
        """Every word in some files, found without parsing."""
        found: set[bytes] = set()
        for path in paths:
            try:
                found.update(self.project.read(path).translate(_SPACED).split())
            except Unreadable:
                continue
        return {word.decode("ascii") for word in found if word[0] not in _DIGITS}

    @cached_property
    def imported_names(self) -> frozenset[str]:
        """The last names of all modules that any file imports, found without parsing."""
        copies = tuple(start for one in self.installed for start in one.paths)
        own = (path for path in self.paths if not path.startswith(copies))
        return frozenset[str]().union(*map(self.imports_of, own))

    def imports_of(self, path: str) -> frozenset[str]:
        """Every word in what a file imports, or has a server import; found without parsing."""
        found = self.project.imports(path)
        if path in self._serving:
            served = _SERVED.findall(self.project.searchable(path) or b"")
            found = found.union(WORD.findall(b" ".join(served)))
        return frozenset(map(bytes.decode, found))

    @cached_property
    def _serving(self) -> frozenset[str]:
        """The files that may say what a server is to import: a search finds them faster."""
        return frozenset(self.project.matching(_SERVED.pattern, [b":"]))

    def left_out(self) -> tuple[LeftOut, ...]:
        """The files that could not be parsed, with the reasons."""
        return tuple(LeftOut(path, why) for path, why in sorted(self.not_parsed.items()))
