"""Templates of Azure in JSON: the applications that they deploy."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment.azure_resources import Resource, add_resources
from readiness.deployment.bicep import parameters
from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.reading import Reading
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_MARK = b"deploymentTemplate.json"
_CALL = re.compile(r"\[(?P<name>parameters|variables)\('(?P<key>[^']+)'\)\]\Z")
_JOIN = re.compile(r"\[concat\((?P<inner>.*)\)\]\Z", re.DOTALL)
_PIECE = re.compile(
    r"\s*(?:'(?P<text>(?:''|[^'])*)'|(?P<call>(?:parameters|variables)\('[^']+'\)))\s*(?:,|\Z)"
)
_DEEPEST = 20


def read_arm(reading: Reading) -> None:
    """Add the applications of each template of the environment."""
    for path in reading.project.files("*.json"):
        try:
            if _MARK not in reading.project.read(path) or not reading.is_mine(path):
                continue
        except Unreadable:
            continue  # nothing says that it is a template
        try:
            root = reading.project.json(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        template = _Template(root, parameters(reading, path))
        add_resources(reading, _resources(template, root.get("resources"), ""))


class _Template(Struct):
    root: Node
    given: dict[str, Node]

    def value(self, node: Node, depth: int = 0) -> Node:
        """What a part of a template comes to; ``${COMPUTED}`` for what nobody here knows."""
        if node.is_list:
            return Node.sequence([self.value(one, depth) for one in node], node.at, node.key_at)
        if node.is_mapping:
            inner = {key: self.value(one, depth) for key, one in node.items()}
            return Node.mapping(inner, node.at, node.key_at)
        text = node.text
        if not (isinstance(node.value, str) and text[:1] == "[" and text[-1:] == "]"):
            return node
        if text.startswith("[["):
            return replace(node, value=text[1:], raw=text[1:])
        return replace(self._called(node, text, depth), at=node.at, key_at=node.key_at)

    def _called(self, node: Node, text: str, depth: int) -> Node:
        unknown = replace(node, value=COMPUTED, raw=COMPUTED)
        if depth > _DEEPEST:
            return unknown
        if found := _CALL.match(text):
            target = self._named(found["name"], found["key"])
            return self.value(target, depth + 1) if target is not None else unknown
        if joined := _JOIN.match(text):
            pieces = list(_PIECE.finditer(joined["inner"]))
            if sum(len(one[0]) for one in pieces) == len(joined["inner"]):
                whole = "".join(self._piece(node, one, depth) for one in pieces)
                return replace(node, value=whole, raw=whole)
        return unknown

    def _piece(self, node: Node, found: re.Match[str], depth: int) -> str:
        if found["text"] is not None:
            return found["text"].replace("''", "'")
        inner = self._called(node, f"[{found['call']}]", depth + 1)
        return COMPUTED if inner.children is not None else inner.text

    def _named(self, kind: str, key: str) -> Node | None:
        if kind == "variables":
            return self.root.get("variables", key)
        kept = self.root.get("parameters", key, "type")
        if kept is not None and kept.text.lower().startswith("secure"):
            return None
        return self.given.get(key) or self.root.get("parameters", key, "defaultValue")


def _resources(template: _Template, nodes: Node | None, outer: str) -> Iterator[Resource]:
    if nodes is None:
        return
    for node in (*nodes, *(one for _, one in nodes.items())):
        kind, name, off = node.get("type"), node.get("name"), node.get("condition")
        if kind is None or (off is not None and template.value(off).text.lower() == "false"):
            continue
        whole = f"{outer}/{kind.text.lower()}" if outer else kind.text.lower()
        text = template.value(name).text if name is not None else ""
        yield Resource(whole, text, template.value(node))
        yield from _resources(template, node.get("resources"), whole)
