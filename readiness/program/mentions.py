"""Where a file mentions which names, read from its code alone, once.

Whether a mention counts hangs on the run: on what it passed over, and what was called.
"""

import ast
import re
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from msgspec import Struct, field

from readiness.program.nodes import Definition, children
from readiness.program.wholes import taken_by

_STATES = ((False, False), (False, True)), ((True, False), (True, True))
"""Each state once: a run has one for every region."""
_SPELLED = re.compile(r"(?=\b([A-Za-z_]\w*)[.:]([A-Za-z_]\w*))")
_IS_PATH = re.compile(r"[\w.]+[.:]\w+(?:\(.*\))?").fullmatch
_HARMLESS = frozenset({"staticmethod", "classmethod", "property", "cached_property", "lru_cache",
                       "cache", "dataclass", "abstractmethod", "override", "overload", "final",
                       "total_ordering", "contextmanager", "asynccontextmanager",
                       "define"})  # fmt: skip


class Region(NamedTuple):
    """Code that is run or passed over as a whole, and the number of the one around it."""

    node: ast.AST
    around: int
    waits: bool
    """Whether its code runs only when somebody calls it; ``always``, that nobody tells when."""
    always: bool = False


class Imported(NamedTuple):
    """What a name is imported from: a module, dots and all, or something in it."""

    module: str
    name: str = ""


State = tuple[bool, bool]
"""Whether a region was passed over, and whether it is in a function that nobody called."""


class Mentions(Struct):
    """The names of a file, by the number of the region that each stands in.

    ``inner`` are those that stand in what has the name itself.
    """

    regions: list[Region] = field(default_factory=list)
    names: dict[str, list[int]] = field(default_factory=dict)
    inner: dict[str, list[int]] = field(default_factory=dict)
    spelled: list[tuple[int, tuple[str, str]]] = field(default_factory=list)
    decorated: set[str] = field(default_factory=set)
    imports: dict[str, list[Imported]] = field(default_factory=dict)
    """What each name is imported from; that of a star is ``*``."""
    taken: list[tuple[int, str]] = field(default_factory=list)
    """What is taken as a whole (`wholes`), by the region where that is."""

    def states(self, dead: Container[ast.AST], called: Container[ast.AST]) -> list[State]:
        """What a run made of each region, given what it passed over and what it called."""
        found: list[State] = [(False, False)]
        for node, around, waits, always in self.regions[1:]:
            was_dead, was_idle = found[around]
            idle = was_idle or (waits and (always or node not in called))
            found.append(_STATES[was_dead or node in dead][idle])
        return found

    def around(self, region: int) -> Iterator[Definition | ast.Lambda]:
        """The definitions that a region stands in, the innermost first."""
        while region:
            node, outer, waits, _ = self.regions[region]
            if not waits and isinstance(node, Definition | ast.Lambda):
                yield node
            region = outer

    def functions(self, region: int) -> Iterator[ast.AST]:
        """The functions whose own code a region is part of, the innermost first."""
        while region:
            node, outer, waits, _ = self.regions[region]
            if waits:
                yield node
            region = outer

    def inside(self, region: int) -> ast.AST | None:
        """The innermost definition around a region: of a hint, what it is of."""
        return next(self.around(region), None)

    def mentioning(self, name: str) -> set[int]:
        """The regions that a name stands in, within what has it too."""
        return {*self.names.get(name, ()), *self.inner.get(name, ())}


class _At(NamedTuple):
    """Where the walk is: the region, the definitions and the class around."""

    region: int
    within: frozenset[str]
    owner: str = ""


def mentions_of(tree: ast.Module) -> Mentions:
    """Every name of a file, read in one walk."""
    found = Mentions([Region(tree, 0, waits=False)])
    pending: list[tuple[ast.AST, _At]] = [(tree, _At(0, frozenset()))]
    plain: set[ast.AST] = set()
    while pending:
        node, at = pending.pop()
        kind = type(node)
        if kind in _NAMING:
            plain.add(node.func if kind is ast.Call else node.value)  # type: ignore[attr-defined]
        if kind is ast.Name:
            _name(node.id, at, found)  # type: ignore[attr-defined]
            continue
        if kind is ast.Attribute:
            _name(node.attr, at, found)  # type: ignore[attr-defined]
        elif kind not in _SILENT:
            at = _entered(node, at, found)
        if kind in _TAKING and (taken := taken_by(node, at.owner)) is not None:
            found.taken.append((at.region, taken))
        parts = children(node)
        if kind in _APART:
            pending += [(one, _inside(node, one, at, found)) for one in parts]
        elif kind in _WAITING:
            always = kind is ast.Lambda and node not in plain
            pending += _head_and_body(node, parts, at, found, always=always)
        else:
            pending += [(one, at) for one in parts]
    return found


