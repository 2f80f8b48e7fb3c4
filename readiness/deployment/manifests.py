"""Kubernetes manifests: the objects that would be applied to an environment."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment.helm_language import Unsupported
from readiness.deployment.helm_templates import chart_of, documents
from readiness.deployment.kustomize import NAMES, Build
from readiness.deployment.kustomize_patches import merged
from readiness.deployment.manifest import Manifest, objects_of
from readiness.deployment.reading import Reading
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout"})


class Applied(Struct, frozen=True):
    """The objects of one overlay, or of the files beside all overlays.

    ``around`` are the other objects that they may refer to.
    """

    own: tuple[Manifest, ...]
    around: tuple[Manifest, ...] = ()


def read_manifests(reading: Reading) -> list[Applied]:
    """Every object of the environment: of each overlay, and of the files that none names."""
    roots, consumed = _overlays(reading)
    plain = tuple(_plain(reading, consumed))
    if len(roots) == 1:
        return [Applied((*roots[0], *plain))]
    beside = [Applied(plain, tuple(one for root in roots for one in root))] if plain else []
    return [*(Applied(root, plain) for root in roots), *beside]


def _overlays(reading: Reading) -> tuple[list[tuple[Manifest, ...]], set[str]]:
    """What the overlays of the environment build, and every file that any overlay draws in."""
    paths = list(reading.project.files(*NAMES))
    drawn: dict[str, set[str]] = {}
    for path in paths:
        build = Build(reading, quiet=True)
        build.build(path)
        drawn[path] = build.consumed
    chosen = _chosen(reading, paths, drawn)
    roots = [tuple(Build(reading).build(path)) for path in chosen]
    for path, root in zip(chosen, roots, strict=True):
        _note(reading, path, root)
    if len(paths) > 1 and chosen:
        reading.assumptions.append(
            f"kubectl apply -k is given {' and '.join(map(_folder, chosen))}"
        )
    used = set().union(*(drawn[path] for path in chosen))
    consumed = set().union(*drawn.values())
    for path in sorted(consumed - used):
        if not path.endswith(NAMES) and reading.project.has(path):
            reading.skip(path, "only overlays that are not of this environment draw it in")
    return roots, consumed


def _chosen(reading: Reading, paths: list[str], drawn: dict[str, set[str]]) -> list[str]:
    """The overlays that name the environment, else those that no other draws in."""
    mine = [path for path in paths if reading.is_mine(path)]
    named = [path for path in mine if reading.belongs(path) == "this"]
    above = {path: drawn[path] for path in named or paths}
    inner = {one for path, used in above.items() for one in used if one != path}
    return [path for path in named or mine if path not in inner]


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def _plain(reading: Reading, consumed: set[str]) -> list[Manifest]:
    """The objects of the files that no overlay draws in."""
    paths = [path for path in reading.project.files("*.yaml", "*.yml", "*.json")
             if path not in consumed and _may_be(reading, path)]  # fmt: skip
    # A file of this environment is an overlay of one that is of any.
    paths.sort(key=lambda path: reading.belongs(path) == "this")
    found: dict[tuple[str, str], list[Manifest]] = {}
    for path in paths:
        for node in _documents(reading, path):
            objects = tuple(objects_of(node))
            _note(reading, path, objects)
            for one in objects:
                _lay(found.setdefault((one.kind, one.name), []), one)
    return [one for alike in found.values() for one in alike]


def _note(reading: Reading, path: str, objects: tuple[Manifest, ...]) -> None:
    """Remember the workloads of a file that names the environment."""
    if reading.belongs(path) == "this":
        for one in objects:
            if one.kind in _WORKLOADS:
                reading.workloads |= dict.fromkeys((one.name, *one.names), path)


def _may_be(reading: Reading, path: str) -> bool:
    if PurePosixPath(path).name in NAMES or path.startswith(".github/"):
        return False
    try:
        content = reading.project.read(path)
    except Unreadable:
        return False
    if b"apiVersion" not in content or b"kind" not in content:
        return False
    return reading.is_mine(path)


def _is_template(reading: Reading, path: str, content: bytes) -> bool:
    """Tell whether a file is text for Helm; braces also stand in annotations and alerts."""
    chart = PurePosixPath(path).parent.parent / "Chart.yaml"
    if "templates" in PurePosixPath(path).parts and (
        reading.project.has(str(chart)) or b"{{ " in content or b"{{-" in content
    ):
        return True
    return b".Values." in content or b".Release." in content


def _documents(reading: Reading, path: str) -> Iterator[Node]:
    try:
        content = reading.project.read(path)
        if b"{{" in content and _is_template(reading, path, content):
            yield from _written(reading, path)
        else:
            yield from reading.project.yaml_all(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)


def _written(reading: Reading, path: str) -> list[Node]:
    """What a template of Helm comes to by the values of its chart."""
    try:
        found = list(documents(reading, path))
    except (Unsupported, Malformed) as answer:
        reason = answer.reason if isinstance(answer, Malformed) else answer
        reading.refuse(path, f"it is a template (Helm), which is not evaluated: {reason}")
        return []
    folder = chart_of(reading, path) or "."
    reading.assumptions.append(f"the chart in {folder} is installed with its own values")
    return found


def _lay(found: list[Manifest], one: Manifest) -> None:
    """Lay an object over the one of its kind, name and namespace, or add it to them."""
    for n, other in enumerate(found):
        same_space = None in {one.namespace, other.namespace} or one.namespace == other.namespace
        if same_space:
            made = merged(other.node, one.node)
            found[n] = replace(
                other, node=made or other.node, namespace=one.namespace or other.namespace
            )
            return
    found.append(one)
