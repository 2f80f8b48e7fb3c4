"""What code hands on without saying its name: to decorators, in modules, by a text."""

import ast

from readiness.program.dynamic import WORDS, Loads, loads_of
from readiness.program.linking import DEPTH, Links, joined
from readiness.program.mentions import Imported
from readiness.program.models.written import NAMES
from readiness.program.nodes import walk
from readiness.program.saying import How, row
from readiness.program.sources import Sources

_RUN_HERE = frozenset(name.partition(".")[0] for name in NAMES)
"""The libraries whose code the interpreter runs: they may call what they were given by name."""


class Handing(Links):
    """The modules and functions that others may come to by no name that is seen here."""

    def __init__(self, sources: Sources, copies: tuple[str, ...]) -> None:
        super().__init__(sources, copies)
        self._wild: frozenset[str] | None = None
        self._modules: dict[str, list[tuple[str, str]]] | None = None

    def refresh(self) -> bool:
        """Forget what files may have changed that were parsed since."""
        grown = super().refresh()
        if grown:
            self._wild = self._modules = None
        return grown

    def is_given_whole(self, path: str) -> bool:
        """Whether code hands on a module itself, so that anybody may take what it has."""
        return any(
            one.how is How.VALUE
            for at, name in self._known_as.get(path, ())
            for one in self.mentions(at, name)
        )

    def is_foreign(self, path: str, decorator: ast.expr, depth: int = DEPTH) -> bool:
        """Whether a decorator is that of a library: it changes no object of the code."""
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        said = row(called)
        return said is not None and self._is_of_library(path, said.partition(".")[0], depth)

    def _is_of_library(self, path: str, name: str, depth: int) -> bool:
        read = self.read(path)
        if read is None or not depth:
            return False
        if name in self.outer(path):
            return all(any(self.is_foreign(path, one, depth - 1) for one in node.decorator_list)
                       for node in self.outer(path)[name])  # fmt: skip
        assigned = self.sources.read_of(path, _assigned) or {}
        made = assigned.get(name, ())
        imports = read.imports.get(name, [])
        return (
            bool(made or imports)
            and all(
                isinstance(one, ast.Call) and self.is_foreign(path, one, depth - 1) for one in made
            )
            and all(self._comes_of_library(path, one, depth) for one in imports)
        )

    def _comes_of_library(self, path: str, one: Imported, depth: int) -> bool:
        at = self.module(path, one.module)
        if at is not None:
            return bool(one.name) and self._is_of_library(at, one.name, depth - 1)
        return not one.module.startswith(".") and one.module.partition(".")[0] not in _RUN_HERE

    @property
    def _known_as(self) -> dict[str, list[tuple[str, str]]]:
        """For each module the names by which files know it."""
        if self._modules is None:
            self._modules = {}
            for path, name, one in self.every_import():
                at = self.module(path, joined(one.module, one.name))
                if at is not None:
                    self._modules.setdefault(at, []).append((path, name))
        return self._modules

    @property
    def loading(self) -> frozenset[str]:
        """The files in which an object may be a module that code took by its name."""
        if self._wild is None:
            loads = {path: one for path in self.paths if (one := self._loads(path)) is not None}
            handing = {path for path, one in loads.items() if one.hands_on}
            asking = {path for path, _, one in self.every_import() if handing
                      and self.module(path, one.module) in handing}  # fmt: skip
            self._wild = frozenset({*loads, *asking})
        return self._wild

    def _loads(self, path: str) -> Loads | None:
        read = self.read(path)
        if read is None or WORDS.isdisjoint(read.names):
            return None
        found = self.sources.read_of(path, loads_of)
        return found if found is not None and found.any else None


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr | None]]:
    """What each name of a file is given, wherever that is."""
    found: dict[str, list[ast.expr | None]] = {}
    for node in walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for name in _targets(node):
                found.setdefault(name, []).append(node.value)
    return found


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id for one in targets if isinstance(one, ast.Name)]
