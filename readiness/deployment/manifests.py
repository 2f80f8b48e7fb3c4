"""Kubernetes manifests: the objects that would be applied to an environment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from readiness.deployment.naming import belongs
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.project import Unreadable

_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
# The most specific lists of Kubernetes are merged by one of these keys.
_KEYS = ("name", "containerPort", "mountPath", "key")


@dataclass(frozen=True, slots=True)
class Manifest:
    """One object: its kind, name and namespace, and everything that it says."""

    kind: str
    name: str
    namespace: str | None
    node: Node

    @property
    def at(self) -> Place:
        """The place of the object's name."""
        name = self.node.get("metadata", "name")
        return name.at if name else self.node.at


def read_manifests(reading: Reading) -> list[Manifest]:
    """Every object of the environment, overlays laid over what they patch."""
    paths = [path for path in reading.project.files("*.yaml", "*.yml") if _may_be(reading, path)]
    # A file of this environment is an overlay of one that is of any.
    paths.sort(key=lambda path: belongs(path, reading.environment) == "this")
    found: list[Manifest] = []
    for path in paths:
        for node in _documents(reading, path):
            for one in _objects(node):
                _lay(found, one)
    for path in reading.mine(*_KUSTOMIZATIONS):
        for one in _generated(reading, path):
            _lay(found, one)
    return found


def _may_be(reading: Reading, path: str) -> bool:
    if PurePosixPath(path).name in _KUSTOMIZATIONS or path.startswith(".github/"):
        return False
    try:
        content = reading.project.read(path)
    except Unreadable:
        return False
    if b"apiVersion" not in content or b"kind" not in content:
        return False
    if not reading.is_mine(path):
        return False
    if b"{{" in content and _is_template(reading, path, content):
        reading.refuse(path, "it is a template (Helm), which is not evaluated")
        return False
    return True


def _is_template(reading: Reading, path: str, content: bytes) -> bool:
    """Tell whether a file is text for Helm; braces also stand in annotations and alerts."""
    chart = PurePosixPath(path).parent.parent / "Chart.yaml"
    if "templates" in PurePosixPath(path).parts and (
        reading.project.has(str(chart)) or b"{{ " in content or b"{{-" in content
    ):
        return True
    return b".Values." in content or b".Release." in content


def _documents(reading: Reading, path: str) -> tuple[Node, ...]:
    try:
        return reading.project.yaml_all(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return ()


def _objects(node: Node) -> Iterator[Manifest]:
    kind = node.get("kind")
    if kind is None or node.get("apiVersion") is None:
        return
    if kind.text.endswith("List"):
        for one in node.get("items") or ():
            yield from _objects(one)
        return
    name = node.get("metadata", "name") or node.get("metadata", "generateName")
    namespace = node.get("metadata", "namespace")
    yield Manifest(kind.text, name.text if name else "", namespace.text if namespace else None,
                   node)  # fmt: skip


def _lay(found: list[Manifest], one: Manifest) -> None:
    for n, other in enumerate(found):
        same_space = None in {one.namespace, other.namespace} or one.namespace == other.namespace
        if (other.kind, other.name) == (one.kind, one.name) and same_space:
            merged = patched(other.node, one.node)
            found[n] = replace(other, node=merged, namespace=one.namespace or other.namespace)
            return
    found.append(one)


def patched(first: Node, second: Node) -> Node:
    """Lay an overlay over an object, as ``kustomize`` merges strategically."""
    if first.is_mapping and second.is_mapping:
        children = dict(first.items())
        for key, node in second.items():
            before = children.get(key)
            children[key] = node if before is None else replace(
                patched(before, node), key_at=node.key_at
            )  # fmt: skip
        return Node.mapping(children, first.at, second.key_at)
    if first.is_list and second.is_list and (by := _merge_key((*first, *second))):
        by_key = {child.text: node for node in first if (child := node.get(by))}
        for node in second:
            whose = (node.get(by) or node).text
            by_key[whose] = patched(by_key[whose], node) if whose in by_key else node
        return Node.sequence(by_key.values(), second.at, second.key_at)
    return second


def _merge_key(nodes: Iterable[Node]) -> str | None:
    nodes = list(nodes)
    return next((key for key in _KEYS if all(node.get(key) for node in nodes)), None)


def _generated(reading: Reading, path: str) -> Iterator[Manifest]:
    """The ConfigMaps and Secrets that a kustomization makes."""
    try:
        root = reading.project.yaml(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return
    for key, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        for one in root.get(key) or ():
            name = one.get("name")
            if name is not None:
                data = Node.mapping(dict(_generated_data(reading, path, one)), one.at)
                field = "data" if kind == "ConfigMap" else "stringData"
                node = Node.mapping(
                    {"metadata": Node.mapping({"name": name}, one.at), field: data}, one.at
                )
                yield Manifest(kind, name.text, None, node)


def _generated_data(reading: Reading, path: str, node: Node) -> Iterator[tuple[str, Node]]:
    folder = path.rpartition("/")[0]
    files = [*(node.get("envs") or ()), *([one] if (one := node.get("env")) else [])]
    for file in files:
        name = joined(folder, file.text)
        try:
            bindings = reading.project.dotenv(name).bindings
        except (Malformed, Unreadable) as answer:
            reading.refuse(name, answer)
            continue
        for binding in bindings:
            yield binding.name, Node(binding.value, binding.at, raw=binding.value or "",
                                     key_at=binding.at)  # fmt: skip
    for literal in node.get("literals") or ():
        key, _, value = literal.text.partition("=")
        yield key, Node(value, literal.at, raw=value, key_at=literal.at)
