"""Which branches of a function a place in it hangs on, by the source alone."""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.discreet import given_to_secrets, source, without_texts
from readiness.program.nodes import Definition, children, walk, walk_to

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DEFINED = frozenset({*_SCOPES, ast.ClassDef})
_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Assert)
_IMPORTS = (ast.Import, ast.ImportFrom)
_YIELDING = (ast.Yield, ast.YieldFrom)
_ROUNDS = 8

N = TypeVar("N", bound=ast.AST)


class Other(Struct, frozen=True):
    """What the way that was not taken would have done."""

    line: int
    text: str


class Slice(Struct, frozen=True):
    """A place in a function, and the statements that what stands there is made by."""

    goal: Place
    made_by: tuple[ast.AST, ...] = ()
    tree: ast.AST | None = None
    scope: ast.AST | None = None

    @classmethod
    def to(cls, tree: ast.Module | None, goal: Place) -> "Slice":
        """Follow the names of the statement back through what is assigned to them."""
        return _slice(tree, goal) if tree is not None else cls(goal)

    @classmethod
    def made(cls, tree: ast.Module, goal: Place) -> "Slice":
        """As `to`, computed anew."""
        scope = _scope_at(tree, goal)
        statement = _innermost(scope, goal) or scope
        names = set(_names(statement))
        assigned = _assigned(scope)
        made_by: dict[ast.AST, None] = {statement: None}
        for _ in range(_ROUNDS):
            more = [one for one in assigned if one[1] & names and one[0] not in made_by]
            if not more:
                break
            for node, _, used in more:
                made_by[node] = None
                names |= used
        return cls(goal, tuple(made_by), tree, scope)

    def uses(self, at: Place) -> bool:
        """Whether a place stands in one of the statements."""
        return any(_holds(one, at) for one in self.made_by if isinstance(one, ast.stmt))

    def shares(self, at: Place) -> bool:
        """Whether a place stands in the same function."""
        return self.tree is not None and _scope_at(self.tree, at) is self.scope

    def needs(self, node: ast.AST) -> bool:
        """Whether the place hangs on a branch: inside, after a way out, or by a name."""
        if not self.made_by or _holds(node, self.goal):
            return True
        if isinstance(node, ast.IfExp):
            return any(inner is node for one in self.made_by for inner in walk(one))
        within, leaves = _within(node)
        return leaves or not within.isdisjoint(self.made_by)


@lru_cache(maxsize=2048)
def _slice(tree: ast.Module, goal: Place) -> Slice:
    return Slice.made(tree, goal)


def node_at(tree: ast.Module | None, at: Place, kind: type[N]) -> N | None:
    """The outermost piece of code of a kind that begins at a place."""
    for node in walk_to(tree, at.line or 0) if tree is not None else ():
        if isinstance(node, kind) and getattr(node, "lineno", None) == at.line:
            column = getattr(node, "col_offset", -1) + 1
            if at.column is None or column == at.column:
                return node
    return None


def statement_of(tree: ast.Module | None, node: ast.AST) -> ast.stmt | None:
    """The statement that gives a name to a value, or returns it."""
    line = getattr(node, "lineno", 0)
    for one in walk_to(tree, line) if tree is not None else ():
        if isinstance(one, ast.Assign | ast.AnnAssign | ast.Return) and one.value is node:
            return one
    return None


def otherwise(tree: ast.Module | None, node: ast.AST, *, truth: bool) -> Other | None:
    """What the other side of a branch does, where one statement says it."""
    if isinstance(node, ast.IfExp):
        other = node.orelse if truth else node.body
        shown = without_texts(other) if _is_of_secret(tree, node) else other
        return Other(other.lineno, source(shown))
    if not isinstance(node, ast.If):
        return None
    body = node.orelse if truth else node.body
    if not body and any(isinstance(one, _LEAVING) for one in node.body):
        body = _following(tree, node)
    telling = next((s for s in body if isinstance(s, ast.Return | ast.Raise | ast.Assign)), None)
    return Other(telling.lineno, source(telling)) if telling is not None else None


def _is_of_secret(tree: ast.Module | None, node: ast.expr) -> bool:
    """Whether what a choice gives belongs to a name that speaks of secrets."""
    around = walk_to(tree, node.lineno) if tree is not None else ()
    return any(node in walk(value) for one in around for value in given_to_secrets(one))


def _following(tree: ast.Module | None, node: ast.stmt) -> list[ast.stmt]:
    for parent in walk_to(tree, node.lineno) if tree is not None else ():
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and node in block:
                return list(block[block.index(node) + 1 :])
    return []


