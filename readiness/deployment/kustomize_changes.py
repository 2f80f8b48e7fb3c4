"""What a kustomization changes in the manifests that it names."""

import re

from msgspec.structs import replace

from readiness.deployment.kustomize_names import renamed
from readiness.deployment.kustomize_patches import changed, merged
from readiness.deployment.manifest import Manifest
from readiness.document.node import Node
from readiness.model.matcher import compile_pattern


def transform(found: list[Manifest], node: Node) -> None:
    """Apply the namespace, names, images and numbers of replicas to what it has built."""
    space = node.get("namespace")
    for n, one in enumerate(found):
        made = _counted(_imaged(one.node, node), one, node)
        found[n] = replace(one, node=made, namespace=space.text if space else one.namespace)
    prefix, suffix = text_of(node.get("namePrefix")), text_of(node.get("nameSuffix"))
    if prefix or suffix:
        found[:] = renamed(found, prefix, suffix)


def add_generated(found: list[Manifest], one: tuple[str, Manifest]) -> None:
    """Add a generated object, or let it change the one that it names."""
    behavior, made = one
    for n, other in enumerate(found):
        if other.kind == made.kind and made.name in {other.name, *other.names}:
            both = merged(other.node, made.node) if behavior == "merge" else None
            found[n] = replace(other, node=both or made.node)
            return
    found.append(made)


def targets_of(found: list[Manifest], target: Node | None, patch: Node) -> list[int]:
    """The positions of the manifests that a patch is meant for."""
    if target is None:
        kind, name = text_of(patch.get("kind")), text_of(patch.get("metadata", "name"))
        return [n for n, one in enumerate(found)
                if one.kind == kind and name in {one.name, *one.names}]  # fmt: skip
    return [n for n, one in enumerate(found) if _is_meant(one, target)]


def _is_meant(one: Manifest, target: Node) -> bool:
    return (
        _fits(target.get("kind"), one.kind)
        and any(_fits(target.get("name"), known) for known in (one.name, *one.names))
        and _fits(target.get("namespace"), one.namespace or "default")
        and _is_selected(target.get("labelSelector"), one.node.get("metadata", "labels"))
        and _is_selected(target.get("annotationSelector"), one.node.get("metadata", "annotations"))
    )


def _fits(pattern: Node | None, text: str) -> bool:
    """Whether a text is what a pattern of Go, which are those of RE2, describes."""
    if not text_of(pattern):
        return True
    try:
        return compile_pattern(text_of(pattern)).fullmatch(text) is not None
    except ValueError:
        return False


def _is_selected(selector: Node | None, own: Node | None) -> bool:
    has = {f"{key}={node.text}" for key, node in own.items()} if own else set()
    return all(one.strip() in has for one in text_of(selector).split(",") if one)


def with_patch(node: Node, patch: Node) -> Node | None:
    """A manifest with a patch merged into it, or applied as a list of operations."""
    if not patch.is_list:
        return merged(node, patch)
    for operation in patch:
        node = changed(node, operation)
    return node


def _imaged(node: Node, root: Node) -> Node:
    """An object with the images that a kustomization gives other names or tags."""
    asked = {text_of(one.get("name")): one for one in root.get("images") or ()}
    return _with_images(node, asked) if asked else node


def _with_images(node: Node, asked: dict[str, Node]) -> Node:
    if node.is_list:
        elements = [_with_images(one, asked) for one in node]
        return Node.sequence(elements, node.at, node.key_at)
    if not node.is_mapping:
        return node
    children = {key: _with_images(one, asked) for key, one in node.items()}
    image = children.get("image")
    name = re.split(r"[:@](?!.*/)", image.text)[0] if image else ""
    if image is not None and (one := asked.get(name)) is not None:
        tag, digest = text_of(one.get("newTag")), text_of(one.get("digest"))
        rest = image.text.removeprefix(name)
        rest = f"@{digest}" if digest else f":{tag}" if tag else rest
        text = (text_of(one.get("newName")) or name) + rest
        children["image"] = replace(image, value=text, raw=text, at=one.at)
    return Node.mapping(children, node.at, node.key_at)


def _counted(node: Node, one: Manifest, root: Node) -> Node:
    for asked in root.get("replicas") or ():
        count = asked.get("count")
        if text_of(asked.get("name")) in {one.name, *one.names} and count is not None:
            spec = node.get("spec")
            if spec is not None and one.kind in {"Deployment", "StatefulSet", "ReplicaSet",
                                                 "ReplicationController"}:  # fmt: skip
                inner = {**dict(spec.items()), "replicas": count}
                made = Node.mapping(inner, spec.at, spec.key_at)
                return Node.mapping({**dict(node.items()), "spec": made}, node.at, node.key_at)
    return node


def text_of(node: Node | None) -> str:
    """The text of a node; nothing where there is none."""
    return node.text if node is not None else ""
