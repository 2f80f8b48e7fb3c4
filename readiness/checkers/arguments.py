"""Which texts may give an argument to a call of some name, told without parsing them."""

import re

ASSIGNED = rb"(?:[\s\\]|#[^\n]*)*=(?!=)"
"""What follows the name of an argument that is given."""
_DEFINED = re.compile(rb"\bdef(?:[ \t\f]|\\\r?\n)+\Z")
_FAR = 80
_TOKEN = re.compile(
    rb"""
    (?P<opens>[(\[{]) | (?P<closes>[)\]}]) | \#[^\n]*
    | \b(?P<formatted>(?:[fF][rR]?|[rR][fF])["'])
    | "{3}(?:[^\\]|\\.)*?"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | (?P<unclear>["'])
    """,
    re.VERBOSE | re.DOTALL,
)


def may_be_given(text: bytes, calls: re.Pattern[bytes], arguments: re.Pattern[bytes]) -> bool:
    """Tell whether one of the arguments may stand inside of one of the calls.

    The pattern of the calls ends with the bracket that opens; a definition is no call.
    """
    return any(
        arguments.search(text, call.end(), _end(text, call.end()))
        for call in calls.finditer(text)
        if not _DEFINED.search(text, max(0, call.start() - _FAR), call.start())
    )


def _end(text: bytes, start: int) -> int:
    """Where the bracket closes that opens before a place; the end of all where that is unclear."""
    depth = 1
    for token in _TOKEN.finditer(text, start):
        if token["formatted"] or token["unclear"]:
            break
        depth += bool(token["opens"]) - bool(token["closes"])
        if depth == 0:
            return token.start()
    return len(text)
