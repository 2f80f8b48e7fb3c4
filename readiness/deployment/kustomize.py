"""Kustomize: what a kustomization would build, by reading what it names.

The suffix of hashes in the names of generated objects is left out: they and what refers to
them change together.
"""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.kustomize_generated import generated
from readiness.deployment.kustomize_names import renamed
from readiness.deployment.kustomize_patches import NotApplied, changed, merged
from readiness.deployment.manifest import Manifest, objects_of
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_all
from readiness.model.matcher import compile_pattern
from readiness.project import Unreadable

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_DEEPEST = 20
_MOST = 1000
_NOT_READ = ("replacements", "vars", "helmCharts", "helmChartInflationGenerator", "transformers",
             "generators")  # fmt: skip


class Build(Struct):
    """One kustomization with all that it draws in; ``consumed`` are the files that it read."""

    reading: Reading
    quiet: bool = False
    consumed: set[str] = field(default_factory=set)
    entered: list[str] = field(default_factory=list)
    left: int = _MOST

    def build(self, path: str) -> list[Manifest]:
        """The objects that a kustomization makes."""
        found: list[Manifest] = []
        self._read(path, found, 0)
        return found

    def _read(self, path: str, found: list[Manifest], depth: int) -> None:
        self.consumed.add(path)
        root = self._documents(path)
        self.left -= 1
        if not root:
            return
        if depth > _DEEPEST or self.left < 0 or path in self.entered:
            self._refuse(path, "the bases of this kustomization lead too far, or back to itself")
            return
        self.entered.append(path)
        self._build(root[0], path, found, depth)
        self.entered.remove(path)

    def _build(self, node: Node, path: str, found: list[Manifest], depth: int) -> None:
        folder = path.rpartition("/")[0]
        for key in ("resources", "bases", "components"):
            for one in node.get(key) or ():
                self._add(found, folder, one, depth)
        for made in generated(self.reading, node, folder, self.consumed):
            _generate(found, made)
        self._patch(found, node, folder)
        _transform(found, node)
        for key in _NOT_READ:
            if (unread := node.get(key)) is not None:
                at = unread.key_at or unread.at
                self._refuse(str(at), f"the {key} of kustomize are not evaluated")

    def _add(self, found: list[Manifest], folder: str, node: Node, depth: int) -> None:
        path = joined(folder, node.text)
        project = self.reading.project
        inner = next((whole for name in NAMES if project.has(whole := joined(path, name))), None)
        if inner is not None:
            # A component changes what is there already; anything else is built by itself.
            own = found if self._is_component(inner) else []
            self._read(inner, own, depth + 1)
            found.extend(own if own is not found else ())
        elif project.has(path):
            self.consumed.add(path)
            found.extend(one for root in self._documents(path) for one in objects_of(root))
        else:
            named = node.text if "://" in node.text else path
            self._refuse(named, f"{node.at} draws it in, and it is not in the project")

    def _is_component(self, path: str) -> bool:
        roots = self._documents(path)
        return bool(roots) and _text(roots[0].get("kind")) == "Component"

    def _refuse(self, path: str, answer: Malformed | Unreadable | str) -> None:
        if not self.quiet:
            self.reading.refuse(path, answer)

    def _documents(self, path: str) -> tuple[Node, ...]:
        try:
            return self.reading.project.yaml_all(path)
        except (Malformed, Unreadable) as answer:
            self._refuse(path, answer)
            return ()

    def _patch(self, found: list[Manifest], node: Node, folder: str) -> None:
        for one in node.get("patchesStrategicMerge") or ():
            self._apply(found, None, self._texts(folder, one, one))
        for key in ("patches", "patchesJson6902"):
            for one in node.get(key) or ():
                texts = self._texts(folder, one.get("path"), one.get("patch"))
                self._apply(found, one.get("target"), texts)

    def _texts(self, folder: str, path: Node | None, inline: Node | None) -> tuple[Node, ...]:
        """The documents of a patch, which stands in a file or in the kustomization itself."""
        if path is not None and self.reading.project.has(whole := joined(folder, path.text)):
            self.consumed.add(whole)
            return self._documents(whole)
        if inline is None or (path is inline and "\n" not in inline.text):
            if path is not None:
                self._refuse(joined(folder, path.text), f"{path.at} names it as a patch, and it "
                             "is not in the project")  # fmt: skip
            return ()
        try:
            roots = tuple(parse_all(inline.text, inline.at.path))
        except Malformed as answer:
            self._refuse(str(inline.at), answer)
            return ()
        # The text of a block begins on the line below its mark.
        above = (inline.at.line or 1) - (0 if "\n" in inline.text else 1)
        return tuple(root.lowered(above) for root in roots)

    def _apply(
        self, found: list[Manifest], target: Node | None, patches: tuple[Node, ...]
    ) -> None:
        for patch in patches:
            chosen = _targets(found, target, patch)
            if not chosen:
                self._refuse(str(patch.at), "the patch matches no object that is read")
            for n in reversed(chosen):
                try:
                    made = _patched(found[n].node, patch)
                except NotApplied as answer:
                    self._refuse(str(patch.at), f"the patch is not applied: {answer.reason}")
                    continue
                if made is None:
                    found.pop(n)
                else:
                    found[n] = replace(found[n], node=made)


