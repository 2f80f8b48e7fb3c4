"""Texts of Bicep; what is spread in them (``...x``) stands in a form that its grammar has."""

import re

from readiness.document.syntax import Syntax
from readiness.document.syntax import parse as parse_syntax

_PARTS = re.compile(r"'''.*?'''|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/|\.\.\.|[][{}()]", re.DOTALL)
SPREAD = "_"
"""The key under which an object holds what is spread in it; in a list that is ``!!x``."""


def parse(text: str, path: str) -> Syntax:
    """Parse a text of Bicep; raises `Malformed` where it is none."""
    return parse_syntax("bicep", _without_spreads(text), path)


def parse_parameters(text: str, path: str) -> Syntax:
    """Parse a file of parameters, whose values have no type; they stand as variables."""
    text = re.sub(r"(?m)^(?:using|extends|import)\b[^\n]*", "", text)
    return parse(re.sub(r"(?m)^param(?=\s+\w+\s*=)", "var  ", text), path)


def _without_spreads(text: str) -> str:
    """The text with as many signs as before, so that every place stays."""
    if "..." not in text:
        return text
    opened: list[str] = []

    def written(found: re.Match[str]) -> str:
        sign = found[0]
        if sign in {"[", "{", "("}:
            opened.append(sign)
        elif sign in {"]", "}", ")"} and opened:
            opened.pop()
        elif sign == "...":
            return f"{SPREAD}: " if opened[-1:] == ["{"] else "!! "
        return sign

    return _PARTS.sub(written, text)


def spread(node: Syntax) -> Syntax | None:
    """What an element of a list spreads; None where it is an element itself."""
    if node.kind == "unary_expression" and node.signs == ("!",):
        inner = next(iter(node), None)
        if inner is not None and inner.kind == "unary_expression" and inner.signs == ("!",):
            return next(iter(inner), None)
    return None
