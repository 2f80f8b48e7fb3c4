"""One object of Kubernetes, as a document of a manifest describes it."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.document.node import Node
from readiness.model.place import Place

_PARAMETER = re.compile(r"\$\{\{?(?P<name>\w+)\}\}?")


class Manifest(Struct, frozen=True):
    """One object: its kind, name and namespace, and everything that it says.

    ``names`` are those that it had before kustomize gave it this one.
    """

    kind: str
    name: str
    namespace: str | None
    node: Node
    names: tuple[str, ...] = ()

    @property
    def at(self) -> Place:
        """The place of the object's name."""
        name = self.node.get("metadata", "name")
        return name.at if name else self.node.at


def objects_of(node: Node) -> Iterator[Manifest]:
    """The objects of a document: itself, or those that a ``List`` holds."""
    kind = node.get("kind")
    if kind is None or node.get("apiVersion") is None:
        return
    if kind.text.endswith("List"):
        for one in node.get("items") or ():
            yield from objects_of(one)
        return
    if kind.text == "Template":
        given = dict(_parameters(node))
        for one in node.get("objects") or ():
            yield from objects_of(_filled(one, given))
        return
    name = node.get("metadata", "name") or node.get("metadata", "generateName")
    namespace = node.get("metadata", "namespace")
    yield Manifest(kind.text, name.text if name else "", namespace.text if namespace else None,
                   node)  # fmt: skip


def _parameters(node: Node) -> Iterator[tuple[str, str]]:
    """The parameters of a template of OpenShift that have a value."""
    for one in node.get("parameters") or ():
        name, value = one.get("name"), one.get("value")
        if name is not None:
            yield name.text, value.text if value is not None else COMPUTED


def _filled(node: Node, given: Mapping[str, str]) -> Node:
    """An object of a template with its parameters in their places."""
    if node.is_mapping:
        inner = {key: _filled(one, given) for key, one in node.items()}
        return Node.mapping(inner, node.at, node.key_at)
    if node.is_list:
        return Node.sequence([_filled(one, given) for one in node], node.at, node.key_at)
    if "${" not in node.text:
        return node
    text = _PARAMETER.sub(lambda one: given.get(one["name"], one[0]), node.text)
    return replace(node, value=text, raw=text)
