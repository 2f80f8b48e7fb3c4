"""Compose files merged as Compose merges them, with every place kept."""

from collections.abc import Callable, Iterable

from readiness.deployment.ports import port_key
from readiness.document.node import Node

# Lists of NAME=value that are mappings in another form.
_NAMED = frozenset({"environment", "labels", "annotations", "sysctls", "args", "extra_hosts"})
_REPLACED = frozenset({"command", "entrypoint", "test"})
_SETS = frozenset({"depends_on", "networks"})


def merge(first: Node, second: Node, key: str = "") -> Node:
    """Lay ``second`` over ``first``; ``key`` is the key under which both stand."""
    if second.tag == "!override":
        return second
    first, second = _settled(first, key), _settled(second, key)
    if first.is_mapping and second.is_mapping:
        return _merged_mapping(first, second)
    if first.is_list and second.is_list and key not in _REPLACED:
        return _joined(first, second, key)
    return second


def _merged_mapping(first: Node, second: Node) -> Node:
    children = dict(first.items())
    for name, node in second.items():
        if node.tag == "!reset":
            children.pop(name, None)
        elif name in children:
            children[name] = merge(children[name], node, name)
        else:
            children[name] = node
    return Node.mapping(children, first.at, first.key_at)


def _joined(first: Node, second: Node, key: str) -> Node:
    """Join lists; an element that means the same resource as a later one gives way."""
    identity = _IDENTITIES.get(key, _itself)
    kept = {identity(node): node for node in (*first, *second)}
    return Node.sequence(kept.values(), second.at, second.key_at)


def _itself(node: Node) -> object:
    return node.text or id(node)


def _settled(node: Node, key: str) -> Node:
    """The one form that a value is merged in."""
    if key in _NAMED and node.is_list:
        return named(node)
    if key in _SETS and node.is_list:
        return Node.mapping({one.text: one for one in node}, node.at, node.key_at)
    if key == "env_file" and not node.is_list and node.value is not None:
        return Node.sequence((node,), node.at, node.key_at)
    if key == "build" and node.children is None and node.value is not None:
        return Node.mapping({"context": node}, node.at, node.key_at)
    return node


def named(node: Node) -> Node:
    """A list of ``NAME=value`` as a mapping; a name alone has no value."""
    children: dict[str, Node] = {}
    for one in node:
        name, equals, value = one.text.partition("=")
        children[name] = (
            Node(value, one.at, raw=value, key_at=one.at)
            if equals
            else Node(None, one.at, key_at=one.at)
        )
    return Node.mapping(children, node.at, node.key_at)


def _target(node: Node) -> object:
    if node.is_mapping:
        target = node.get("target") or node.get("source")
        return target.text if target else id(node)
    parts = node.text.split(":")
    return parts[1] if len(parts) > 1 else parts[0]


def _env_file(node: Node) -> object:
    """The file as it is written, and the folder that it is written in: each has its own."""
    written = node.get("path") or node
    return written.text, node.at.path.rpartition("/")[0]


_IDENTITIES: dict[str, Callable[[Node], object]] = {
    "volumes": _target,
    "secrets": _target,
    "configs": _target,
    "ports": port_key,
    "env_file": _env_file,
}


def merge_all(nodes: Iterable[Node]) -> Node | None:
    """Merge whole files, the strongest last."""
    merged: Node | None = None
    for node in nodes:
        merged = node if merged is None else merge(merged, node)
    return merged
