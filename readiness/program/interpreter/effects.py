"""What code may change, read from its words alone, for code that was given up."""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field

from readiness.program.nodes import children, walk

ANY = "*"
MOST_PIECES = 3_000
"""The definitions that are followed before anything counts as possible."""
_MUTATORS = frozenset({
    "append", "extend", "insert", "pop", "remove", "clear", "update", "setdefault", "add",
    "discard", "popitem", "sort", "reverse", "appendleft", "popleft", "__setitem__",
})  # fmt: skip
_DYNAMIC = frozenset({"setattr", "delattr", "__setattr__", "__dict__", "vars", "exec", "globals"})
_ENVIRON = frozenset({"environ", "environb"})
_SETTERS = frozenset({"putenv", "unsetenv"})
_FRESH = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_FRESH_CALLS = frozenset({"list", "dict", "set", "deque", "defaultdict"})


class Effects(Struct):
    """What a piece of code, and what it may call, mentions and changes.

    ``stored`` are attributes that are set on whatever object, ``own`` those that a class's
    methods set on its own; ``changed`` names what holds a container that is changed.
    ``setters`` are the library functions that set variables of the process.
    """

    words: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)
    own: set[tuple[str, str]] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    setters: frozenset[str] = frozenset()

    @property
    def dynamic(self) -> bool:
        """Whether it may set attributes and names that do not stand in it."""
        return not self.words.isdisjoint(_DYNAMIC)

    @property
    def environ(self) -> bool:
        """Whether it may change the variables of the process."""
        changes = bool(self.changed) and not self.words.isdisjoint(_ENVIRON)
        return changes or not self.words.isdisjoint(_SETTERS | self.setters)

    @property
    def none(self) -> bool:
        """Whether nothing that outlives it changes."""
        found = self.stored or self.own or self.changed or self.globals
        return not (found or self.dynamic or self.environ)

    def anything(self) -> "Effects":
        """The same names, and whatever could be done with them."""
        self.changed.add(ANY)
        self.words |= _DYNAMIC | _SETTERS
        return self

    def add(self, other: "Effects") -> None:
        """Take in what another piece does."""
        self.words |= other.words
        self.stored |= other.stored
        self.own |= other.own
        self.changed |= other.changed
        self.globals |= other.globals
        self.setters |= other.setters


Defined = list[tuple[str, ast.AST, str]]


class Index:
    """The definitions of the files that were evaluated, by name, and what each changes."""

    def __init__(self, setters: frozenset[str]) -> None:
        self._setters = setters
        self._known: dict[str, list[tuple[ast.AST, str]]] = {}
        self._files: set[str] = set()
        self._found: dict[tuple[tuple[ast.AST, ...], str, bool], Effects] = {}

    def take(self, path: str, defined: Defined) -> None:
        """Look at what a file defines, once."""
        if path in self._files:
            return
        self._files.add(path)
        self._found.clear()
        for name, node, owner in defined:
            self._known.setdefault(name, []).append((node, owner))

    def knows(self, path: str) -> bool:
        """Whether a file was looked at."""
        return path in self._files

    def of(self, pieces: Sequence[ast.AST], owner: str = "", *, calls: bool = True) -> Effects:
        """What pieces of code change, and what all changes that they may call, by name.

        Nobody changes what is given: it is given again for the same pieces.
        """
        key = (tuple(pieces), owner, calls)
        if key not in self._found:
            self._found[key] = self._followed(pieces, owner, calls=calls)
        return self._found[key]

    def _followed(self, pieces: Sequence[ast.AST], owner: str, *, calls: bool) -> Effects:
        found = Effects(setters=self._setters)
        pending: list[tuple[ast.AST, str]] = [(piece, owner) for piece in pieces]
        seen: set[ast.AST] = set()
        asked: set[str] = set()
        while pending:
            node, above = pending.pop()
            if node in seen:
                continue
            seen.add(node)
            found.add(direct := _directly(node, above))
            for word in direct.words - asked if calls else ():
                asked.add(word)
                pending += self._known.get(word, ())
            if len(pending) + len(seen) > MOST_PIECES:
                for piece in pieces:
                    found.add(_directly(piece, owner))
                return found.anything()
        return found


def defined_in(tree: ast.Module) -> Defined:
    """The pieces of a file that go by a name, each with the class around it."""
    return [(name, node, owner) for node, owner in _with_owners(tree)
            for name in _names_defined(node)]  # fmt: skip


def _with_owners(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    pending = [(tree, "")]
    while pending:
        node, owner = pending.pop()
        yield node, owner
        inner = node.name if isinstance(node, ast.ClassDef) else owner
        pending += [(child, inner) for child in children(node)]


def _names_defined(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign() if not isinstance(node.value, ast.Constant):
            return [target.id for target in node.targets if isinstance(target, ast.Name)]
        case ast.alias(asname=str() as name):
            return [name]
    return []


@lru_cache(maxsize=8192)
def _directly(piece: ast.AST, owner: str) -> Effects:
    """What a piece changes by itself; the functions in it count as run."""
    found = Effects()
    local = _locals(piece)
    for node, inside in _with_owners(piece):
        match node:
            case ast.Name():
                found.words.add(node.id)
            case ast.alias():
                found.words.update(node.name.split("."))
            case ast.Global():
                found.globals.update(node.names)
            case ast.Attribute():
                found.words.add(node.attr)
                _attribute(node, inside or owner, found, local)
            case ast.Subscript() if not isinstance(node.ctx, ast.Load):
                found.changed |= _holder(node.value, local)
            case ast.AugAssign():
                found.changed |= _holder(node.target, local)
    return found


def _attribute(
    node: ast.Attribute, owner: str, found: Effects, local: dict[str, set[str]]
) -> None:
    if isinstance(node.ctx, ast.Load):
        if node.attr in _MUTATORS:
            found.changed |= _holder(node.value, local)
    elif owner and isinstance(node.value, ast.Name) and node.value.id == "self":
        found.own.add((owner, node.attr))
    else:
        found.stored.add(node.attr)


def _holder(node: ast.expr, local: dict[str, set[str]]) -> set[str]:
    """The name by which a container is reached that is changed; nothing for a new one."""
    while isinstance(node, ast.Subscript):
        node = node.value
    match node:
        case ast.Name():
            return local.get(node.id, {node.id})
        case ast.Attribute():
            return {node.attr}
        case ast.Call() | ast.IfExp() | ast.BoolOp() | ast.NamedExpr() | ast.Await():
            return {ANY}
    return set()


def _locals(piece: ast.AST) -> dict[str, set[str]]:
    """What the local names of a function stand for: anything, or what is made right there."""
    made: set[str] = set()
    other: set[str] = set()
    outside: set[str] = set()
    if not isinstance(piece, ast.FunctionDef | ast.AsyncFunctionDef):
        return {}
    for node in walk(piece):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                (made if _is_fresh(node.value) else other).add(name)
            case ast.arg():
                other.add(node.arg)
            case ast.For(target=ast.Name(id=name)) | ast.withitem(optional_vars=ast.Name(id=name)):
                other.add(name)
            case ast.Global() | ast.Nonlocal():
                outside.update(node.names)
    known = {name: {ANY} if name in other else set() for name in made | other}
    return {name: held for name, held in known.items() if name not in outside}


def _is_fresh(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _FRESH_CALLS
    return isinstance(node, _FRESH)
