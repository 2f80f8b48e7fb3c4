"""Globs over the paths of a project."""

import re
from collections.abc import Iterable
from functools import cache


def matches(path: str, glob: str) -> bool:
    """Tell whether a path (POSIX, relative) matches.

    A glob without a slash matches the name in any folder, as in ``.gitignore``; ``**``
    crosses folders, ``*`` and ``?`` do not, ``{a,b}`` gives alternatives.
    """
    return _pattern(glob).match(path) is not None


def matches_any(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path matches one of the globs."""
    return any(matches(path, glob) for glob in globs)


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    body = "".join(_translate(token) for token in re.findall(r"\*\*/?|\*|\?|\{[^}]*\}|.", glob))
    prefix = "" if "/" in glob else "(?:.*/)?"
    return re.compile(f"{prefix}{body.removeprefix('/')}\\Z")


def _translate(token: str) -> str:
    match token:
        case "**/":
            return "(?:.*/)?"
        case "**":
            return ".*"
        case "*":
            return "[^/]*"
        case "?":
            return "[^/]"
        case _ if token.startswith("{"):
            options = token[1:-1].split(",")
            return f"(?:{'|'.join(re.escape(option) for option in options)})"
        case _:
            return re.escape(token)
