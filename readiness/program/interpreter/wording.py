"""Pieces of code as messages show them."""

import ast

LONGEST = 60
WIDEST = 400


def shown(node: ast.AST) -> str:
    """A piece of code in one line, cut where it is long; computed once for each piece."""
    known: str | None = getattr(node, "_shown", None)
    if known is None:
        known = written(node)
        node._shown = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept with its node
    return known


def written(node: ast.AST) -> str:
    """As `shown`, of a piece that was made anew."""
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
    width = getattr(node, "end_col_offset", 0) - getattr(node, "col_offset", 0)
    if last - first > 2 or width > WIDEST:  # noqa: PLR2004 - more than a message can hold
        return "a long expression"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