_SILENT = frozenset({ast.Call, ast.keyword, ast.arg, ast.arguments, ast.JoinedStr,
                     ast.FormattedValue, ast.BinOp, ast.Compare, ast.Subscript, ast.Tuple,
                     ast.List, ast.Dict, ast.Module, ast.BoolOp, ast.IfExp})  # fmt: skip
"""Nodes that `_entered` finds nothing in."""
_APART = frozenset({ast.IfExp, ast.BoolOp})
_WAITING = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda})
_TAKING = frozenset({ast.Call, ast.Subscript, ast.Attribute})
_NAMING = frozenset({ast.Call, ast.Assign, ast.AnnAssign})
"""Where a lambda is called at once or given a name, as a function would be."""


def _name(name: str, at: _At, found: Mentions) -> None:
    if name in at.within:
        found.inner.setdefault(name, []).append(at.region)
    else:
        found.names.setdefault(name, []).append(at.region)


def _entered(node: ast.AST, at: _At, found: Mentions) -> _At:
    """Take note of what a node is besides a name; what is around its parts."""
    match node:
        case ast.Constant(value=value):
            if isinstance(value, str) and _IS_PATH(value):
                found.spelled += [(at.region, pair) for pair in _SPELLED.findall(value)]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return _At(_region(node, at, found), at.within | {name}, at.owner)
        case ast.ClassDef(name=name):
            if is_decorated(node):
                found.decorated.add(name)
            return _At(_region(node, at, found), at.within | {name}, name)
        case ast.Import() | ast.ImportFrom():
            _imports(node, found)
        case ast.stmt():
            return at._replace(region=_region(node, at, found))
        case ast.Lambda():
            return at._replace(region=_region(node, at, found))
    return at


def _imports(node: ast.Import | ast.ImportFrom, found: Mentions) -> None:
    """Take note of what the names of an import stand for."""
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        said = [(one.asname or one.name, Imported(module, one.name)) for one in node.names]
    else:
        said = [(one.asname, Imported(one.name)) if one.asname
                else (first := one.name.partition(".")[0], Imported(first))
                for one in node.names]  # fmt: skip
    for name, imported in said:
        found.imports.setdefault(name, []).append(imported)


def _head_and_body(
    node: ast.AST, parts: list[ast.AST], at: _At, found: Mentions, *, always: bool
) -> Iterator[tuple[ast.AST, _At]]:
    """The parts of a function: its decorators and defaults are run where it is defined."""
    below = at._replace(region=_region(node, at, found, waits=True, always=always))
    said: Any = getattr(node, "body", [])
    body = {id(one) for one in (said if isinstance(said, list) else [said])}
    yield from ((one, below if id(one) in body else at) for one in parts)


def _inside(node: ast.AST, part: ast.AST, at: _At, found: Mentions) -> _At:
    """What is around a part of a node: a side of a choice may be passed over by itself."""
    return at._replace(region=_region(part, at, found)) if _is_side(node, part) else at


def _is_side(node: ast.AST, part: ast.AST) -> bool:
    if isinstance(node, ast.IfExp):
        return part is not node.test
    return isinstance(node, ast.BoolOp) and part is not node.values[0]


def _region(
    node: ast.AST, at: _At, found: Mentions, *, waits: bool = False, always: bool = False
) -> int:
    found.regions.append(Region(node, at.region, waits, always))
    return len(found.regions) - 1


def is_decorated(node: ast.AST) -> bool:
    """Whether a decorator may hand a function to somebody who calls it."""
    for one in getattr(node, "decorator_list", ()):
        called = one.func if isinstance(one, ast.Call) else one
        name = getattr(called, "id", None) or getattr(called, "attr", "")
        if name not in _HARMLESS:
            return True
    return False


def spelled_in(text: str) -> list[tuple[str, str]]:
    """Each ``module:name`` and ``module.name`` in a text."""
    return _SPELLED.findall(text)
