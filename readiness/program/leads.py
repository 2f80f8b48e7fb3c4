"""What a name leads to that code mentions: what another file gives it to, or what has it.

A plain name is what its file defines or imports, and that of a module is what stands there.
An attribute of anything else leads only to what the code hands on under that name, since
nobody looks up a function in an object that was not put there.
"""

import ast
import sys
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from readiness.program.handing import Handing
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.linking import DEPTH, joined
from readiness.program.mentions import Imported, is_decorated
from readiness.program.nodes import walk
from readiness.program.saying import How, Mention
from readiness.program.sources import Sources
from readiness.program.words import INJECTORS

LIBRARY = "<library>"
ANY = "<any>"
GIVEN = "<given>"
HELD = "<held>"
_REFLECTING = frozenset({"signature", "get_type_hints", "__annotations__", "getfullargspec",
                         "get_annotations"})  # fmt: skip
"""What code says that reads the hints of a function."""
_OPEN = frozenset({"globals", "vars", "__dict__"})
"""What a module says to have names that nobody sees it define."""


class Key(NamedTuple):
    """What a name leads to: what a file has under it, or one of these four.

    ``LIBRARY`` is what a library has, ``ANY`` whatever has that name anywhere, ``GIVEN`` what
    was handed on and has it, and ``HELD`` an object or container that goes by it.
    """

    origin: str
    name: str


