"""A search that begins before most of this program is loaded: a second process has time then.

What is looked for stands in `needles.json`, made from all that any module looks for. Where that
is not what this program looks for, the search is of no use, and made again.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from readiness.cache.walk import walk
from readiness.project.contents import read_file
from readiness.project.encodings import plain
from readiness.project.search import EVERYTHING, WAY, Pass
from readiness.project.second import Make, Second, second_for

TYPE_CHECKING = False  # as type checkers know it: this is loaded where little else is
if TYPE_CHECKING:
    from readiness.cache.bits import Note
    from readiness.cache.walk import Stamp

NEEDLES = os.path.join(os.path.dirname(__file__), "needles.json")  # noqa: PTH118, PTH120 - pathlib takes long
LARGEST = 1024 * 1024
ENOUGH = 6 * 1024 * 1024
"""From how many bytes of Python on a second process pays that searches."""


class Walked:
    """A folder as a walk found it at a moment."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.looked = time.time_ns()
        self.others: dict[str, str] = {}
        self.files: dict[str, Stamp] = dict(walk(folder, self.others))


class Early:
    """A folder that was walked through, and the second process that searches it."""

    def __init__(self, folder: str) -> None:
        self.walked = Walked(folder)
        sizes = {path: stamp[2] for path, stamp in self.walked.files.items()
                 if path.endswith(".py") and stamp[2] <= LARGEST}  # fmt: skip
        self._needles: list[bytes] = []
        self._second: Second | None = None
        if sum(sizes.values()) >= ENOUGH:
            with suppress(OSError, ValueError):
                self._needles, make = _search_in(folder)
                self._second = second_for({WAY: (sorted(sizes), make)})

    def searching(
        self, passes: Sequence[Pass], paths: Iterable[str], make: Make
    ) -> "Second | None":
        """The second process for just these files, if it looks for all that is wanted."""
        second, self._second = self._second, None
        if second is None:
            return None
        bits = {pattern: bit for one in passes for pattern, bit in one.each()}
        if not bits.keys() <= set(self._needles):
            second.end()
            return None
        own = [bits.get(pattern, 0) for pattern in self._needles]
        second.narrow(WAY, paths, make, _Translation(passes, own))
        return second

    def end(self) -> None:
        """Leave no process behind."""
        if self._second is not None:
            self._second.end()


class _Translation:
    """What was found of all needles, as the bits of the searches that are about a file."""

    def __init__(self, passes: Sequence[Pass], own: Sequence[int]) -> None:
        self._passes = [(one, sum(one.bits)) for one in passes]
        self._own = own
        self._known: dict[int, int] = {}

    def __call__(self, path: str, note: "Note") -> "Note":
        if not isinstance(note, int):
            return EVERYTHING
        if note not in self._known:
            self._known[note] = sum(bit for n, bit in enumerate(self._own) if note >> n & 1)
        found = self._known[note]
        return found and found & sum(bits for one, bits in self._passes if one.takes(path))


def _search_in(folder: str) -> tuple[list[bytes], Make]:
    """All that is looked for, and how a file is searched for it: a bit for each, in order."""
    with open(NEEDLES, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes long
        told: Mapping[str, Sequence[str]] = json.load(file)
    every = [[one.encode("latin-1") for one in own] for own in told.values()]
    needles = [one for own in every for one in own]
    bits = {needle: 1 << number for number, needle in enumerate(needles)}
    passes = [Pass(None, tuple(own), tuple(bits[one] for one in own)) for own in every]

    def make(path: str) -> int:
        try:
            content = read_file(f"{folder}/{path}", os.O_NOFOLLOW, LARGEST + 1)
        except OSError:
            return EVERYTHING
        shown = plain(content) if len(content) <= LARGEST else None
        if shown is None:
            return EVERYTHING
        found = 0
        for one in passes:
            found |= one.found(path, shown)
        return found

    return needles, make
