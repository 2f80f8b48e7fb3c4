"""The commands that a function of the code has in its texts."""

import ast
import re
from collections.abc import Iterator

from readiness.checkers.spelling import name_of, text_of

Function = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LISTS = (ast.List, ast.Tuple, ast.Call)
# What only speaks of the words in it: to a reader, or to whoever catches an error.
_TALKS = re.compile(
    r"(?:print|echo|secho|info|debug|warn|warning|error|exception|critical|log|fail|which|option"
    r"|argument|add_argument|\w*(?:Error|Exception|Exit|Warning))\Z"
)
# A text of its own that is more than a name.
_MORE = re.compile(r"[\s./]")


def commands_in(function: Function) -> str:
    """The texts of a function, a line for each; those of a list or a call in one."""
    return "\n".join(line for one in function.body for line in _lines(one) if line)


def _lines(node: ast.AST) -> Iterator[str]:
    if isinstance(node, _FUNCTIONS) or (isinstance(node, ast.Call) and _only_talks(node)):
        return
    if isinstance(node, ast.Expr) and text_of(node.value) is not None:
        return
    if isinstance(node, ast.expr) and (text := text_of(node)) is not None:
        yield text if _MORE.search(text) else ""
        return
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, _LISTS):
        yield " ".join(text for one in inner if (text := _text(one)))
        inner = [one for one in inner if _text(one) is None]
    for one in inner:
        yield from _lines(one)


def _text(node: ast.AST) -> str | None:
    return text_of(node) if isinstance(node, ast.expr) else None


def _only_talks(call: ast.Call) -> bool:
    return bool(_TALKS.match(name_of(call.func)))
