"""Names that kustomize changes, in objects and in what refers to them."""

from collections.abc import Iterable

from msgspec.structs import replace

from readiness.deployment.manifest import Manifest
from readiness.document.node import Node

# Under which key the name of which kind of object stands.
_REFERENCES = {
    ("configMapRef", "name"): "ConfigMap", ("configMapKeyRef", "name"): "ConfigMap",
    ("configMap", "name"): "ConfigMap", ("secretRef", "name"): "Secret",
    ("secretKeyRef", "name"): "Secret", ("secret", "secretName"): "Secret",
    ("secret", "name"): "Secret", ("service", "name"): "Service",
    ("spec", "serviceName"): "Service", ("spec", "serviceAccountName"): "ServiceAccount",
    ("persistentVolumeClaim", "claimName"): "PersistentVolumeClaim",
}  # fmt: skip
_KEPT = frozenset({"Namespace", "CustomResourceDefinition", "APIService"})


def renamed(found: Iterable[Manifest], prefix: str, suffix: str) -> list[Manifest]:
    """Give every object its new name, and what refers to it as well."""
    found = list(found)
    names = {
        (one.kind, one.name): f"{prefix}{one.name}{suffix}"
        for one in found
        if one.kind not in _KEPT
    }
    return [_renamed(one, names) for one in found]


def _renamed(one: Manifest, names: dict[tuple[str, str], str]) -> Manifest:
    node = _references(one.node, "", names)
    name = names.get((one.kind, one.name))
    if name is None:
        return replace(one, node=node)
    return replace(one, node=node, name=name, names=(*one.names, one.name))


def _references(node: Node, key: str, names: dict[tuple[str, str], str]) -> Node:
    if node.is_list:
        return Node.sequence([_references(one, key, names) for one in node], node.at, node.key_at)
    if not node.is_mapping:
        return node
    children = {name: _references(one, name, names) for name, one in node.items()}
    for name, one in children.items():
        kind = _REFERENCES.get((key, name))
        if key == "scaleTargetRef" and name == "name" and (target := node.get("kind")):
            kind = target.text
        if kind is not None and (new := names.get((kind, one.text))) is not None:
            children[name] = replace(one, value=new, raw=new)
    return Node.mapping(children, node.at, node.key_at)
