"""Functions that the environment keeps from being called: the other side of a branch has them.

What nothing calls is entered all the same, since a framework may call it. But where the code
itself names a function only in places that this environment passes over, such as
``make_prod() if production else make_dev()``, nobody calls it here.
A text that spells it out (``"jobs:refresh"``) may have it called by a framework, too.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from readiness.program.interpreter.machine import Machine
from readiness.program.nodes import Definition, children
from readiness.program.values import OWN, Class, External, Function
from readiness.project import Unreadable

_HARMLESS = frozenset({"staticmethod", "classmethod", "property", "cached_property", "lru_cache",
                       "cache", "dataclass", "abstractmethod", "override", "overload", "final",
                       "total_ordering", "contextmanager", "asynccontextmanager",
                       "define"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    """A function or class, and the name by which code reaches it."""

    thing: ast.AST | Class
    name: str
    holders: frozenset[str]
    """The names of its module, of its package and of its class."""
    decorated: bool = False


class PassedOver:
    """What every name in the code that was run stands for: used, or passed over.

    ``unread`` are the files of the deployment that were not run, where it may stand too.
    """

    def __init__(self, machine: Machine, unread: Iterable[str]) -> None:
        self._machine = machine
        self._unread = unread
        self._records = machine.records
        self._dead = machine.records.passed - machine.records.ran
        self._live: Counter[str] = Counter()
        self._listed: Counter[str] = Counter()
        self._holders: dict[str, set[str]] = {}
        self._idle: set[str] = set()
        self._passed: set[str] = set()
        self._decorated: set[str] = set()
        self._spelled: set[tuple[str, str]] = set()
        if self._dead or machine.records.unpicked:
            for path in machine.evaluated:
                tree = machine.sources.tree(path)
                if tree is not None:
                    self._walk(tree)

    def skips(self, function: Function) -> bool:
        """Whether nothing calls a function in this environment."""
        owner, holders = function.owner, _holders(function.path)
        decorated = _is_decorated(function.node)
        if owner is None:
            return self._skips(_Named(function.node, function.name, holders, decorated))
        shown = owner.name in self._decorated
        method = _Named(function.node, function.name, holders | {owner.name},
                        decorated or shown or self._is_framework(owner))  # fmt: skip
        return self._skips(method) or self._skips(_Named(owner, owner.name, holders, shown))

    def _is_framework(self, owner: Class) -> bool:
        """Whether a class has a base of which nothing is known: it may call any method."""
        library = self._machine.library
        bases = (one for one in owner.order if not isinstance(one, Class))
        return any(not isinstance(one, External) or (
                   library.canonical(one.name) not in library.classes
                   and one.name.partition(".")[0] not in OWN) for one in bases)  # fmt: skip

    def _skips(self, named: _Named) -> bool:
        unpicked = named.thing in self._records.unpicked
        if named.thing in self._records.unsure or not (unpicked or named.name in self._passed):
            return False
        if unpicked and not self._is_picked_here(named.name):
            return False
        allowed = self._listed[named.name] if unpicked else 0
        if self._live[named.name] > allowed or (named.decorated and not unpicked):
            return False
        if any((holder, named.name) in self._spellings for holder in named.holders):
            return False
        return named.name not in self._elsewhere

    @cached_property
    def _spellings(self) -> set[tuple[str, str]]:
        """Each ``module:name`` and ``module.name`` in texts of the code and in files of data."""
        found, project = set(self._spelled), self._machine.sources.project
        for path in project.files(*_DATA):
            try:
                found.update(_SPELLED.findall(project.text(path)))
            except (Unreadable, UnicodeDecodeError):
                continue
        return found

    def _is_picked_here(self, name: str) -> bool:
        """Whether only code that was run takes anything from the dictionaries with a name."""
        holders = self._holders.get(name, set())
        return bool(holders) and _UNKNOWN not in holders and self._idle.isdisjoint(holders)

    @cached_property
    def _elsewhere(self) -> set[str]:
        """Every word in the files that were not run."""
        return self._machine.sources.words(self._unread)

    def _walk(self, tree: ast.Module) -> None:
        """Count each name outside of its own definition, by whether it was passed over."""
        pending: list[tuple[ast.AST, _Around]] = [(tree, _Around())]
        while pending:
            node, around = pending.pop()
            around = self._inside(node, around)
            name = getattr(node, "id", None) or getattr(node, "attr", None)
            if isinstance(node, ast.Name | ast.Attribute) and name and name not in around.within:
                self._count(name, around)
            held = _held_as(node)
            for child in children(node):
                kept = held if isinstance(child, ast.Dict) and not around.holder else around.holder
                if (default := _default_of(node)) and child is default[0]:
                    kept = default[1]
                pending.append((child, replace(around, holder=kept)))

    def _inside(self, node: ast.AST, around: "_Around") -> "_Around":
        if node in self._dead:
            around = replace(around, dead=True)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not around.dead:
            self._spelled.update(_SPELLED.findall(node.value) if _IS_PATH(node.value) else ())
        if isinstance(node, ast.ClassDef) and _is_decorated(node):
            self._decorated.add(node.name)
        if isinstance(node, ast.Lambda):
            around = replace(around, idle=True)
        if isinstance(node, ast.alias) and node.asname:
            self._idle.add(node.name.rpartition(".")[2])
        if isinstance(node, Definition):
            idle = not isinstance(node, ast.ClassDef) and node not in self._records.called
            within = around.within | {node.name}
            around = replace(around, within=within, idle=around.idle or idle)
        return around

    def _count(self, name: str, around: "_Around") -> None:
        if around.dead:
            self._passed.add(name)
            return
        self._live[name] += 1
        if around.idle:
            self._idle.add(name)
        if around.holder:
            self._listed[name] += 1
            self._holders.setdefault(name, set()).add(_UNKNOWN if around.idle else around.holder)


_DATA = ("*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf")
_SPELLED = re.compile(r"(?=\b([A-Za-z_]\w*)[.:]([A-Za-z_]\w*))")
_IS_PATH = re.compile(r"[\w.]+[.:]\w+(?:\(.*\))?").fullmatch
_UNKNOWN = "?"
_AT_ONCE = "."


@dataclass(frozen=True, slots=True)
class _Around:
    """What a name stands in: code that was passed over, a function that nobody called.

    ``holder`` is the name of the dictionary that it is listed in.
    """

    dead: bool = False
    idle: bool = False
    holder: str = ""
    within: frozenset[str] = frozenset()


def _holders(path: str) -> frozenset[str]:
    """The names of a module and of its package."""
    pure = PurePosixPath(path)
    return frozenset({pure.stem, pure.parent.name})


def _held_as(node: ast.AST) -> str:
    """The name under which a dictionary is kept that stands directly in a node."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.Subscript() | ast.Attribute():
            return _AT_ONCE
    return _UNKNOWN


def _default_of(node: ast.AST) -> tuple[ast.expr, str] | None:
    """What ``holder.get(key, default)`` gives where the key is missing, and its holder."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[_, last]):
            return last, name
        case ast.Call(func=ast.Attribute(value=ast.Dict(), attr="get"), args=[_, last]):
            return last, _AT_ONCE
    return None


def _is_decorated(node: ast.AST) -> bool:
    """Whether a decorator may hand a function to somebody who calls it."""
    for one in getattr(node, "decorator_list", ()):
        called = one.func if isinstance(one, ast.Call) else one
        name = getattr(called, "id", None) or getattr(called, "attr", "")
        if name not in _HARMLESS:
            return True
    return False