class Leads(Handing):
    """Follows names through the imports of files that were parsed.

    ``speaking`` are the files that name a library whose objects are judged, ``builders`` the
    names that it has for them. Files below ``copies`` are those of a library itself.
    """

    def __init__(
        self, sources: Sources, speaking: Collection[str], builders: frozenset[str],
        copies: tuple[str, ...],
    ) -> None:  # fmt: skip
        super().__init__(sources, copies)
        self._speaking = speaking
        self._builders = builders
        self._rebound: dict[str, frozenset[str]] = {}
        self._of: dict[tuple[str, str | None, str], frozenset[Key]] = {}
        self._of_module: dict[Key, set[Key]] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Forget what files may have changed that were parsed since."""
        grown = super().refresh()
        if grown:
            self._of.clear()
            self._of_module.clear()
        return grown

    def of(self, path: str, name: str, mention: Mention) -> frozenset[Key]:
        """What ``name`` leads to where a file mentions it."""
        if mention.how is How.HINT and not self._counts(path, mention):
            return frozenset()
        if mention.of == "" and (binding := self._binding(path, name, mention.region)) is not None:
            passed = name in _parameters(binding)
            return frozenset({Key(GIVEN, name), Key(HELD, name)} if passed else ())
        found = self._leading(path, mention.of, name)
        if mention.how is How.SET:
            return frozenset(one for one in found if one.origin in {LIBRARY, HELD})
        return found

    def _counts(self, path: str, mention: Mention) -> bool:
        """Whether a hint may decide what a function is given, or what a class holds."""
        read = self.read(path)
        around = read.inside(mention.region) if read is not None else None
        if self._injects or not isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        decorated = is_decorated(around) and not all(
            self.is_foreign(path, one) for one in around.decorator_list)  # fmt: skip
        return self._reflects and (decorated or around.name == "__init__")

    @cached_property
    def _injects(self) -> bool:
        return bool(self.sources.project.mentioning(INJECTORS))

    @property
    def _reflects(self) -> bool:
        """Whether any code reads hints as it runs."""
        return any(self.naming(name) for name in _REFLECTING)

    def _binding(self, path: str, name: str, region: int) -> ast.AST | None:
        """The function around that has a name for itself: what is in it was named elsewhere."""
        read = self.read(path)
        if read is None:
            return None
        binding = (one for one in read.functions(region) if name in bindings_of(one).local)
        node = next(binding, None)
        imported = name in read.imports and node is not None and name not in _parameters(node)
        return None if imported else node

    def _leading(self, path: str, said: str | None, name: str) -> frozenset[Key]:
        key = path, said, name
        if key not in self._of:
            found = self._alone(path, name) if said == "" else self._after(path, said, name)
            self._of[key] = frozenset(found) | {Key(HELD, name)}
        return self._of[key]

    def _alone(self, path: str, name: str) -> set[Key]:
        found = set(self._in_module(path, name))
        if path not in self._speaking:
            return found
        read = self.read(path)
        known = name in self.outer(path) or (read is not None and name in read.imports)
        return found if known else found | self._built(name)

    def _after(self, path: str, said: str | None, name: str) -> set[Key]:
        read = self.read(path)
        if said is None or read is None:
            return self._unknown(path, name)
        first, *rest = said.split(".")
        imports = read.imports.get(first, [])
        found = set().union(*(self._through(path, one, rest, name) for one in imports))
        known = imports and first not in self._bound_again(path)
        return found if known else found | self._unknown(path, name)

    def _through(
        self, near: str, imported: Imported, rest: list[str], name: str, depth: int = DEPTH
    ) -> set[Key]:
        """What ``<imported>.<rest>.<name>`` leads to."""
        module, within = imported.module, [*([imported.name] if imported.name else ()), *rest]
        at = self.module(near, module)
        while at is not None and within:
            deeper = joined(module, within[0])
            below = self.module(near, deeper)
            if below is None:
                return self._through_object(near, at, within, name, depth)
            module, at, within = deeper, below, within[1:]
        return self._external(module, name) if at is None else self._in_module(at, name)

    def _through_object(
        self, near: str, at: str, within: list[str], name: str, depth: int
    ) -> set[Key]:
        """The same where what a module has is no module, but may be one of its imports."""
        read = self.read(at)
        found = self._unknown(near, name)
        if read is None or "*" in read.imports or self._is_open(at) or not depth:
            found |= {Key(ANY, name)} | self._built(name)
        for one in read.imports.get(within[0], ()) if read is not None and depth else ():
            found |= self._through(at, one, within[1:], name, depth - 1)
        return found

    def _in_module(self, path: str, name: str) -> set[Key]:
        """What a file has under a name, itself or by what it imports."""
        key = Key(path, name)
        if key in self._of_module:
            return self._of_module[key]
        found = self._of_module[key] = {key}
        read = self.read(path)
        if read is None:
            found |= {Key(ANY, name)} | self._built(name)
            return found
        for one in read.imports.get(name, ()):
            found |= self._imported(path, one.module, one.name) if one.name else set()
        for one in read.imports.get("*", ()):
            found |= self._imported(path, one.module, name)
        if name not in self.outer(path) and name not in read.imports and path in self._speaking:
            found |= self._built(name)
        if self._is_open(path) or (
            "__getattr__" in self.outer(path) and name not in {*read.imports, *self.outer(path)}
        ):
            found |= {Key(ANY, name)}
        return found

    def _imported(self, near: str, module: str, name: str) -> set[Key]:
        at = self.module(near, module)
        return self._external(module, name) if at is None else self._in_module(at, name)

    def _external(self, module: str, name: str) -> set[Key]:
        """What a module has that is none of the project's."""
        if module.startswith("."):
            return {Key(ANY, name)} | self._built(name)
        first, known = module.partition(".")[0], self.sources.modelled
        if first in sys.stdlib_module_names:
            return {Key(GIVEN, name)}
        found = {Key(GIVEN, name)}
        return found | self._built(name) if first in known or not known else found

    def _unknown(self, path: str, name: str) -> set[Key]:
        """What an attribute leads to of an object of which nothing is known here."""
        found = {Key(GIVEN, name)}
        if path in self._speaking:
            found |= self._built(name)
        if path in self.loading:
            found |= {Key(ANY, name)}
        return found

    def _built(self, name: str) -> set[Key]:
        return {Key(LIBRARY, name)} if name in self._builders else set()

    def _is_open(self, path: str) -> bool:
        read = self.read(path)
        return read is not None and not _OPEN.isdisjoint(read.names)

    def _bound_again(self, path: str) -> frozenset[str]:
        """The names that a file imports, and binds otherwise too."""
        if path not in self._rebound:
            tree, read = self.sources.tree(path), self.read(path)
            bound = set(_bound(tree)) if tree is not None else set()
            self._rebound[path] = frozenset(bound & read.imports.keys()) if read else frozenset()
        return self._rebound[path]


def _parameters(node: ast.AST) -> set[str]:
    return {one.arg for one in walk(node.args) if isinstance(one, ast.arg)} if isinstance(
        node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) else set()  # fmt: skip


def _bound(tree: ast.AST) -> Iterator[str]:
    """The names that code binds by anything but an import."""
    for node in walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str() as name):
                yield name
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                yield name
