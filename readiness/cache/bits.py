"""What was found in which file: numbers, and nothing of the contents."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from readiness.cache.store import digest, load, name_of, save
from readiness.cache.walk import Stamp, is_settled

Note = int | list[Any]
"""What is kept of a file: a number, or lists of numbers."""
_Known = dict[str, tuple[Stamp, Note]]


class Bits(Struct):
    """What earlier runs found in the files of a folder, as they were then."""

    name: str
    known: _Known = field(default_factory=dict)

    @classmethod
    def load(
        cls, root: str | os.PathLike[str] | None, patterns: Sequence[bytes], largest: int
    ) -> "Bits":
        """What is known of a folder about just these patterns; nothing where that is lost."""
        name = name_of("bits", os.fspath(root or ""), digest(*patterns), str(largest))
        content = load(name)
        return cls(name, {} if content is None else _read(content))

    def get(self, path: str, stamp: Stamp | None) -> Note | None:
        """What was found in a file that did not change since; None where that is not known."""
        known = self.known.get(path)
        return known[1] if known is not None and known[0] == stamp else None

    def save(self, bits: Mapping[str, Note], stamps: Mapping[str, Stamp], looked: int) -> None:
        """Keep what is known now, but of files that may have changed just as they were read."""
        now: _Known = {
            path: (stamps[path], found) for path, found in bits.items()
            if is_settled(stamps[path], looked)
        }  # fmt: skip
        if now != self.known:
            rows = [[path, *stamp, found] for path, (stamp, found) in now.items()]
            text = json.dumps(rows, separators=(",", ":")).encode()
            save(self.name, digest(text).encode() + b"\n" + text)


def _read(content: bytes) -> _Known:
    head, _, text = content.partition(b"\n")
    if head.decode(errors="replace") != digest(text):
        return {}
    try:
        return {path: ((modified, changed, size), found)
                for path, modified, changed, size, found in json.loads(text)}  # fmt: skip
    except (ValueError, TypeError):
        return {}