def _scope_at(tree: ast.AST, at: Place) -> ast.AST:
    """The innermost function around a place, else the module."""
    return _innermost(tree, at, ast.FunctionDef, ast.AsyncFunctionDef) or tree


def _innermost(around: ast.AST, at: Place, *kinds: type[ast.stmt]) -> ast.AST | None:
    """The innermost statement of some kinds, or of any, that has a place inside."""
    found: ast.AST | None = None
    pending = [around]
    while pending:
        for node in _statements(pending.pop()):
            if not isinstance(node, ast.stmt):
                pending.append(node)
            elif _holds(node, at):
                pending.append(node)
                found = node if not kinds or isinstance(node, kinds) else found
    return found


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements directly inside of a piece of code, and what only holds statements."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        inside = getattr(node, name, None)
        if isinstance(inside, list):
            yield from inside


def _start(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _holds(node: ast.AST, at: Place) -> bool:
    """Whether a piece of code has a place inside."""
    if not hasattr(node, "lineno"):
        return False
    end = getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0)
    return _start(node) <= (at.line or 0, (at.column or 1) - 1) < end


def _own(node: ast.AST) -> list[ast.AST]:
    """A piece of code and what is in it, but for the functions that it only defines."""
    found: list[ast.AST] = []
    pending = [node]
    while pending:
        one = pending.pop()
        found.append(one)
        inside = [child for child in children(one) if type(child) not in _DEFINED]
        inside.reverse()
        pending += inside
    return found


@lru_cache(maxsize=256)
def _within(node: ast.AST) -> tuple[frozenset[ast.AST], bool]:
    """A branch and what is in it, and whether it has a way out."""
    inside = _own(node)
    return frozenset(inside), any(isinstance(one, _LEAVING + _YIELDING) for one in inside)


@lru_cache(maxsize=64)
def _assigned(scope: ast.AST) -> list[tuple[ast.AST, frozenset[str], frozenset[str]]]:
    """The statements of a function that give names a value or change it, and all names in each."""
    every = [node for child in children(scope) for node in _with_definitions(child)]
    imported = {name for one in every if isinstance(one, _IMPORTS) for name in _imported(one)}
    found: list[tuple[ast.AST, frozenset[str], frozenset[str]]] = []
    for node in every:
        targets = _targets(node)
        if isinstance(node, ast.Expr):
            targets -= imported
        if targets:
            found.append((node, targets, _used(node)))
    return found


def _with_definitions(node: ast.AST) -> Iterator[ast.AST]:
    """A piece of code and what is in it; of functions only that they are defined."""
    pending = [node]
    while pending:
        one = pending.pop()
        yield one
        if not isinstance(one, _SCOPES):
            pending += reversed(children(one))


def _used(node: ast.AST) -> frozenset[str]:
    """What a statement is made of; an import hangs on the modules that there are."""
    if isinstance(node, _IMPORTS):
        return frozenset({"sys"})
    if isinstance(node, Definition):
        parts = [*node.decorator_list, *getattr(node, "bases", ())]
        return frozenset[str]().union(*map(_names, parts))
    return _names(node)


def _imported(node: ast.Import | ast.ImportFrom) -> frozenset[str]:
    return frozenset((one.asname or one.name).partition(".")[0] for one in node.names)


def _targets(node: ast.AST) -> frozenset[str]:
    """The names that a statement gives a value, or whose value it changes."""
    if isinstance(node, _IMPORTS):
        return _imported(node)
    if isinstance(node, Definition):
        return frozenset({node.name})
    if isinstance(node, ast.Expr):
        called = node.value.func if isinstance(node.value, ast.Call) else None
        return _root(called) if isinstance(called, ast.Attribute) else frozenset()
    return frozenset(name for one in _written(node) for name in _names(one))


def _written(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.Assign() | ast.Delete():
            return node.targets
        case ast.withitem():
            return [node.optional_vars] if node.optional_vars else []
        case ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr() | ast.For():
            return [node.target]
    return ()


def _root(node: ast.expr) -> frozenset[str]:
    """The name that a chain of attributes begins with: a method may change what it means."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return frozenset({node.id}) if isinstance(node, ast.Name) else frozenset()


def _names(node: ast.AST) -> frozenset[str]:
    """The names in a piece of code; an attribute stands for itself and its object."""
    found = set()
    for inner in _own(node):
        if isinstance(inner, ast.Name):
            found.add(inner.id)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            found.add(f"{inner.value.id}.{inner.attr}")
    return frozenset(found - {"self", "cls"})
