"""Where an offset of a text stands, as line and column."""

import re
from bisect import bisect_right

from readiness.model.place import Place

_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of one text; turns offsets into places."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._starts = [0, *(found.end() for found in _END.finditer(text))]

    def at(self, offset: int) -> Place:
        """The place of a character, counted from the start of the text."""
        line = bisect_right(self._starts, offset)
        return Place(self._path, line, offset - self._starts[line - 1] + 1)
