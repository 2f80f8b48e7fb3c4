"""A failing program made small: whatever can go without the failure going is taken away."""

import ast
from collections.abc import Callable, Iterator, Mapping

Files = dict[str, str]
Fails = Callable[[Files], bool]


def shrink(files: Mapping[str, str], fails: Fails, most: int = 1500) -> Files:
    """The smallest program found that still fails; ``most`` is how often it is tried."""
    best, left = dict(files), [most]
    while True:
        smaller = next(_failing(best, fails, left), None)
        if smaller is None:
            return best
        best = smaller


def _failing(files: Files, fails: Fails, left: list[int]) -> Iterator[Files]:
    for candidate in _candidates(files):
        if left[0] <= 0:
            return
        left[0] -= 1
        if _size(candidate) < _size(files) and _parses(candidate) and fails(candidate):
            yield candidate


def _size(files: Files) -> int:
    return sum(map(len, files.values()))


def _parses(files: Files) -> bool:
    try:
        for path, text in files.items():
            if path.endswith(".py"):
                compile(text, path, "exec")
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _candidates(files: Files) -> Iterator[Files]:
    """Programs with one file, some statements, or a part of an expression less."""
    for path in files:
        if path != "main.py":
            yield {other: text for other, text in files.items() if other != path}
    for path, text in files.items():
        if path.endswith(".py"):
            for smaller in (*_without_statements(text), *_with_less(text)):
                yield {**files, path: smaller}


def _bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody", "handlers"):
            held = getattr(node, name, None)
            if isinstance(held, list):
                yield held


def _without_statements(text: str) -> Iterator[str]:
    """The text without a run of statements, long runs first; or one replaced by its body."""
    count = len(list(_bodies(ast.parse(text))))
    for index in range(count):
        length = len(list(_bodies(ast.parse(text)))[index])
        for width in dict.fromkeys((length, length // 2, length // 4, 1)):
            for start in range(0, length if width else 0, max(width, 1)):
                tree = ast.parse(text)
                body = list(_bodies(tree))[index]
                del body[start : start + width]
                yield _written(tree)
        for start in range(length):
            tree = ast.parse(text)
            body = list(_bodies(tree))[index]
            inner = getattr(body[start], "body", None)
            if isinstance(inner, list) and isinstance(inner[0], ast.stmt):
                body[start : start + 1] = inner
                yield _written(tree)


def _written(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if body == [] and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]  # type: ignore[attr-defined]
    try:
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    except ValueError:  # what cannot stand there, as in an f-string
        return "not a program"


def _with_less(text: str) -> Iterator[str]:
    """The text with one expression replaced by a part of it, or by a constant."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr)]
    for index in range(len(nodes)):
        for part in range(4):
            tree = ast.parse(text)
            found = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
            replacement = _part(found[index], part)
            if replacement is not None:
                _Replacing(found[index], replacement).visit(tree)
                yield _written(tree)


def _part(node: ast.expr, part: int) -> ast.expr | None:
    children = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
    if part < len(children):
        return children[part]
    if part == len(children) and not isinstance(node, ast.Constant):
        return ast.Constant("a")
    return None


class _Replacing(ast.NodeTransformer):
    """Puts one expression in place of another."""

    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)
