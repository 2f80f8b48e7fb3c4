"""YAML with places, by the YAML 1.2 core schema, refusing what can hurt."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from readiness.document.node import Malformed, Node
from readiness.model.errors import Fault
from readiness.model.place import Place

# An alias may repeat a subtree; past this many nodes it is a bomb, not a convenience.
MOST_NODES = 200_000
DEEPEST = 200

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(
    r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
_MANY_DIGITS = 40

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reading(Struct):
    """One file being read: its name, the faults so far and the size of what it unfolds to."""

    path: str
    strict: bool
    faults: list[Fault] = field(default_factory=list)
    nodes: int = 0

    def at(self, node: yaml.Node) -> Place:
        mark = node.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def fault(self, node: yaml.Node, found: str, expected: str) -> None:
        self.faults.append(Fault(self.at(node), found, expected))


def parse(text: str, path: str) -> Node:
    """Parse one document, as tools that deploy would read it.

    Raises `Malformed` where the text is no YAML. An empty text is a null.
    """
    return next(parse_all(text, path), Node(None, Place(path, 1, 1)))


def parse_all(text: str, path: str) -> Iterator[Node]:
    """Parse every document of a text; raises `Malformed` as `parse` does."""
    reading = _Reading(path, strict=False)
    for root in _compose(text, path):
        yield _build(root, reading, depth=0)


def parse_strictly(text: str, path: str) -> tuple[Node, list[Fault]]:
    """Parse one document that is written for this program, with all its faults.

    Duplicate keys, tags that build objects, keys that are not text and a second
    document are faults. Raises `Malformed` where the text is no YAML at all.
    """
    reading = _Reading(path, strict=True)
    roots = list(_compose(text, path))
    if not roots:
        return Node(None, Place(path, 1, 1)), []
    if len(roots) > 1:
        reading.fault(roots[1], "a second document", "one document a file is expected")
    return _build(roots[0], reading, depth=0), reading.faults


def _compose(text: str, path: str) -> Iterator[yaml.Node]:
    try:
        loader = _Loader(text)
        try:
            while loader.check_node():
                yield loader.get_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise Malformed(f"not YAML: {reason}", at) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Malformed(f"not YAML: {reason}", Place(path)) from None


def _build(node: yaml.Node, reading: _Reading, *, depth: int) -> Node:
    reading.nodes += 1
    if reading.nodes > MOST_NODES:
        raise Malformed(
            f"its aliases unfold to more than {MOST_NODES} values", Place(reading.path)
        )
    if depth > DEEPEST:
        raise Malformed(f"nested deeper than {DEEPEST} levels", reading.at(node))
    if reading.strict and _own_tag(node) is not None:
        reading.fault(node, f"the tag {node.tag}", "plain values without tags are expected")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, reading, depth)
    if isinstance(node, yaml.SequenceNode):
        children = tuple(_build(child, reading, depth=depth + 1) for child in node.value)
        return replace(Node.sequence(children, reading.at(node)), tag=_own_tag(node))
    return _scalar(node, reading)


def _own_tag(node: yaml.Node) -> str | None:
    """The tag of a node, where it is not one of plain data."""
    plain = node.tag.startswith("tag:yaml.org,2002:") and "python" not in node.tag
    return None if plain else node.tag


def _mapping(node: yaml.MappingNode, reading: _Reading, depth: int) -> Node:
    children: dict[str, Node] = {}
    merged: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reading.fault(key, "a key that is not a text", "a plain key is expected")
            continue
        built = _build(value, reading, depth=depth + 1)
        if key.value == "<<" and not key.style:
            for source in built if built.is_list else (built,):
                merged = dict(source.items()) | merged
            continue
        if reading.strict and key.value in children:
            first = children[key.value].key_at
            where = f" (first on line {first.line})" if first else ""
            reading.fault(key, f"{key.value} stands twice{where}", "each key once is expected")
        children[key.value] = replace(built, key_at=reading.at(key))
    return replace(Node.mapping(merged | children, reading.at(node)), tag=_own_tag(node))


def _scalar(node: yaml.Node, reading: _Reading) -> Node:
    text: str = node.value
    at = reading.at(node)
    if (tag := _own_tag(node)) is not None:
        return Node(text, at, raw=text, tag=tag)
    plain = not getattr(node, "style", None)  # the C loader says "" where the other says None
    return Node(_resolve(text) if plain else text, at, raw=text)


def _resolve(text: str) -> Any:
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text) and len(text) < _MANY_DIGITS:
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.match(text):
        return float(
            text.replace(".inf", "inf")
            .replace(".Inf", "inf")
            .replace(".INF", "inf")
            .replace(".nan", "nan")
            .replace(".NaN", "nan")
            .replace(".NAN", "nan")
        )
    return text
