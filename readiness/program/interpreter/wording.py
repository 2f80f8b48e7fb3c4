"""Pieces of code as messages show them."""

import ast

LONGEST = 60
WIDEST = 400
MOST_LINES = 2
LONG = "a long expression"


def shown(node: ast.AST) -> str:
    """A piece of code in one line, cut where it is long; computed once for each piece."""
    known: str | None = getattr(node, "_shown", None)
    if known is None:
        known = written(node)
        node._shown = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept with its node
    return known


def is_long(node: ast.AST) -> bool:
    """Whether a piece of code is more than a message can hold."""
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
    width = getattr(node, "end_col_offset", 0) - getattr(node, "col_offset", 0)
    return last - first > MOST_LINES or width > WIDEST


def written(node: ast.AST) -> str:
    """As `shown`, of a piece that was made anew."""
    if is_long(node):
        return LONG
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
