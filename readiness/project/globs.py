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
        if _ODD.search(glob):
            return filter(_pattern(glob).match, self.paths)
        folder, slash, name = glob.rpartition("/")
        if not slash or folder == "**":
            return self._named(name)
        if not self._folders.issuperset(piece for piece in folder.split("/") if _is_plain(piece)):
            return ()
        if not glob.startswith("*"):
            return filter(_pattern(glob).match, self._beginning(glob))
        paths = sorted(path for one in self._like(name) for path in self._by_name[one])
        return filter(_pattern(glob).match, paths) if paths else ()

    def _named(self, glob: str) -> Iterable[str]:
        """The paths whose names match."""
        names = self._like(glob)
        if names and not _is_plain(glob) and not _ENDING.fullmatch(glob):
            names = tuple(filter(_pattern(glob).match, names))
        return sorted(path for name in names for path in self._by_name[name])

    def _like(self, glob: str) -> Sequence[str]:
        """The names that may match, told by their endings."""
        if _is_plain(glob):
            return (glob,) if glob in self._by_name else ()
        ending = _LAST.search(glob)
        return self._by_ending.get(ending[1], ()) if ending else tuple(self._by_name)

    def _beginning(self, glob: str) -> Iterable[str]:
        """The paths that begin as a glob does, up to its first sign."""
        head = _SIGNS.split(glob, maxsplit=1)[0].removeprefix("/")
        start = bisect_left(self.paths, head)
        return takewhile(lambda path: path.startswith(head), islice(self.paths, start, None))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    @cached_property
    def _by_ending(self) -> dict[str, list[str]]:
        """The names by what follows on their last dot."""
        found: dict[str, list[str]] = {}
        for name in self._by_name:
            found.setdefault(name.rpartition(".")[2], []).append(name)
        return found

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The name of every folder, and none for the root."""
        whole = {path.rpartition("/")[0] for path in self.paths}
        return frozenset({"", *(piece for folder in whole for piece in folder.split("/"))})


_ODD = re.compile(r"\{[^}]*/|[^/]\*\*/")
"""Where a slash does not part two names."""
_SIGNS = re.compile(r"[*?{]")
_ENDING = re.compile(r"\*\.\w+")
_LAST = re.compile(r"\.(\w+)\Z")


def _is_plain(piece: str) -> bool:
    return _SIGNS.search(piece) is None


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
