"""Names for the key of something: ``KEY = "SECRET_KEY"``, then ``config[KEY] = "…"``."""

import ast
from collections.abc import Iterator

from readiness.checkers.names import is_password, is_secret, is_signing_key
from readiness.checkers.parts import parts_of
from readiness.checkers.spelling import READERS, name_of, text_of

_LOOKS_UP = frozenset({"get", "pop", "setdefault"})


def spelled_out(tree: ast.Module) -> ast.Module:
    """The module with the text itself in every place of a key where a constant stands for it."""
    texts = _constants(tree)
    if any(map(_may_name, texts.values())):
        pending: list[ast.AST] = [tree]
        for node in pending:
            _spell(node, texts)
            pending += parts_of(node)
    return tree


def variables_in(tree: ast.Module) -> frozenset[str]:
    """The names of the module that hold that of a variable: `os.environ[NAME]` shows it."""
    texts = _constants(tree)
    if not any(map(is_password, texts)):
        return frozenset()
    pending: list[ast.AST] = [tree]
    found: set[str] = set()
    for node in pending:
        found |= set(_keys(node)) & texts.keys()
        pending += parts_of(node)
    return frozenset(found)


def _keys(node: ast.AST) -> Iterator[str]:
    """The name by which a piece of the source asks for a variable, or sets one."""
    match node:
        case ast.Subscript(value=box, slice=ast.Name(id=name)) if name_of(box) == "environ":
            yield name
        case ast.Call(func=ast.Attribute(value=box, attr=way), args=[ast.Name(id=name), *_]):
            if way == "getenv" or (name_of(box) == "environ" and way in _LOOKS_UP):
                yield name
        case ast.Call(func=ast.Name(id="getenv"), args=[ast.Name(id=name), *_]):
            yield name


def _constants(tree: ast.Module) -> dict[str, str]:
    """The names of the module and of its classes that are given one text and nothing else."""
    found: dict[str, list[str]] = {}
    for head, body in _bodies(tree):
        for one in body:
            targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", one)]
            text = text_of(getattr(one, "value", None))
            for target in targets:
                if isinstance(target, ast.Name):
                    found.setdefault(head + target.id, []).append(text or "")
    return {name: texts[0] for name, texts in found.items() if len(texts) == 1 and texts[0]}


def _bodies(tree: ast.Module) -> list[tuple[str, list[ast.stmt]]]:
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef)]
    return [("", tree.body), *((f"{one.name}.", one.body) for one in classes)]


def _may_name(text: str) -> bool:
    """Tell whether a text is, or ends like, the name of something secret."""
    return text.endswith("_") or is_password(text) or is_secret(text) or is_signing_key(text)


def _spell(node: ast.AST, texts: dict[str, str]) -> None:
    match node:
        case ast.Subscript(slice=key):
            node.slice = _text(key, texts)
        case ast.Dict(keys=keys):
            node.keys = [key and _text(key, texts) for key in keys]
        case ast.Call(func=func, args=[key, *_]) if name_of(func) in READERS | _LOOKS_UP:
            node.args[0] = _text(key, texts)


def _text(key: ast.expr, texts: dict[str, str]) -> ast.expr:
    said = _said(key, texts)
    return key if said is None else ast.copy_location(ast.Constant(said), key)


def _said(key: ast.expr, texts: dict[str, str]) -> str | None:
    match key:
        case ast.Constant(value=str() as text):
            return text
        case ast.Name() | ast.Attribute(value=ast.Name()):
            return texts.get(ast.unparse(key))
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return _said(inner, texts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined([left, right], texts)
        case ast.JoinedStr(values=values):
            return _joined(values, texts)
    return None


def _joined(parts: list[ast.expr], texts: dict[str, str]) -> str | None:
    said = [_said(one, texts) for one in parts]
    return None if None in said else "".join(one or "" for one in said)
