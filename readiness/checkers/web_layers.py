"""Settings that another module takes over with a star, to say some of them anew."""

import re
from collections.abc import Collection

from readiness import Project
from readiness.checkers.trees import source

_STAR = r"(?m)^[ \t]*from[ \t]+(?P<dots>\.*)(?P<name>[\w.]*)[ \t]+import[ \t]+\*"
_STARS = re.compile(_STAR)
_NAMES = re.compile(r"(?m)^(?P<name>[A-Z][A-Z_]+)[ \t]*(?::[^=\n]*)?=[^=]")


def names_over(project: Project, path: str, others: Collection[str]) -> frozenset[str]:
    """The names of a module that one which takes all of them over gives another value.

    What that one says at its top counts, whatever stood below it.
    """
    found: set[str] = set()
    for other in others:
        if other != path and _takes(project, other, path):
            text = source(project, other)
            found |= {one["name"] for one in _NAMES.finditer(text)}
    return frozenset(found)


def _takes(project: Project, taker: str, path: str) -> bool:
    """Tell whether a module begins with all names of another."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    for star in _STARS.finditer(source(project, taker)):
        parts = taker.split("/")[: -len(star["dots"])] if star["dots"] else []
        named = "/".join([*parts, *filter(None, star["name"].split("."))])
        if named == stem or (not star["dots"] and stem.endswith(f"/{named}")):
            return True
    return False
