"""A piece of code as it may be shown: without what could be a secret in it."""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from readiness.environment.sensitive import is_sensitive_name, shown_text
from readiness.program.interpreter.wording import LONG, is_long, shown, written

HIDDEN = "…"
_CUT = ("...", LONG)
# The arguments by which a long call is told.
TELLING = ("db", "storage", "db_url", "url", "dsn", "conninfo", "db_engine")


def discreet(node: ast.AST) -> ast.AST:
    """A copy of a piece of code, its texts hidden where a name beside them speaks of secrets."""
    made: ast.AST = _Discreet().visit(_copied(node))
    return ast.copy_location(made, node)


def _copied(node: Any) -> Any:
    """A copy of a tree, but for the names in it; made much faster than by `deepcopy`."""
    if isinstance(node, list):
        return [_copied(one) for one in node]
    if not isinstance(node, ast.AST) or type(node) is ast.Name:
        return node
    made = type(node)()
    for name in node._fields:
        value = getattr(node, name, None)
        whole = name in _WHOLE or not isinstance(value, (ast.AST, list))
        setattr(made, name, value if whole else _copied(value))
    return made


_WHOLE = frozenset({"ctx", "op", "ops"})
"""What never holds a text."""


def without_texts(node: ast.expr) -> ast.expr:
    """A copy of a piece of code whose texts are hidden."""
    return ast.copy_location(_without_texts(_copied(node)), node)


def given_to_secrets(node: ast.AST) -> Iterator[ast.expr]:
    """What a piece of code gives to names that speak of secrets."""
    match node:
        case ast.keyword(arg=name, value=value) if _speaks(name):
            yield value
        case ast.Assign(targets=targets, value=value) if any(
            _speaks(name) for one in targets for name in _names(one)
        ):
            yield value
        case ast.AnnAssign(target=target, value=ast.expr() as value) if _speaks(_name_of(target)):
            yield value
        case ast.Call(func=func, args=given) if _speaks(_name_of(func)):
            yield from given
        case ast.Dict(keys=keys, values=values):
            yield from (value for key, value in zip(keys, values, strict=True)
                        if isinstance(key, ast.Constant) and _speaks(key.value))  # fmt: skip
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _speaks(name):
            yield from (one.value for one in ast.walk(node)
                        if isinstance(one, ast.Return) and one.value is not None)  # fmt: skip


class _Discreet(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        """As its own, of what may hold a text."""
        if type(node) is ast.Name:
            return node
        method = _VISITS.get(type(node))
        made: ast.AST = method(self, node) if method is not None else self.generic_visit(node)
        return made

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Change all parts of a copy; none is taken out."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list) and name not in _WHOLE:
                value[:] = [self.visit(one) if isinstance(one, ast.AST) else one for one in value]
            elif isinstance(value, ast.AST) and name not in _WHOLE:
                setattr(node, name, self.visit(value))
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.Constant(shown_text(node.value))
        return node if not isinstance(node.value, bytes) else ast.Constant(HIDDEN)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """``getenv("DB_PASSWORD", "...")``: what stands beside a name is its default."""
        named = [one for one in node.args if isinstance(one, ast.Constant) and _speaks(one.value)]
        if named or _speaks(_name_of(node.func)):
            node.args = [one if one in named else _without_texts(one) for one in node.args]
        for keyword in node.keywords:
            if named or _speaks(keyword.arg):
                keyword.value = _without_texts(keyword.value)
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if any(_speaks(_name_of(target)) for target in node.targets):
            node.value = _without_texts(node.value)
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None and _speaks(_name_of(node.target)):
            node.value = _without_texts(node.value)
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        sides = [node.left, *node.comparators]
        if any(_speaks(name) for side in sides for name in _names(side)):
            node.left = _without_texts(node.left)
            node.comparators = [_without_texts(one) for one in node.comparators]
        return self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        node.values = [
            _without_texts(value)
            if isinstance(key, ast.Constant) and _speaks(key.value)
            else value
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return self.generic_visit(node)


_VISITS: Mapping[type[ast.AST], Callable[[_Discreet, Any], ast.AST]] = {
    ast.Constant: _Discreet.visit_Constant, ast.Call: _Discreet.visit_Call,
    ast.Assign: _Discreet.visit_Assign, ast.AnnAssign: _Discreet.visit_AnnAssign,
    ast.Compare: _Discreet.visit_Compare, ast.Dict: _Discreet.visit_Dict,
}  # fmt: skip


def _without_texts(node: ast.expr) -> ast.expr:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str | bytes):
            inner.value = inner.value if _speaks(inner.value) else HIDDEN
    return node


def _names(node: ast.AST) -> list[str]:
    found = [_name_of(inner) for inner in ast.walk(node)]
    found += [i.value for i in ast.walk(node)
              if isinstance(i, ast.Constant) and isinstance(i.value, str)]  # fmt: skip
    return [name for name in found if name]


def _name_of(node: ast.AST) -> str | None:
    return getattr(node, "attr", None) or getattr(node, "id", None)


def _speaks(name: object) -> bool:
    """Whether a name says that what belongs to it is a secret."""
    return isinstance(name, str) and name.isidentifier() and is_sensitive_name(name)


def source(node: ast.AST, telling: Collection[str] = ()) -> str:
    """A piece of code in one line; of a long call, its name and what matters of its arguments."""
    text = _text(node)
    if text.endswith(_CUT) and isinstance(node, ast.Return | ast.Assign) and node.value:
        targets = [] if isinstance(node, ast.Return) else node.targets
        before = "".join(f"{shown(one)} = " for one in targets) or "return "
        return f"{before}{source(node.value, telling)}"
    if not isinstance(node, ast.Call) or not text.endswith(_CUT):
        return f"{text[:-3]}…" if text.endswith("...") else text
    name = shown(node.func)
    words = telling or TELLING
    kept = [f"{one.arg}={_short(one.value)}" for one in node.keywords if one.arg in words]
    inside = ", ".join([*kept[:1], "…"])
    return f"{name}({inside})"


def _short(node: ast.AST) -> str:
    text = _text(node)
    return "…" if text.endswith(_CUT) else text


@lru_cache(maxsize=8192)
def _text(node: ast.AST) -> str:
    return LONG if is_long(node) else written(discreet(node))
