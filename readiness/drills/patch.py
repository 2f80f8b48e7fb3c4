"""Unified diffs, applied exactly or not at all."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from readiness.model.errors import InternalError

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_NOWHERE = "/dev/null"


class Hunk(Struct, frozen=True):
    """One run of lines: where it starts (from 1), what stands there and what shall."""

    start: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class Change(Struct, frozen=True):
    """What a patch does to one file, which it may also make or remove."""

    path: str
    hunks: tuple[Hunk, ...]
    removes: bool = False

    def apply(self, lines: list[str]) -> list[str]:
        """Give the lines as they shall be; raises where one of them is not as expected."""
        result = list(lines)
        for hunk in reversed(self.hunks):
            first = max(hunk.start - 1, 0)
            if tuple(result[first : first + len(hunk.before)]) != hunk.before:
                raise InternalError(f"{self.path}:{hunk.start} is not what the patch expects")
            result[first : first + len(hunk.before)] = hunk.after
        return result


def apply_patch(folder: Path, text: str) -> None:
    """Change the files of a folder as a unified diff says: all of them, or none."""
    changes = list(parse(text))
    results = [change.apply(_lines(folder / change.path)) for change in changes]
    for change, lines in zip(changes, results, strict=True):
        path = folder / change.path
        if change.removes:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def parse(text: str) -> Iterator[Change]:
    """Read the changes of a unified diff; what stands before the first is for people."""
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        if not lines[index].startswith("--- "):
            index += 1
            continue
        path, removes = _target(lines[index][4:], lines[index + 1][4:])
        hunks, index = _hunks(lines, index + 2)
        yield Change(path, hunks, removes)


def _target(old: str, new: str) -> tuple[str, bool]:
    removes = new == _NOWHERE
    path = (old if removes else new).partition("/")[2]
    if not path or ".." in PurePosixPath(path).parts or path.startswith("/"):
        raise InternalError(f"a patch names {path or 'no file'}, which is not in the project")
    return path, removes


def _hunks(lines: list[str], index: int) -> tuple[tuple[Hunk, ...], int]:
    hunks: list[Hunk] = []
    while index < len(lines) and (head := _HUNK.match(lines[index])):
        size = [int(count) if count else 1 for count in head.groups()[1:]]
        before: list[str] = []
        after: list[str] = []
        index += 1
        # Counted, since a removed SQL comment looks like the head of the next file.
        while len(before) < size[0] or len(after) < size[1]:
            mark, rest = (lines[index] or " ")[0], lines[index][1:]
            before += [rest] * (mark in " -")
            after += [rest] * (mark in " +")
            index += 1
        hunks.append(Hunk(int(head[1]), tuple(before), tuple(after)))
    return tuple(hunks), index


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.is_file() else []
