"""INI and systemd units with places: sections of options."""

from typing import Any

from readiness.document.node import Malformed, Node
from readiness.model.place import Place


def parse(text: str, path: str) -> Node:
    """Parse a text of sections; raises `Malformed` where it is none.

    Every section is a mapping of options. An option that stands more than once keeps its
    last value, as configparser takes it.
    """
    import configparser  # noqa: PLC0415 - few projects have such a file

    from configupdater import ConfigUpdater  # noqa: PLC0415 - as above

    updater = ConfigUpdater(strict=False, allow_no_value=True)
    try:
        updater.read_string("\n".join(text.splitlines()) + "\n", path)
    except configparser.Error as error:
        line = getattr(error, "lineno", None)
        reason = str(error).splitlines()[0].removesuffix(f": {path!r}")
        raise Malformed(f"not INI: {reason}", Place(path, line)) from None
    except (AttributeError, ValueError, TypeError) as error:
        raise Malformed(f"not INI: {type(error).__name__}", Place(path)) from None
    return _document(updater, path)


def _document(updater: Any, path: str) -> Node:
    sections: dict[str, Node] = {}
    line = 1
    for block in updater.iter_blocks():
        if hasattr(block, "iter_blocks"):
            found = _section(block, line, path)
            sections[block.name] = _joined(sections.get(block.name), found)
        line += str(block).count("\n")
    return Node({name: node.value for name, node in sections.items()}, Place(path, 1, 1), sections)


def _section(section: Any, line: int, path: str) -> Node:
    at = Place(path, line, 1)
    options: dict[str, Node] = {}
    line += 1
    for block in section.iter_blocks():
        if hasattr(block, "key"):
            here = Place(path, line, 1)
            options[block.raw_key.strip()] = Node(block.value, here, raw=block.value, key_at=here)
        line += str(block).count("\n")
    return Node({key: node.value for key, node in options.items()}, at, options, key_at=at)


def _joined(first: Node | None, second: Node) -> Node:
    if first is None:
        return second
    options = dict(first.items()) | dict(second.items())
    values = {key: node.value for key, node in options.items()}
    return Node(values, first.at, options, key_at=first.key_at)
