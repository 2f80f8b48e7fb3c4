"""Where modules are found by their names, as the interpreter's path would find them."""

import sys
from functools import cached_property

from readiness.program.installed import Installed, installed
from readiness.project import Project


class SearchPath:
    """The folders in which modules are looked for, and the files that are there."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.paths = tuple(path for path in project.paths if path.endswith(".py"))
        """Every Python file of the project."""
        self.roots: list[str] = ["", "src/"]
        self.libraries: frozenset[str] = frozenset()
        """The first names of libraries with a model: no bare folder is taken for one."""
        self.modelled: frozenset[str] = frozenset()
        """These, and other names for them."""
        self._present = frozenset(self.paths)
        self._stems: set[str] = set()
        self._folders = self._every_folder()
        self._located: dict[tuple[str, str, int, int], str | None] = {}

    def _every_folder(self) -> dict[str, dict[str, None]]:
        """The folders that directly hold a module or package of a first name."""
        found: dict[str, dict[str, None]] = {}
        for path in self.paths:
            stem, _, name = path.rpartition("/")
            found.setdefault(name.removesuffix(".py"), {})[f"{stem}/" if stem else ""] = None
            while stem and stem not in self._stems:
                self._stems.add(stem)
                stem, _, name = stem.rpartition("/")
                found.setdefault(name.removesuffix(".py"), {})[f"{stem}/" if stem else ""] = None
        return found

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
        return any(path == tail or path.endswith(f"/{tail}") for path in self.paths)

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
            found = self.at(f"{folder}{tail}")
            if found is not None:
                return found
        return None

    def locate_from(self, folder: str, name: str) -> str | None:
        """The path of a module that a process started in this folder would find."""
        tail = name.replace(".", "/")
        here = self.at(f"{folder}/{tail}") if folder else None
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

    def at(self, stem: str) -> str | None:
        """The package, module or bare folder of this path without an ending."""
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
