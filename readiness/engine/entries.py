"""With what the services of each environment start, and what those of the others do."""

from collections.abc import Iterable

from msgspec.structs import replace

from readiness.deployment import Deployment
from readiness.deployment.facts import EntryPoint
from readiness.environment import Environment
from readiness.program.entries import Entry

Entries = tuple[Entry, ...]


def entries_of(
    deployment: Deployment, environments: Iterable[Environment], judged: Environment
) -> tuple[Entries, Entries]:
    """The entry points of a program, and those that are judged in programs of their own.

    Where some service of the environment does not say what it runs, that may be anything.
    """
    points = deployment.entry_points()
    own = _started(points, judged)
    if not own:
        return _entries(points), ()
    named = {point.service for point in points}
    if not named.issuperset(judged.services):
        return own, ()
    others = (one for one in environments if one is not judged)
    return own, tuple(entry for one in others for entry in _started(points, one))


def _started(points: Iterable[EntryPoint], environment: Environment) -> Entries:
    return _entries(point for point in points if point.service in environment.services)


def _entries(points: Iterable[EntryPoint]) -> Entries:
    found = [Entry(p.path or p.module or "", p.attribute, p.main, p.folder, p.arguments, p.call)
             for p in points]  # fmt: skip
    bare = [replace(one, arguments=None) for one in found]
    # what several processes start, each with words of its own, runs once with any
    several = {one for one in bare if len({x for x in found if _alike(x, one)}) > 1}
    chosen = (one if replace(one, arguments=None) not in several else replace(one, arguments=None)
              for one in found)  # fmt: skip
    return tuple(dict.fromkeys(chosen))


def _alike(one: Entry, other: Entry) -> bool:
    return replace(one, arguments=None) == other
