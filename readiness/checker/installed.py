"""Whether any other distribution has checkers, told without loading what finds entry points.

`importlib.metadata` takes a tenth of the time that this program takes to load, and nearly
nowhere is there more than our own entry point to be found.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType

_METADATA = (".dist-info", ".egg-info")


class OwnPoint:
    """The entry point of the checkers that come with this program."""

    name = "readiness"
    value = "readiness.checkers"

    def load(self) -> ModuleType:
        """Import them."""
        return import_module(self.value)


def is_alone(group: str) -> bool:
    """Whether our own entry point is certainly the only one of its group."""
    others = (one for one in sys.meta_path if one is not PathFinder)
    if any(hasattr(one, "find_distributions") for one in others):
        return False
    found = []
    for path in sys.path:
        if path.endswith(".egg") or os.path.isfile(path):  # noqa: PTH113 - pathlib takes long
            return False
        found += [text for text in _entry_points(path or ".") if group.encode() in text]
    return len(found) == 1 and _is_own(found[0], f"\n[{group}]\n".encode())


def _is_own(text: bytes, head: bytes) -> bool:
    """Whether nothing but our own entry point stands in a group."""
    section = text.partition(head)[2].partition(b"\n[")[0]
    return (
        text.count(head) == 1
        and section.strip() == f"{OwnPoint.name} = {OwnPoint.value}".encode()
    )  # fmt: skip


def _entry_points(folder: str) -> Iterator[bytes]:
    """What the distributions in a folder say of their entry points."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - as above
    except OSError:
        return
    for name in names:
        if name.lower().endswith(_METADATA):
            try:
                with open(f"{folder}/{name}/entry_points.txt", "rb") as file:  # noqa: PTH123 - as above
                    yield b"\n" + file.read()
            except OSError:
                continue
