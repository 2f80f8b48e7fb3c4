"""One object of Kubernetes, as a document of a manifest describes it."""

from collections.abc import Iterator

from msgspec import Struct

from readiness.document.node import Node
from readiness.model.place import Place


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
    name = node.get("metadata", "name") or node.get("metadata", "generateName")
    namespace = node.get("metadata", "namespace")
    yield Manifest(kind.text, name.text if name else "", namespace.text if namespace else None,
                   node)  # fmt: skip
