"""Texts in Python's source with values put in, in the form that Python 3.12 gave them."""

import re

PLAIN = re.compile(
    r"[rRbBuU]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"
    r"|\"(?:\\.|[^\\\"\n])*\"|'(?:\\.|[^\\'\n])*')", re.DOTALL,
)  # fmt: skip
FORMATTED = re.compile(r"(?:[rR]?[fFtT]|[fFtT][rR])(\"\"\"|'''|\"|')")
_OPEN, _CLOSED = "([{", ")]}"
_NAMED = re.compile(r"\\N\{[^}\n]*\}")
_CONVERSION = re.compile(r"![rsa][ \t]*(?=[:}])")


class Malformed(ValueError):  # noqa: N818 - an answer, not an error of ours
    """What begins like a text with values does not go on like one."""


def past(source: str, start: int) -> tuple[int, list[str]]:
    """Where a text that begins at ``start`` ends, and the expressions that it puts in."""
    begun = FORMATTED.match(source, start)
    if begun is None:
        raise Malformed
    quote, at, found = begun[1], begun.end(), list[str]()
    while not source.startswith(quote, at):
        at = _past_piece(source, at, found, quote)
    return at + len(quote), found


def _past_piece(source: str, at: int, found: list[str], quote: str) -> int:
    """The end of one letter of the text itself, or of one value that is put in."""
    letter = source[at : at + 1]
    if not letter or (letter == "\n" and len(quote) == 1):
        raise Malformed
    if named := _NAMED.match(source, at):
        return named.end()
    if letter == "\\" or source.startswith(("{{", "}}"), at):
        return at + 2
    return _past_value(source, at + 1, found) if letter == "{" else at + 1


def _past_value(source: str, start: int, found: list[str]) -> int:
    at = end = _past_expression(source, start)
    found.append(source[start:end].strip().removesuffix("="))
    if conversion := _CONVERSION.match(source, at):
        at = conversion.end()
    if source.startswith(":", at):
        at += 1
        while not source.startswith("}", at):
            at = _past_piece(source, at, found, "'")
    if not source.startswith("}", at):
        raise Malformed
    return at + 1


def _past_expression(source: str, at: int) -> int:
    """Where an expression ends: at what no bracket of its own is around."""
    depth = 0
    while at < len(source):
        letter = source[at]
        if is_text(source, at):
            at = past_any(source, at)
            continue
        if depth == 0 and (letter in "}:" or _CONVERSION.match(source, at)):
            return at
        depth += (letter in _OPEN) - (letter in _CLOSED)
        at = source.find("\n", at) if letter == "#" else at + 1
        if at < 0:
            break
    raise Malformed


def is_text(source: str, at: int) -> bool:
    """Whether a text, of either kind, begins here."""
    inside = at > 0 and (source[at - 1].isalnum() or source[at - 1] == "_")
    return not inside and bool(PLAIN.match(source, at) or FORMATTED.match(source, at))


def past_any(source: str, at: int) -> int:
    """Where the text that begins here ends."""
    if FORMATTED.match(source, at):
        return past(source, at)[0]
    plain = PLAIN.match(source, at)
    if plain is None:
        raise Malformed
    return plain.end()