def _transform(found: list[Manifest], node: Node) -> None:
    space = node.get("namespace")
    for n, one in enumerate(found):
        made = _counted(_imaged(one.node, node), one, node)
        found[n] = replace(one, node=made, namespace=space.text if space else one.namespace)
    prefix, suffix = _text(node.get("namePrefix")), _text(node.get("nameSuffix"))
    if prefix or suffix:
        found[:] = renamed(found, prefix, suffix)


def _generate(found: list[Manifest], one: tuple[str, Manifest]) -> None:
    """Add a generated object, or let it change the one that it names."""
    behavior, made = one
    for n, other in enumerate(found):
        if other.kind == made.kind and made.name in {other.name, *other.names}:
            both = merged(other.node, made.node) if behavior == "merge" else None
            found[n] = replace(other, node=both or made.node)
            return
    found.append(made)


def _targets(found: list[Manifest], target: Node | None, patch: Node) -> list[int]:
    if target is None:
        kind, name = _text(patch.get("kind")), _text(patch.get("metadata", "name"))
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
    if not _text(pattern):
        return True
    try:
        return compile_pattern(_text(pattern)).fullmatch(text) is not None
    except ValueError:
        return False


def _is_selected(selector: Node | None, own: Node | None) -> bool:
    has = {f"{key}={node.text}" for key, node in own.items()} if own else set()
    return all(one.strip() in has for one in _text(selector).split(",") if one)


def _patched(node: Node, patch: Node) -> Node | None:
    if not patch.is_list:
        return merged(node, patch)
    for operation in patch:
        node = changed(node, operation)
    return node


def _imaged(node: Node, root: Node) -> Node:
    """An object with the images that a kustomization gives other names or tags."""
    asked = {_text(one.get("name")): one for one in root.get("images") or ()}
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
        tag, digest = _text(one.get("newTag")), _text(one.get("digest"))
        rest = image.text.removeprefix(name)
        rest = f"@{digest}" if digest else f":{tag}" if tag else rest
        text = (_text(one.get("newName")) or name) + rest
        children["image"] = replace(image, value=text, raw=text, at=one.at)
    return Node.mapping(children, node.at, node.key_at)


def _counted(node: Node, one: Manifest, root: Node) -> Node:
    for asked in root.get("replicas") or ():
        count = asked.get("count")
        if _text(asked.get("name")) in {one.name, *one.names} and count is not None:
            spec = node.get("spec")
            if spec is not None and one.kind in {"Deployment", "StatefulSet", "ReplicaSet",
                                                 "ReplicationController"}:  # fmt: skip
                inner = {**dict(spec.items()), "replicas": count}
                made = Node.mapping(inner, spec.at, spec.key_at)
                return Node.mapping({**dict(node.items()), "spec": made}, node.at, node.key_at)
    return node


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""
