"""A line of a script: its commands, and the conditions and loops that begin and end there."""

import re
from collections.abc import Iterator

_PARTS = re.compile(r"&&|\|\||[;|&\n]")
_QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"")
# What a shell puts in place of a command that it runs: one word, whatever is in it.
_RUN = re.compile(r"\$\([^()]*\)")
_BEGINS = {("if",), ("while",), ("until",), ("for",), ("case",)}
_ENDS = {("fi",), ("done",), ("esac",), ("}",)}


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a line, each with the sign before it, parted as the shell does it."""
    hidden = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    hidden = _RUN.sub(lambda found: "x" * len(found[0]), hidden)
    start, sign = 0, ""
    for found in _PARTS.finditer(hidden):
        yield sign, text[start : found.start()].strip()
        start, sign = found.end(), found[0]
    yield sign, text[start:].strip()


def entered(words: tuple[str, ...]) -> int:
    """How many conditions, loops and functions begin with a command, less those that end."""
    first = words[:1]
    begins = first in _BEGINS or "{" in words or words[-1:] == ("()",)
    return int(begins) - int(first in _ENDS)


def as_words(part: str) -> str:
    """A command where what the shell runs within it is one word."""
    return _RUN.sub(lambda found: "".join(found[0].split()), part)
