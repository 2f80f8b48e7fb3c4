"""Pieces of code as messages show them."""

import ast
from collections.abc import Collection

LONGEST = 60
WIDEST = 400
# The arguments by which a long call is told.
TELLING = ("db", "storage", "db_url", "url", "dsn", "conninfo", "db_engine")


def shown(node: ast.AST) -> str:
    """A piece of code in one line, cut where it is long; computed once for each piece."""
    known: str | None = getattr(node, "_shown", None)
    if known is None:
        known = _shown(node)
        node._shown = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept with its node
    return known


def _shown(node: ast.AST) -> str:
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
    width = getattr(node, "end_col_offset", 0) - getattr(node, "col_offset", 0)
    if last - first > 2 or width > WIDEST:  # noqa: PLR2004 - more than a message can hold
        return "a long expression"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def source(node: ast.AST, telling: Collection[str] = ()) -> str:
    """A piece of code in one line; of a long call, its name and what matters of its arguments."""
    text = shown(node)
    if not isinstance(node, ast.Call) or not text.endswith(("...", "a long expression")):
        return text
    name = shown(node.func)
    words = telling or TELLING
    kept = [f"{one.arg}={_short(one.value)}" for one in node.keywords if one.arg in words]
    inside = ", ".join([*kept[:1], "…"])
    return f"{name}({inside})"


def _short(node: ast.AST) -> str:
    text = shown(node)
    return "…" if text.endswith(("...", "a long expression")) else text
