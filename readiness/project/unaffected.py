"""Whether what was found in a project stands although files changed.

It does where searches find the same in each of them, it imports the same, and nothing else
ever looked into it.
"""

import os
from collections.abc import Iterable

from readiness.cache.sights import Sight
from readiness.project.contents import read_file
from readiness.project.encodings import plain
from readiness.project.imports import digest_of, imported_words
from readiness.project.search import Pass, found


def are_unaffected(sight: Sight, folder: str, changed: Iterable[str]) -> bool:
    """Whether an earlier run would have come to the same with the files as they are now."""
    return all(_finds_the_same(sight, folder, path) for path in changed)


def _finds_the_same(sight: Sight, folder: str, path: str) -> bool:
    if path not in sight.bits:
        return False
    bits, taken, imports = sight.bits[path]
    shown = _shown(os.path.join(folder, path), sight.largest)  # noqa: PTH118 - pathlib takes long
    if shown is None:
        return False
    now = 0
    for number, (patterns, own) in enumerate(sight.passes):
        if taken >> number & 1:
            every = tuple(one.encode("latin-1") for one in patterns)
            now |= Pass(None, every, tuple(own)).found(path, shown)
    if now != bits or (imports and digest_of(imported_words(shown)) != imports):
        return False
    return not any(_finds(shown, *one) for one in sight.patterns)


def _shown(path: str, largest: int) -> bytes | None:
    """What is searched of a file; None where it is not one that can be."""
    try:
        content = read_file(path, os.O_NOFOLLOW, largest + 1)
    except OSError:
        return None
    return plain(content) if len(content) <= largest else None


def _finds(shown: bytes, pattern: str, words: Iterable[str]) -> bool:
    is_there = any(word.encode("latin-1") in shown for word in words)
    return is_there and found(shown, (pattern.encode("latin-1"),)) != 0
