"""Globs over the paths of a project."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import islice, takewhile


def matches(path: str, glob: str) -> bool:
    """Tell whether a path (POSIX, relative) matches.

    A glob without a slash matches the name in any folder, as in ``.gitignore``; ``**``
    crosses folders, ``*`` and ``?`` do not, ``{a,b}`` gives alternatives.
    """
    return _pattern(glob).match(path) is not None


def matches_any(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path matches one of the globs."""
    return any(matches(path, glob) for glob in globs)


class Names:
    """The paths of a project, sorted, so arranged that many globs are answered quickly."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self._answers: dict[str, tuple[str, ...]] = {}

    def matching(self, glob: str) -> tuple[str, ...]:
        """The paths that match a glob, in the order of all paths."""
        if glob not in self._answers:
            self._answers[glob] = tuple(self._matching(glob))
        return self._answers[glob]

    def _matching(self, glob: str) -> Iterable[str]:
        folder, slash, name = glob.rpartition("/")
        if slash and folder != "**":
            return filter(_pattern(glob).match, self._beginning(glob))
        if not re.search(r"[*?{]", name):
            return self._by_name.get(name, ())
        ending = re.fullmatch(r"\*(\.\w+)", name)
        if ending:
            return (path for path in self.paths if path.endswith(ending[1]))
        own = set(filter(_pattern(name).match, self._by_name))
        return (path for path in self.paths if path.rpartition("/")[2] in own) if own else ()

    def _beginning(self, glob: str) -> Iterable[str]:
        """The paths that begin as a glob does, up to its first sign."""
        head = re.split(r"[*?{]", glob, maxsplit=1)[0].removeprefix("/")
        start = bisect_left(self.paths, head)
        return takewhile(lambda path: path.startswith(head), islice(self.paths, start, None))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    body = "".join(_translate(token) for token in re.findall(r"\*\*/?|\*|\?|\{[^}]*\}|.", glob))
    prefix = "" if "/" in glob else "(?:.*/)?"
    return re.compile(f"{prefix}{body.removeprefix('/')}\\Z", re.DOTALL)


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
