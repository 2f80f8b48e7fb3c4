"""What a run saw of each file of a folder: enough to tell whether its change can matter."""

import json
from collections.abc import Mapping, Sequence

from readiness.cache.store import load, save
from readiness.cache.walk import Stamp

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time
if TYPE_CHECKING:
    from typing import Any

FEW = 16
"""More files that changed are sooner judged anew than looked at one by one."""


class Sight:
    """What searches found in the files of which nothing else was read, and what they look for.

    ``bits`` has these files alone, each with what was found, the passes that it was in, and a
    name for what it imports if somebody asked for that; ``passes`` has the patterns of each
    pass, with the bit of each; ``patterns`` are those of this project, with the words beside
    which they are looked for, which found nothing in any of these files.
    """

    def __init__(
        self, bits: "Mapping[str, tuple[int, int, str | None]]",
        passes: "Sequence[tuple[Sequence[str], Sequence[int]]]",
        patterns: "Sequence[tuple[str, Sequence[str]]]", largest: int,
    ) -> None:  # fmt: skip
        self.bits = bits
        self.passes = passes
        self.patterns = patterns
        self.largest = largest


def keep_sight(name: str, seen: str, files: Mapping[str, Stamp], sight: Sight) -> None:
    """Keep what was seen, for a report that was made of it."""
    told = {
        "seen": seen, "stamps": dict(files), "bits": sight.bits, "passes": sight.passes,
        "patterns": sight.patterns, "largest": sight.largest,
    }  # fmt: skip
    save(name, json.dumps(told).encode())


def changes(name: str, seen: str, now: Mapping[str, Stamp]) -> "tuple[Sight, list[str]] | None":
    """What was seen, and the few files that changed since; None where it is not known.

    Neither is it where files came or went.
    """
    content = load(name)
    try:
        told: dict[str, Any] = json.loads(content or b"{}")
        if told.get("seen") != seen:
            return None
        stamps = told["stamps"]
        changed = [path for path, stamp in now.items() if stamps.get(path) != [*stamp]]
        sight = Sight(told["bits"], told["passes"], told["patterns"], told["largest"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (sight, changed) if len(stamps) == len(now) and len(changed) <= FEW else None
