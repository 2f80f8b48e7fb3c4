"""The values at a path of parsed data: keys parted by dots, or a JSONPath."""

from collections.abc import Iterator
from typing import Any

from readiness.document.node import Node

# Their patterns are Python's, which a hostile file could make to run for ever.
_WITHOUT = ("match", "search")

Way = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


def ways_to(data: Any, path: str) -> Iterator[Way]:
    """Give the way to every value at a path.

    ``services.api.ports.0`` are keys and indexes parted by dots; what begins with ``$``
    is a JSONPath (RFC 9535, without its two functions for patterns). Raises ValueError
    where it is neither.
    """
    if path.startswith("$"):
        yield from _by_jsonpath(data, path)
        return
    if not path or not all(steps := path.split(".")):
        raise ValueError(f"{path!r} is no path: keys parted by dots, or a JSONPath, are expected")
    way = _way(data, steps)
    if way is not None:
        yield way


def values_at(data: Any, path: str) -> Iterator[Any]:
    """Give every value at a path of plain data, as `ways_to` reads it; raises ValueError."""
    for way in ways_to(data, path):
        value = data
        for step in way:
            value = value[step]
        yield value


def nodes_at(root: Node, path: str) -> tuple[Node, ...]:
    """The values at a path of a document, each with its place; raises ValueError."""
    found = (root.get(*way) for way in ways_to(root.value, path))
    return tuple(node for node in found if node is not None)


def _way(data: Any, steps: list[str]) -> Way | None:
    way: list[str | int] = []
    for step in steps:
        match data:
            case dict() if step in data:
                way.append(step)
            case list() if step.isdecimal() and int(step) < len(data):
                way.append(int(step))
            case _:
                return None
        data = data[way[-1]]
    return tuple(way)


def _by_jsonpath(data: Any, path: str) -> Iterator[Way]:
    from jsonpath import JSONPathEnvironment, JSONPathError  # noqa: PLC0415 - where it is used

    environment = JSONPathEnvironment(strict=True)
    # The library would parse a text as JSON once more; a scalar has nothing below it.
    inside = data if isinstance(data, dict | list) else []
    for name in _WITHOUT:
        environment.function_extensions.pop(name, None)
    try:
        for match in environment.finditer(path, inside):
            yield match.parts
    except (JSONPathError, RecursionError) as error:
        reason = (str(error) or "it is nested too deeply").splitlines()[0]
        raise ValueError(f"{path} is no JSONPath: {reason}") from None
