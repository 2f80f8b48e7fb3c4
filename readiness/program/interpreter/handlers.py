"""Which errors the handlers around would see."""

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


_ABOVE: Mapping[str, tuple[str, ...]] = {
    "KeyError": ("KeyError", "LookupError", "Exception", "BaseException"),
    "IndexError": ("IndexError", "LookupError", "Exception", "BaseException"),
    "ImportError": ("ImportError", "ModuleNotFoundError", "Exception", "BaseException"),
}


def catches(machine: "Machine", error: str) -> bool:
    """Whether a handler around would see this error."""
    short = error.rpartition(".")[2]
    names = _ABOVE.get(short, (short, "ValueError", "Exception", "BaseException"))
    return any(_catches(node, names) for node in machine.handlers)


def _catches(node: ast.Try, names: tuple[str, ...]) -> bool:
    for handler in node.handlers:
        if handler.type is None:
            return True
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(ast.unparse(kind).rpartition(".")[2] in names for kind in kinds):
            return True
    return False
