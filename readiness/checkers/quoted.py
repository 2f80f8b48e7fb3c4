"""A text told by where its pieces stand in a file, so that it can be kept without being written.

What is kept of a file is numbers: whoever reads them and has not the file learns nothing of it.
"""

from collections.abc import Sequence

from readiness.checkers.spelling import HOLE

_MOST = 200
"""Of how many pieces a text may be: one with more is rather read again."""


def places_of(text: str, content: bytes) -> list[int] | None:
    """The start and the length of each piece of a text; None where a file has not all of them.

    A hole is a piece of no length.
    """
    found: list[int] = []
    for number, part in enumerate(text.split(HOLE)):
        found += (0, 0) if number else ()
        pieces = _pieces(part.encode(errors="surrogatepass"), content)
        if pieces is None or len(found) + len(pieces) > _MOST:
            return None
        found += pieces
    return found


def quoted(places: Sequence[int], content: bytes) -> str:
    """The text whose pieces stand there; ValueError where they cannot be of one."""
    pieces = [
        content[start : start + length] if length else HOLE.encode()
        for start, length in zip(places[::2], places[1::2], strict=True)
    ]
    return b"".join(pieces).decode()


def _pieces(part: bytes, content: bytes) -> list[int] | None:
    found: list[int] = []
    while part:
        length = _longest(part, content)
        if length == 0 or len(found) > _MOST:
            return None
        found += (content.find(part[:length]), length)
        part = part[length:]
    return found


def _longest(part: bytes, content: bytes) -> int:
    """How many of the first bytes stand side by side in a file."""
    if part in content:
        return len(part)
    least, most = 0, len(part)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if part[:middle] in content else (least, middle)
    return least
